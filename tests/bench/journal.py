"""Durable rows a second beside the bare syncs of the same disk, in one interleaved run."""
import pathlib
import shutil
import subprocess
import tempfile

import compare
from compare import Goal

MILLISECONDS = 1_500
GOALS = [Goal("one row awaited", "fdatasync", 0.85), Goal("100 rows in flight", "fdatasync", 30)]
WORDS = {"fdatasync": ("sync",), "SQLite, one row": ("sqlite", "1"), "SQLite, 100 rows": ("sqlite", "100"),
         "one row awaited": ("rows", "1"), "100 rows in flight": ("rows", "100"), "1,000 rows in flight": ("rows", "1000")}


def rate(build, disk, name):
    what, *awaited = WORDS[name]
    folder = tempfile.mkdtemp(prefix="ulak-bench-", dir=disk)
    try:
        done = subprocess.run([f"{build}/tests/bench/bench_journal", what, folder, str(MILLISECONDS), *awaited], check=True,
                              capture_output=True, text=True)
        return float(done.stdout)
    finally:
        shutil.rmtree(folder)


def run(build, _server, options):
    disk = pathlib.Path(build)  # where the build is, not /tmp, which may be memory
    values = compare.interleave(lambda name: rate(build, disk, name), list(WORDS), options.rounds)
    compare.table("durable rows a second", values, "fdatasync")
    met = compare.judge(values, GOALS)
    compare.keep(build, "journal", values)
    return met
