"""Figures of a rig run besides violations: exceeded budgets, lost answers that were reconciled."""
import collections
import re

from evidence import micros

BUDGET = re.compile(r"budget: \{run: ([0-9.]+) (\w+)\}")


def caps(e):
    """Runs whose net charges exceed the budget of their definition: (run, net, cap)."""
    net = collections.Counter()
    back = collections.Counter()
    for line in e.lines:
        what = line["effect"] or {}
        if what.get("kind") in ("refund", "order-refund"):
            back[line["protocol"], what["id"]] -= micros(what["amount"])
    by_ref = {(f.provider, f.provider_ref): f for f in e.effects if f.provider_ref}
    for line in e.lines:
        what = line["effect"] or {}
        f = by_ref.get((line["protocol"], what.get("id")))
        if f and what.get("kind") not in ("refund", "order-refund"):
            net[f.run] += micros(what["amount"]) - back.pop((line["protocol"], what["id"]), 0)
    for run, amount in net.items():
        found = BUDGET.search(e.runs[run]["definition"])
        if found and amount > micros(found.group(1)):
            yield run, amount, found.group(0)


def losses(e, calm_since):
    """Tamonay's lost answers: (all, reconciled without a person, seconds of the slowest once the rig is calm, open)."""
    lost = [f for f in e.effects if f.provider == "tamonay" and any(h[1] == "ambiguous" for h in f.history)]
    took, left = [], []
    for f in lost:
        since = next(h[2] for h in f.history if h[1] == "ambiguous")
        end = [h for h in f.history if h[0] == "ambiguous" and h[1] != "ambiguous"]
        if end and end[0][1] != "written_off":
            took.append(end[0][2] - (max(since, calm_since) if end[0][2] > calm_since else since))
        elif not end:
            left.append(f)
    return len(lost), len(took), max(took, default=0) / 1000, left


def lines(e, calm_since):
    over = list(caps(e))
    for run, amount, cap in over:
        yield f"over its cap: run {run} cost {amount} millionths, {cap}"
    count, settled, slowest, left = losses(e, calm_since)
    share = 100 * settled / count if count else 100
    yield (f"{len(over)} spend caps exceeded; {count} answers of Tamonay lost, {settled} settled by themselves ({share:.1f} %), the slowest "
           f"within {slowest:.0f} s, {len(left)} still open")
    for f in left:
        yield f"  {f}: {(e.entry_of.get(f.id) or {}).get('evidence')}"
