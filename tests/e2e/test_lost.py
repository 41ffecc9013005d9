"""A purchase whose answer is lost: what each provider's evidence settles, and what an operator resolves."""
import json
import os
import unittest

from sandbox import ACCOUNTS, Case, wait_until

OTP = """kind: otp.acquire
budget: {run: 20 TRY, day: 100 TRY}
candidates:
  - {account: %s, service: "1", on_timeout: %s}
wait: {code: 30s, poll: {first: 200ms, max: 500ms}}
length: 6
"""
SMS = """kind: sms.send
account: %s
budget: {run: 100 credits}
recipients: {list: ["5551112233", "5552223344"]}
message: {type: informational, sender: MARKA, text: "Siparisiniz hazir."}
"""
PANEL = """kind: smm.order
params: {link: {type: url, required: true}}
budget: {run: 5 USD}
account: panel
service: "1"
link: "${link}"
quantity: 100
track: {poll: {first: 200ms, max: 500ms}}
"""
LINK = {"link": "https://example.com/marka"}
NEEDS_ATTENTION = 6


class Lost(Case):
    def start(self, name, job, fault, sim_options=(), **more):
        h = self.sandbox(start=False, sim_options=sim_options, **more)
        h.job(name, job)
        h.start()
        h.fault(fault)
        return h

    def only_entry(self, h, run):
        """The one entry that `ulakctl attention` shows; it must belong to this run."""
        shown = h.ctl("attention")
        self.assertEqual(shown.returncode, NEEDS_ATTENTION, shown.stderr)
        entries = json.loads(h.ctl("attention", "-o", "json").stdout)["attention"]
        self.assertEqual([e["run"] for e in entries], [run["id"]])
        entry = entries[0]
        self.assertIn(entry["id"], shown.stdout)
        self.assertIn(entry["account"], shown.stdout)
        self.assertTrue(entry["at"].endswith("Z"), entry)
        return entry

    def settle(self, h, run, entry, outcome, state):
        self.assertIn("see attention", run["error"]["message"])
        done = h.ctl("resolve", entry["id"], outcome)
        self.assertEqual(done.returncode, 0, done.stderr)
        after = h.get(f"/v1/runs/{run['id']}").json
        self.assertEqual(after["state"], state, after)
        self.assertNotIn("see attention", json.dumps(after))
        self.assertEqual(h.ctl("attention").returncode, 0)
        told = [e for e in h.events() if e["event"] == "attention.resolved"]
        self.assertEqual((told[-1]["attention"], told[-1]["outcome"], told[-1]["uid"]), (entry["id"], outcome, os.getuid()))
        again = h.ctl("resolve", entry["id"], outcome)
        self.assertNotEqual(again.returncode, 0)
        return after

    def test_tamonays_list_shows_a_lost_order_and_its_code_is_delivered(self):
        h = self.start("otp", OTP % ("tamonay", "abandon"), "tamonay.order=drop-after*1",
                       ["--otp-code", "044321", "--otp-after", "1s"])
        run = h.finish(h.run("otp"))
        self.assertEqual((run["state"], run["result"]["code"]), ("succeeded", "044321"), run)
        orders = h.ledger("tamonay", "order")
        self.assertEqual(len(orders), 1)
        self.assertEqual(h.ctl("attention").returncode, 0)
        events = [e["event"] for e in h.events()]
        for name in ("effect.ambiguous", "attention.raised", "effect.reconciled", "attention.resolved", "number.code"):
            self.assertIn(name, events)

    def test_a_number_whose_id_is_lost_is_shown_with_its_balances(self):
        h = self.start("otp", OTP % ("numbers", "cancel"), "numbers.getNumber=drop-after*1")
        run = h.finish(h.run("otp"))
        self.assertEqual(run["state"], "attention", run)
        entry = self.only_entry(h, run)
        self.assertEqual((entry["account"], entry["kind"]), ("numbers", "orphaned"))
        self.assertEqual(entry["amount"], {"amount": "8.00", "unit": "TRY"})
        self.assertIn("8.00 TRY less", entry["evidence"])
        self.settle(h, run, entry, "write-off", "failed")
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 1)
        self.assertEqual(len(h.ledger("smmonayim-numbers", "cancelNumber")), 0)

    def test_a_send_of_which_nobody_knows_is_settled_by_a_person(self):
        h = self.start("campaign", SMS % "bulk", "toplusms.send=reset-after*1")
        run = h.finish(h.run("campaign"))
        self.assertEqual(run["state"], "attention", run)
        entry = self.only_entry(h, run)
        self.assertEqual((entry["account"], entry["kind"]), ("bulk", "ambiguous"))
        self.assertEqual(entry["amount"], {"amount": "2", "unit": "credits"})
        after = self.settle(h, run, entry, "done", "succeeded")
        self.assertEqual((after["counts"]["submitted"], after["counts"]["ambiguous"]), (2, 0))
        self.assertEqual(len(h.ledger("toplusms", "send")), 1)

    def test_iletimerkezis_list_shows_what_was_taken_and_a_person_says_the_rest(self):
        h = self.start("campaign", SMS % "ilet", "iletimerkezi.send-sms=drop-after*1", ["--delivery-after", "1s"])
        run = h.finish(h.run("campaign"))
        self.assertEqual((run["state"], run["counts"]["delivered"]), ("succeeded", 2), run)
        self.assertEqual(len(h.ledger("iletimerkezi", "send-sms")), 1)

        h.fault("iletimerkezi.send-sms=drop-before*1")
        run = h.finish(h.run("campaign"))
        self.assertEqual(run["state"], "attention", run)
        entry = self.only_entry(h, run)
        self.assertIn("list does not show it", entry["evidence"])
        after = self.settle(h, run, entry, "not-done", "failed")
        self.assertEqual((after["counts"]["rejected"], after["counts"]["ambiguous"]), (2, 0))
        self.assertEqual(len(h.ledger("iletimerkezi", "send-sms")), 2)

    def test_a_long_list_of_iletimerkezi_is_read_page_by_page_however_long_all_of_them_take(self):
        many = ", ".join(f'"555{n:07d}"' for n in range(1110000, 1110095))
        h = self.start("campaign", SMS % "ilet", "iletimerkezi.get-report=delay:1ms*1",
                       accounts=ACCOUNTS.replace("ilet: {", "ilet: {timeout: 4s, "),
                       jobs={"many": (SMS % "ilet").replace('"5551112233", "5552223344"', many) + "chunk: 1\n"})
        h.run("many")
        wait_until("a list of four pages", lambda: len(h.ledger("iletimerkezi", "send-sms")) >= 95)
        h.fault("iletimerkezi.get-reports=delay:1500ms")
        h.fault("iletimerkezi.send-sms=drop-after*1")
        run = h.finish(h.run("campaign"))
        self.assertEqual((run["state"], run["counts"]["delivered"]), ("succeeded", 2), run)
        self.assertGreaterEqual(len(h.ledger("iletimerkezi", "get-reports")), 4)
        self.assertEqual(len(h.ledger("iletimerkezi", "send-sms")), 96)

    def test_an_order_of_tamonay_that_is_done_and_shows_no_code_is_told_at_once(self):
        h = self.start("otp", (OTP % ("tamonay", "abandon")).replace("code: 30s", "code: 4m"), "tamonay.update-status=code-null",
                       ["--otp-after", "1s"])
        h.fault("tamonay.order-detail=code-null")
        run = h.finish(h.run("otp"))
        self.assertEqual(run["state"], "attention", run)
        entry = self.only_entry(h, run)
        self.assertEqual((entry["account"], entry["kind"]), ("tamonay", "code-unreadable"))
        self.assertEqual(run["spent"]["amount"], entry["amount"]["amount"])
        self.assertEqual(len(h.ledger("tamonay", "order")), 1)

    def test_a_link_whose_order_is_in_doubt_is_not_ordered_again(self):
        h = self.start("followers", PANEL, "panel.add=drop-after*1", ["--order-after", "1s"])
        run = h.finish(h.run("followers", LINK))
        self.assertEqual(run["state"], "attention", run)
        entry = self.only_entry(h, run)
        self.assertEqual((entry["account"], entry["kind"]), ("panel", "ambiguous"))
        self.assertEqual(entry["amount"], {"amount": "0.09", "unit": "USD"})
        self.assertIn("0.09 USD less", entry["evidence"])
        refused = h.finish(h.run("followers", LINK))
        self.assertEqual((refused["state"], refused["error"]["code"]), ("failed", "conflict"), refused)
        self.assertIn(entry["id"], refused["error"]["message"])
        self.assertEqual(len(h.ledger("smmonayim-panel", "add")), 1)
        self.settle(h, run, entry, "not-done", "failed")
        run = h.finish(h.run("followers", LINK))
        self.assertEqual(run["state"], "succeeded", run)

    def test_what_a_kill_leaves_in_doubt_is_in_attention_as_soon_as_the_daemon_answers(self):
        h = self.start("campaign", SMS % "bulk", "toplusms.send=delay:20s*1")
        run = h.run("campaign")
        wait_until("the send", lambda: h.ledger("toplusms", "send"))
        h.kill()
        h.start()
        entries = h.get("/v1/attention").json["attention"]
        self.assertEqual([(e["run"], e["account"], e["kind"]) for e in entries], [(run["id"], "bulk", "ambiguous")])
        self.assertIn("stopped between dispatch and answer", entries[0]["evidence"])
        self.assertEqual(h.finish(run)["state"], "attention")
        self.assertEqual(len(h.ledger("toplusms", "send")), 1)

    def test_a_number_outlives_its_jobs_file(self):
        for leave in ("deleted", "broken"):
            with self.subTest(leave):
                h = self.start("otp", OTP % ("numbers", "cancel"), "numbers.getNumber=sms-late:4s*1", ["--otp-code", "000777"])
                run = h.run("otp")
                wait_until("a look", lambda: h.ledger("smmonayim-numbers", "getMessage"))
                path = h.dir / "jobs.d/otp.yaml"
                if leave == "deleted":
                    path.unlink()
                else:
                    path.write_text("version: 1\nkind: [")
                h.post("/v1/reload")
                h.kill()
                h.start()
                run = h.finish(run)
                self.assertEqual((run["state"], run["result"]["code"]), ("succeeded", "000777"), run)

    def test_a_number_whose_account_is_gone_is_shown(self):
        h = self.start("otp", OTP % ("numbers", "cancel"), "numbers.getNumber=sms-never*1")
        run = h.run("otp")
        wait_until("a look", lambda: h.ledger("smmonayim-numbers", "getMessage"))
        h.kill()
        h.write_config(ACCOUNTS.replace("  numbers:", "  renamed:"), "")
        h.start()
        run = h.finish(run)
        self.assertEqual(run["state"], "attention", run)
        entry = self.only_entry(h, run)
        self.assertEqual((entry["account"], entry["amount"]), ("numbers", {"amount": "8.00", "unit": "TRY"}))
        number = h.ledger("smmonayim-numbers", "getNumber")[0]
        self.assertIn("number.order number/1 at numbers took place as", entry["evidence"])
        self.assertTrue(number["accepted"])
        self.assertEqual(h.ctl("resolve", entry["id"], "write-off").returncode, 0)
        self.assertEqual(h.get(f"/v1/runs/{run['id']}").json["state"], "failed")


if __name__ == "__main__":
    unittest.main(verbosity=2)
