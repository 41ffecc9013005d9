"""otp.acquire: numbers are bought once, driven to an end, and given back when no code comes."""
import unittest

from sandbox import Case, wait_until

JOB = """kind: otp.acquire
budget: {run: 20 TRY, day: 100 TRY}
candidates:
  - {account: %s, service: "1", on_timeout: %s}
wait: {code: %s, poll: {first: 200ms, max: 500ms}}
length: 6
"""


class Otp(Case):
    def job(self, h, account="numbers", on_timeout="cancel", code="30s"):
        h.job("otp", JOB % (account, on_timeout, code))

    def balance(self, h, account="numbers"):
        return h.get(f"/v1/accounts/{account}/balance").json["balance"]

    def test_a_code_keeps_its_leading_zeros(self):
        for fault in ("", "numbers.getMessage=code-string", "numbers.getMessage=code-raw-zero", "numbers.getMessage=code-int"):
            with self.subTest(fault=fault):
                h = self.sandbox(start=False, sim_options=["--otp-code", "012345", "--otp-after", "1s"])
                self.job(h)
                h.start()
                if fault:
                    h.fault(fault)
                run = h.finish(h.run("otp"))
                self.assertEqual(run["state"], "succeeded", run)
                self.assertEqual(run["result"]["code"], "012345")
                self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 1)
                self.assertEqual(run["spent"], {"amount": "8.00", "unit": "TRY"})

    def test_tamonay_delivers_a_code(self):
        h = self.sandbox(start=False, sim_options=["--otp-code", "044321", "--otp-after", "1s"])
        self.job(h, "tamonay", "abandon")
        h.start()
        run = h.finish(h.run("otp"))
        self.assertEqual((run["state"], run["result"]["code"]), ("succeeded", "044321"), run)

    def test_no_code_gives_the_number_back(self):
        h = self.sandbox(start=False, sim_options=["--fault", "numbers.getNumber=sms-never"])
        self.job(h, code="2s")
        h.start()
        before = self.balance(h)
        run = h.finish(h.run("otp"))
        self.assertEqual(run["state"], "failed", run)
        self.assertEqual(self.balance(h), before)
        self.assertEqual(run["spent"]["amount"], "0.00")

    def test_a_refused_cancel_is_asked_again(self):
        h = self.sandbox(start=False, sim_options=["--fault", "numbers.getNumber=sms-never", "--fault",
                                                 "numbers.cancelNumber=cancel-refused:1"])
        self.job(h, code="1s")
        h.start()
        before = self.balance(h)
        run = h.finish(h.run("otp"))
        self.assertEqual(run["state"], "failed", run)
        self.assertEqual(self.balance(h), before)
        self.assertGreaterEqual(len(h.ledger("smmonayim-numbers", "cancelNumber")), 2)

    def test_an_sms_that_wins_the_race_is_delivered(self):
        h = self.sandbox(start=False, sim_options=["--fault", "numbers.getNumber=sms-at-cancel", "--otp-code", "123456"])
        self.job(h, code="1s")
        h.start()
        run = h.finish(h.run("otp"))
        self.assertEqual(run["result"]["code"], "123456", run)
        self.assertTrue(run["result"]["late"])

    def test_a_lost_order_is_shown_and_never_repeated(self):
        h = self.sandbox(start=False)
        self.job(h)
        h.start()
        h.fault("numbers.getNumber=drop-after*1")
        run = h.finish(h.run("otp"))
        self.assertEqual(run["state"], "attention", run)
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 1)
        self.assertEqual(len(h.get("/v1/attention").json["attention"]), 1)

    def test_a_number_survives_a_kill(self):
        h = self.sandbox(start=False, sim_options=["--otp-after", "4s", "--otp-code", "000777"])
        self.job(h)
        h.start()
        run = h.run("otp")
        wait_until("a poll", lambda: h.ledger("smmonayim-numbers", "getMessage"))
        h.kill()
        h.start()
        run = h.finish(run)
        self.assertEqual((run["state"], run["result"]["code"]), ("succeeded", "000777"), run)
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 1)

    def test_a_cancel_gives_the_number_back(self):
        h = self.sandbox(start=False, sim_options=["--fault", "numbers.getNumber=sms-never"])
        self.job(h, code="5m")
        h.start()
        before = self.balance(h)
        run = h.run("otp")
        wait_until("a poll", lambda: h.ledger("smmonayim-numbers", "getMessage"))
        h.post(f"/v1/runs/{run['id']}/cancel")
        run = h.finish(run)
        self.assertEqual(run["state"], "cancelled", run)
        self.assertEqual(self.balance(h), before)

    def test_a_stop_leaves_the_number_in_the_store(self):
        h = self.sandbox(start=False, sim_options=["--otp-after", "5s", "--otp-code", "090909"])
        self.job(h)
        h.start()
        run = h.run("otp")
        wait_until("a poll", lambda: h.ledger("smmonayim-numbers", "getMessage"))
        self.assertEqual(h.stop(), 0, h.log_text())
        h.start()
        run = h.finish(run)
        self.assertEqual((run["state"], run["result"]["code"]), ("succeeded", "090909"), run)

    def test_the_view_socket_shows_no_code(self):
        h = self.sandbox(start=False, sim_options=["--otp-code", "314159", "--otp-after", "1s"])
        self.job(h)
        h.start()
        run = h.finish(h.run("otp"))
        self.assertEqual(run["result"]["code"], "314159")
        seen = h.get(f"/v1/runs/{run['id']}", socket_path=h.view_socket)
        self.assertEqual(seen.status, 200)
        self.assertNotIn("314159", seen.text)
        self.assertNotIn(run["result"]["number"], seen.text)
        self.assertNotIn("314159", h.log_text())
        self.assertEqual(h.post("/v1/jobs/otp/runs", socket_path=h.view_socket).status, 403)


if __name__ == "__main__":
    unittest.main(verbosity=2)
