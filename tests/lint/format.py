#!/usr/bin/env python3
"""Checks that every source and header is laid out as .clang-format says.

Usage: format.py SOURCE_DIR    exit status 1 when something was found; clang-format-19 -i FILE mends it
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys

PIECE = 40  # files for one process


def badly_laid_out(files):
    done = subprocess.run(["clang-format-19", "--dry-run", "-Werror", "--ferror-limit=1", *files], capture_output=True, text=True)
    return [line for line in done.stderr.splitlines() if "error:" in line]


def main(top):
    files = [str(p) for folder in ("lib", "daemon", "tests") for ending in ("*.cpp", "*.hpp") for p in sorted((top / folder).rglob(ending))]
    pieces = [files[i:i + PIECE] for i in range(0, len(files), PIECE)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [line for lines in pool.map(badly_laid_out, pieces) for line in lines]
    print("\n".join(found))
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
