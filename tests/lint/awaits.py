#!/usr/bin/env python3
"""Finds full expressions in which `co_await` meets a construct that g++ 12 destroys twice, and Asio idioms that lose results.

The constructs (measured on g++ 12.2.0 with Boost 1.81): brace-initialised class temporaries, lambdas with by-value
captures, `?:` yielding a class temporary, initializer lists, `throw`. The cure is always the same: build the thing in a
named variable first, then await. The check sees text, not types, so it also reports harmless look-alikes (braces around
trivial types); naming those reads no worse.
Usage: awaits.py SOURCE_DIR    exit status 1 when something was found
"""
import pathlib
import re
import sys

BANNED = {
    r"\basio::detached\b": "exceptions vanish; spawn into a task_group",
    r"\bawaitable_operators\b": "`||` throws away a finished result; use async::with_deadline",
    r"\bverify_none\b": "there is no switch that turns verification off",
    r"\bswitch\s*\(\s*co_await\b": "g++ 12 jumps into nothing when such a switch resumes; name the value first",
    r"\bthis_thread::sleep_for\b": "nothing sleeps on the loop, and no test waits for real time",
}

BLOCK = re.compile(r'(\)|\]|;|\{|\}|:|\belse|\bdo|\btry|\bmutable|\bnoexcept|\bconst|\boverride|\bfinal'
                   r'|->\s*[\w:<>,\s*&]+)$')


def blank(text):
    keep = lambda m: re.sub(r'[^\n]', ' ', m.group(0))
    text = re.sub(r'//[^\n]*|/\*.*?\*/', keep, text, flags=re.S)
    text = re.sub(r'R"(\w*)\(.*?\)\1"', keep, text, flags=re.S)
    return re.sub(r'"(\\.|[^"\\\n])*"|(?<!\w)\'(\\.|[^\'\\\n])*\'', keep, text)


def is_block(text, at):
    return bool(BLOCK.search(text[max(0, at - 160):at].rstrip()))


def close(text, at):
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == '{') - (text[i] == '}')
        if depth == 0:
            return i
    return len(text) - 1


def before(text, at):
    """What encloses or precedes the co_await in its own full expression."""
    depth, i = 0, at - 1
    while i >= 0:
        c = text[i]
        if c in ')]}':
            if c == '}' and depth == 0:
                return None
            depth += 1
        elif c in '([':
            depth = max(0, depth - 1)
        elif c == '{':
            if depth:
                depth -= 1
            else:
                return None if is_block(text, i) else 'enclosing braces'
        elif c == ';' and depth == 0:
            return None
        elif c == 'w' and depth == 0 and re.match(r'\bthrow\b', text[i - 4:i + 1]):
            return 'throw'
        i -= 1


def after(text, at):
    depth, i = 0, at
    while i < len(text):
        c = text[i]
        if c == '[':
            m = re.match(r'\[([^\[\]]*)\]\s*(\(|\{|mutable|->|<)', text[i:])
            if m and any(p.strip() and p.strip() not in ('this', '=') and not p.strip().startswith('&')
                         for p in m.group(1).split(',')) and not re.match(r'\s*\w', text[i - 1:i]):
                return 'lambda with by-value captures'
        if c in '([':
            depth += 1
        elif c in ')]':
            depth -= 1
            if depth < 0:
                return None
        elif c == '{':
            if is_block(text, i):
                if depth == 0:
                    return None
                i = close(text, i)
            else:
                return 'braces'
        elif c == '?':
            return '?:'
        elif c == ';' and depth == 0:
            return None
        i += 1


def problems(path):
    text = blank(path.read_text(errors="replace"))
    for m in re.finditer(r"\bco_await\b", text):
        why = before(text, m.start()) or after(text, m.end())
        if why:
            yield f"{path}:{text.count(chr(10), 0, m.start()) + 1}: co_await shares its full expression with {why}"
    for word, remedy in BANNED.items():
        for m in re.finditer(word, text):
            yield f"{path}:{text.count(chr(10), 0, m.start()) + 1}: {m.group(0)}: {remedy}"


def main(top):
    found = 0
    for folder in ("lib", "daemon", "tests"):
        for path in sorted((top / folder).rglob("*.[ch]pp")):
            for line in problems(path):
                found += 1
                print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
