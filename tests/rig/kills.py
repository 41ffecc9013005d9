"""Kills ulakd again and again under load, then checks that nothing was paid twice and nothing was lost.

    python3 tests/rig/kills.py --kills 1000 --build build        the long form, about an hour
    python3 tests/rig/kills.py --kills 15 --seconds 30 --calm 8  what ctest does as rig.kills

Everything random comes from --seed, which is printed; what the machine's timing adds cannot be repeated exactly. The house of a run
that found something is kept, its folder is printed. Exit code 0: all invariants hold; 1: the sentences printed do not.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

COSTLY = ("toplusms.send", "toplusms.send-url", "iletimerkezi.send-sms", "tamonay.order", "numbers.getNumber", "panel.add")
READS = ("toplusms.*", "iletimerkezi.*", "tamonay.*", "numbers.*", "panel.*")
ANY_CALL = ("drop-after", "drop-before", "reset-after", "delay:400", "500-after", "html-after", "truncate", "429:1")
NUMBERS = ("numbers.cancelNumber=cancel-refused:1", "numbers.getNumber=sms-at-cancel", "numbers.getNumber=sms-at-cancel:true",
           "numbers.getNumber=sms-never", "numbers.cancelNumber=drop-after", "tamonay.order=sms-never", "numbers.getNumber=no-stock")
OPEN = ("queued", "running", "paused")


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kills", type=int, default=15)
    p.add_argument("--seconds", type=float, default=1e9, help="no more kills after this long")
    p.add_argument("--calm", type=float, default=150, help="seconds that runs get to end by themselves once all faults are healed")
    p.add_argument("--life", type=float, default=2.5, help="seconds that a daemon lives at the most once it is ready")
    p.add_argument("--gap", type=float, default=0.05, help="seconds between two new runs")
    p.add_argument("--build", default=os.environ.get("ULAK_BUILD", str(ROOT / "build")))
    p.add_argument("--seed", type=int, default=None)
    p.add_argument("--no-faults", action="store_true")
    return p.parse_args()


class Rig:
    def __init__(self, o):
        import house
        import load
        self.o, self.random, self.house_module = o, random.Random(o.seed), house
        self.house = house.House(sim_options=load.SIM)
        load.furnish(self.house)
        self.load = load.Load(self.house, o.seed, gap=o.gap)
        self.ready_after, self.wrong, self.jumps = [], [], []
        self.kills = self.kills_in_recovery = 0
        self.deaths_looked_at = 0

    # -- the daemon

    def spawn(self):
        h = self.house
        self.began = time.monotonic()
        with open(h.dir / "ulakd.log", "ab") as log:
            h.daemon = subprocess.Popen([self.house_module.ULAKD, "--config", h.dir / "ulak.yaml"], stdout=log, stderr=log)

    def alive(self):
        code = self.house.daemon.poll()
        if code is not None:
            self.wrong.append(f"ulakd ended by itself with {code}: {self.house.log_text()[-3000:]}")
        return code is None

    def until_ready(self, patience=60):
        while time.monotonic() < self.began + patience:
            if not self.alive():
                return False
            try:
                if self.house.get("/v1/health", timeout=10).status == 200:
                    self.ready_after.append(time.monotonic() - self.began)
                    return True
            except OSError:
                pass
            time.sleep(0.005)
        self.wrong.append(f"ulakd was not ready within {patience} s")
        return False

    def kill(self):
        if self.alive():
            self.house.kill()
            self.kills += 1

    def kill_in_recovery(self):
        usual = statistics.median(self.ready_after[-20:] or [0.5])
        self.spawn()
        time.sleep(self.random.uniform(0, 1.3 * usual))
        self.kill()
        self.kills_in_recovery += 1

    def one_life(self):
        """Starts the daemon, perhaps killing it a few times on its way, lets it work, kills it."""
        for _ in range(self.random.choice((0, 0, 0, 1, 1, 3))):
            self.kill_in_recovery()
        self.spawn()
        if not self.until_ready():
            return False
        self.shuffle_faults()
        time.sleep(self.random.uniform(0, self.o.life))
        if self.random.random() < 0.1:  # while it stops in good order
            self.house.daemon.send_signal(signal.SIGTERM)
            time.sleep(self.random.uniform(0, 0.3))
            if self.house.daemon.poll() is not None:
                return True
        self.kill()
        return True

    # -- the simulator

    def shuffle_faults(self):
        if self.o.no_faults:
            return
        if self.random.random() < 0.6:
            self.house.heal()
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            self.house.fault(self.some_fault())

    def some_fault(self):
        times = f"*{self.random.choice((1, 1, 2, 5))}@{self.random.choice((0, 0, 1, 3))}"
        if self.random.random() < 0.35:
            return self.random.choice(NUMBERS) + times
        return self.random.choice(COSTLY * 2 + READS) + "=" + self.random.choice(ANY_CALL) + times

    def advance(self, minutes):
        last = self.house.ledger()[-1]["seq"]
        self.house.advance(f"{minutes}m")
        self.jumps.append((last, minutes * 60_000))

    # -- the end

    def open_runs(self):
        return [r for s in OPEN for r in self.house.get(f"/v1/runs?state={s}&limit=500").json["runs"]]

    def wait_quiet(self, seconds, but=()):
        """The runs that are still open after this long."""
        end = time.monotonic() + seconds
        while True:
            left = [r for r in self.open_runs() if r["job"] not in but]
            if not left or time.monotonic() > end:
                return left
            time.sleep(0.3)

    def come_to_rest(self):
        self.load.stop()
        self.house.heal()
        self.spawn()
        if not self.until_ready():
            return None
        self.house.post("/v1/jobs/balances/pause")
        self.wait_quiet(self.o.calm, but=("otp-tamonay",))
        self.cancel(("otp-tamonay",), 20)
        state = self.house.sim_request("GET", "/state?limit=100000").json
        state["ms"] = int(time.time() * 1000)
        self.advance(21)  # the numbers that nobody cancels end
        self.wait_quiet(self.o.calm)
        self.cancel((), 30)
        return state

    def cancel(self, but, seconds):
        """The runs that still wait for evidence: a person who cancels them gets a named end at once."""
        for r in self.open_runs():
            if r["job"] not in but:
                self.house.post(f"/v1/runs/{r['id']}/cancel")
        self.wait_quiet(seconds, but)

    def told(self):
        """All that the daemon shows to anyone: its answers, its log, its folder."""
        h = self.house
        for path in ("/v1/status", "/v1/jobs", "/v1/runs?limit=500", "/v1/attention", "/v1/accounts", "/v1/events", "/v1/spend?by=account",
                     "/metrics", "/v1/suppressions", "/v1/schema/config"):
            yield path, h.get(path).text.encode()

    def folder(self):
        for path in (*self.house.dir.glob("state/**/*"), self.house.dir / "ulakd.log"):
            if path.is_file():
                yield str(path), path.read_bytes()

    def judge(self):
        import invariants
        state = self.come_to_rest()
        if state is None:
            return
        told = list(self.told())
        if self.house.stop() != 0:
            self.wrong.append("ulakd did not stop with 0")
        h = self.house
        shutil.copytree(h.dir / "state", h.dir / "copy")
        lines = [json.loads(line) for line in (h.dir / "sim.ledger").read_text().splitlines()]
        evidence = invariants.Evidence(h.dir / "copy/ulak.db", lines, self.jumps, self.load.accepted, self.load.repeats)
        self.wrong += invariants.check(evidence, state)
        self.wrong += invariants.no_secret_leaves(told + list(self.folder()), self.house_module.SECRETS)
        self.wrong += [f"the simulator saw a mistake: {m}" for m in h.mistakes()]
        self.wrong += [f"a run was refused: {r}" for r in self.load.refused[:5]]
        if "Sanitizer" in h.log_text() or "runtime error" in h.log_text():
            self.wrong.append("a sanitizer spoke, see ulakd.log")
        self.tell(evidence)

    def tell(self, evidence):
        states = {}
        for r in evidence.runs.values():
            states[r["state"]] = states.get(r["state"], 0) + 1
        effects = {}
        for f in evidence.effects:
            effects[f.state] = effects.get(f.state, 0) + 1
        print(f"seed {self.o.seed}: {self.kills} kills, {self.kills_in_recovery} of them on the way up; {len(evidence.runs)} runs {states}; "
              f"{len(evidence.effects)} effects {effects}; {len(evidence.lines)} requests")
        ready = sorted(self.ready_after)
        print(f"ready after: median {ready[len(ready) // 2] * 1000:.0f} ms, 95 % {ready[len(ready) * 95 // 100] * 1000:.0f} ms, "
              f"most {ready[-1] * 1000:.0f} ms, of {len(ready)} starts")

    def run(self):
        end = time.monotonic() + self.o.seconds
        self.load.start()
        try:
            while self.kills < self.o.kills and time.monotonic() < end and not self.wrong:
                if not self.one_life():
                    break
            if not self.wrong:
                self.judge()
        finally:
            self.load.stop()
            self.leave()

    def leave(self):
        h = self.house
        if not self.wrong:
            h.close()
            return
        kept = pathlib.Path(f"{h.dir}-kept")
        shutil.copytree(h.dir, kept, ignore=lambda d, names: [n for n in names if n.endswith(".sock")])
        h.close()
        print(f"kept: {kept}")


def main():
    o = options()
    o.seed = o.seed if o.seed is not None else random.SystemRandom().randrange(1_000_000)
    os.environ["ULAK_BUILD"] = str(pathlib.Path(o.build).resolve())
    os.environ.setdefault("ULAK_SOURCE", str(ROOT))
    sys.path[:0] = [str(ROOT / "tests/e2e"), str(HERE)]
    print(f"seed {o.seed}", flush=True)
    rig = Rig(o)
    rig.run()
    for sentence in rig.wrong:
        print(sentence)
    print(f"{len(rig.wrong)} violations")
    return 1 if rig.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
