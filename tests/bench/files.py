"""Ten thousand job files: checking them beside a bare yaml-cpp load of the same files, and what a loaded one keeps in memory."""
import os
import pathlib
import subprocess

import compare
import sandboxes
from compare import Goal

FEW, MANY = 10, 10_000
MOST = 8_000  # bytes
GOALS = [Goal("ulakctl check", "yaml-cpp", 0.7)]
JOBS = ("""kind: otp.acquire
schedule: {cron: "%(n)d 9 * * mon-fri", time_zone: Europe/Istanbul}
budget: {run: 10 TRY, day: 100 TRY}
candidates:
  - {account: numbers, service: "1", max_price: 10 TRY, on_timeout: cancel}
  - {account: tamonay, service: "1", max_price: 10 TRY, on_timeout: abandon}
wait: {code: 4m, poll: {first: 3s, max: 10s}}
match: "(\\\\d{6})"
""", """kind: balance.watch
schedule: {every: 30m, jitter: 1m}
watch: [{account: numbers, below: 20 TRY}, {account: bulk, below: 100 credits}]
""", """kind: smm.order
params: {link: {type: string, required: true}}
budget: {run: 5 USD}
account: panel
service: "1"
link: "https://example.com/${link}"
quantity: 100
""", """kind: sms.send
schedule: {cron: "%(n)d 10 1 * *", time_zone: Europe/Istanbul}
account: bulk
budget: {run: 100 credits}
recipients: {list: ["5551112233", "5551112234"]}
message: {type: informational, sender: MARKA, text: "Merhaba, hesap ozetiniz hazir.", encoding: en}
""")


def sandbox_with(build, jobs):
    return sandboxes.sandbox(build, jobs={f"job{n:05}": JOBS[n % len(JOBS)] % {"n": n % 60} for n in range(jobs)})


def files_per_cpu_second(command, jobs):
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere)
        _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} ended with {status}")
    return jobs / (used.ru_utime + used.ru_stime)


def memory(build, jobs):
    h = sandbox_with(build, jobs)
    try:
        h.start()
        return int(pathlib.Path(f"/proc/{h.daemon.pid}/statm").read_text().split()[1]) * 4096
    finally:
        h.close()


def run(build, _server, options):
    h = sandbox_with(build, MANY)
    commands = {"yaml-cpp": [f"{build}/tests/bench/bench_yaml", h.dir / "jobs.d"],
                "ulakctl check": [f"{build}/daemon/ulakctl/ulakctl", "check", "--config", h.dir / "ulak.yaml"]}
    try:
        values = compare.interleave(lambda name: files_per_cpu_second(commands[name], MANY), list(commands), options.rounds)
    finally:
        h.close()
    compare.table(f"{MANY:,} job files: files per CPU-second", values, "yaml-cpp")
    met = compare.judge(values, GOALS)
    each = (memory(build, MANY) - memory(build, FEW)) / (MANY - FEW)
    print(f"  goal: at most {MOST:,} bytes kept per job: {each:,.0f}, {'met' if each <= MOST else 'MISSED'}")
    compare.keep(build, "files", {**values, "bytes per job": each})
    return met and each <= MOST
