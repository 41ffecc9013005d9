"""The rig's load: jobs of all four kinds with short polls, and a thread that keeps starting runs of them.

Every text, link and key carries the tag of its run, so that a line of the simulator's ledger can be tied to the run that caused it.
"""
import http.client
import random
import threading
import time

PEOPLE = 4  # recipients of a campaign; a personalised one has two
BATCH = 5   # runs started before the open ones are counted again

PERSONAL = """kind: sms.send
concurrency: 40
params: {tag: {type: string, required: true}}
account: %s
budget: {run: %s credits}
recipients: {csv: pair.csv, phone: phone, on_invalid: skip}
message: {type: informational, sender: MARKA, text: "Sayin ${name}, no ${tag}.", encoding: auto}
track: {for: 1h}
"""
COMMON = """kind: sms.send
concurrency: 40
params: {tag: {type: string, required: true}}
account: %s
budget: {run: 12 credits}
recipients: {csv: people.csv, phone: phone, on_invalid: skip}
message: {type: informational, sender: MARKA, text: "Haber ${tag}.", encoding: en}
chunk: 2
track: {for: 1h}
"""
OTP = """kind: otp.acquire
concurrency: 60
params: {tag: {type: string, required: true}}
budget: {run: 20 TRY}
candidates:
  - {account: %s, service: "1", on_timeout: %s}
attempts: 2
wait: {code: 2s, poll: {first: 100ms, max: 300ms}}
length: 6
"""
ORDER = """kind: smm.order
concurrency: 40
params: {tag: {type: string, required: true}}
budget: {run: 5 USD}
notify: [{when: [done], to: page}]
account: panel
service: "1"
link: "https://example.com/${tag}"
quantity: 100
track: {poll: {first: 100ms, max: 300ms}}
"""
WATCH = """kind: balance.watch
schedule: {every: 1s, overlap: queue, jitter: 500ms}
watch: [{account: numbers, below: 1 TRY}, {account: ilet, below: 1 credits}, {account: panel, below: 1 USD}]
"""
LOOK = """kind: balance.watch
concurrency: 40
params: {tag: {type: string, required: true}}
watch: [{account: bulk, below: 1 credits}, {account: tamonay, below: 1 TRY}]
"""
JOBS = {
    "personal-bulk": PERSONAL % ("bulk", "12"),
    "personal-ilet": PERSONAL % ("ilet", "12"),
    "too-dear": PERSONAL % ("bulk", "1"),
    "common-bulk": COMMON % "bulk",
    "common-url": COMMON % "bulk-url",
    "common-ilet": COMMON % "ilet",
    "otp-numbers": OTP % ("numbers", "cancel"),
    "otp-tamonay": OTP % ("tamonay", "abandon"),
    "followers": ORDER,
    "look": LOOK,
    "balances": WATCH,
}
STARTED = [name for name in JOBS if name != "balances"] + ["otp-numbers", "otp-tamonay", "followers", "look", "look", "look"]
CSV = "phone,name\n" + "".join(f"555{n:07d},Kisi{n}\n" for n in range(1110000, 1110000 + PEOPLE))
CHANNELS = "channels:\n  page: {exec: [/bin/true]}\n"
SIM = ["--otp-after", "300ms", "--delivery-after", "300ms", "--order-after", "600ms", "--seed", "7",
       "--balance", "toplusms=900000000", "--balance", "iletimerkezi=900000000", "--balance", "tamonay=9000000",
       "--balance", "numbers=9000000", "--balance", "panel=9000000",
       "--stock", "tamonay.1=9000000", "--stock", "numbers.1=9000000"]


def accounts(usual):
    """Tamonay's own pace is one request a second, at which sixty numbers wait for each other until the rig ends."""
    return usual.replace("{provider: tamonay,", "{provider: tamonay, pace: 1000 requests/s,")


def furnish(sandbox):
    for name, text in JOBS.items():
        sandbox.job(name, text)
    (sandbox.dir / "jobs.d/people.csv").write_text(CSV)
    (sandbox.dir / "jobs.d/pair.csv").write_text("".join(CSV.splitlines(True)[:3]))


class Load(threading.Thread):
    """Starts runs, each with its own Idempotency-Key, and asks again with the same key when the daemon dies in between."""

    def __init__(self, sandbox, seed, gap=0.1, most=10 ** 9, most_open=40, more=()):
        """`more`: jobs beside those of this file."""
        super().__init__(daemon=True)
        self.sandbox, self.random = sandbox, random.Random(seed)
        self.gap, self.most, self.most_open = gap, most, most_open
        self.started = STARTED + list(more)
        self.accepted = {}   # key: (job, run id)
        self.files_may_fail = False
        self.refused = []    # (job, answer) of starts that the daemon refused
        self.repeats = []    # keys that gave two runs
        self.ended = threading.Event()
        self.count = 0

    def ask(self, job, key):
        got = self.sandbox.request("POST", f"/v1/jobs/{job}/runs", {"params": {"tag": key}}, {"Idempotency-Key": key}, timeout=10)
        if got.status in (201, 202):
            before = self.accepted.setdefault(key, (job, got.json["id"]))
            if before[1] != got.json["id"]:
                self.repeats.append(key)
            return True
        if got.status == 404 and self.files_may_fail:
            return False  # the next life can read them
        if got.status == 503 or "stopping" in got.text or "ulakctl adopt" in got.text:
            return False
        if got.json.get("code") not in ("conflict", "paused"):
            self.refused.append((job, got.text))
        return True

    def crowded(self):
        status = self.sandbox.get("/v1/status", timeout=10).json
        running = status["running"]
        return (running if isinstance(running, int) else len(running)) >= self.most_open

    def one(self, job, key):
        while not self.ended.is_set():
            try:
                if (self.count % BATCH or not self.crowded()) and self.ask(job, key):
                    if self.random.random() < 0.1:
                        self.ask(job, key)  # as a client that lost the answer does
                    return
            except (OSError, http.client.HTTPException, ValueError):
                pass
            time.sleep(0.1)

    def run(self):
        while not self.ended.is_set() and self.count < self.most:
            self.count += 1
            self.one(self.random.choice(self.started), f"t{self.count:07d}")
            self.ended.wait(self.gap)

    def stop(self):
        self.ended.set()
        self.join(30)
