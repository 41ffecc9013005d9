"""Requests of one client of the control socket while a thousand number workflows wait for their codes."""
import time

import sandboxes

JOBS, RUNS_EACH, SECONDS = 10, 100, 10  # a job has at most 100 runs at once
WORKFLOWS = JOBS * RUNS_EACH
OTP = """kind: otp.acquire
concurrency: 100
budget: {run: 20 TRY}
candidates: [{account: tamonay, service: "1", on_timeout: abandon}]
wait: {code: 10m, poll: {first: 2s, max: 3s}}
"""
ASKED = ("/v1/health", "/v1/status", "/v1/runs?limit=20", "/v1/jobs", "/metrics")


def start_all(h):
    for n in range(WORKFLOWS):
        h.run(f"otp-{n % JOBS}")
    end = time.monotonic() + 300
    while h.get("/v1/status").json["running"] < WORKFLOWS and time.monotonic() < end:
        time.sleep(0.2)


def times(h, path):
    took, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        began = time.perf_counter()
        if h.get(path).status == 200:
            took.append(time.perf_counter() - began)
    return sorted(took)


def run(build, _server, _options):
    h = sandboxes.sandbox(build, jobs={f"otp-{n}": OTP for n in range(JOBS)}, sim_options=["--otp-after", "1h", "--balance", "tamonay=9000000"])
    try:
        h.start()
        start_all(h)
        print(f"\n{WORKFLOWS:,} number workflows waiting; one client, a connection for each request")
        for path in ASKED:
            took = times(h, path)
            at = lambda q: took[int((len(took) - 1) * q)] * 1000
            print(f"  {path:20} {len(took) / SECONDS:7.0f}/s   p50 {at(.5):6.2f} ms   p99 {at(.99):6.2f} ms   worst {at(1):6.2f} ms", flush=True)
    finally:
        h.close()
    return True
