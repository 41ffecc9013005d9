#!/usr/bin/env python3
"""Checks the sandbox's outer form: the top level that is fixed, and files that a person can read in one go.

Usage: sizes.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import subprocess
import sys

TOP = {"CMakeLists.txt", "daemon", "lib", "jobs", "config", "systemd", "tests", "README.md"}
MOST_LINES = 300  # the models stay near 100; past this a file says two things


def main(top):
    found = []
    names = subprocess.run(["git", "-C", top, "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
    for first in sorted({name.split("/")[0] for name in names if name}):
        if first not in TOP and not first.startswith("."):
            found.append(f"{first}: not one of the top-level names")
    for name in names:
        path = top / name
        if name.startswith(("lib/", "daemon/")) and path.suffix in (".cpp", ".hpp") and path.is_file():
            lines = path.read_text(errors="replace").count("\n")
            if lines > MOST_LINES:
                found.append(f"{name}: {lines} lines, at most {MOST_LINES}")
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
