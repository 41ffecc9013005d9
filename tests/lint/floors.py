#!/usr/bin/env python3
"""Checks who includes whom: no module includes one of its own floor or above, and each heavy library is seen in one room only.

Usage: floors.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import re
import sys

FLOORS = [{"core"}, {"async", "events", "yaml"}, {"http", "ledger"}, {"providers", "job", "sim"}, {"kinds"}, {"engine"}, {"control"}]
HEIGHT = {name: level for level, names in enumerate(FLOORS) for name in names}
# Neighbours on one floor that may meet all the same, each for its reason.
NEIGHBOURS = {("events", "async")}  # a subscription is awaited
# Lower floors that a room must not see all the same: the simulator shares no code with the clients it judges.
FORBIDDEN = {("sim", "events"), ("sim", "yaml"), ("sim", "ledger")}
# A library, and the only folders that may include it.
ROOMS = {
    r"boost/beast": ("lib/http",),
    r"openssl/": ("lib/http",),
    r"boost/asio/ssl": ("lib/http",),
    r"yaml-cpp/": ("lib/yaml",),
    r"sqlite3\.h": ("lib/ledger",),
    r"CLI/": ("daemon",),
    r"date/": ("lib/core",),
}
# core/secret wipes and compares; nothing else of OpenSSL is there.
ALLOWED = {("lib/core/secret.cpp", r"openssl/")}


def module_problems(path, own, line):
    m = re.match(r'\s*#\s*include\s+"([a-z_]+)/', line)
    if not m or own not in HEIGHT or m.group(1) == own or m.group(1) not in HEIGHT:
        return
    other = m.group(1)
    if HEIGHT[other] >= HEIGHT[own] and (own, other) not in NEIGHBOURS:
        yield f"{own} (floor {HEIGHT[own]}) includes {other} (floor {HEIGHT[other]})"
    if (own, other) in FORBIDDEN:
        yield f"{own} must not see {other}"


def library_problems(path, line):
    for library, rooms in ROOMS.items():
        if re.match(r'\s*#\s*include\s+[<"]' + library, line):
            if not any(path.startswith(room) for room in rooms) and (path, library) not in ALLOWED:
                yield f"{library} belongs into {' or '.join(rooms)}"


def main(top):
    found = 0
    for folder in ("lib", "daemon"):
        for path in sorted((top / folder).rglob("*.[ch]pp")):
            name = str(path.relative_to(top))
            own = path.relative_to(top / folder).parts[0] if folder == "lib" else ""
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                for what in [*module_problems(name, own, line), *library_problems(name, line)]:
                    found += 1
                    print(f"{name}:{number}: {what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
