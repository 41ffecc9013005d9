#!/usr/bin/env python3
"""Finds calls of std::filesystem that throw: a file or folder that cannot be looked at must never end the daemon or a command.

Every look at the disk takes a std::error_code. Forms that never touch the disk (lexically_normal, parent_path) are free.
Usage: paths.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import re
import sys

LOOKS = ("exists is_regular_file is_directory is_symlink is_empty is_other is_socket status symlink_status file_size absolute canonical "
         "weakly_canonical relative proximate read_symlink last_write_time space remove remove_all rename create_directory "
         "create_directories copy copy_file permissions current_path temp_directory_path equivalent resize_file hard_link_count").split()
CALL = re.compile(r"\b(?:fs|std::filesystem|filesystem)::(" + "|".join(LOOKS) + r")\(")
ITERATOR = re.compile(r"\bfor\s*\([^;()]*:\s*(?:fs|std::filesystem)::(?:recursive_)?directory_iterator")
# The simulator and what makes its folder: tools of a test, which may end with a message.
FREE = ("daemon/ulak-sim/",)
CODES = re.compile(r"\b(?:ec|ignored|failed|problem|none|unreadable|no_folder|error|code|wrong)\b\s*\)")


def arguments(text, at):
    depth, begin = 1, at
    while at < len(text) and depth:
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
    return text[begin:at]


def main(top):
    found = []
    for path in sorted(p for d in ("lib", "daemon") for p in (top / d).rglob("*.[ch]pp")):
        name = path.relative_to(top).as_posix()
        if name.startswith(FREE):
            continue
        text = path.read_text()
        for m in list(CALL.finditer(text)):
            if not CODES.search(arguments(text, m.end())):
                found.append((name, text.count("\n", 0, m.start()) + 1, m.group(0) + "…) throws; give it a std::error_code"))
        for m in ITERATOR.finditer(text):
            found.append((name, text.count("\n", 0, m.start()) + 1, "this loop throws while it goes on; use increment(error_code)"))
    for name, line, why in found:
        print(f"{name}:{line}: {why}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
