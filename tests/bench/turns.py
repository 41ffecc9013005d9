"""Clients that all stay up and run for a fraction of a second each, in turn: the machine changes its mind within seconds, so what is
to be compared is measured next to each other; and never at the same time, for then they would share a cache."""
import os
import signal
import time

import compare

SLICE = 0.04          # seconds of the client's processor time: long beside the millisecond in which its caches fill again
SLICES_IN_A_ROUND = 15
SETTLE = 0.005        # seconds between two looks at a server that answers what the stopped client had asked for
LONGEST_SETTLE = 5.0


class Runner:
    """One client, stopped except in its slices."""

    def __init__(self, server, client, warm_requests):
        self.server, self.client = server, client
        before = server.requests()
        self.process = compare.start(client)
        try:
            if not compare.wait_for(lambda: server.requests() - before >= warm_requests, self.process, client.name):
                raise SystemExit(f"{client.name}: too slow to begin")
            self.stop()
        except BaseException:
            self.end()
            raise

    def stop(self):
        """Until all that it asked for is answered, so that the count is its own. Gives the count."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        end = time.monotonic() + LONGEST_SETTLE
        count, known = self.server.requests(), 0
        while count - known > 1:  # our own question is one
            if time.monotonic() > end:
                raise SystemExit(f"{self.client.name}: it goes on asking while it is stopped")
            time.sleep(SETTLE)
            count, known = self.server.requests(), count
        return count

    def spent(self):
        return compare.cpu_seconds(self.process.pid, self.client.loop_only)

    def slice(self):
        """(requests, CPU-seconds)"""
        cpu, requests = self.spent(), self.server.requests()
        os.killpg(self.process.pid, signal.SIGCONT)
        if not compare.wait_for(lambda: self.spent() - cpu >= SLICE, self.process, self.client.name):
            raise SystemExit(f"{self.client.name}: it stands still")
        return self.stop() - requests, self.spent() - cpu

    def end(self):
        self.process.kill()
        self.process.wait()


def round_of(runners):
    """{name: requests per CPU-second}, of the sums of its slices."""
    slices = compare.interleave(lambda name: runners[name].slice(), list(runners), SLICES_IN_A_ROUND)
    return {name: sum(done for done, _ in own) / sum(cpu for _, cpu in own) for name, own in slices.items()}


def take(server, clients, warm_requests, rounds):
    """{name: [requests per CPU-second of each round]}"""
    runners, values = {}, {client.name: [] for client in clients}
    try:
        for client in clients:
            runners[client.name] = Runner(server, client, warm_requests)
        for _ in range(rounds):
            for name, value in round_of(runners).items():
                values[name].append(value)
    finally:
        for runner in runners.values():
            runner.end()
    return values
