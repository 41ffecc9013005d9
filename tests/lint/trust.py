#!/usr/bin/env python3
"""Checks that nothing can turn the verification of certificates off: one place sets how peers are verified, it says that they are,
and no key, option or variable speaks of leaving it out.

Usage: trust.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import re
import sys

# How OpenSSL, Asio and curl are told not to look, or to look less closely.
NEVER = [
    r"SSL_VERIFY_NONE", r"\bverify_none\b", r"set_verify_(mode|callback)", r"X509_V_FLAG_\w+", r"SSL_OP_LEGACY_SERVER_CONNECT",
    r"SSL_OP_ALLOW_\w+", r"X509_VERIFY_PARAM_set_flags", r"X509_STORE_CTX_set_error\b", r"SSL_CTX_set_cert_verify_callback",
    r"SSL_set_verify\b", r"CURLOPT_SSL_VERIFY\w+", r"SSL_CTX_set0_CA_list", r"set_default_verify_paths", r"X509_V_OK\s*;\s*$",
]
# Names that a user could be tempted by.
SWITCHES = r"\b(insecure|no[-_]?verify|skip[-_]?verify|verify[-_]?(tls|ssl|peer|certs?|certificates?)|ignore[-_]?certs?\w*|trust[-_]?all)\b"
# The one place that sets it, and how it must read.
HOME = "lib/http/tls/tls_errors.cpp"
SETTING = r"SSL_CTX_set_verify\(context, SSL_VERIFY_PEER, verify_callback\);"


def code_of(line):
    """A line without its comment."""
    return re.sub(r"(?<!:)//.*$", "", line)


def problems(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        code = code_of(line)
        for pattern in NEVER:
            if re.search(pattern, code):
                yield f"{name}:{number}: {pattern} has no place in a client that spends money"
        if re.search(SWITCHES, code, re.IGNORECASE):
            yield f"{name}:{number}: there is no switch for verification"
        if "SSL_CTX_set_verify(" in code and not (name == HOME and re.search(SETTING, code)):
            yield f"{name}:{number}: how peers are verified is said in {HOME} alone"


def main(top):
    found = []
    for folder in ("lib", "daemon"):
        for path in sorted((top / folder).rglob("*.[ch]pp")):
            found += problems(str(path.relative_to(top)), path.read_text(errors="replace"))
    home = (top / HOME).read_text()
    if len(re.findall(SETTING, home)) != 1:
        found.append(f"{HOME}: peers are not verified")
    # The callback may explain a refusal, never change it.
    callback = re.search(r"int verify_callback\(int accepted.*?\n}\n", home, re.DOTALL)
    if not callback or re.findall(r"return\s+([^;]+);", callback.group(0)) != ["accepted"] * 3:
        found.append(f"{HOME}: the callback does not return what it was given")
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
