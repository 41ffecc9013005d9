"""Clock jumps of the rig. Between two lives the machine's clock jumps by hours or days, as far as the daemon can tell: the last reading
in its store is moved, which needs no rights and works under sanitizers. What costs, schedules and purges then wait, through kills, until
somebody says that the clock is right.
"""
import bisect
import collections
import contextlib
import random
import sqlite3
import time

HOUR = 3_600_000  # milliseconds
JUMPS = (-400 * 24, -30, -3, 3, 30, 400 * 24)  # hours that the clock is ahead of what the daemon expects
LONGEST_HOLD = 0.6  # seconds
LONGEST_START = 60


class Clocks:
    """`rig`: spawns, kills and reads the daemon."""

    def __init__(self, rig, seed):
        self.rig, self.random = rig, random.Random(f"clocks {seed}")
        self.held = []  # [(from, to)], milliseconds: certainly in doubt in between
        self.deeds, self.wrong = collections.Counter(), []

    @property
    def store(self):
        return self.rig.sandbox.dir / "state/ulak.db"

    def jump(self):
        """With the daemon dead. False if it has no reading yet."""
        by = self.random.choice(JUMPS)
        with contextlib.closing(sqlite3.connect(self.store)) as db, db:
            row = db.execute("SELECT value FROM settings WHERE name='clock:last'").fetchone()
            if row is None:
                return False
            wall, rest = row[0].split(" ", 1)
            db.execute("UPDATE settings SET value=? WHERE name='clock:last'", (f"{int(wall) - by * HOUR} {rest}",))
        self.deeds["jumps"] += 1
        return True

    def state(self):
        """None where the daemon did not answer."""
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end and self.rig.alive():
            try:
                return self.rig.sandbox.get("/v1/status", timeout=10).json["clock"]
            except (OSError, ValueError, KeyError):
                time.sleep(0.01)
        return None

    def life(self):
        """A life that begins with a jump and ends, perhaps after kills in doubt, with a clock that is trusted. False: give up."""
        if not self.jump():
            return True
        while True:
            self.rig.spawn()
            if not self.hold():
                return not self.wrong
            if self.random.random() < 0.6:
                return self.confirm()
            self.rig.kill()
            self.deeds["kills in doubt"] += 1

    def hold(self):
        """Lets the daemon be in doubt for a moment. False where it is not."""
        clock = self.state()
        if clock is None or clock["state"] != "held":
            if clock is not None and not clock["synchronised"]:
                self.wrong.append("a jump of hours, or a doubt before a kill, is not held")
            return False
        since = int(time.time() * 1000)
        time.sleep(self.random.uniform(0, LONGEST_HOLD))
        self.held.append((since, int(time.time() * 1000)))
        return True

    def confirm(self):
        try:
            got = self.rig.sandbox.post("/v1/clock/confirm", timeout=30)
        except (OSError, ValueError):
            return self.rig.alive()
        if got.status != 200:
            self.wrong.append(f"a doubt cannot be ended: {got.status} {got.text}")
        self.deeds["confirmations"] += 1
        return got.status == 200

    # -- judgement

    def in_doubt(self, at):
        n = bisect.bisect_left(self.held, (at,)) - 1
        return n >= 0 and self.held[n][0] < at < self.held[n][1]

    def check(self, evidence):
        return [*self.wrong, *nothing_costs_in_doubt(evidence, self), *nothing_fires_in_doubt(evidence, self)]

    def figures(self):
        return (f"{self.deeds['jumps']} clock jumps, {self.deeds['kills in doubt']} kills while the clock was in doubt, "
                f"{self.deeds['confirmations']} confirmations")


def nothing_costs_in_doubt(e, clocks):
    """I16. By the time of the dispatch, which is that of the same clock."""
    for effect in e.effects:
        if effect.left_at and clocks.in_doubt(effect.left_at):
            yield f"I16 {effect} was dispatched at {effect.left_at} while the clock was in doubt"


def nothing_fires_in_doubt(e, clocks):
    """I16. The balances are the rig's schedule."""
    for run in e.runs.values():
        if run["job"] == "balances" and clocks.in_doubt(run["created_at"]):
            yield f"I16 run {run['id']} of {run['job']} fired at {run['created_at']} while the clock was in doubt"
