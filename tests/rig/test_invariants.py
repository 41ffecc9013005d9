"""Tests the invariants: a sound history passes, and each way of breaking it is reported."""
import json
import os
import pathlib
import re
import sqlite3
import tempfile
import unittest

import invariants

SOURCE = pathlib.Path(os.environ.get("ULAK_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
SQL = sorted((SOURCE / "lib/ledger/detail").glob("schema_*sql.hpp"), key=lambda p: p.name.replace("schema_sql", "schema_1_sql"))
SCHEMA = "".join(re.search(r'R"sql\((.*)\)sql"', path.read_text(), re.S).group(1) for path in SQL)
RUN = ("INSERT INTO runs(id,job,kind,state,started_by,unique_key,params,progress,counts,result,error_code,error_message,created_at,"
       "due_at,spent,spent_unit,cancel_asked,definition) VALUES(?,'campaign',?,'running','manual','',?,'','',?,'','',1,?,0,'',0,'')")
EFFECT = ("INSERT INTO effects(id,run,step,attempt,job,account,provider,operation,state,unit,expected,digest,evidence,intended_at,moved_at)"
          " VALUES(?,?,?,?,'campaign','bulk',?,?,'intent','credits',2000000,'','',1000,1000)")
PHONES = ["5551110000", "5551110001"]


def line(seq, ms, protocol="toplusms", operation="send", **effect):
    at = f"1970-01-01T00:00:{ms // 1000:02d}.{ms % 1000:03d}Z"
    return {"seq": seq, "at": at, "protocol": protocol, "operation": operation, "accepted": bool(effect), "effect": effect or None,
            "mistakes": [], "faults": [], "status": 200}


def message(seq, ms, phones=PHONES, tag="t0000001", ref="71"):
    return line(seq, ms, kind="sms", id=ref, amount="2", unit="credits", recipients=phones, text=f"Haber {tag}.")


class Judge(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = f"{folder.name}/ulak.db"
        self.db = sqlite3.connect(self.path)
        self.addCleanup(self.db.close)
        self.db.executescript("PRAGMA synchronous=OFF; BEGIN;" + SCHEMA + "COMMIT;")
        self.db.execute(RUN, ("r1", "sms.send", '{"tag":"t0000001"}', "", None))
        self.effect("e1", "chunk/0")
        self.move("e1", "dispatched", 2000)
        for position, phone in enumerate(PHONES):
            self.db.execute("INSERT INTO items VALUES(1,?,?,2,'','',1,'',1,1,0,'')", (position, phone))
        self.db.execute("INSERT INTO item_totals VALUES(1,3,2,2)")

    def effect(self, name, step, provider="toplusms", operation="sms.send", run="r1", attempt=1):
        self.db.execute(EFFECT, (name, run, step, attempt, provider, operation))

    def move(self, name, state, at, ref="", charged=None):
        self.db.execute("UPDATE effects SET state=?,moved_at=?,dispatched_at=coalesce(dispatched_at,?),provider_ref=?,charged=?,"
                        "charged_unit=unit WHERE id=?", (state, at, at, ref, charged, name))

    def end(self, state="succeeded", items=3, run="r1"):
        self.db.execute("UPDATE items SET state=?", (items,))
        self.db.execute("UPDATE runs SET state=?,finished_at=9000 WHERE id=?", (state, run))

    def accepted(self):
        self.move("e1", "accepted", 3000, "71", 2000000)
        self.end()

    def found(self, lines, state=None, **more):
        self.db.commit()
        return invariants.check(invariants.Evidence(self.path, lines, **more), state)

    def named(self, name, lines, state=None, **more):
        found = self.found(lines, state, **more)
        self.assertTrue(any(f.startswith(name) for f in found), found)

    def test_a_sound_history_passes(self):
        self.accepted()
        self.assertEqual(self.found([message(1, 2500)], accepted={"t0000001": ("campaign", "r1")}), [])

    def test_a_request_before_its_dispatch(self):
        self.accepted()
        self.named("I3 a charge that no effect owns", [message(1, 1500, ref="72"), message(2, 2500)])

    def test_a_request_that_no_effect_sent(self):
        self.accepted()
        self.named("I1", [message(1, 2500), line(2, 2600)])

    def test_a_charge_against_a_rejected_effect(self):
        self.move("e1", "rejected", 3000)
        self.end("failed", 6)
        self.named("I3", [message(1, 2500)])

    def test_a_recipient_messaged_twice(self):
        self.accepted()
        self.named("I3 run r1", [message(1, 2500), message(2, 2600, PHONES[:1], ref="72")])

    def test_a_charge_of_another_amount(self):
        self.move("e1", "accepted", 3000, "71", 1000000)
        self.end()
        self.named("I3 effect e1", [message(1, 2500)])

    def test_an_effect_left_dispatched(self):
        self.named("I5", [message(1, 2500)])

    def test_a_history_that_leaves_the_machine(self):
        self.accepted()
        self.db.execute("INSERT INTO effect_history(effect,from_state,to_state,at) VALUES(1,'accepted','not_sent',4000)")
        self.named("I4", [message(1, 2500)])

    def test_a_doubt_that_is_not_shown(self):
        self.move("e1", "ambiguous", 3000)
        self.end("attention", 7)
        self.named("I6 effect e1", [message(1, 2500)])

    def test_a_doubt_whose_run_succeeded(self):
        self.move("e1", "ambiguous", 3000)
        self.end("succeeded", 7)
        self.named("I11 effect e1", [message(1, 2500)])

    def test_a_schedule_that_fires_twice(self):
        self.accepted()
        for run in ("r2", "r3"):
            self.db.execute(RUN, (run, "balance.watch", "{}", "", 5000))
            self.db.execute("UPDATE runs SET state='succeeded' WHERE id=?", (run,))
        self.named("I8", [message(1, 2500)])

    def test_totals_that_do_not_add_up(self):
        self.accepted()
        self.db.execute("UPDATE item_totals SET items=1")
        self.named("I9", [message(1, 2500)])

    def test_a_kept_sum_that_is_not_true(self):
        self.accepted()
        self.db.execute("UPDATE spend_sums SET spent=spent+1 WHERE grouping=1")
        self.named("I3 the kept sums", [message(1, 2500)])

    def test_a_run_that_never_ended(self):
        self.move("e1", "accepted", 3000, "71", 2000000)
        self.named("I11 run r1", [message(1, 2500)])

    def test_a_run_that_is_lost(self):
        self.accepted()
        self.named("I11 run r9", [message(1, 2500)], accepted={"t0000009": ("campaign", "r9")})

    def number(self, result, run_state, charged=8000000):
        self.accepted()
        self.db.execute(RUN, ("r2", "otp.acquire", '{"tag":"t0000002"}', json.dumps(result), None))
        self.effect("e2", "number/1", "smmonayim-numbers", "number.order", "r2")
        self.move("e2", "dispatched", 2000)
        self.move("e2", "accepted", 3000, "99", charged)
        self.db.execute("UPDATE runs SET state=?,finished_at=9000 WHERE id='r2'", (run_state,))
        return [message(1, 2500), line(2, 2500, "smmonayim-numbers", "getNumber", kind="number", id="99", amount="8.00", unit="TRY")]

    def state(self, of_number):
        return {"ms": 9500, "numbers": {"smmonayim-numbers": [{"id": "99", "code": "012345", **of_number}]}}

    def test_a_number_left_open(self):
        self.named("I6 number 99", self.number({}, "failed"), self.state({"state": "waiting"}))

    def test_a_code_that_was_lost(self):
        self.named("I6 the code", self.number({}, "failed"), self.state({"state": "received"}))

    def test_a_number_that_delivered(self):
        lines = self.number({"code": "012345", "number_id": "99"}, "succeeded")
        self.assertEqual(self.found(lines, self.state({"state": "received"})), [])

    def test_a_number_bought_without_a_price_books_its_budget_and_no_more(self):
        lines = self.number({"code": "012345", "number_id": "99"}, "succeeded", None)  # 2 TRY are held for it
        for spent, wrong in ((10_000_000, []), (7_000_000, ["I3"]), (11_000_000, ["I3"])):
            self.db.execute("UPDATE runs SET spent=?,spent_unit='TRY' WHERE id='r2'", (spent,))
            found = self.found(lines, self.state({"state": "delivered", "code": "012345"}))
            self.assertEqual([f[:2] for f in found if "says it spent" in f], wrong)

    def test_a_refund_that_nobody_gave(self):
        lines = self.number({}, "failed")
        self.db.execute("UPDATE effects SET refunded=8000000 WHERE id='e2'")
        self.named("I3 effect e2", lines)

    def test_a_secret_in_any_form(self):
        for form in invariants.forms_of("sim+token/1"):
            with self.subTest(form=form):
                self.assertTrue(list(invariants.no_secret_leaves([("log", b"x" + form + b"y")], {"t": "sim+token/1"})))
        self.assertEqual(list(invariants.no_secret_leaves([("log", b"nothing")], {"t": "sim+token/1"})), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
