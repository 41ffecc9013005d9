"""balance.watch and smm.order, with their notices."""
import json
import unittest

from sandbox import Case, wait_until

WATCH = """kind: balance.watch
watch: [{account: numbers, below: 50 TRY, clear_above: 80 TRY}]
notify: [{when: [firing, cleared], to: ops}]
"""
ORDER = """kind: smm.order
params: {link: {type: url, required: true}}
budget: {run: 5 USD}
account: panel
service: "1"
link: "${link}"
quantity: 100
track: {poll: {first: 200ms, max: 500ms}}
"""


class Watch(Case):
    def notices(self, h):
        path = h.dir / "notices"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def make(self, **more):
        h = self.sandbox(start=False, **more)
        script = h.dir / "page-me"
        script.write_text(f"#!/bin/sh\ncat >>{h.dir}/notices\necho >>{h.dir}/notices\n")
        script.chmod(0o755)
        config = h.dir / "ulak.yaml"
        config.write_text(config.read_text() + f"channels:\n  ops: {{exec: [{script}]}}\n")
        return h

    def test_an_alert_fires_once_and_clears_once(self):
        h = self.make(sim_options=["--balance", "numbers=20"])
        h.job("balances", WATCH)
        h.start()
        for _ in range(2):
            run = h.finish(h.run("balances"))
            self.assertEqual(run["state"], "succeeded", run)
            self.assertEqual(run["result"]["accounts"], [{"account": "numbers", "balance": "20.00", "unit": "TRY", "state": "firing"}])
        h.sim_request("POST", "/balance", {"protocol": "smmonayim-numbers", "amount": "100"})
        run = h.finish(h.run("balances"))
        self.assertEqual(run["result"]["accounts"][0]["state"], "ok", run)
        wait_until("two notices", lambda: len([n for n in self.notices(h) if n]) >= 2)
        self.assertEqual([n["event"] for n in self.notices(h)], ["firing", "cleared"])
        self.assertEqual([e["event"] for e in h.events() if e["event"] in ("balance.firing", "balance.cleared")],
                         ["balance.firing", "balance.cleared"])

    def test_a_passing_fault_is_outlived_inside_the_run(self):
        h = self.make()
        h.job("balances", WATCH)
        h.start()
        h.fault("numbers.getBalance=503*1")
        run = h.finish(h.run("balances"))
        self.assertEqual(run["result"]["accounts"][0]["state"], "ok", run)

    def state_of(self, h, account):
        return next(a for a in h.get("/v1/status").json["accounts"] if a["account"] == account)["state"]

    def test_an_account_whose_login_is_refused_is_left_alone_until_somebody_says_so(self):
        h = self.make()
        h.job("balances", WATCH)
        h.start()
        h.fault("numbers.*=401")
        for _ in range(4):
            h.finish(h.run("balances"))
        self.assertEqual(self.state_of(h, "numbers"), "suspended")
        asked = len(h.ledger("numbers"))
        self.assertLessEqual(asked, 3)
        h.finish(h.run("balances"))
        self.assertEqual(len(h.ledger("numbers")), asked)  # no balance was requested either
        h.heal()
        self.assertEqual(h.ctl("balance", "numbers").returncode, 0)
        self.assertEqual(self.state_of(h, "numbers"), "ready")
        self.assertEqual(h.finish(h.run("balances"))["result"]["accounts"][0]["state"], "ok")
        named = [e["event"] for e in h.events() if e["event"].startswith("account.")]
        self.assertEqual(named, ["account.suspended", "account.resumed"])

    def test_an_order_is_followed_to_its_end(self):
        h = self.make(sim_options=["--order-after", "2s"])
        h.job("followers", ORDER)
        h.start()
        run = h.finish(h.run("followers", {"link": "https://example.com/marka"}))
        self.assertEqual((run["state"], run["result"]["status"]), ("succeeded", "Completed"), run)
        self.assertEqual(run["result"]["currency"], "USD")
        self.assertEqual(len(h.ledger("smmonayim-panel", "add")), 1)
        self.assertEqual(run["spent"], {"amount": "0.09", "unit": "USD"})

    def test_a_lost_order_is_not_placed_again(self):
        h = self.make()
        h.job("followers", ORDER)
        h.start()
        h.fault("panel.add=drop-after*1")
        run = h.finish(h.run("followers", {"link": "https://example.com/marka"}))
        self.assertEqual(run["state"], "attention", run)
        self.assertEqual(len(h.ledger("smmonayim-panel", "add")), 1)

    def test_a_missing_parameter_is_refused_before_anything(self):
        h = self.make()
        h.job("followers", ORDER)
        h.start()
        got = h.post("/v1/jobs/followers/runs", {"params": {}})
        self.assertEqual(got.status, 400, got.text)
        self.assertEqual(got.headers["Content-Type"], "application/problem+json")
        self.assertEqual(got.json["code"], "invalid_argument")
        self.assertIn("link", got.json["detail"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
