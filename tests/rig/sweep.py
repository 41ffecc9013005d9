"""Hits ulakd at its N-th write, sync, send or open, for N = 1, 2, … until the scenario passes untouched. Needs strace and the right to trace.

    python3 tests/rig/sweep.py --build build                           every call, every blow, no limit but --most
    python3 tests/rig/sweep.py --build build --calls pwrite64 --blows KILL --most 40

The scenario: one campaign of three chunks, one number, one panel order. After the blow the daemon is killed, started again untouched, and
the invariants are checked. A blow is KILL (signal in the N-th call) or the error that every call from the N-th to the N+4-th fails with.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

CALLS = ("pwrite64", "fdatasync", "sendto", "sendmsg", "write", "openat", "fsync", "ftruncate")
DISK = ("pwrite64", "fdatasync", "openat", "fsync", "ftruncate")
BLOWS = ("KILL", "ENOSPC", "EIO")
JOBS = ("common-bulk", "otp-numbers", "followers")
SCENARIO = 8  # seconds that the runs get under the blow


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=os.environ.get("ULAK_BUILD", str(ROOT / "build")))
    p.add_argument("--calls", nargs="*", default=CALLS)
    p.add_argument("--blows", nargs="*", default=BLOWS)
    p.add_argument("--first", type=int, default=1)
    p.add_argument("--step", type=int, default=1, help="try only every STEP-th call")
    p.add_argument("--most", type=int, default=400, help="no N over this")
    p.add_argument("--seconds", type=float, default=1e9, help="begin no blow after this long")
    return p.parse_args()


def spawn_traced(h, house, call, blow, n):
    how = f"signal={blow}:when={n}" if blow == "KILL" else f"error={blow}:when={n}..{n + 4}"
    with open(h.dir / "ulakd.log", "ab") as log:
        return subprocess.Popen(["strace", "-f", "-qq", "-o", h.dir / "trace", "-e", f"trace={call}", "-e", f"inject={call}:{how}",
                                 house.ULAKD, "--config", h.dir / "ulak.yaml"], stdout=log, stderr=log)


def spawn(h, house):
    with open(h.dir / "ulakd.log", "ab") as log:
        return subprocess.Popen([house.ULAKD, "--config", h.dir / "ulak.yaml"], stdout=log, stderr=log)


def healthy(h):
    try:
        return h.get("/v1/health", timeout=5).status == 200
    except Exception:
        return False


def open_runs(h):
    return [r for s in ("queued", "running", "paused") for r in h.get(f"/v1/runs?state={s}&limit=100").json["runs"]]


def settle(h, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end and open_runs(h):
        time.sleep(0.1)


def work(h, process, accepted):
    """Starts the scenario's runs as far as the daemon lives, waits for their end or its own."""
    end = time.monotonic() + SCENARIO
    while time.monotonic() < end and process.poll() is None and not healthy(h):
        time.sleep(0.02)
    waiting = {f"t{i:07d}": job for i, job in enumerate(JOBS, 1)}
    while time.monotonic() < end and process.poll() is None:
        try:
            for key, job in list(waiting.items()):
                got = h.request("POST", f"/v1/jobs/{job}/runs", {"params": {"tag": key}}, {"Idempotency-Key": key}, timeout=5)
                if got.status in (201, 202):
                    accepted[key] = (job, got.json["id"])
                    del waiting[key]
            if not waiting and not open_runs(h):
                return
        except Exception:
            pass
        time.sleep(0.05)


def end_tracee(process):
    """strace passes no SIGKILL on: its child goes first."""
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
    for pid in found:
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            pass
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def struck(h):
    text = (h.dir / "trace").read_text(errors="replace") if (h.dir / "trace").exists() else ""
    return "(INJECTED)" in text or "killed by SIGKILL" in text


def one(house, invariants, load, call, blow, n):
    """(the sentences that are wrong, whether the blow fell)"""
    h = house.House(sim_options=load.SIM)
    wrong, accepted = [], {}
    try:
        load.furnish(h)
        (h.dir / "jobs.d/balances.yaml").unlink()
        process = spawn_traced(h, house, call, blow, n)
        work(h, process, accepted)
        fell = struck(h)  # before the kill below, which the trace shows as well
        end_tracee(process)
        h.daemon = spawn(h, house)
        end = time.monotonic() + 20
        while not healthy(h) and time.monotonic() < end and h.daemon.poll() is None:
            time.sleep(0.02)
        if not healthy(h):
            return [f"ulakd does not start again: {h.log_text()[-2000:]}"], fell
        settle(h, 15)
        for r in open_runs(h):
            h.post(f"/v1/runs/{r['id']}/cancel")
        settle(h, 30)
        state = h.sim_request("GET", "/state?limit=1000").json
        state["ms"] = int(time.time() * 1000)
        if h.stop() != 0:
            wrong.append("ulakd did not stop with 0")
        lines = [json.loads(line) for line in (h.dir / "sim.ledger").read_text().splitlines()]
        evidence = invariants.Evidence(h.dir / "state/ulak.db", lines, (), accepted)
        wrong += invariants.check(evidence, state)
        files = [(str(p), p.read_bytes()) for p in (*h.dir.glob("state/**/*"), h.dir / "ulakd.log") if p.is_file()]
        wrong += invariants.no_secret_leaves(files, house.SECRETS)
        if "Sanitizer" in h.log_text() or "terminate called" in h.log_text():
            wrong.append("the daemon died of itself, see ulakd.log")
        return wrong, fell
    finally:
        if wrong:
            kept = pathlib.Path(f"{h.dir}-kept")
            shutil.copytree(h.dir, kept, ignore=lambda d, names: [x for x in names if x.endswith(".sock")])
            print(f"kept: {kept}")
        h.close()


def main():
    o = options()
    os.environ["ULAK_BUILD"] = str(pathlib.Path(o.build).resolve())
    os.environ.setdefault("ULAK_SOURCE", str(ROOT))
    sys.path[:0] = [str(ROOT / "tests/e2e"), str(HERE)]
    import house
    import invariants
    import load
    began, blows, bad = time.monotonic(), 0, 0
    for call in o.calls:
        for blow in o.blows:
            if blow != "KILL" and call not in DISK:
                continue
            n = o.first
            while n <= o.most and time.monotonic() - began < o.seconds:
                wrong, fell = one(house, invariants, load, call, blow, n)
                blows += fell
                bad += len(wrong)
                for sentence in wrong:
                    print(f"{call} {blow} {n}: {sentence}", flush=True)
                if not fell:
                    break
                n += o.step
            print(f"{call} {blow}: up to {n}, {bad} violations so far", flush=True)
    print(f"{blows} blows, {bad} violations")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
