"""People of the rig: campaigns to a crowd of whom some opt out and come back meanwhile, and operators who pause and resume jobs.

What the daemon has acknowledged holds, whatever kills it afterwards. The diary keeps when something was asked and when it was
acknowledged; in between either may be true. A dispatch or a run bears the time at which it was made, before its commit, from the same
clock, so one that is later than an acknowledgement was committed after it.
"""
import bisect
import collections
import http.client
import math
import random
import threading
import time

import load

CROWD = [f"555{n:07d}" for n in range(2220000, 2220024)]
MOST_OUT = len(CROWD) // 2  # a campaign still has somebody to reach
CAMPAIGN = """kind: sms.send
concurrency: 40
params: {tag: {type: string, required: true}}
account: %s
budget: {run: 60 credits}
recipients: {csv: crowd.csv, phone: phone, on_invalid: skip}
message: {type: informational, sender: MARKA, text: "Haber ${tag}.", encoding: en}
chunk: 2
track: {for: 1h}
"""
CAMPAIGNS = {"crowd-bulk": CAMPAIGN % "bulk", "crowd-url": CAMPAIGN % "bulk-url", "crowd-ilet": CAMPAIGN % "ilet"}
PAUSED = (*CAMPAIGNS, "followers", "look")
LONGEST_PAUSE = 1.0  # seconds
GAP = 0.03           # seconds between two deeds, at the most


def furnish(sandbox):
    """Writes the campaigns and returns their names."""
    for name, text in CAMPAIGNS.items():
        sandbox.job(name, text)
    (sandbox.dir / "jobs.d/crowd.csv").write_text("phone\n" + "".join(f"{number}\n" for number in CROWD))
    return list(CAMPAIGNS)


class Diary:
    """Of something that is on or off: a number on the opt-out list, a job that is paused. Times are milliseconds since 1970."""

    def __init__(self):
        self.since = {}                               # subject: acknowledged as on at this time, and nothing asked since
        self.spans = collections.defaultdict(list)    # subject: [(from, to)], certainly on in between; to: None, until the end
        self.off = set()                              # subjects that are certainly off, or never were on

    def acknowledged_on(self, subject, at):
        self.since.setdefault(subject, at)
        self.off.discard(subject)

    def asked_off(self, subject, at):
        """From here on it may be off."""
        if subject in self.since:
            self.spans[subject].append((self.since.pop(subject), at))

    def acknowledged_off(self, subject):
        self.off.add(subject)

    def asked_on(self, subject):
        """From here on it may be on."""
        self.off.discard(subject)

    def is_on(self, subject, at):
        """Says whether it was certainly on at that time."""
        if subject in self.since and at > self.since[subject]:
            return True
        spans = self.spans.get(subject, ())
        n = bisect.bisect_left(spans, (at,)) - 1
        return n >= 0 and spans[n][0] < at < spans[n][1]


class People(threading.Thread):
    """Opts out, comes back, pauses and resumes until it is stopped; what cannot be asked because the daemon is dead is not repeated."""

    def __init__(self, sandbox, seed):
        super().__init__(daemon=True)
        self.sandbox, self.random = sandbox, random.Random(f"people {seed}")
        self.out, self.paused = Diary(), Diary()
        self.ended = threading.Event()
        self.resume_at = {}  # job: monotonic time
        self.deeds = collections.Counter()

    # -- deeds

    def ask(self, method, path, body):
        """The time of the acknowledgement, rounded up; None if there is none."""
        try:
            got = self.sandbox.request(method, path, body, timeout=10)
        except (OSError, http.client.HTTPException, ValueError):
            return None
        return math.ceil(time.time() * 1000) if got.status in (200, 201) else None

    def opt_out(self, number):
        self.out.asked_on(number)
        at = self.ask("POST", "/v1/suppressions", {"phones": [number], "reason": "rig"})
        if at:
            self.out.acknowledged_on(number, at)
            self.deeds["opt-outs"] += 1

    def come_back(self, number):
        self.out.asked_off(number, int(time.time() * 1000))
        if self.ask("DELETE", "/v1/suppressions", {"phones": [number]}):
            self.out.acknowledged_off(number)
            self.deeds["returns"] += 1

    def pause(self, job):
        self.paused.asked_on(job)
        self.resume_at[job] = time.monotonic() + self.random.uniform(0, LONGEST_PAUSE)
        at = self.ask("POST", f"/v1/jobs/{job}/pause", {})
        if at:
            self.paused.acknowledged_on(job, at)
            self.deeds["pauses"] += 1

    def resume(self, job):
        self.paused.asked_off(job, int(time.time() * 1000))
        if not self.ask("POST", f"/v1/jobs/{job}/resume", {}):
            return False
        self.paused.acknowledged_off(job)
        self.resume_at.pop(job, None)
        return True

    def some_deed(self):
        due = [job for job, at in self.resume_at.items() if at <= time.monotonic()]
        if due:
            self.resume(self.random.choice(due))
            return
        what, number = self.random.random(), self.random.choice(CROWD)
        if what < 0.05:
            self.pause(self.random.choice(PAUSED))
        elif number in self.out.since:
            self.come_back(number)
        elif len(self.out.since) < MOST_OUT:
            self.opt_out(number)

    def run(self):
        while not self.ended.is_set():
            self.some_deed()
            self.ended.wait(self.random.uniform(0, GAP))

    def stop(self):
        self.ended.set()
        if self.is_alive():
            self.join(30)

    def resume_all(self):
        """For the end: every job that was paused, or may be."""
        for job in list(self.resume_at):
            end = time.monotonic() + 10
            while not self.resume(job) and time.monotonic() < end:
                time.sleep(0.1)

    # -- judgement

    def check(self, evidence):
        return [wrong for one in (nobody_who_opted_out_is_messaged, opt_outs_last, pauses_hold) for wrong in one(evidence, self)]

    def onlookers_see(self, answers):
        """I15. `answers`: (path, text) of the view socket."""
        for path, text in answers:
            for person in (*CROWD, *load.CSV.replace("\n", ",").split(",")[2:-1]):
                if person in text:
                    yield f"I15 {person} is shown to whoever may only look by {path}"
                    break

    def figures(self, evidence):
        narrow = sum(self.out.is_on(number, effect.left_at - 1000) != self.out.is_on(number, effect.left_at)
                     for effect in evidence.effects if effect.left_at for number in CROWD)
        return (f"{self.deeds['opt-outs']} opt-outs, {self.deeds['returns']} returns, {self.deeds['pauses']} pauses; "
                f"{narrow} times somebody opted out or came back within a second before a dispatch")


def nobody_who_opted_out_is_messaged(e, people):
    """I13. Judged by the simulator's ledger: who is in a request that an effect sent."""
    for line, effect in e.match():
        what = line["effect"] or {}
        if effect is None or what.get("kind") != "sms":
            continue
        for number in what["recipients"]:
            if people.out.is_on(number[-10:], effect.left_at):
                yield f"I13 {number} had opted out and is messaged by {effect}, dispatched at {effect.left_at} (ledger line {line['seq']})"


def opt_outs_last(e, people):
    """I13. What was acknowledged is on the list, and what was taken off is not."""
    listed = {r["phone"] for r in e.rows("SELECT phone FROM suppressions")}
    for number in people.out.since:
        if number not in listed:
            yield f"I13 the opt-out of {number} was acknowledged and is lost"
    for number in people.out.off & listed:
        yield f"I13 {number} was taken off the opt-out list and is on it again"


def pauses_hold(e, people):
    """I14. A run that is made while its job is paused was let through, or the pause did not outlive a kill."""
    for run in e.runs.values():
        if people.paused.is_on(run["job"], run["created_at"]):
            yield f"I14 run {run['id']} was begun at {run['created_at']} while {run['job']} was paused"
