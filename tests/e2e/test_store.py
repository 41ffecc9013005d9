"""The state folder: copied, put back, lost, on a full disk."""
import contextlib
import ctypes
import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

import sandbox

SEND = """kind: sms.send
params: {n: {type: string, required: true}}
account: ilet
budget: {run: 100 credits}
recipients: {list: ["5551112233"]}
message: {type: informational, sender: MARKA, text: "Merhaba ${n}.", encoding: en}
"""


numbers = itertools.count()


def send(h, wait="30s"):
    """Sends with a new text each time, since the provider refuses a repeated one."""
    return h.run("send", {"n": str(next(numbers))}, wait=wait)


def start_whatever(h, env=None):
    """Starts ulakd and waits until it answers, in whatever state it is."""
    with open(h.dir / "ulakd.log", "ab") as log:
        h.daemon = subprocess.Popen([sandbox.ULAKD, "--config", h.dir / "ulak.yaml"], stdout=log, stderr=log, env={**os.environ, **(env or {})})
    return sandbox.wait_until("an answer of ulakd", lambda: status_of(h))


def status_of(h):
    if h.daemon.poll() is not None:
        raise AssertionError(f"ulakd ended with {h.daemon.returncode}:\n{h.log_text()}")
    try:
        return h.get("/v1/status").json
    except OSError:
        return None


class Clock(sandbox.Case):
    def test_a_clock_that_jumped_over_a_restart_holds_what_costs_until_a_person_confirms_it(self):
        h = self.sandbox(jobs={"send": SEND})
        self.assertEqual(h.get("/v1/status").json["clock"]["state"], "ok")
        self.assertEqual(h.stop(), 0)
        with contextlib.closing(sqlite3.connect(h.dir / "state" / "ulak.db")) as store, store:
            wall, boot, boot_id = store.execute("SELECT value FROM settings WHERE name='clock:last'").fetchone()[0].split(" ")
            store.execute("UPDATE settings SET value=? WHERE name='clock:last'", (f"{int(wall) - 3 * 3600 * 1000} {boot} {boot_id}",))
        status = start_whatever(h)
        jumped = next(e for e in h.events() if e["event"] == "clock.jumped")
        self.assertGreater(jumped["by_seconds"], 3 * 3600 - 60)
        if status["clock"]["synchronised"]:
            return  # NTP keeps this machine's clock, and says so
        self.assertEqual(status["clock"]["state"], "held")
        self.assertEqual(h.get("/v1/health").status, 503)
        refused = h.ctl("run", "send", "-p", "n=1")
        self.assertEqual(refused.returncode, 5, refused.stderr)
        self.assertIn("ulakctl clock confirm", refused.stderr)
        confirmed = h.ctl("clock", "confirm")
        self.assertEqual(confirmed.returncode, 0, confirmed.stderr)
        self.assertEqual(send(h)["state"], "succeeded")
        self.assertEqual(h.stop(), 0)
        self.assertEqual(start_whatever(h)["clock"]["state"], "ok")


class Adoption(sandbox.Case):
    def test_a_copied_folder_is_held_until_somebody_adopts_it(self):
        h = self.sandbox(jobs={"send": SEND, "tick": "kind: balance.watch\nschedule: {every: 1s}\nwatch: [{account: ilet, below: 1 credits}]\n"})
        self.assertEqual(send(h)["state"], "succeeded")
        self.assertEqual(h.stop(), 0)
        shutil.copytree(h.dir / "state", h.dir / "copy")
        shutil.rmtree(h.dir / "state")
        shutil.copytree(h.dir / "copy", h.dir / "state")
        seen = len(h.ledger())
        status = start_whatever(h)
        self.assertEqual(status["store"]["state"], "held")
        self.assertIn("ulakctl adopt", status["store"]["reason"])
        health = h.get("/v1/health")
        self.assertEqual((health.status, health.json["code"]), (503, "paused"))
        refused = h.ctl("run", "send", "-p", "n=1")
        self.assertEqual(refused.returncode, 5, refused.stderr)
        self.assertIn("ulakctl adopt", refused.stderr)
        self.assertIn("held", h.ctl("status").stdout)
        self.assertEqual(len(h.ledger()), seen)  # no balance was read either
        adopted = h.ctl("adopt")
        self.assertEqual(adopted.returncode, 0, adopted.stderr)
        self.assertEqual(h.get("/v1/status").json["store"], {"state": "ok", "reason": None})
        self.assertEqual(send(h)["state"], "succeeded")
        named = {e["event"]: e for e in h.events()}
        self.assertEqual(named["store.adopted"]["uid"], os.getuid())
        self.assertEqual(named["control.command"]["uid"], os.getuid())
        self.assertIn("store.held", named)
        self.assertEqual(h.ctl("adopt").returncode, h.ctl("cancel", send(h)["id"]).returncode)  # a conflict
        self.assertEqual(h.stop(), 0)
        self.assertEqual(start_whatever(h)["store"]["state"], "ok")

    def test_two_daemons_do_not_share_a_folder(self):
        h = self.sandbox(jobs={"send": SEND})
        second = subprocess.run([sandbox.ULAKD, "--config", h.dir / "ulak.yaml"], capture_output=True, text=True, timeout=60)
        self.assertEqual(second.returncode, 1)
        self.assertIn(f"another ulakd (process {h.daemon.pid}) uses the state folder", second.stderr)


def ulakd(h, *options):
    return subprocess.run([sandbox.ULAKD, "--config", h.dir / "ulak.yaml", *options], capture_output=True, text=True, timeout=60)


class Lost(sandbox.Case):
    """A store that went away, at rest or under the daemon, is missed."""

    def lived(self):
        h = self.sandbox(jobs={"send": SEND})
        self.assertIn("store.created", [e["event"] for e in h.events()])
        self.assertEqual(h.post("/v1/suppressions", {"phones": ["5551112233"], "reason": "asked"}).status, 201)
        return h

    def stopped(self):
        h = self.lived()
        self.assertEqual(h.stop(), 0)
        return h

    def files(self, h):
        state = h.dir / "state"
        return sorted(n for n in os.listdir(state) if n != "ulak.lock") if state.exists() else None

    def assert_refused(self, h, *words):
        before = self.files(h)
        for options in ((), ("--init",), ("--no-create",)):
            got = ulakd(h, *options)
            self.assertEqual(got.returncode, 6, got.stderr)
            for word in (*words, "ulakd --init --forget"):
                self.assertIn(word, got.stderr)
        self.assertEqual(self.files(h), before)

    def store(self, h, state):
        store = h.get("/v1/status").json["store"]
        return store if store["state"] == state else None

    def test_at_rest_each_loss_is_refused_and_a_backup_brings_it_back(self):
        h = self.stopped()
        state = h.dir / "state"

        def deleted():
            (state / "ulak.db").unlink()

        def emptied():
            os.truncate(state / "ulak.db", 0)

        def bare():
            for name in os.listdir(state):
                (state / name).unlink()

        def gone():
            shutil.rmtree(state)

        for harm, word in ((deleted, "ulak.mark"), (emptied, "is empty"), (bare, "store-"), (gone, "store-")):
            with self.subTest(harm=harm.__name__):
                shutil.copytree(state, h.dir / "kept")
                harm()
                self.assert_refused(h, word)
                shutil.rmtree(state, ignore_errors=True)
                (h.dir / "kept").rename(state)
                self.assertEqual(start_whatever(h)["store"]["state"], "held")  # a backup, and told so
                self.assertEqual(h.ctl("adopt").returncode, 0)
                self.assertEqual(len(h.get("/v1/suppressions").json["suppressions"]), 1)
                self.assertEqual(h.stop(), 0)

    def test_a_new_store_takes_somebodys_word(self):
        h = self.stopped()
        shutil.rmtree(h.dir / "state")
        self.assert_refused(h)
        made = ulakd(h, "--init", "--forget")
        self.assertEqual((made.returncode, made.stdout), (0, f"a new store was made in {h.dir}/state\n"))
        again = ulakd(h, "--init")
        self.assertEqual((again.returncode, again.stdout), (0, f"there is a store in {h.dir}/state\n"))
        self.assertEqual(ulakd(h, "--init", "--forget").returncode, 1)  # not one that is there
        self.assertEqual(start_whatever(h)["store"]["state"], "ok")

    def test_without_leave_no_first_store_is_made(self):
        h = self.sandbox(start=False, jobs={"send": SEND})
        refused = ulakd(h, "--no-create")
        self.assertEqual(refused.returncode, 6)
        self.assertIn("ulakd --init", refused.stderr)
        self.assertFalse((h.dir / "state").exists())
        self.assertEqual(ulakd(h, "--init").returncode, 0)
        h.start("--no-create")

    def test_under_the_daemon_nothing_costly_goes_and_no_second_one_starts(self):
        h = self.lived()
        state, seen = h.dir / "state", len(h.ledger())
        state.rename(h.dir / "elsewhere")
        blocked = sandbox.wait_until("that it is missed", lambda: self.store(h, "blocked"))
        self.assertIn(f"was moved to {h.dir}/elsewhere/ulak.db", blocked["reason"])
        health = h.get("/v1/health")
        self.assertEqual((health.status, health.json["code"]), (503, "unavailable"))
        refused = h.post("/v1/jobs/send/runs", {"params": {"n": "1"}})
        self.assertEqual(refused.status, 503, refused.text)
        second = ulakd(h)
        self.assertEqual(second.returncode, 1)
        self.assertIn(f"another ulakd (process {h.daemon.pid})", second.stderr)
        self.assertFalse(state.exists())
        self.assertEqual(len(h.ledger()), seen)
        (h.dir / "elsewhere").rename(state)
        sandbox.wait_until("that it goes on", lambda: self.store(h, "ok"))
        self.assertIn("store.resumed", [e["event"] for e in h.events()])
        self.assertIn("store.blocked", h.log_text())
        self.assertEqual(send(h)["counts"]["skipped"], 1)  # the opt-out is remembered

    def test_a_file_that_was_deleted_under_the_daemon_can_be_saved(self):
        h = self.lived()
        os.unlink(h.dir / "state/ulak.db")
        blocked = sandbox.wait_until("that it is missed", lambda: self.store(h, "blocked"))
        command = blocked["reason"].split("with ")[1].split(" FILE")[0].split()
        self.assertEqual(command[0], "cp")
        try:
            shutil.copyfile(command[1], h.dir / "saved.db")
        except PermissionError:
            self.skipTest("only root may read it")
        h.kill()
        self.assert_refused(h, "ulak.db is missing")
        for name in os.listdir(h.dir / "state"):
            if name.startswith("ulak.db"):
                (h.dir / "state" / name).unlink()
        shutil.copyfile(h.dir / "saved.db", h.dir / "state/ulak.db")
        self.assertEqual(start_whatever(h)["store"]["state"], "held")
        self.assertEqual(len(h.get("/v1/suppressions").json["suppressions"]), 1)

    def test_what_others_may_write_to_is_refused(self):
        h = self.stopped()
        for name, word, code in (("state", "chmod go-w", 6), ("state/ulak.db", "chmod 600", 6), ("ulak.yaml", "chmod go-w", 4),
                                 ("jobs.d", "chmod go-w", 4), ("secrets", "chmod go-w", 4)):
            with self.subTest(name=name):
                mode = (h.dir / name).stat().st_mode & 0o777
                (h.dir / name).chmod(0o777)
                got = ulakd(h)
                self.assertEqual(got.returncode, code, got.stderr)
                self.assertIn(word, got.stderr)
                (h.dir / name).chmod(mode)


def mounted(folder, size):
    """Mounts a small disk; None where mounting is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    folder.mkdir()
    done = libc.mount(b"none", str(folder).encode(), b"tmpfs", 0, f"size={size},mode=0700".encode())
    return folder if done == 0 else None


class FullDisk(sandbox.Case):
    def setUp(self):
        self.h = self.sandbox(start=False, jobs={"send": SEND})
        self.grown = 0
        if mounted(self.h.dir / "state", "8m") is None:
            self.skipTest("mounting a small disk needs root")
        self.addCleanup(ctypes.CDLL(None).umount2, str(self.h.dir / "state").encode(), 2)

    def fill(self):
        """Fills the disk to its last block and returns the file that does."""
        filler = self.h.dir / "state/filler"
        with open(filler, "wb", buffering=0) as f:
            try:
                while True:
                    f.write(b"x" * 4096)
            except OSError:
                pass
        return filler

    def grow(self):
        """Commits more than the preallocated log can hold."""
        numbers = [f"5352{self.grown + n:06}" for n in range(1000)]
        self.grown += len(numbers)
        return self.h.post("/v1/suppressions", {"phones": numbers, "reason": "r" * 200}).status

    def outgrow(self):
        self.grow()
        return self.blocked()

    def blocked(self):
        store = self.h.get("/v1/status").json["store"]
        return store if store["state"] == "blocked" else None

    def run_refused(self):
        got = self.h.post("/v1/jobs/send/runs", {"params": {"n": "full"}})
        return got if got.status == 503 else None

    def works_again(self):
        self.h.daemon.poll()
        return self.h.get("/v1/health").status == 200

    def test_a_full_disk_stops_spending_and_nothing_else(self):
        h = self.h.start()
        self.assertEqual(send(h)["state"], "succeeded")
        h.fault("iletimerkezi.send-sms=delay:1500")
        under_way = send(h, wait=None)
        sandbox.wait_until("the request", lambda: h.ledger("iletimerkezi", "send-sms")[1:])
        filler = self.fill()
        sandbox.wait_until("that it is full", self.outgrow)
        self.assertEqual(h.get("/v1/health").status, 503)
        self.assertIn("free", self.blocked()["reason"])
        # The call in flight writes its outcome into the reserved space.
        run = sandbox.wait_until("its outcome", lambda: h.get(f"/v1/runs/{under_way['id']}").json["counts"]["submitted"]
                               or h.final(under_way["id"]))
        self.assertTrue(run)
        self.assertEqual(len(h.ledger("iletimerkezi", "send-sms")), 2)
        # One at a time: a run that has not ended holds the next one back.
        refused = sandbox.wait_until("a refusal", self.run_refused)
        self.assertIn("free", refused.json["detail"])
        self.assertEqual(len(h.ledger("iletimerkezi", "send-sms")), 2)
        filler.unlink()
        sandbox.wait_until("that it works again", self.works_again)
        self.assertEqual(send(h)["state"], "succeeded")
        named = [e["event"] for e in h.events()]
        self.assertIn("store.resumed", named)
        self.assertIn("store.blocked", h.log_text())

    def test_dying_while_the_disk_is_full_loses_nothing(self):
        if b"store/ballast-dropped" not in sandbox.ULAKD.read_bytes():
            self.skipTest("this build has no failpoints")
        for place in ("store/ballast-dropped", "store/ballast-filled", "store/unblocked"):
            with self.subTest(place=place):
                h = self.h
                start_whatever(h, env={"ULAK_FAILPOINT": place})
                filler = self.fill()
                end = time.monotonic() + 30
                while h.daemon.poll() is None and time.monotonic() < end:
                    try:
                        self.grow()
                        refused = self.run_refused()
                    except OSError:
                        break
                    if refused and filler.exists():
                        filler.unlink()
                    time.sleep(0.02)
                self.assertEqual(h.daemon.wait(30), -signal.SIGKILL)
                filler.unlink(missing_ok=True)
                self.assertEqual(sandbox.wait_until("it is sound", lambda: start_or_status(h)), "ok")
                self.assertEqual(send(h)["state"], "succeeded")
                self.assertEqual(h.stop(), 0)


def start_or_status(h):
    status = start_whatever(h) if h.daemon.poll() is not None else status_of(h)
    return status["store"]["state"] == "ok" and "ok"


if __name__ == "__main__":
    unittest.main(verbosity=2)
