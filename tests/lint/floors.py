#!/usr/bin/env python3
"""Checks who includes whom: no module includes one of its own layer or above, or the private headers of another, and each heavy
library is seen in one module only.

Usage: floors.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import re
import sys

LAYERS = [{"core"}, {"async", "events", "yaml", "csv"}, {"http", "ledger"}, {"providers", "job", "sim"}, {"kinds"}, {"engine"}, {"control"}]
HEIGHT = {name: level for level, names in enumerate(LAYERS) for name in names}
# Neighbours on one layer that may meet all the same, each for its reason.
NEIGHBOURS = {("events", "async")}  # a subscription is awaited
# Lower layers that a module must not see all the same: the simulator shares no code with the clients it judges.
FORBIDDEN = {("sim", "events"), ("sim", "yaml"), ("sim", "ledger")}
# Folders inside a module whose headers are for others, too: every purchase goes through this one.
PUBLIC_FOLDERS = {"kinds/purchase"}
# A library, and the only folders that may include it.
HOMES = {
    r"boost/beast": ("lib/http",),
    r"openssl/": ("lib/http",),
    r"boost/asio/ssl": ("lib/http",),
    r"yaml-cpp/": ("lib/yaml",),
    r"sqlite3\.h": ("lib/ledger",),
    r"CLI/": ("daemon",),
    r"date/": ("lib/core",),
    r"(csv|iconv)\.h": ("lib/csv",),
}
# core/secret wipes and compares; ledger hashes the numbers of who was messaged and the idempotency keys. Nothing else of OpenSSL is
# there.
ALLOWED = {("lib/core/secret.cpp", r"openssl/"), ("lib/ledger/detail/messaged_memory.cpp", r"openssl/"),
           ("lib/ledger/detail/purged_keys.cpp", r"openssl/")}


def module_problems(path, own, line):
    m = re.match(r'\s*#\s*include\s+"([a-z_]+)/', line)
    if not m or own not in HEIGHT or m.group(1) == own or m.group(1) not in HEIGHT:
        return
    other = m.group(1)
    if HEIGHT[other] >= HEIGHT[own] and (own, other) not in NEIGHBOURS:
        yield f"{own} (layer {HEIGHT[own]}) includes {other} (layer {HEIGHT[other]})"
    if (own, other) in FORBIDDEN:
        yield f"{own} must not see {other}"


def privacy_problems(own, line):
    """What other modules may include stands in lib/MODULE itself; folders below it are the module's own."""
    m = re.match(r'\s*#\s*include\s+"([a-z_]+)/([a-z_]+)/', line)
    if m and m.group(1) in HEIGHT and m.group(1) != own and f"{m.group(1)}/{m.group(2)}" not in PUBLIC_FOLDERS:
        yield f"{m.group(1)}/{m.group(2)}/ is private to {m.group(1)}"


def library_problems(path, line):
    for library, homes in HOMES.items():
        if re.match(r'\s*#\s*include\s+[<"]' + library, line):
            if not any(path.startswith(home) for home in homes) and (path, library) not in ALLOWED:
                yield f"{library} belongs into {' or '.join(homes)}"


def main(top):
    found = 0
    for folder in ("lib", "daemon"):
        for path in sorted((top / folder).rglob("*.[ch]pp")):
            name = str(path.relative_to(top))
            own = path.relative_to(top / folder).parts[0] if folder == "lib" else ""
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                for what in [*module_problems(name, own, line), *privacy_problems(own, line), *library_problems(name, line)]:
                    found += 1
                    print(f"{name}:{number}: {what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
