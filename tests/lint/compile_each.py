#!/usr/bin/env python3
"""Runs a compiler check over many files, as many at once as there are cores.

Usage: compile_each.py headers SOURCE_DIR BUILD_DIR    every header of lib/ and daemon/ compiles alone
       compile_each.py sources SOURCE_DIR BUILD_DIR    every source compiles alone, clang-tidy looks at those that hold a coroutine
Exit status 1 when something was found.

With ULAK_LINT_SHARE=N it takes one file of each N; the commit decides which, so that commits take turns.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def flags_of(build):
    """The flags of a file that sees everything: the composition root."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if entry["file"].endswith("daemon/ulakd/daemon.cpp"):
            words = shlex.split(entry["command"])
            return [w for w in words[1:] if w.startswith(("-D", "-I", "-std", "-W", "-isystem"))]
    raise SystemExit("compile_each.py: no compile command for daemon/ulakd/daemon.cpp")


def header_command(path, top, flags):
    include = os.path.relpath(path, top / "lib")
    if path.is_relative_to(top / "daemon"):
        include = os.path.relpath(path, top / "daemon")
    text = f'#include "{include}"\n'
    return ["clang++-19", *flags, "-Werror", "-fsyntax-only", "-x", "c++", "-"], text


def source_command(path, build, commands):
    if "co_await" in path.read_text():
        return ["clang-tidy-19", "--quiet", "-p", str(build), str(path)], None
    words = shlex.split(commands[str(path)])
    compiler = next(i for i, w in enumerate(words) if "clang++" in w or w.endswith("g++"))
    out = words.index("-o")
    return [*words[compiler:out], *words[out + 2:], "-fsyntax-only"], None


def run(check, build):
    path, (command, text) = check
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=build)
    bad = done.returncode != 0
    return f"{path}:\n{done.stdout}{done.stderr}" if bad else ""


def checks(what, top, build):
    if what == "headers":
        flags = flags_of(build)
        paths = [p for folder in ("lib", "daemon") for p in sorted((top / folder).rglob("*.hpp"))]
        return [(p, header_command(p, top, flags)) for p in paths]
    commands = {}
    for e in json.loads((build / "compile_commands.json").read_text()):
        commands.setdefault(e["file"], e["command"])  # the first is its own target's; tests may compile it once more
    paths = [p for folder in ("lib", "daemon") for p in sorted((top / folder).rglob("*.cpp"))]
    return [(p, source_command(p, build, commands)) for p in paths]


def my_turn(work, top):
    share = int(os.environ.get("ULAK_LINT_SHARE", "1"))
    head = subprocess.run(["git", "-C", top, "rev-parse", "HEAD"], capture_output=True, text=True)
    return work[int(head.stdout[:8], 16) % share::share] if head.returncode == 0 else work


def main(what, top, build):
    work = my_turn(checks(what, top, build), top)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [text for text in pool.map(lambda check: run(check, build), work) if text]
    print("\n".join(found))
    print(f"{len(work)} files, {len(found)} with problems")
    return 1 if found or not work else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()))
