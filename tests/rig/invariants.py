"""Checks the invariants after a series of kills, from a copy of the database and from the simulator's ledger, which is the truth.

`check` gives a list of sentences; empty means that nothing was paid twice, lost or told to the wrong place.
"""
import base64
import collections
import json
import urllib.parse

from evidence import MAY_HAVE_COST, TAG, Evidence, micros  # noqa: F401, those who check also gather

MOVES = {
    "": {"intent"},
    "intent": {"abandoned", "not_sent", "dispatched"},
    "dispatched": {"accepted", "rejected", "rate_limited", "ambiguous", "not_sent"},
    "accepted": {"accepted"},
    "ambiguous": {"ambiguous", "accepted", "rejected", "not_executed", "orphaned", "written_off"},
    "orphaned": {"orphaned", "accepted", "refunded", "written_off"},
}
FINAL = {"succeeded", "failed", "cancelled", "attention"}


def describe(line):
    what = line["effect"] or {}
    return (f"{line['protocol']} {line['operation']} (ledger line {line['seq']}, {line['at']}, id {what.get('id')}, "
            f"{what.get('text') or what.get('link') or ''}, faults {line['faults']})")


def money_is_booked(e):
    """I1, I2, I3."""
    pairs = e.match()
    steps, charged_to = collections.Counter(), collections.defaultdict(list)
    for line, effect in pairs:
        if effect is None:
            yield ("I3 a charge that no effect owns: " if line["effect"] else "I1 a request without a dispatched effect: ") + describe(line)
            continue
        if not line["effect"]:
            continue
        charged_to[effect.run].append(line)
        steps[effect.run, effect.step] += 1
        if effect.state not in MAY_HAVE_COST:
            yield f"I3 {effect} is charged by {describe(line)}"
        if effect.state == "accepted" and effect.charged is not None and effect.charged != micros(line["effect"]["amount"]):
            yield f"I3 {effect} books {effect.charged} for {describe(line)} of {line['effect']['amount']}"
    for (run, step), n in steps.items():
        if n > 1:
            yield f"I2 {n} effects took place at step {step} of run {run}"
    yield from sums_agree(e, charged_to)


def sums_agree(e, charged_to):
    back = collections.Counter()
    for line in e.lines:
        what = line["effect"] or {}
        if what.get("kind") == "refund":
            back[line["protocol"], what["id"]] -= micros(what["amount"])
    unclear = {f.run for f in e.effects if f.state in ("ambiguous", "orphaned", "refunded", "written_off")}
    unclear |= {a["run"] for a in e.attention}
    # A number whose price could not be read books the whole amount held for it; the provider gives no price later.
    unpriced = collections.Counter()
    for f in e.effects:
        if f.operation == "number.order" and f.state == "accepted" and f.charged is None:
            unpriced[f.run] += f.held
    for run in e.runs.values():
        if run["id"] in unclear or run["kind"] == "smm.order":
            continue
        lines = charged_to[run["id"]]
        gross = sum(micros(l["effect"]["amount"]) for l in lines)
        net = gross - sum(back[l["protocol"], l["effect"]["id"]] for l in lines)
        silent = any(l["protocol"] == "tamonay" for l in lines)  # it documents no refunds, so none is booked
        most = (gross if silent else net) + unpriced[run["id"]]
        if not net <= run["spent"] <= most:
            yield f"I3 run {run['id']} ({run['job']}, {run['state']}) says it spent {run['spent']}, the providers took {net} millionths"


def nobody_is_messaged_twice(e):
    reached = collections.Counter()
    for line in e.lines:
        what = line["effect"] or {}
        if what.get("kind") != "sms":
            continue
        tags = set(TAG.findall(" ".join([what.get("text") or ""] + (what.get("texts") or []))))
        for number in what["recipients"]:
            for tag in tags:
                reached[tag, number[-10:]] += 1
    for (tag, number), n in reached.items():
        if n > 1:
            yield f"I3 run {e.by_tag.get(tag)} ({tag}) messaged {number} {n} times"


def histories_are_paths(e):
    """I4, I5, I7."""
    refs = collections.Counter()
    for f in e.effects:
        at = ""
        for before, after, _ in f.history:
            if before != at or after not in MOVES.get(before, ()):
                yield f"I4 {f} went from {before or 'nothing'} to {after} after {at or 'nothing'}"
            at = after
        if at != f.state:
            yield f"I4 {f} has a history that ends as {at}"
        if f.state in ("dispatched", "intent"):
            yield f"I5 {f} is left open"
        if f.provider_ref:
            refs[f.provider, f.operation, f.provider_ref] += 1
    for ref, n in refs.items():
        if n > 1:
            yield f"I7 {n} effects own {ref}"


def doubt_is_shown(e):
    for f in e.effects:
        entry = e.entry_of.get(f.id)
        if f.state in ("ambiguous", "orphaned") and not (entry and entry["outcome"] == ""):
            yield f"I6 {f} is not in attention"
        if f.state in ("ambiguous", "orphaned") and e.runs[f.run]["state"] in ("succeeded", "failed"):
            yield f"I11 {f} is in doubt, and its run ended as {e.runs[f.run]['state']}"
    listed = {a["run"] for a in e.attention if a["outcome"] == ""}
    for run in e.runs.values():
        if run["state"] == "attention" and run["id"] not in listed:
            yield f"I6 run {run['id']} ({run['job']}) ended as attention with no open entry; {run['error_code']}: {run['error_message']}"


def numbers_have_an_end(e, state):
    """I6. `state` is the simulator's, taken before its time was advanced: nothing has ended by age yet."""
    by_ref = {(f.provider, f.provider_ref): f for f in e.effects if f.provider_ref}
    for provider, numbers in state["numbers"].items():
        for n in numbers:
            f = by_ref.get((provider, n["id"]))
            if f is None or f.id in e.entry_of:
                continue  # a number without an owner is a violation of I3
            run = e.runs[f.run]
            if n["state"] == "waiting" and run["state"] in FINAL and not (provider == "tamonay" and run["finished_at"] > state["ms"]):
                yield f"I6 number {n['id']} at {provider} is open, its run {f.run} ended as {run['state']}, no attention"
            if run["code_wiped"]:
                continue  # the code was kept for `deliver.keep` and then wiped
            result = json.loads(run["result"] or "{}")
            if n["state"] == "received" and run["state"] in ("failed", "cancelled") and result.get("code") != n["code"] and not f.refunded:
                yield f"I6 the code of number {n['id']} at {provider} was lost by run {f.run} ({run['state']}, {run['error_message']})"
            if run["state"] == "succeeded" and result.get("number_id") == n["id"] and n["code"] and (result.get("code") or "").zfill(6) != n["code"]:
                yield f"I6 run {f.run} delivered the wrong code for number {n['id']}"


def refunds_are_real(e):
    seen = {(l["protocol"], l["effect"]["id"]) for l in e.lines if (l["effect"] or {}).get("kind") in ("refund", "order-refund")}
    for f in e.effects:
        if f.refunded and f.operation == "number.order" and (f.provider, f.provider_ref) not in seen:
            yield f"I3 {f} books a refund that {f.provider} never gave"


def schedules_fire_once(e):
    for r in e.rows("SELECT job,due_at,count(*) n FROM runs WHERE due_at IS NOT NULL GROUP BY job,due_at HAVING n>1"):
        yield f"I8 job {r['job']} fired {r['n']} times for {r['due_at']}"


def items_add_up(e):
    """I9."""
    for r in e.rows("SELECT r.id,r.state,r.counts,r.key FROM runs r WHERE r.kind='sms.send'"):
        real = {s: n for s, n in e.rows(f"SELECT state,count(*) FROM items WHERE run_key={r['key']} GROUP BY state")}
        kept = {s: n for s, n in e.rows(f"SELECT state,items FROM item_totals WHERE run_key={r['key']} AND items<>0")}
        if real != kept:
            yield f"I9 run {r['id']} keeps the totals {kept} of items {real}"
        counts = json.loads(r["counts"] or "{}")
        names = ("pending", "skipped", "submitted", "delivered", "undelivered", "rejected", "ambiguous")
        if counts and counts["total"] != sum(counts.get(n, 0) for n in names):
            yield f"I9 run {r['id']} counts {counts}"
        if r["state"] == "succeeded" and any(real.get(s) for s in (0, 2, 7)):
            yield f"I9 run {r['id']} succeeded with items {real}"
        if r["state"] in FINAL and real.get(2):
            yield f"I9 run {r['id']} ended as {r['state']} with items {real}"


def kept_sums_are_true(e):
    """I3: reports of what was spent read kept sums."""
    for grouping, name, quarter in ((0, "job", "0"), (1, "account", "0"), (2, "''", "intended_at/900000*900000")):
        real = sorted(map(tuple, e.rows(
            f"SELECT {name},{quarter},unit,sum(iif(state='accepted',cost,0)),sum(iif(state='accepted',0,held)),count(*) FROM effects"
            " WHERE state IN('intent','dispatched','accepted','ambiguous','orphaned','written_off') GROUP BY 1,2,3")))
        kept = sorted(map(tuple, e.rows(f"SELECT name,quarter,unit,spent,open,effects FROM spend_sums WHERE grouping={grouping}")))
        if real != kept:
            yield f"I3 the kept sums {kept} of effects that sum up to {real}"


def store_is_sound(e):
    """I10."""
    for pragma in ("integrity_check", "foreign_key_check"):
        found = [tuple(r) for r in e.rows(f"PRAGMA {pragma}")]
        if found not in ([], [("ok",)]):
            yield f"I10 {pragma}: {found[:5]}"


def no_run_is_lost(e):
    """I11."""
    for run in e.runs.values():
        if run["state"] not in FINAL:
            yield f"I11 run {run['id']} of {run['job']} is still {run['state']}"
    keys = collections.Counter(r["params"] for r in e.runs.values() if TAG.search(r["params"]))
    for params, n in keys.items():
        if n > 1:
            yield f"I11 {n} runs were made of one key: {params}"
    for key, (job, run) in e.accepted.items():
        if run not in e.runs:
            yield f"I11 run {run} of {job} was accepted ({key}) and is lost"
    for key in e.repeats:
        yield f"I11 the key {key} was answered with two runs"


def forms_of(secret):
    raw = secret.encode()
    yield from {raw, base64.b64encode(raw), raw.hex().encode(), urllib.parse.quote(secret, safe="").encode()}


def no_secret_leaves(texts, secrets):
    """I12. `texts`: (where, bytes)."""
    for where, data in texts:
        for name, secret in secrets.items():
            if any(form in data for form in forms_of(secret)):
                yield f"I12 the secret {name} is in {where}"


CHECKS = (money_is_booked, nobody_is_messaged_twice, histories_are_paths, doubt_is_shown, refunds_are_real, schedules_fire_once,
          items_add_up, kept_sums_are_true, store_is_sound, no_run_is_lost)


def check(evidence, state=None):
    found = [wrong for one in CHECKS for wrong in one(evidence)]
    if state:
        found += numbers_have_an_end(evidence, state)
    return found
