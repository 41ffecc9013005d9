"""Attacks a control socket: half requests, bodies that never come, readers of events that never read,
nonsense, and connects that ask nothing. Keeps the newest few hundred connections open.

  python3 hostile_client.py SOCKET CONNECTS
"""
import socket
import sys

HELD = 200
WORDS = (b"", b"GET /v1/sta", b"POST /v1/reload HTTP/1.1\r\nHost: ulak\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1000,
         b"GET /v1/events?follow=1 HTTP/1.1\r\nHost: ulak\r\n\r\n", b"\x16\x03\x01\x00\xff" * 40,
         b"POST /v1/reload HTTP/1.1\r\nHost: ulak\r\nContent-Length: 99999999999\r\n\r\n",
         b"GET /v1/jobs HTTP/1.1\r\nHost: ulak\r\n" + b"X: y\r\n" * 5000)


def attack(path, connects):
    held = []
    for n in range(connects):
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        s.settimeout(5)
        try:
            s.connect(path)
            s.sendall(WORDS[n % len(WORDS)])
            held.append(s)
        except OSError:
            s.close()
        if len(held) > HELD:
            held.pop(0).close()
    print(len(held), flush=True)


if __name__ == "__main__":
    attack(sys.argv[1], int(sys.argv[2]))
