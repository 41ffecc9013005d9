#!/usr/bin/env python3
"""Checks that there is one way to spend: nobody but kinds/purchase can make the permission that every costly call needs, books an intent
or says that one was dispatched, and no client sends a costly request as if it were a read.

Usage: spends.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import re
import sys

PURCHASE = {f"lib/kinds/purchase/{name}" for name in ("purchase.hpp", "purchase.cpp", "changes.hpp", "changes.cpp")}
# safe_repeat makes an ambiguous call again where the account's owner relies on the provider to refuse it as a duplicate.
REPEAT = {"lib/kinds/purchase/safe_repeat.hpp", "lib/kinds/purchase/safe_repeat.cpp"}
# A pattern, what it means, and the only files where it may stand.
RULES = [
    (r"\bpurchase_gate\s*[({]|\bpurchase_gate\s+[\w:]+\s*[({]|<\s*(?:providers::)?purchase_gate\s*>\s*\(", "makes a permission to spend",
     PURCHASE | REPEAT | {"lib/providers/purchase_gate.hpp"}),
    (r"\bcostly\s*=(?!=)", "marks a request as costly", {"lib/providers/detail/calls.cpp", "lib/http/message.hpp"}),
    (r"\bledger::intend\b", "books an intent", PURCHASE),
    # Who only asks whether a change says so, compares.
    (r"\bmove_effect\b[^;]*\b(?<![=!]= effect_state::)dispatched\b", "says that a call was dispatched", PURCHASE),
    (r"\bdispatch_gate\s*[({]", "opens a gate of its own", set()),
]
# The requests that spend, by protocol: they leave by `send_purchase`, and nothing else does in the same function.
COSTLY = {
    "iletimerkezi": ["send_sms"],
    "smmonayim_numbers": ["get_number"],
    "smmonayim_panel": ["add"],
    "tamonay": ["post_order"],
    "toplusms": ["send", "send_by_url"],
}


def bare(text):
    """Without comments and the insides of strings; as many lines as before."""
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)


def rule_problems(name, text):
    for pattern, what, allowed in RULES:
        if name not in allowed:
            for m in re.finditer(pattern, text):
                yield text.count("\n", 0, m.start()) + 1, f"{what}; only kinds/purchase does"


def client_problems(name, text):
    m = re.fullmatch(r"lib/providers/(\w+)/(\w+)\.cpp", name)
    if not m or m.group(1) not in COSTLY:
        return
    wires = r"\bwire::(?:" + "|".join(COSTLY[m.group(1)]) + r")\s*\("
    at = 0
    for body in re.split(r"(?<=\n})\n", text):
        if re.search(wires, body) and (not re.search(r"\bsend_purchase\(", body) or re.search(r"\bsend_read\(", body)):
            yield text.count("\n", 0, at) + 1, "a costly request that does not leave by send_purchase"
        at += len(body) + 1


def problems(name, text):
    text = bare(text)
    return [*rule_problems(name, text), *client_problems(name, text)]


def try_itself():
    bad = {
        "lib/kinds/x.cpp": "providers::purchase_gate how(deadline, gate);",
        "lib/engine/x.cpp": "auto done = co_await sms.send(o, providers::purchase_gate(deadline, gate));",
        "lib/control/x.cpp": "options.costly = true;",
        "lib/kinds/y.cpp": "ledger::intend i;",
        "lib/engine/y.cpp": "ledger::move_effect m(id,\n    effect_state::dispatched);",
        "lib/engine/z.cpp": "auto set = [](ledger::move_effect& m) { m.to = effect_state::dispatched; };",
        "lib/providers/tamonay/client.cpp": "x\n{\n    auto r = wire::post_order(t, w);\n    co_await send_read(way, r, deadline);\n}\n",
    }
    good = {
        "lib/kinds/x.cpp": "return seller.order(id, std::move(how)); // a purchase_gate(…)\nauto lambda = [&](providers::purchase_gate how) {",
        "lib/ledger/x.cpp": "bool operator()(const move_effect& c) { return c.to == effect_state::dispatched; }",
        "lib/providers/tamonay/client.cpp": "x\n{\n    auto r = wire::post_order(t, w);\n    co_await send_purchase(way, r, how);\n}\n",
    }
    assert all(problems(name, text) for name, text in bad.items()), "a way to spend is not seen"
    assert not any(problems(name, text) for name, text in good.items()), "what is allowed is complained about"


def main(top):
    try_itself()
    found = 0
    for folder in ("lib", "daemon"):
        for path in sorted((top / folder).rglob("*.[ch]pp")):
            name = str(path.relative_to(top))
            for line, what in problems(name, path.read_text(errors="replace")):
                found += 1
                print(f"{name}:{line}: {what}")
    used = {name for name in COSTLY if (top / "lib/providers" / name / "client.cpp").exists()}
    if used != set(COSTLY):
        found += 1
        print(f"the table of costly requests names protocols that are not there: {sorted(set(COSTLY) - used)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
