"""Many clients of a control socket who do it harm, in one process: waits that nobody reads, lists that nobody takes, half requests,
readers of events, and connections that say nothing. Whoever was sent away, or has had enough, comes back.

  python3 crowd.py CLIENTS RUN SOCKET…
"""
import os
import random
import selectors
import socket
import sys
import time

ASKED = ("suppressions?limit=1000", "spend?by=day", "runs?limit=1000&state=failed", "status", "events?after=0&follow=1", "runs/{run}?wait=10m",
         "runs/{run}?wait=10m", "attention?all=1&limit=1000")
SILENT = (b"", b"GET /v1/sta", b"GET /v1/suppressions HTTP/1.1\r\nHost: ulak\r\nContent-Length: 60000\r\n\r\nxx")
PAUSE = 0.2  # seconds until one that was sent away comes back
NOBODY = 65534  # a user of its own: for the daemon's user and for root places are kept
DEAF_FOR = 10  # seconds at most that one takes no byte of its answer


class Crowd:
    def __init__(self, clients, run, paths):
        self.ready, self.random = selectors.DefaultSelector(), random.Random(1)
        self.asked = [f"GET /v1/{a.format(run=run)} HTTP/1.1\r\nHost: ulak\r\n\r\n".encode() for a in ASKED]
        self.coming = [(0.0, paths[n % len(paths)]) for n in range(clients)]
        self.deaf = []  # (until, socket, path)

    def come(self, now, path):
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        s.setblocking(False)
        try:
            s.connect(path)
            s.send(self.random.choice(SILENT if self.random.random() < 0.3 else self.asked))
        except OSError:
            s.close()
            self.coming.append((now + PAUSE, path))
        else:
            if self.random.random() < 0.4:
                self.deaf.append((now + self.random.uniform(0.5, DEAF_FOR), s, path))
            else:
                self.ready.register(s, selectors.EVENT_READ, path)

    def turn(self):
        now = time.monotonic()
        due, self.coming = [c for c in self.coming if c[0] <= now], [c for c in self.coming if c[0] > now]
        for _, path in due:
            self.come(now, path)
        gone, self.deaf = [d for d in self.deaf if d[0] <= now], [d for d in self.deaf if d[0] > now]
        for _, s, path in gone:
            s.close()
            self.coming.append((now, path))
        for key, _ in self.ready.select(0.05):
            try:
                got = key.fileobj.recv(65536)
            except OSError:
                got = b""
            if not got or self.random.random() < 0.1:
                self.ready.unregister(key.fileobj)
                key.fileobj.close()
                self.coming.append((now + PAUSE, key.data))


def become_another_user():
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


if __name__ == "__main__":
    become_another_user()
    crowd = Crowd(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
    while True:
        crowd.turn()
