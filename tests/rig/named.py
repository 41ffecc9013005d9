"""Kills at failpoints of a build with ULAK_FAILPOINTS, and the load that makes the daemon reach each of them."""
import contextlib
import pathlib
import random
import re
import sqlite3
import time

PLACE = re.compile(r'ULAK_FAILPOINT\("([^"]+)"\)')
AT_THE_END = ("daemon/stop", "daemon/stopped")
FRESH = ("store/noted", "migrate/climb", "migrate/climbed", "store/marked", "store/taken-over", "store/first")  # reached only by the first start in a folder
ADOPTING = ("adopt/own", "store/marked", "store/taken-over")
OF_A_GUARD = ("repeat/note", "repeat/noted")  # need an account with a duplicate guard: covered by unit tests
OF_A_LOST_DEFINITION = ("recovery/give-up", "recovery/given-up")
OF_A_FULL_DISK = ("store/ballast-dropped", "store/ballast-filled", "store/unblocked")  # full.py and unit tests


def places(source):
    """The names of all failpoints in the sources."""
    found = []
    for folder in ("lib", "daemon"):
        for path in sorted(pathlib.Path(source, folder).rglob("*.?pp")):
            found += PLACE.findall(path.read_text())
    twice = {name for name in found if found.count(name) > 1}
    if twice:
        raise AssertionError(f"failpoints with the same name: {twice}")
    return found


def compiled_in(program):
    return b"effect/dispatched" in pathlib.Path(program).read_bytes()


class Places:
    """Chooses the next failpoint. Those that were not reached come again before the others."""

    def __init__(self, source, chance):
        self.random = chance
        self.all = [n for n in places(source) if n not in OF_A_FULL_DISK + OF_A_GUARD]
        self.reached, self.tried = {}, {}
        # A folder is fresh only once, so its failpoints come first.
        self.line = self.random.sample(self.all, len(self.all)) + ["store/first", "store/taken-over", "store/marked", "migrate/climbed", "migrate/climb", "store/noted"]

    def next(self):
        if not self.line:
            left = [n for n in self.all if n not in self.reached and self.tried.get(n, 0) < 4]
            self.line = self.random.sample(left or self.all, len(left or self.all))
        name = self.line.pop()
        self.tried[name] = self.tried.get(name, 0) + 1
        return name

    def environment(self, name):
        startup = name.split("/")[0] in ("start", "daemon", "migrate", "sweep") or name in OF_A_LOST_DEFINITION
        hit = 1 if startup or self.tried[name] > 1 else self.random.choice((1, 1, 2, 3, 7))
        return {"ULAK_FAILPOINT": f"{name}:{hit}"}

    def died_at(self, name):
        self.reached[name] = self.reached.get(name, 0) + 1

    def missed(self):
        return sorted(set(self.all) - set(self.reached))

    # -- what the load does not reach

    def prepare(self, name, folder):
        """Prepares the folder before the start."""
        state = folder / "state"
        if name in FRESH and name not in self.reached and not (state / "ulak.db").exists():
            return
        if name in ADOPTING and (state / "ulak.mark").exists():
            (state / "ulak.mark").write_text("ulak-mark 1 ANOTHERSTORE 0\n")
        if name in OF_A_LOST_DEFINITION and (state / "ulak.db").exists():
            self.spoil_a_definition(state / "ulak.db")

    def spoil_a_definition(self, store):
        """Picks a run that has bought nothing; any other would leave its number without an owner."""
        with contextlib.closing(sqlite3.connect(store, isolation_level=None)) as db:
            db.execute("UPDATE runs SET definition='kind: none' WHERE key=(SELECT key FROM runs r WHERE state IN('queued','running')"
                       " AND NOT EXISTS(SELECT 1 FROM effects e WHERE e.run=r.id) LIMIT 1)")

    def stir(self, sandbox):
        """Does one of the things that operators do, once the daemon answers."""
        what = self.random.choice((self.reload, self.cancel, self.resolve, self.cancel_queued))
        try:
            what(sandbox)
        except (OSError, ValueError, KeyError):
            pass  # the daemon died meanwhile

    def reload(self, sandbox):
        sandbox.post("/v1/reload", timeout=5)

    def cancel(self, sandbox, state="running"):
        runs = sandbox.get(f"/v1/runs?state={state}&limit=20", timeout=5).json["runs"]
        if runs:
            sandbox.post(f"/v1/runs/{self.random.choice(runs)['id']}/cancel", timeout=5)

    def cancel_queued(self, sandbox):
        self.cancel(sandbox, "queued")

    def resolve(self, sandbox):
        """Resolves with write-off, the only outcome that is true whatever happened."""
        entries = sandbox.get("/v1/attention", timeout=5).json["attention"]
        if entries:
            sandbox.post(f"/v1/attention/{self.random.choice(entries)['id']}/resolve", {"outcome": "write-off"}, timeout=5)


def adopt(sandbox, seconds=20):
    """Adopts a held folder. False if the daemon does not answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            status = sandbox.get("/v1/status", timeout=5).json
            if status["store"]["state"] == "held":
                sandbox.post("/v1/adopt", timeout=10)
            return True
        except (OSError, ValueError, KeyError):
            time.sleep(0.02)
    return False


def chance_of(seed):
    return random.Random(f"places {seed}")
