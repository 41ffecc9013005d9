"""Personalised messages against a provider that answers after 200 ms: what bounds them is the account's `purchases`, or a pace, and not
the daemon. A ratio is the time from the first request to the last, as the simulator's ledger has it, beside the bound."""
import datetime
import sys

import sandboxes

THINKS = 0.2     # seconds before each answer
MOST = 1.10      # of the bound
PURCHASES = 64
PACE = 100       # requests a second
PEOPLE = {"purchases": 6_400, "pace": 1_000, "several texts": 100_000}
JOB = """kind: sms.send
account: %s
budget: {run: 1000000 credits}
recipients: {csv: people.csv, phone: phone}
message: {type: informational, sender: MARKA, text: "Sayin ${name}, hazir."}
track: {for: 0s}
%s"""
ACCOUNTS = """
  one: {provider: toplusms, username: "5551112233", password: {secret: toplusms-password}, base_url: "%%(toplusms)s", purchases: %d, connections: %d}
  ilet: {provider: iletimerkezi, key: {secret: im-key}, hash: {secret: im-hash}, base_url: "%%(iletimerkezi)s"}
""" % (PURCHASES, PURCHASES)


def seconds(line):
    return datetime.datetime.fromisoformat(line["at"].replace("Z", "+00:00")).timestamp()


def measure(build, what):
    """(seconds, calls, bound)"""
    people = PEOPLE[what]
    account, operation = ("ilet", "iletimerkezi.send-sms") if what == "several texts" else ("one", "toplusms.send")
    h = sandboxes.sandbox(build, accounts=ACCOUNTS, sim_options=[
        "--balance", "toplusms=9000000", "--balance", "iletimerkezi=9000000", "--fault", f"{operation}=delay-before:200"])
    try:
        h.job("campaign", JOB % (account, f"pace: {PACE} requests/s\n" if what == "pace" else ""))
        (h.dir / "jobs.d/people.csv").write_text("phone,name\n" + "".join(f"{5550000000 + n},Kisi{n}\n" for n in range(people)))
        h.start()
        run = h.finish(h.run("campaign"))
        if run["state"] != "succeeded" or run["counts"]["submitted"] != people:
            raise SystemExit(f"{what}: {run}")
        sent = h.ledger(*operation.split("."))
        times = sorted(seconds(line) for line in sent)
        got = [n for line in sent for n in line["effect"]["recipients"]]
        if len(got) != people or len(set(got)) != people:
            raise SystemExit(f"{what}: {len(got)} messages to {len(set(got))} of {people} people")
        bound = {"pace": len(sent) / PACE, "purchases": len(sent) * THINKS / PURCHASES, "several texts": len(sent) * THINKS / 8}[what]
        return times[-1] - times[0] + THINKS, len(sent), bound
    finally:
        h.close()


def run(build, _, options):
    met = True
    for what in PEOPLE:
        took, calls, bound = measure(build, what)
        goal = what != "several texts"  # there the daemon's own work shows: 1,000 people a call
        print(f"personal, {what}: {PEOPLE[what]} people in {calls} calls, {took:.1f} s, bound {bound:.1f} s, ratio {took / bound:.3f}"
              + (f" (goal {MOST})" if goal else ""), flush=True)
        met = met and (not goal or took <= bound * MOST)
    return met


if __name__ == "__main__":  # python3 personal.py BUILD: needs no nginx
    sys.exit(0 if run(sys.argv[1], None, None) else 1)
