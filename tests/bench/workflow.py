"""What the loop pays for a number workflow beside its requests alone: as requests per CPU-second of the loop's thread."""
import pathlib
import shutil
import tempfile

import compare
from compare import Client, Goal

CONNECTIONS = 64
CPU_WINDOW = 0.4
GOALS = [Goal("workflow", "its requests alone", 0.5)]


def clients(build, server, folder):
    url, ca, count = f"https://127.0.0.1:{server.kept}", server.authority(), str(CONNECTIONS)
    bench = f"{build}/tests/bench/bench_"
    return {"its requests alone": Client("its requests alone", [bench + "ours", "provider", url, ca, count], loop_only=True),
            "workflow": Client("workflow", [bench + "workflow", url, ca, count, folder], loop_only=True)}


def measure(build, server, name):
    folder = tempfile.mkdtemp(prefix="ulak-bench-", dir=pathlib.Path(build))
    try:
        return compare.measure(server, clients(build, server, folder)[name], 4 * CONNECTIONS + 500, CPU_WINDOW)
    finally:
        shutil.rmtree(folder)


def run(build, server, options):
    values = compare.interleave(lambda name: measure(build, server, name), ["its requests alone", "workflow"], options.rounds)
    compare.table(f"{CONNECTIONS} at a time, 4 durable commits and 4 requests each: requests per CPU-second of the loop", values,
                  "its requests alone")
    met = compare.judge(values, GOALS)
    compare.keep(build, "workflow", values)
    return met
