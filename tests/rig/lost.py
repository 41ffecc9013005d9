"""Loses answers to Tamonay's orders while others are under way, and counts how many the provider's own list settles.

    python3 tests/rig/lost.py --orders 120 --build build     the long form
    python3 tests/rig/lost.py --orders 24 --within 60        what ctest does as rig.lost
    python3 tests/rig/lost.py --orders 0 --bursts 12 --least 0   many alike at once, and the daemon killed in between

An order that took place must be owned by exactly one purchase in the end, and none that did not may be. Exit code 0: enough were settled
within the time, none wrongly. A burst loses all the answers to several orders that are the same and leave within half a second; the daemon is
killed after every second one. After bursts no order may be without an owner, whatever became of the doubts.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import sqlite3
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOK_PLACE = ("drop-after", "reset-after", "500-after", "html-after", "truncate", "empty")
KILLED_FIRST = "delay:5s"  # the provider acts at once, and the daemon dies before the answer
DID_NOT = ("drop-before",)
FINAL = ("succeeded", "failed", "cancelled", "attention")
JOB = """kind: otp.acquire
concurrency: 100
budget: {run: 20 TRY}
candidates:
  - {account: tamonay, service: "1", on_timeout: abandon}
wait: {code: 60s, poll: {first: 1s, max: 3s}}
length: 6
"""


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--orders", type=int, default=120, help="answers to be lost")
    p.add_argument("--others", type=float, default=1.0, help="orders that are answered, for each one that is lost")
    p.add_argument("--unexecuted", type=float, default=0.0, help="share of the lost that never reach the provider: their doubt is a person's")
    p.add_argument("--bursts", type=int, default=0, help="of alike orders whose answers are all lost")
    p.add_argument("--burst", type=int, default=7, help="orders of a burst")
    p.add_argument("--purchases", type=int, default=8, help="of the account, in flight at once")
    p.add_argument("--pace", default="20 requests/s", help="of the account; empty: its usual one, which a busy account uses up")
    p.add_argument("--open", type=int, default=24, help="runs under way at once")
    p.add_argument("--within", type=float, default=180, help="seconds from the loss to its settlement")
    p.add_argument("--least", type=float, default=0.99, help="share that has to be settled in that time")
    p.add_argument("--build", default=os.environ.get("ULAK_BUILD", str(ROOT / "build")))
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


class Market:
    def __init__(self, o):
        import sandbox
        self.o, self.random = o, random.Random(o.seed)
        keys = f"purchases: {o.purchases}, " + (f"pace: {o.pace}, " if o.pace else "")
        accounts = sandbox.ACCOUNTS.replace("tamonay: {", "tamonay: {" + keys)
        self.sandbox = sandbox.Sandbox(accounts=accounts, sim_options=["--otp-after", "2s", "--seed", str(o.seed), "--balance", "tamonay=9000000", "--stock", "tamonay.1=9000000"])
        self.sandbox.job("otp", JOB)
        self.sandbox.start()

    def open_runs(self):
        return [r for s in ("queued", "running", "paused") for r in self.sandbox.get(f"/v1/runs?state={s}&limit=500").json["runs"]]

    def lose(self):
        what = self.random.choice(DID_NOT if self.random.random() < self.o.unexecuted else TOOK_PLACE)
        self.sandbox.fault(f"tamonay.order={what}*1")

    def lost(self):
        """Counts orders, since two faults may hit the same one."""
        return sum(e["event"] == "effect.ambiguous" for e in self.sandbox.events())

    def run(self):
        share = 1 / (1 + self.o.others)
        while self.lost() < self.o.orders:
            if len(self.open_runs()) >= self.o.open:
                time.sleep(0.3)
                continue
            for _ in range(self.random.choice((1, 2, 4, 8))):
                if self.random.random() < share:
                    self.lose()
                self.sandbox.run("otp")
            time.sleep(self.random.uniform(0, 0.5))
        for n in range(self.o.bursts):
            self.burst(kill=n % 2 == 1)
            time.sleep(self.random.uniform(0, 6))
        self.sandbox.heal()
        end = time.monotonic() + self.o.within + 60
        while self.open_runs() and time.monotonic() < end:
            time.sleep(1)

    def burst(self, kill):
        self.sandbox.heal()
        fates = TOOK_PLACE + (KILLED_FIRST,) * 3 if kill else TOOK_PLACE
        self.sandbox.fault(f"tamonay.order={self.random.choice(fates)}*{self.o.burst}")
        with concurrent.futures.ThreadPoolExecutor(self.o.burst) as crowd:
            for begun in [crowd.submit(self.sandbox.run, "otp") for _ in range(self.o.burst)]:
                begun.result()
        if kill:
            time.sleep(self.random.uniform(0, 1.5))
            self.sandbox.kill()
            self.sandbox.start()

    def judge(self):
        h = self.sandbox
        took_place = {l["effect"]["id"] for l in h.ledger("tamonay", "order") if l["effect"]}
        code = h.stop()
        db = sqlite3.connect(f"file:{h.dir}/state/ulak.db?mode=ro", uri=True)
        db.row_factory = sqlite3.Row
        effects = [dict(r) for r in db.execute("SELECT * FROM effects")]
        times = {}
        for r in db.execute("SELECT * FROM effect_history ORDER BY seq"):
            times.setdefault(r["effect"], {}).setdefault(r["to_state"], r["at"])
        lost = [e for e in effects if "ambiguous" in times[e["key"]]]
        settled = [e for e in lost if e["state"] in ("accepted", "not_executed", "rejected")]
        took = sorted((times[e["key"]][e["state"]] - times[e["key"]]["ambiguous"]) / 1000 for e in settled)
        in_time = sum(t <= self.o.within for t in took)
        wrong = list(self.wrongs(effects, took_place))
        if code != 0:
            wrong.append(f"ulakd did not stop with 0 but {code}")
        wrong += [f"the simulator saw a mistake: {m}" for m in h.mistakes()]
        print(f"seed {self.o.seed}: {len(effects)} orders, {len(took_place)} took place; {len(lost)} answers were lost, {in_time} of them settled within "
              f"{self.o.within:.0f} s ({100 * in_time / max(len(lost), 1):.1f} %), median {took[len(took) // 2] if took else 0:.0f} s, the slowest "
              f"{took[-1] if took else 0:.0f} s; {len(wrong)} wrongly")
        for why, n in collections.Counter(self.reason(e) for e in lost if e not in settled).most_common(8):
            print(f"  open, {n}: {why}")
        return wrong, in_time / max(len(lost), 1)

    def wrongs(self, effects, took_place):
        owners = collections.Counter(e["provider_ref"] for e in effects if e["provider_ref"])
        for ref, n in owners.items():
            if n > 1 or ref not in took_place:
                yield f"order {ref} is owned {n} times, and {'took' if ref in took_place else 'did not take'} place"
        open_ones = sum(e["state"] in ("ambiguous", "orphaned") for e in effects)
        alone = took_place - set(owners)
        if len(alone) > (0 if self.o.bursts else open_ones):
            yield f"{len(alone)} orders took place and have no owner ({', '.join(sorted(alone)[:9])}), {open_ones} purchases are in doubt"

    def reason(self, effect):
        return effect["state"] + ", " + effect["evidence"][-160:]


def main():
    o = options()
    os.environ["ULAK_BUILD"] = str(pathlib.Path(o.build).resolve())
    os.environ.setdefault("ULAK_SOURCE", str(ROOT))
    sys.path[:0] = [str(ROOT / "tests/e2e"), str(HERE)]
    market = Market(o)
    try:
        market.run()
        wrong, share = market.judge()
    finally:
        market.sandbox.close()
    for sentence in wrong:
        print(sentence)
    return 1 if wrong or share < o.least else 0


if __name__ == "__main__":
    sys.exit(main())
