"""An account is its provider, site and login: what was bought at one site is never asked for at another."""
import pathlib
import unittest

from sandbox import Case, wait_until

JOB = """kind: otp.acquire
budget: {run: 20 TRY, day: 100 TRY}
candidates:
  - {account: numbers, service: "1", on_timeout: cancel}
wait: {code: 5m, poll: {first: 200ms, max: 500ms}}
length: 6
"""
ACCOUNT = """
  numbers: {provider: smmonayim-numbers, key: {secret: smm-key}, shared: false, base_url: "%(smmonayim-numbers)s"}
"""


class Identity(Case):
    def lead(self, h, to):
        """Writes the configuration with the account at another sandbox's simulator, and trusts both."""
        both = h.dir / "both.pem"
        both.write_text("".join(pathlib.Path(s.ready["ca_file"]).read_text() for s in (self.old, self.new)))
        h.ready, kept = {**to.ready, "ca_file": str(both)}, h.ready
        h.write_config(ACCOUNT, "")
        h.ready = kept

    def open_number(self):
        """A daemon that was stopped with an open number at its own simulator, and a second simulator."""
        self.old = self.sandbox(start=False, accounts=ACCOUNT, jobs={"otp": JOB},
                                sim_options=["--otp-code", "111111", "--otp-after", "2m"])
        self.new = self.sandbox(start=False, accounts=ACCOUNT, sim_options=["--otp-code", "222222", "--otp-after", "0s"])
        h = self.old.start()
        run = h.run("otp")
        wait_until("a poll", lambda: h.ledger("smmonayim-numbers", "getMessage"))
        self.assertEqual(h.stop(), 0)
        return run

    def test_another_sites_number_is_not_asked_for(self):
        run = self.open_number()
        h = self.old
        self.lead(h, self.new)
        h.start()
        waiting = h.get(f"/v1/runs/{run['id']}?wait=3s").json
        self.assertEqual(self.new.ledger("smmonayim-numbers"), [])
        self.assertEqual(waiting["state"], "running", waiting)
        entries = h.get("/v1/attention").json["attention"]
        self.assertEqual([e["kind"] for e in entries], ["account-changed"], entries)
        self.assertIn("base_url was https://", entries[0]["evidence"])
        self.assertIn("account-changed", h.ctl("attention").stdout)
        self.assertNotIn("sim-smm-key", str(entries))
        answer = h.post(f"/v1/runs/{run['id']}/cancel")
        self.assertEqual(answer.status, 202)
        for shown in (answer.json, h.get(f"/v1/runs/{run['id']}").json):  # it is not done, and why
            self.assertEqual(shown["waits"]["for"], "adopt", shown)
            self.assertIn("base_url was https://", shown["waits"]["why"])
        for told in (h.ctl("cancel", run["id"]), h.ctl("show", run["id"])):
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertIn("ulakctl adopt numbers", told.stdout)
        self.assertEqual(self.new.ledger("smmonayim-numbers"), [])
        self.assertEqual(h.stop(), 0)

    def test_the_run_goes_on_when_the_account_is_what_it_was(self):
        run = self.open_number()
        h = self.old
        self.lead(h, self.new)
        h.start()
        self.assertEqual(len(h.get("/v1/attention").json["attention"]), 1)
        self.lead(h, self.old)
        self.assertEqual(h.ctl("reload").returncode, 0)
        self.assertEqual(h.get("/v1/attention").json["attention"], [])
        h.advance("3m")
        run = h.finish(run)
        self.assertEqual((run["state"], run["result"]["code"]), ("succeeded", "111111"), run)
        self.assertEqual(self.new.ledger("smmonayim-numbers"), [])
        self.assertIn("nothing waits for it", h.ctl("adopt", "numbers").stderr)
        self.assertEqual(h.stop(), 0)

    def test_a_person_says_that_a_new_address_is_the_same_wallet(self):
        run = self.open_number()
        h = self.old
        self.lead(h, self.new)
        h.start()
        adopted = h.ctl("adopt", "numbers")
        self.assertEqual(adopted.returncode, 0, adopted.stderr)
        wait_until("a poll at the new address", lambda: self.new.ledger("smmonayim-numbers", "getMessage"))
        self.assertIn("account.adopted", {e["event"] for e in h.events()})
        self.assertEqual(h.get("/v1/attention").json["attention"], [])
        self.assertEqual(h.post(f"/v1/runs/{run['id']}/cancel").status // 100, 2)


if __name__ == "__main__":
    unittest.main()
