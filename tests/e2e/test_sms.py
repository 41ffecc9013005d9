"""sms.send from a file to the delivery report, as a provider sees it."""
import collections
import threading
import unittest

from sandbox import Case, wait_until

CSV = """phone,name
5551112233,Ayşe
0555 222 33 44,Mehmet
+90 555 333 44 55,Zeynep
5551112233,Ayşe
555334455,Yanlış
"0(555)444 55 66","Demir, Ali"
"""
JOB = """kind: sms.send
account: %s
budget: {run: 100 credits}
recipients: {csv: people.csv, phone: phone, on_invalid: skip}
message: {type: informational, sender: MARKA, text: "%s", encoding: %s}
"""


def write_people(h, text=CSV):
    (h.dir / "jobs.d/people.csv").write_text(text)


def messages(h, protocol, operation):
    """(number, text) of every message that a provider took."""
    got = []
    for line in h.ledger(protocol, operation):
        if line["accepted"]:
            for one in line["effect"].get("messages") or [line["effect"]]:
                got += [(number[-10:], one["text"]) for number in one["recipients"]]
    return got


class Sms(Case):
    def send(self, account, text, encoding="auto"):
        h = self.sandbox(start=False, sim_options=["--delivery-after", "1s"])
        write_people(h)
        h.job("campaign", JOB % (account, text, encoding))
        h.start()
        return h, h.finish(h.run("campaign"))

    def test_one_message_for_each_valid_unique_number(self):
        h, run = self.send("bulk", "Siparişiniz yola çıktı.")
        self.assertEqual(run["state"], "succeeded", run)
        sent = messages(h, "toplusms", "send")
        self.assertEqual(sorted(sent), sorted((n, "Siparişiniz yola çıktı.") for n in
                                              ("5551112233", "5552223344", "5553334455", "5554445566")))
        effects = [l["effect"] for l in h.ledger("toplusms", "send") if l["accepted"]]
        self.assertEqual({e["encoding"] for e in effects}, {"tr"})
        self.assertEqual(run["counts"]["total"], 6)
        self.assertEqual(run["counts"]["skipped"], 2)
        self.assertEqual(run["counts"]["delivered"], 4)
        self.assertEqual(run["spent"], {"amount": "4", "unit": "credits"})

    def test_a_run_that_is_asked_for_during_the_start_is_begun_once(self):
        h = self.sandbox(start=False, sim_options=["--delivery-after", "1s"])
        write_people(h)
        h.job("campaign", JOB % ("bulk", "Sayin ${name|trim}, hazir.", "auto"))
        begun = []

        def ask():
            try:
                begun.append(h.run("campaign"))
            except OSError:
                return False
            return True

        early = threading.Thread(target=lambda: wait_until("the first answer", ask))
        early.start()
        h.start()
        early.join()
        run = h.finish(begun[0])
        self.assertEqual(run["state"], "succeeded", run)
        self.assertEqual(len(messages(h, "toplusms", "send")), 4)
        self.assertEqual([e["event"] for e in h.events()].count("run.finished"), 1)

    def test_a_personal_text_reaches_its_own_number(self):
        h, run = self.send("ilet", "Sayin ${name|trim}, hazir.")
        self.assertEqual(run["state"], "succeeded", run)
        want = {("5551112233", "Sayin Ayşe, hazir."), ("5552223344", "Sayin Mehmet, hazir."),
                ("5553334455", "Sayin Zeynep, hazir."), ("5554445566", "Sayin Demir, Ali, hazir.")}
        got = messages(h, "iletimerkezi", "send-sms")
        self.assertEqual(collections.Counter(got), collections.Counter(want))

    def test_the_url_api_is_spoken_where_a_key_is_given(self):
        h, run = self.send("bulk-url", "Merhaba & +%", "en")
        self.assertEqual(run["state"], "succeeded", run)
        self.assertEqual({t for _, t in messages(h, "toplusms", "send-url")}, {"Merhaba & +%"})

    def test_the_opt_out_list_is_kept(self):
        h = self.sandbox(start=False)
        write_people(h)
        h.job("campaign", JOB % ("bulk", "Merhaba", "auto"))
        h.start()
        self.assertEqual(h.post("/v1/suppressions", {"phone": "0555 222 33 44"}).status, 201)
        run = h.finish(h.run("campaign"))
        self.assertEqual(run["state"], "succeeded", run)
        self.assertNotIn("5552223344", [n for n, _ in messages(h, "toplusms", "send")])
        skipped = h.get(f"/v1/runs/{run['id']}/items?state=skipped").json["items"]
        self.assertIn(("5552223344", "opt-out"), [(i["phone"], i["reason"]) for i in skipped])

    def test_a_lost_answer_is_never_sent_again(self):
        h = self.sandbox(start=False)
        write_people(h)
        h.job("campaign", JOB % ("bulk", "Merhaba", "auto"))
        h.start()
        h.fault("toplusms.send=drop-after*1")
        run = h.finish(h.run("campaign"))
        self.assertEqual(run["state"], "attention", run)
        self.assertEqual(len(h.ledger("toplusms", "send")), 1)
        self.assertEqual(run["counts"]["ambiguous"], 4)
        open_entries = h.get("/v1/attention").json["attention"]
        self.assertEqual([(e["run"], e["account"], e["kind"]) for e in open_entries], [(run["id"], "bulk", "ambiguous")])
        done = h.post(f"/v1/attention/{open_entries[0]['id']}/resolve", {"outcome": "done"})
        self.assertEqual(done.status, 200, done.text)
        self.assertEqual(h.get("/v1/attention").json["attention"], [])
        counts = h.get(f"/v1/runs/{run['id']}").json["counts"]
        self.assertEqual((counts["ambiguous"], counts["submitted"], counts["total"]), (0, 4, 6))

    def test_a_send_that_nobody_answered_is_found_in_the_providers_list(self):
        h = self.sandbox(start=False, sim_options=["--delivery-after", "1s"])
        write_people(h)
        h.job("campaign", JOB % ("ilet", "Siparisiniz hazir.", "auto"))
        h.start()
        h.fault("iletimerkezi.send-sms=drop-after*1")
        run = h.finish(h.run("campaign"))
        self.assertEqual(run["state"], "succeeded", run)
        self.assertEqual(len(h.ledger("iletimerkezi", "send-sms")), 1)
        self.assertEqual(run["counts"]["delivered"], 4)
        self.assertEqual(h.get("/v1/attention").json["attention"], [])
        self.assertIn("effect.reconciled", [e["event"] for e in h.events()])

    def kill_in_the_middle(self, meanwhile):
        h = self.sandbox(start=False, sim_options=["--delivery-after", "1s"])
        write_people(h, "phone,name\n" + "".join(f"555{n:07d},Kisi{n}\n" for n in range(1110000, 1110040)))
        h.job("campaign", JOB % ("ilet", "Sayin ${name}", "auto") + "chunk: 1\n")
        h.start()
        run = h.run("campaign")
        wait_until("the tenth message", lambda: len(h.ledger("iletimerkezi", "send-sms")) >= 10)
        h.kill()
        meanwhile(h)
        h.start()
        run = h.finish(run)
        sent = collections.Counter(n for n, _ in messages(h, "iletimerkezi", "send-sms"))
        self.assertEqual(max(sent.values()), 1)
        # At most eight calls were under way; each is either proven or shown.
        self.assertIn(run["state"], ("succeeded", "attention"))
        self.assertGreaterEqual(len(sent), 32 if run["state"] == "attention" else 40)

    def test_a_kill_in_the_middle_sends_nothing_twice(self):
        self.kill_in_the_middle(lambda h: None)

    def test_a_list_that_is_gone_after_it_was_read_is_not_needed(self):
        self.kill_in_the_middle(lambda h: (h.dir / "jobs.d/people.csv").unlink())

    def test_a_list_that_has_changed_after_it_was_read_changes_nothing(self):
        self.kill_in_the_middle(lambda h: write_people(h, "gsm,ad\n5559998877,Ali\n"))

    def test_a_balance_that_ends_stops_the_campaign(self):
        h = self.sandbox(start=False, sim_options=["--balance", "toplusms=2"])
        write_people(h)
        h.job("campaign", JOB % ("bulk", "Merhaba", "auto"))
        h.start()
        run = h.finish(h.run("campaign"))
        self.assertEqual(run["state"], "failed", run)
        self.assertEqual(messages(h, "toplusms", "send"), [])

    def test_a_budget_is_never_passed(self):
        h = self.sandbox(start=False)
        write_people(h)
        h.job("campaign", (JOB % ("bulk", "Merhaba", "auto")).replace("100 credits", "3 credits"))
        h.start()
        run = h.finish(h.run("campaign"))
        self.assertEqual((run["state"], run["error"]["code"]), ("failed", "budget"), run)
        self.assertEqual(messages(h, "toplusms", "send"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
