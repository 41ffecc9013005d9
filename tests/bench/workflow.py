"""What the loop pays for a number workflow beside its requests alone: as requests per CPU-second of the loop's thread."""
import pathlib
import shutil
import tempfile

import compare
import turns
from compare import Client, Goal

CONNECTIONS = 64
GOALS = [Goal("workflow", "its requests alone", 0.5)]


def clients(build, server, folder):
    url, ca, count = f"https://127.0.0.1:{server.kept}", server.authority(), str(CONNECTIONS)
    bench = f"{build}/tests/bench/bench_"
    return [Client("its requests alone", [bench + "ours", "provider", url, ca, count], loop_only=True),
            Client("workflow", [bench + "workflow", url, ca, count, folder], loop_only=True)]


def run(build, server, options):
    folder = tempfile.mkdtemp(prefix="ulak-bench-", dir=pathlib.Path(build))
    try:
        values = turns.take(server, clients(build, server, folder), 4 * CONNECTIONS + 500, options.rounds)
    finally:
        shutil.rmtree(folder)
    compare.table(f"{CONNECTIONS} at a time, 4 durable commits and 4 requests each: requests per CPU-second of the loop", values,
                  "its requests alone")
    met = compare.judge(values, GOALS)
    compare.keep(build, "workflow", values)
    return met
