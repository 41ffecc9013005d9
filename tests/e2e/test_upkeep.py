"""What keeps a daemon sound: backups made while it works and put back, checks of the store, trials of channels, reports of faults."""
import contextlib
import json
import os
import sqlite3
import unittest

import sandbox
from test_store import SEND, send, start_whatever

CHANNELS = """channels:
  told: {{exec: [/bin/sh, -c, "cat > {0}/told.json"]}}
  refuses: {{exec: [/bin/false]}}
  costs: {{sms: {{account: ilet, sender: MARKA, to: ["5551112233"]}}}}
"""


class Upkeep(sandbox.Case):
    def test_a_backup_is_made_while_the_daemon_works_and_put_back(self):
        h = self.sandbox(jobs={"send": SEND})
        send(h)
        os.mkdir(h.dir / "kept")
        made = h.ctl("backup", "kept/ulak.db", cwd=h.dir)
        self.assertEqual(made.returncode, 0, made.stderr)
        copy = h.dir / "kept/ulak.db"
        self.assertIn(str(copy), made.stdout)
        self.assertEqual((copy.stat().st_mode & 0o777, list(p.name for p in copy.parent.iterdir())), (0o600, ["ulak.db"]))
        with contextlib.closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            self.assertEqual(db.execute("SELECT count(*) FROM runs").fetchone(), (1,))
        again = h.ctl("backup", "kept/ulak.db", cwd=h.dir)
        self.assertNotEqual(again.returncode, 0)
        self.assertIn("is there already", again.stderr)

        # As README tells it: stop, put the file in place of the store, start, look, adopt.
        send(h)
        self.assertEqual(h.stop(), 0)
        (h.dir / "state/ulak.db").unlink()
        for rest in ("-wal", "-shm"):
            (h.dir / f"state/ulak.db{rest}").unlink(missing_ok=True)
        copy.rename(h.dir / "state/ulak.db")
        status = start_whatever(h)
        self.assertEqual(status["store"]["state"], "held", status["store"])
        self.assertEqual(h.ctl("adopt").returncode, 0)
        self.assertEqual(send(h)["state"], "succeeded")
        self.assertEqual(len(h.get("/v1/runs").json["runs"]), 2)

    def test_a_store_is_checked_beside_the_work(self):
        h = self.sandbox(jobs={"send": SEND})
        send(h)
        good = h.ctl("verify")
        self.assertEqual(good.returncode, 0, good.stderr)
        self.assertIn("sound", good.stdout)
        self.assertEqual(h.stop(), 0)
        with contextlib.closing(sqlite3.connect(h.dir / "state/ulak.db")) as db, db:
            db.execute("UPDATE spend_sums SET spent=spent+1")
        h.start()
        bad = h.ctl("verify", "-o", "json")
        self.assertEqual(bad.returncode, 1)
        self.assertIn("spend_sums", json.loads(bad.stdout)["found"])
        self.assertEqual(h.get("/v1/health").status, 200)

    def test_a_channel_is_tried_without_waiting_for_a_job(self):
        h = self.sandbox(start=False)
        h.write_config(sandbox.ACCOUNTS, CHANNELS.format(h.dir))
        h.start()
        good = h.ctl("channel", "test", "told")
        self.assertEqual(good.returncode, 0, good.stderr)
        self.assertEqual(json.loads((h.dir / "told.json").read_text())["event"], "test")
        self.assertNotEqual(h.ctl("channel", "test", "refuses").returncode, 0)
        missing = h.ctl("channel", "test", "tolt")
        self.assertEqual(missing.returncode, 2)
        costs = h.ctl("channel", "test", "costs")
        self.assertEqual(costs.returncode, 0, costs.stderr)
        self.assertIn("nothing was sent", costs.stdout)
        self.assertEqual(h.ledger("iletimerkezi", "send"), [])

    def test_a_report_of_a_fault_holds_no_secret_and_nobodys_number(self):
        h = self.sandbox(jobs={"send": SEND})
        send(h)
        made = h.ctl("bugreport", "fault.txt", "--config", str(h.dir / "ulak.yaml"), cwd=h.dir)
        self.assertEqual(made.returncode, 0, made.stderr)
        text = (h.dir / "fault.txt").read_text()
        for part in ("/v1/status", "/v1/runs", "succeeded", "checks", "ulakctl "):
            self.assertIn(part, text)
        for hidden in (*sandbox.SECRETS.values(), "5551112233", "Merhaba"):
            self.assertNotIn(hidden, text)
        self.assertEqual((h.dir / "fault.txt").stat().st_mode & 0o777, 0o600)
        self.assertNotEqual(h.ctl("bugreport", "fault.txt", cwd=h.dir).returncode, 0)
        h.stop()
        without = h.ctl("bugreport", "quiet.txt", "--config", str(h.dir / "ulak.yaml"), cwd=h.dir)
        self.assertEqual(without.returncode, 0, without.stderr)


if __name__ == "__main__":
    unittest.main()
