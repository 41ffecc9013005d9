"""Campaigns with `sent-within` of the rig: nobody gets a second message within that time, whichever run sent the first.

Their runs overlap all the time and go to the same few people, at two accounts, so that most of them wait at their gates beside each
other. Both the first look, while a run is listed, and the last one, in the transaction that dispatches, are needed to keep the promise.
"""
import collections
import re

from evidence import MAY_HAVE_COST

FEW = [f"555{n:07d}" for n in range(3330000, 3330005)]
SECONDS = 2
CAMPAIGN = """kind: sms.send
concurrency: 40
params: {tag: {type: string, required: true}}
account: %s
budget: {run: 60 credits}
recipients: {csv: few.csv, phone: phone, on_invalid: skip, exclude: [sent-within %ds]}
message: {type: informational, sender: MARKA, text: "Haber ${tag}.", encoding: en}
chunk: 2
track: {for: 1h}
"""
CAMPAIGNS = {"within-bulk": CAMPAIGN % ("bulk", SECONDS), "within-ilet": CAMPAIGN % ("ilet", SECONDS)}
WITHIN = re.compile(r"sent-within (\d+)(s|m|h|d)")
UNITS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
SLACK = 50  # ms between the look at the clock for the rule and that for the dispatch


def furnish(sandbox):
    """Writes the campaigns and returns their names."""
    for name, text in CAMPAIGNS.items():
        sandbox.job(name, text)
    (sandbox.dir / "jobs.d/few.csv").write_text("phone\n" + "".join(f"{number}\n" for number in FEW))
    return list(CAMPAIGNS)


def within_of(run):
    found = WITHIN.search(run["definition"] or "")
    return int(found[1]) * UNITS[found[2]] if found else None


def nobody_is_messaged_again(e):
    """I13. `e`: the evidence."""
    messages = collections.defaultdict(list)
    for line, effect in e.match():
        if (line["effect"] or {}).get("kind") != "sms" or effect is None or effect.state not in MAY_HAVE_COST:
            continue  # a message that no effect owns is a violation of I3
        for number in line["effect"]["recipients"]:
            messages[number[-10:]].append((effect.left_at, effect))
    for number, all_of in messages.items():
        all_of.sort(key=lambda m: m[0])
        for (before, first), (at, second) in zip(all_of, all_of[1:]):
            span = within_of(e.runs[second.run])
            if span and at - before < span - SLACK:
                yield f"I13 {second} messaged {number} {at - before} ms after {first}, its job says sent-within {span} ms"
