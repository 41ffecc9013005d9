"""What a dispatch and a cancel take while a thousand hostile clients hang on both sockets of a daemon with a million effects and 400,000
opt-outs, beside the same daemon without them. Long: the store alone takes a minute to fill."""
import datetime
import os
import pathlib
import sqlite3
import subprocess
import sys
import time

import sandboxes

EFFECTS, OPT_OUTS, CLIENTS, ROUNDS = 1_000_000, 400_000, 1000, 150
GOAL_SECONDS, GOAL_BYTES = 0.050, 64 << 20
OTP = """kind: otp.acquire
concurrency: 100
budget: {run: 20 TRY}
candidates: [{account: numbers, service: "1", on_timeout: cancel}]
wait: {code: 4m, poll: {first: 2s, max: 3s}}
"""
# The triggers of a new effect would refuse one that is settled already; they are put back as they were.
SET_ASIDE = ("effects_begin", "effects_new_attempt", "effects_begun", "effects_count")
FILL = f"""
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<{EFFECTS})
INSERT INTO effects(id,run,step,attempt,job,account,provider,operation,state,unit,expected,charged,charged_unit,digest,provider_ref,evidence,
  intended_at,dispatched_at,settled_at,moved_at,identity)
SELECT 'fill-'||i,'fill-run-'||(i/50),'step/'||i,1,'job-'||(i%20),'numbers','smmonayim-numbers','number','accepted','TRY',8000000,8000000,'TRY','',
  'fill-ref-'||i,'',t,t,t,t,ifnull((SELECT id FROM identities WHERE provider='smmonayim-numbers'),'') FROM (SELECT i,1700000000000+i*30000 t FROM n);
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<{OPT_OUTS - 1})
INSERT INTO suppressions SELECT CAST(5000000000+i AS TEXT),'asked',1700000000000 FROM n;
DELETE FROM spend_sums;
INSERT INTO spend_sums SELECT 0,job,0,unit,sum(spent_part),sum(open_part),count(*) FROM effects WHERE counted GROUP BY 2,4;
INSERT INTO spend_sums SELECT 1,account,0,unit,sum(spent_part),sum(open_part),count(*) FROM effects WHERE counted GROUP BY 2,4;
INSERT INTO spend_sums SELECT 2,'',quarter,unit,sum(spent_part),sum(open_part),count(*) FROM effects WHERE counted GROUP BY 3,4;
"""


def fill(path):
    """Into a store that a daemon has made and left."""
    with sqlite3.connect(path) as db:
        kept = [db.execute("SELECT sql FROM sqlite_schema WHERE name=?", (name,)).fetchone()[0] for name in SET_ASIDE]
        for name in SET_ASIDE:
            db.execute(f"DROP TRIGGER {name}")
        db.executescript("PRAGMA synchronous=OFF;PRAGMA cache_size=-600000;BEGIN;" + FILL + "COMMIT;")
        for sql in kept:
            db.execute(sql)
    db.close()


def resident(h):
    for line in pathlib.Path(f"/proc/{h.daemon.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def one_round(h):
    """Seconds from the intent to the outcome of a purchase (two commits and the call), and of a cancel."""
    run = h.run("otp")
    end = time.monotonic() + 60
    effects = []
    while not (effects and effects[0]["settled_at"]) and time.monotonic() < end:
        effects = h.get(f"/v1/runs/{run['id']}/effects").json["effects"]
    bought = moment(effects[0]["settled_at"]) - moment(effects[0]["intended_at"])
    began = time.perf_counter()
    assert h.post(f"/v1/runs/{run['id']}/cancel").status in (200, 202)
    return bought, time.perf_counter() - began


def measure(name, h):
    rounds = [one_round(h) for _ in range(ROUNDS)]
    out = []
    for what, took in (("purchase", [r[0] for r in rounds]), ("cancel", [r[1] for r in rounds])):
        took.sort()
        at = lambda q: took[int((len(took) - 1) * q)]
        print(f"  {name:8} {what:9} p50 {at(.5) * 1000:7.2f} ms   p99 {at(.99) * 1000:7.2f} ms   worst {at(1) * 1000:7.2f} ms", flush=True)
        out.append(at(.99))
    return out


def let_others_in(h):
    for folder in (h.dir, h.dir / "run"):
        folder.chmod(0o711)
    for path in (h.socket, h.view_socket):
        os.chmod(path, 0o666)


def gather(h, run):
    let_others_in(h)
    return subprocess.Popen([sys.executable, "-B", pathlib.Path(__file__).with_name("crowd.py"), str(CLIENTS), run, h.socket, h.view_socket])


def run(build, _server, _options):
    h = sandboxes.sandbox(build, jobs={"otp": OTP}, sim_options=["--otp-after", "1h", "--balance", "numbers=9000000"])
    crowd = None
    try:
        h.start()
        h.stop()
        fill(h.dir / "state/ulak.db")
        h.start()
        print(f"\n{EFFECTS:,} effects, {OPT_OUTS:,} opt-outs; {CLIENTS:,} hostile clients on both sockets")
        quiet = measure("quiet", h)
        before = resident(h)
        waited_for = h.run("otp")["id"]
        crowd = gather(h, waited_for)
        time.sleep(3)
        flooded = measure("flooded", h)
        grown = resident(h) - before
    finally:
        if crowd:
            crowd.kill()
            crowd.wait()
        h.close()
    for what, a, b in zip(("purchase", "cancel"), quiet, flooded):
        print(f"  {what}: p99 is {b / a:.1f} times that of the quiet daemon")
    print(f"  memory grew by {grown / 2**20:.1f} MiB")
    met = max(flooded) <= GOAL_SECONDS and grown <= GOAL_BYTES
    print(f"  the goal of {GOAL_SECONDS * 1000:.0f} ms and {GOAL_BYTES >> 20} MiB is {'met' if met else 'MISSED'}")
    return met
