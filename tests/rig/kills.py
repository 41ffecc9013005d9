"""Kills ulakd again and again under load, then checks that nothing was paid twice and nothing was lost.

    python3 tests/rig/kills.py --kills 1000 --runs 50000 --build build-rig   the long form, see long.sh for two at once
    python3 tests/rig/kills.py --kills 150 --named 0.7 --calm 8              what ctest does as rig.kills
    python3 tests/rig/kills.py --kills 400 --named 1 --each                  at every failpoint (needs a build that has them)

Everything random comes from --seed, which is printed; what the machine's timing adds cannot be repeated exactly. The sandbox of a run
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

import rest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

COSTLY = ("toplusms.send", "toplusms.send-url", "iletimerkezi.send-sms", "tamonay.order", "numbers.getNumber", "panel.add")
READS = ("toplusms.*", "iletimerkezi.*", "tamonay.*", "numbers.*", "panel.*")
ANY_CALL = ("drop-after", "drop-before", "reset-after", "delay:400", "500-after", "html-after", "truncate", "429:1")
NUMBERS = ("numbers.cancelNumber=cancel-refused:1", "numbers.getNumber=sms-at-cancel", "numbers.getNumber=sms-at-cancel:true",
           "numbers.getNumber=sms-never", "numbers.cancelNumber=drop-after", "tamonay.order=sms-never", "numbers.getNumber=no-stock")


CLOCK_JUMPS = 0.1  # share of the lives before which the machine's clock jumps


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kills", type=int, default=15)
    p.add_argument("--seconds", type=float, default=1e9, help="no more kills after this long")
    p.add_argument("--calm", type=float, default=150, help="seconds that runs get to end by themselves once all faults are healed")
    p.add_argument("--runs", type=int, default=0, help="runs to spread over the kills; each life waits for its share")
    p.add_argument("--named", type=float, default=0, help="share of the lives that end at a failpoint")
    p.add_argument("--each", action="store_true", help="a failpoint that was never reached is a violation")
    p.add_argument("--most-open", type=int, default=40, help="runs under way at once")
    p.add_argument("--life", type=float, default=2.5, help="seconds that a daemon lives at the most once it is ready")
    p.add_argument("--gap", type=float, default=0.05, help="seconds between two new runs")
    p.add_argument("--build", default=os.environ.get("ULAK_BUILD", str(ROOT / "build")))
    p.add_argument("--seed", type=int, default=None)
    p.add_argument("--no-faults", action="store_true")
    return p.parse_args()


class Rig(rest.Rest):
    def __init__(self, o):
        import clocks
        import sandbox
        import load
        import named
        import once_within
        import people
        self.o, self.random, self.sandbox_module, self.named = o, random.Random(o.seed), sandbox, named
        self.sandbox = sandbox.Sandbox(sim_options=load.SIM, extra=load.CHANNELS, accounts=load.accounts(sandbox.ACCOUNTS))
        load.furnish(self.sandbox)
        campaigns = people.furnish(self.sandbox) + once_within.furnish(self.sandbox)
        self.load = load.Load(self.sandbox, o.seed, gap=o.gap, most_open=o.most_open, more=campaigns)
        self.people = people.People(self.sandbox, o.seed)
        self.clocks = clocks.Clocks(self, o.seed)
        has_places = o.named > 0 and named.compiled_in(sandbox.ULAKD)
        self.places = named.Places(sandbox.SOURCE, named.chance_of(o.seed)) if has_places else None
        self.ready_after, self.wrong, self.jumps = [], [], []
        self.kills = self.kills_in_recovery = 0

    # -- the daemon

    def spawn(self, env=None):
        h = self.sandbox
        self.began = time.monotonic()
        with open(h.dir / "ulakd.log", "ab") as log:
            h.daemon = subprocess.Popen([self.sandbox_module.ULAKD, "--config", h.dir / "ulak.yaml"], stdout=log, stderr=log,
                                        env={**os.environ, **(env or {})})

    def wait_for_share(self):
        """Spreads the requested runs evenly over the kills."""
        end = time.monotonic() + 30
        while self.load.count < self.o.runs * (self.kills + 1) / max(self.o.kills, 1) and time.monotonic() < end:
            time.sleep(0.02)

    def alive(self):
        code = self.sandbox.daemon.poll()
        if code is not None:
            self.wrong.append(f"ulakd ended by itself with {code}: {self.sandbox.log_text()[-3000:]}")
        return code is None

    def until_ready(self, timeout=60):
        while time.monotonic() < self.began + timeout:
            if not self.alive():
                return False
            try:
                if self.places:
                    self.named.adopt(self.sandbox, 5)
                if self.sandbox.get("/v1/health", timeout=10).status == 200:
                    self.ready_after.append(time.monotonic() - self.began)
                    return True
            except OSError:
                pass
            time.sleep(0.005)
        self.wrong.append(f"ulakd was not ready within {timeout} s")
        return False

    def kill(self):
        if self.alive():
            self.sandbox.kill()
            self.kills += 1

    def kill_in_recovery(self):
        usual = statistics.median(self.ready_after[-20:] or [0.5])
        self.spawn()
        time.sleep(self.random.uniform(0, 1.3 * usual))
        self.kill()
        self.kills_in_recovery += 1

    def named_life(self):
        """Starts a daemon that dies at a failpoint, several times in a row if that happens during the start."""
        name = self.places.next()
        env = self.places.environment(name)
        for _ in range(self.random.choice((1, 1, 2, 3))):
            self.places.prepare(name, self.sandbox.dir)
            self.spawn(env)
            died_early = self.until_it_dies(name)
            self.kills += 1
            if not died_early:
                return True
        return True

    def until_it_dies(self, name):
        """True if it died at its failpoint before it answered."""
        daemon, ready, end = self.sandbox.daemon, False, self.began + 30
        while daemon.poll() is None and time.monotonic() < end:
            if not ready:
                ready = self.answers()
                if ready:
                    end = time.monotonic() + self.o.life
                    self.named.adopt(self.sandbox, 1)
            elif name in self.named.AT_THE_END:
                daemon.send_signal(signal.SIGTERM)
            else:
                self.places.stir(self.sandbox)
            time.sleep(0.01)
        if daemon.poll() == -signal.SIGKILL:
            self.places.died_at(name)
            return not ready
        if daemon.poll() not in (None, 0):
            self.alive()
        self.sandbox.kill()
        return False

    def answers(self):
        try:
            return self.sandbox.get("/v1/status", timeout=5).status == 200
        except (OSError, ValueError):
            return False

    def clock_jumps(self):
        """Ends with a dead daemon. False: the rig cannot go on."""
        going_on = self.clocks.life()
        if self.sandbox.daemon.poll() is None:
            time.sleep(self.random.uniform(0, self.o.life))
            self.kill()
        return going_on and not self.wrong

    def one_life(self):
        """Starts the daemon, perhaps killing it a few times during the start, lets it work, kills it."""
        fresh = not (self.sandbox.dir / "state/ulak.db").exists()
        if not fresh and self.random.random() < CLOCK_JUMPS and not self.clock_jumps():
            return False
        if self.places and (fresh or self.random.random() < self.o.named):
            self.shuffle_faults()
            return self.named_life()
        for _ in range(self.random.choice((0, 0, 0, 1, 1, 3))):
            self.kill_in_recovery()
        self.spawn()
        if not self.until_ready():
            return False
        self.shuffle_faults()
        time.sleep(self.random.uniform(0, self.o.life))
        self.wait_for_share()
        if self.random.random() < 0.1:  # during a graceful stop
            self.sandbox.daemon.send_signal(signal.SIGTERM)
            time.sleep(self.random.uniform(0, 0.3))
            if self.sandbox.daemon.poll() is not None:
                return True
        self.kill()
        return True

    # -- the simulator

    def shuffle_faults(self):
        if self.o.no_faults:
            return
        if self.random.random() < 0.6:
            self.sandbox.heal()
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            self.sandbox.fault(self.some_fault())

    def some_fault(self):
        times = f"*{self.random.choice((1, 1, 2, 5))}@{self.random.choice((0, 0, 1, 3))}"
        if self.random.random() < 0.35:
            return self.random.choice(NUMBERS) + times
        return self.random.choice(COSTLY * 2 + READS) + "=" + self.random.choice(ANY_CALL) + times

    def advance(self, minutes):
        # Read from the file, since the simulator answers with at most 100,000 lines.
        last = json.loads((self.sandbox.dir / "sim.ledger").read_text().splitlines()[-1])["seq"]
        self.sandbox.advance(f"{minutes}m")
        self.jumps.append((last, minutes * 60_000))

    def run(self):
        end = time.monotonic() + self.o.seconds
        self.load.start()
        self.people.start()
        try:
            while self.kills < self.o.kills and time.monotonic() < end and not self.wrong:
                if not self.one_life():
                    break
            if not self.wrong:
                self.judge()
        finally:
            self.load.stop()
            self.people.stop()
            self.leave()

    def leave(self):
        h = self.sandbox
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
