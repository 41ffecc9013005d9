#!/usr/bin/env python3
"""Checks that every source has a header of its name beside it: one class, one source, one header.

Usage: pairs.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import sys

# Sources that declare nothing: a program's entry, and the parts of Asio and Beast that are compiled once.
ALONE = {"main.cpp", "asio_impl.cpp", "beast_impl.cpp"}


def main(top):
    lonely = []
    for folder in ("lib", "daemon"):
        for source in sorted((top / folder).rglob("*.cpp")):
            if source.name not in ALONE and not source.with_suffix(".hpp").exists():
                lonely.append(f"{source.relative_to(top)}: no header of its name; what it defines belongs to another file, or to a class of its own")
    print("\n".join(lonely))
    return 1 if lonely else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
