"""Matches the effects of the daemon's store with the requests that the providers received."""
import bisect
import collections
import datetime
import decimal
import re
import sqlite3

COSTLY = {("toplusms", "send"), ("toplusms", "send-url"), ("iletimerkezi", "send-sms"), ("tamonay", "order"),
          ("smmonayim-numbers", "getNumber"), ("smmonayim-panel", "add")}
MAY_HAVE_COST = {"accepted", "ambiguous", "orphaned", "refunded", "written_off"}
TAG = re.compile(r"t\d{7}")
CLOCK_SLACK = 50      # ms; both processes read the same clock, but not at the same moment
LONGEST_CALL = 180_000  # ms from a dispatch to the arrival of its request, generously
DEATH_SLACK = 60_000  # ms; a request may reach the provider after the daemon that wrote it was killed


def micros(text):
    return int(decimal.Decimal(text) * 1_000_000)


def milliseconds(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000 + 0.5)


class Effect:
    def __init__(self, row, history):
        self.__dict__.update(row)
        self.history = history
        left = [h for h in history if h[1] == "dispatched"]
        self.left_at = left[0][2] if left else None
        ends = [h[2] for h in history if h[0] == "dispatched"]
        self.end = ends[0] if ends else None

    def may_be(self, at):
        """Says whether a request of this effect can have arrived at this time."""
        if self.left_at is None or at < self.left_at - CLOCK_SLACK:
            return False
        unknown = any(h[1] == "ambiguous" for h in self.history)
        return self.end is None or at <= self.end + (DEATH_SLACK if unknown else CLOCK_SLACK)

    def __str__(self):
        return f"effect {self.id} ({self.step} of run {self.run}, {self.account}, {self.state})"


class Evidence:
    def __init__(self, database, lines, jumps=(), accepted=None, repeats=()):
        """`jumps`: (last ledger line before it, milliseconds) of each advance of the simulator's time. `accepted`: key to (job, run)."""
        self.db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.accepted, self.repeats = accepted or {}, repeats
        self.lines = [l for l in lines]
        for line in self.lines:
            line["ms"] = milliseconds(line["at"]) - sum(by for seq, by in jumps if line["seq"] > seq)
        history = collections.defaultdict(list)
        for h in self.rows("SELECT * FROM effect_history ORDER BY seq"):
            history[h["effect"]].append((h["from_state"], h["to_state"], h["at"]))
        self.effects = [Effect(dict(r), history[r["key"]]) for r in self.rows("SELECT * FROM effects ORDER BY key")]
        self.runs = {r["id"]: dict(r) for r in self.rows("SELECT * FROM runs")}
        self.by_tag = {}
        for run in self.runs.values():
            found = TAG.search(run["params"])
            if found:
                self.by_tag[found.group()] = run["id"]
        self.attention = [dict(r) for r in self.rows("SELECT * FROM attention")]
        self.entry_of = {a["effect"]: a for a in self.attention if a["effect"]}
        self.phones = collections.defaultdict(set)
        for i in self.rows("SELECT effect,phone FROM items WHERE effect IS NOT NULL"):
            self.phones[i["effect"]].add(i["phone"][-10:])

    def rows(self, sql):
        return self.db.execute(sql).fetchall()

    # -- which effect sent which request

    def index(self):
        """Indexes dispatched effects by what a request shows of them."""
        self.by_ref, self.by_run, self.by_time = {}, collections.defaultdict(list), collections.defaultdict(list)
        for e in self.effects:
            if e.provider_ref:
                self.by_ref[e.provider, e.provider_ref] = e
            if e.left_at is not None:
                self.by_run[e.provider, e.run].append(e)
                self.by_time[e.provider].append(e)
        for of_provider in self.by_time.values():
            of_provider.sort(key=lambda e: e.left_at)

    def near(self, line):
        of_provider = self.by_time[line["protocol"]]
        first = bisect.bisect_left(of_provider, line["ms"] - LONGEST_CALL, key=lambda e: e.left_at)
        last = bisect.bisect_right(of_provider, line["ms"] + CLOCK_SLACK, key=lambda e: e.left_at)
        return of_provider[first:last]

    def candidates(self, line):
        """Effects that may have sent the request, most likely first."""
        what = line["effect"] or {}
        owner = self.by_ref.get((line["protocol"], what.get("id")))
        if owner:
            return [owner]
        tag = TAG.search(what.get("text") or what.get("link") or "")
        near = self.by_run[line["protocol"], self.by_tag.get(tag.group())] if tag else self.near(line)
        fits = [e for e in near if e.may_be(line["ms"])]
        if what:
            fits = [e for e in fits if not e.provider_ref and e.state in MAY_HAVE_COST]
        if what.get("kind") == "sms":
            fits = [e for e in fits if self.phones[e.key] == {n[-10:] for n in what["recipients"]}]
        return sorted(fits, key=lambda e: abs(line["ms"] - e.left_at))

    def match(self):
        """(line, effect or None) for every costly request: one effect sends at most one. Uses augmenting paths."""
        requests = [l for l in self.lines if (l["protocol"], l["operation"]) in COSTLY]
        requests.sort(key=lambda l: l["effect"] is None)  # money first
        self.index()
        options, taken = {}, {}
        for line in requests:
            options[line["seq"]] = self.candidates(line)

        def place(seq, seen):
            for e in options[seq]:
                if e.id in seen:
                    continue
                seen.add(e.id)
                if e.id not in taken or place(taken[e.id], seen):
                    taken[e.id] = seq
                    return True
            return False

        for line in requests:
            place(line["seq"], set())
        owner = {seq: effect for effect, seq in taken.items()}
        by_id = {e.id: e for e in self.effects}
        return [(l, by_id.get(owner.get(l["seq"]))) for l in requests]
