"""Injects a fault at ulakd's N-th write, sync, send or open, for N = 1, 2, … until a run of the daemon passes without one. Needs strace and the right to trace.

    python3 tests/rig/sweep.py --build build-rig                              every call and blow, about 3,000 injections
    python3 tests/rig/sweep.py --build build --calls pwrite64 --blows KILL --most 40

A blow is KILL (the signal in the N-th call), or the error that the calls N to N+4 fail with. Lives follow each other on one state folder
and one simulator, under load of all kinds, each with its N; at the end of each call's series the invariants are checked. The first sixty
N are all tried, after that each a tenth further than the last.
"""
import argparse
import collections
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "e2e"), str(HERE)]

CALLS = {"pwrite64": ("KILL", "ENOSPC", "EIO"), "fdatasync": ("KILL", "ENOSPC", "EIO"), "fsync": ("KILL", "EIO"),
         "openat": ("KILL", "EMFILE", "ENOSPC", "EIO"), "ftruncate": ("KILL", "EIO"), "sendto": ("KILL",), "sendmsg": ("KILL", "EIO"),
         "write": ("KILL", "EIO"), "socket": ("EMFILE",), "accept4": ("EMFILE", "KILL")}
ALL_OF_THEM = 60
# It could not start, could not read a file, or does not know whether a commit succeeded. Each is reported, and the next start goes on.
RAN_OUT = (1, 4, 74)


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=os.environ.get("ULAK_BUILD", str(HERE.parent.parent / "build")))
    p.add_argument("--calls", nargs="*", default=list(CALLS))
    p.add_argument("--blows", nargs="*", default=("KILL", "ENOSPC", "EIO", "EMFILE"))
    p.add_argument("--most", type=int, default=4000, help="no N over this")
    p.add_argument("--seconds", type=float, default=1e9, help="begin no series of blows after this long")
    p.add_argument("--life", type=float, default=0.7, help="seconds that a life works once it answers")
    p.add_argument("--calm", type=float, default=130)
    p.add_argument("--gap", type=float, default=0.05)
    p.add_argument("--most-open", type=int, default=40)
    p.add_argument("--seed", type=int, default=None)
    p.set_defaults(kills=0, runs=0, named=0, each=False, no_faults=True)
    return p.parse_args()


def sequence(most):
    n = 1
    while n <= most:
        yield n
        n = n + 1 if n < ALL_OF_THEM else n + n // 10


def make_sweep(base, sandbox):
    class Sweep(base):
        """The rig with injected faults."""

        def __init__(self, o):
            super().__init__(o)
            self.injected = collections.Counter()
            self.lives = self.ended = 0

        def spawn_struck(self, call, blow, n):
            h, trace = self.sandbox, self.sandbox.dir / "trace"
            trace.unlink(missing_ok=True)
            how = f"signal={blow}:when={n}" if blow == "KILL" else f"error={blow}:when={n}..{n + 4}"
            self.began = time.monotonic()
            with open(h.dir / "ulakd.log", "ab") as log:
                # -D: strace is the grandchild, and the child is ulakd itself
                # With its filter on, strace 6.1 injects no signal after the first call.
                quick = [] if blow == "KILL" else ["--seccomp-bpf"]
                h.daemon = subprocess.Popen(["strace", "-D", "-f", *quick, "-qq", "-o", trace, "-e", f"trace={call}",
                                             "-e", f"inject={call}:{how}", sandbox.ULAKD, "--config", h.dir / "ulak.yaml"],
                                            stdout=log, stderr=log)

        def life(self, call, blow, n):
            """The number of injected faults."""
            self.lives += 1
            self.spawn_struck(call, blow, n)
            daemon, end = self.sandbox.daemon, self.began + 20
            ready = False
            while daemon.poll() is None and time.monotonic() < end:
                if not ready and self.answers():
                    ready, end = True, time.monotonic() + self.o.life
                time.sleep(0.02)
            code = daemon.poll()
            if code is None:
                daemon.send_signal(signal.SIGKILL)
                daemon.wait(30)
            elif code in RAN_OUT:
                self.ended += 1
            elif code != -signal.SIGKILL:
                self.alive()
            text = (self.sandbox.dir / "trace").read_text(errors="replace") if (self.sandbox.dir / "trace").exists() else ""
            struck = text.count("(INJECTED)") if blow != "KILL" else int(code == -signal.SIGKILL)
            self.injected[call, blow] += struck
            return struck

        def series(self, call, blow):
            for n in sequence(self.o.most):
                if not self.life(call, blow, n) or self.wrong:
                    break
            print(f"{call} {blow}: N up to {n}, {self.injected[call, blow]} injections, {self.lives} lives, {self.ended} ended by "
                  f"themselves, {self.load.count} runs", flush=True)

        def run_calls(self, call, blows, until):
            self.load.files_may_fail = call == "openat"
            self.load.start()
            self.people.start()
            try:
                for blow in blows:
                    if time.monotonic() < until and not self.wrong:
                        self.series(call, blow)
                if not self.wrong:
                    self.judge()
            finally:
                self.load.stop()
                self.people.stop()
                self.leave()

    return Sweep


def main():
    o = options()
    o.seed = o.seed if o.seed is not None else random.SystemRandom().randrange(1_000_000)
    os.environ["ULAK_BUILD"] = str(pathlib.Path(o.build).resolve())
    os.environ.setdefault("ULAK_SOURCE", str(HERE.parent.parent))
    import sandbox
    import kills
    print(f"seed {o.seed}", flush=True)
    sweep, until = make_sweep(kills.Rig, sandbox), time.monotonic() + o.seconds
    injections = bad = 0
    for call in o.calls:
        if time.monotonic() > until:
            break
        one = sweep(o)
        one.run_calls(call, [b for b in CALLS[call] if b in o.blows], until)
        injections += sum(one.injected.values())
        bad += len(one.wrong)
        for sentence in one.wrong:
            print(sentence)
        print(f"{injections} injections so far, {bad} violations", flush=True)
    print(f"{injections} injections, {bad} violations")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
