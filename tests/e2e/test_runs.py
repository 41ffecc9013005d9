"""What people do to runs of sms.send: change the list, hold and let go, stop half-way and go on, start two at once."""
import collections
import time
import unittest

from sandbox import Case, wait_until

PEOPLE = [f"{5550000000 + n}" for n in range(60000)]


def job(more="", recipients="{csv: people.csv, phone: telefon}", text="Merhaba", budget="{run: 100000 credits}", account="bulk"):
    return (f"kind: sms.send\naccount: {account}\nbudget: {budget}\nrecipients: {recipients}\n"
            f"message: {{type: informational, sender: MARKA, text: \"{text}\", max_segments: 6}}\n{more}")


def write_people(h, people):
    (h.dir / "jobs.d/people.csv").write_text("telefon,ad\n" + "".join(f"{p},Kisi{p[-3:]}\n" for p in people))


class Runs(Case):
    def reached(self, h):
        """How many messages each number got."""
        got = collections.Counter()
        for operation in ("send", "send-sms"):
            for line in h.ledger(None, operation):
                if line["accepted"] and line["effect"] and line["effect"]["kind"] == "sms":
                    got.update(n[-10:] for n in line["effect"]["recipients"])
        return got

    def campaign(self, people, more="", sim_options=("--delivery-after", "1s", "--balance", "toplusms=900000"), **keys):
        h = self.sandbox(start=False, sim_options=list(sim_options))
        write_people(h, people)
        h.job("campaign", job(more, **keys))
        return h.start()

    def state(self, h, run):
        return h.get(f"/v1/runs/{run['id']}").json

    def sum_is_whole(self, run):
        c = run["counts"]
        self.assertEqual(c["total"], sum(c[k] for k in ("pending", "skipped", "submitted", "delivered", "undelivered", "rejected",
                                                        "ambiguous")), c)

    # -- the list

    def changed(self, change, meanwhile):
        h = self.campaign(PEOPLE)
        run = h.run("campaign")
        listed = lambda: (self.state(h, run)["counts"] or {}).get("total", 0) >= 1000
        wait_until("the first thousand", listed)
        meanwhile(h)
        change(h)
        if h.daemon.poll() is not None:
            h.start()
        run = h.finish(run)
        got = self.reached(h)
        self.assertLessEqual(max(got.values(), default=0), 1)
        self.assertLessEqual(set(got), set(PEOPLE))
        self.sum_is_whole(run)
        if run["state"] == "succeeded":
            self.assertEqual(len(got), len(PEOPLE))
        else:
            self.assertEqual(run["state"], "failed", run)
            self.assertRegex(run["error"]["message"], "list .* has changed")
            self.assertEqual(run["counts"]["pending"], 0)
        return run

    def test_a_list_reversed_during_a_kill(self):
        run = self.changed(lambda h: write_people(h, PEOPLE[::-1]), lambda h: h.kill())
        self.assertEqual(run["state"], "failed", run)

    def test_a_list_that_lost_its_first_rows_during_a_stop(self):
        self.changed(lambda h: write_people(h, PEOPLE[2000:]), lambda h: h.stop())

    def test_a_list_replaced_under_a_run_that_goes_on(self):
        self.changed(lambda h: write_people(h, PEOPLE[::-1]), lambda h: None)

    def test_a_list_that_stays_is_read_to_its_end(self):
        run = self.changed(lambda h: None, lambda h: h.kill())
        self.assertEqual(run["state"], "succeeded", run)

    # -- two at once

    def test_two_runs_at_once_and_sent_within(self):
        h = self.sandbox(start=False, sim_options=["--delivery-after", "1s"])
        for name, people in (("one", PEOPLE[:5]), ("two", PEOPLE[2:7])):
            numbers = ", ".join(f'"{p}"' for p in people)
            h.job(name, job(recipients=f"{{list: [{numbers}], exclude: [sent-within 24h]}}"))
        h.start()
        h.fault("toplusms.send=delay:500ms*2")
        runs = [h.run("one"), h.run("two")]
        ended = [h.finish(r) for r in runs]
        self.assertEqual([r["state"] for r in ended], ["succeeded", "succeeded"], ended)
        self.assertEqual(self.reached(h), collections.Counter(PEOPLE[:7]))
        self.assertEqual(sum(r["counts"]["skipped"] for r in ended), 3)

    # -- by hand

    def test_a_run_is_held_and_let_go(self):
        h = self.campaign(PEOPLE[:12], "pace: 2 requests/s\n", text="Sayin ${ad}")
        run = h.run("campaign")
        wait_until("four messages", lambda: len(self.reached(h)) >= 4)
        held = h.ctl("pause", run["id"])
        self.assertEqual(held.returncode, 0, held.stderr)
        seen = self.state(h, run)
        self.assertEqual((seen["state"], seen["waits"]), ("paused", {"for": "resume", "until": None}))
        self.assertEqual([w["run"] for w in h.get("/v1/status").json["waiting"]], [run["id"]])
        time.sleep(0.3)  # what was dispatched before arrives
        before = len(self.reached(h))
        h.kill()
        h.start()
        time.sleep(2)
        self.assertEqual(len(self.reached(h)), before)
        self.assertEqual(self.state(h, run)["state"], "paused")
        self.assertEqual(h.ctl("resume", run["id"]).returncode, 0)
        run = h.finish(run)
        self.assertIn(run["state"], ("succeeded", "attention"), run)
        self.assertEqual(max(self.reached(h).values()), 1)
        told = [e["event"] for e in h.events()]
        self.assertIn("run.paused", told)
        self.assertIn("run.resumed", told)
        self.assertEqual(h.post(f"/v1/runs/{run['id']}/pause").status, 409)

    def test_a_run_outside_of_its_window_says_until_when_it_waits(self):
        now = time.gmtime(time.time() + 3 * 3600 + 3600)  # Istanbul
        opens, closes = time.strftime("%H:%M", now), time.strftime("%H:%M", time.gmtime(time.time() + 5 * 3600))
        h = self.campaign(PEOPLE[:2], f'window: {{from: "{opens}", to: "{closes}"}}\n')
        run = h.run("campaign")
        wait_until("the pause", lambda: self.state(h, run)["state"] == "paused")
        waits = self.state(h, run)["waits"]
        self.assertEqual(waits["for"], "window")
        self.assertRegex(waits["until"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:00")
        self.assertIn("waits for window", h.ctl("show", run["id"]).stdout)
        self.assertEqual(self.reached(h), {})

    def test_the_next_run_does_not_wait_for_reports(self):
        h = self.campaign(PEOPLE[:1], "track: {for: 1m}\n", sim_options=["--delivery-after", "1h"])
        first = h.run("campaign")
        wait_until("the first message", lambda: sum(self.reached(h).values()) == 1)
        wait_until("a place for the next", lambda: h.get("/v1/jobs/campaign").json["running"] == 0)
        h.run("campaign")
        wait_until("the second message", lambda: sum(self.reached(h).values()) == 2)
        self.assertEqual(self.state(h, first)["state"], "running")

    # -- half-way

    def test_a_campaign_without_credit_goes_on_when_it_is_paid(self):
        h = self.campaign(PEOPLE[:25], "chunk: 5\ntrack: {for: 20s}\n")
        h.fault("toplusms.send=no-balance@2")
        run = h.finish(h.run("campaign"))
        self.assertEqual((run["state"], run["error"]["code"]), ("failed", "balance"), run)
        self.assertEqual((run["counts"]["delivered"], run["counts"]["rejected"], run["counts"]["skipped"]), (10, 5, 10), run)
        h.heal()
        for only in ("unsent", "rejected"):
            got = h.ctl("run", "campaign", "--only", only, "--of", run["id"], "--wait=30s", "-o", "json")
            self.assertEqual(got.returncode, 0, got.stdout + got.stderr)
        again = h.post("/v1/jobs/campaign/runs?wait=30s", {"only": "unsent", "of": run["id"]}).json
        self.assertEqual(again["counts"]["skipped"], 10, again)
        self.assertEqual(self.reached(h), collections.Counter(PEOPLE[:25]))

    def test_what_cannot_be_gone_on_with_is_refused(self):
        h = self.campaign(PEOPLE[:2])
        run = h.finish(h.run("campaign"))
        for body, status in (({"only": "unsent"}, 404), ({"only": "all", "of": run["id"]}, 400), ({"of": run["id"]}, 400),
                             ({"only": "unsent", "of": "01NOSUCHRUN"}, 404)):
            self.assertEqual(h.post("/v1/jobs/campaign/runs", body).status, status, body)

    def test_a_budget_of_the_day_is_looked_at_before_the_first_message(self):
        h = self.campaign(PEOPLE[:5], "chunk: 1\n", budget="{run: 100 credits, day: 3 credits}")
        run = h.finish(h.run("campaign"))
        self.assertEqual((run["state"], run["error"]["code"], run["counts"]["skipped"]), ("failed", "budget", 5), run)
        items = h.get(f"/v1/runs/{run['id']}/items").json["items"]
        self.assertEqual({i["reason"] for i in items}, {"budget"})
        self.assertEqual(self.reached(h), {})


if __name__ == "__main__":
    unittest.main(verbosity=2)
