"""The control sockets, ulakctl, reload, schedules, start and stop."""
import json
import re
import signal
import subprocess
import time
import unittest

from sandbox import TIMEOUT, ULAKD, Case, wait_until

WATCH = "kind: balance.watch\nwatch: [{account: numbers, below: 1 TRY}]\n"
RUN_KEYS = {"id", "job", "kind", "state", "trigger", "started_at", "finished_at", "params", "counts", "result", "error", "spent"}


class Control(Case):
    def ready(self, **more):
        h = self.sandbox(start=False, **more)
        h.job("balances", WATCH)
        return h.start()

    def test_every_key_of_a_run_is_there(self):
        h = self.ready()
        run = h.run("balances", wait="30s")
        self.assertTrue(RUN_KEYS <= set(run), run)
        self.assertEqual(run["state"], "succeeded")
        self.assertIsNone(run["error"])
        self.assertIsNone(run["counts"])
        self.assertRegex(run["started_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
        listed = h.get("/v1/runs?job=balances&limit=5").json["runs"]
        self.assertEqual([r["id"] for r in listed], [run["id"]])

    def test_an_idempotency_key_makes_one_run(self):
        h = self.ready()
        first = h.run("balances", headers={"Idempotency-Key": "k1"})
        second = h.run("balances", headers={"Idempotency-Key": "k1"})
        self.assertEqual(first["id"], second["id"])
        h.finish(first)
        h.kill()
        h.start()
        self.assertEqual(h.run("balances", headers={"Idempotency-Key": "k1"})["id"], first["id"])
        empty = h.post("/v1/jobs/balances/runs", headers={"Idempotency-Key": ""})
        self.assertEqual((empty.status, empty.json["code"]), (400, "invalid_argument"))

    def test_refusals_are_problem_documents(self):
        h = self.ready()
        for method, path, headers, status in (
                ("GET", "/v1/nothing", {}, 404), ("GET", "/v1/jobs/nobody", {}, 404), ("GET", "/v1/runs/01JXXXXXXXXXXXXXXXXXXXXXXX", {}, 404),
                ("POST", "/v1/jobs/nobody/runs", {}, 404), ("PUT", "/v1/jobs", {}, 405), ("GET", "/v1/status", {"Origin": "https://x"}, 403),
                ("GET", "/v1/status", {"Host": "example.com"}, 403), ("GET", "/v1/runs?state=odd", {}, 400)):
            with self.subTest(path=path, method=method):
                got = h.request(method, path, headers=headers)
                self.assertEqual(got.status, status, got.text)
                self.assertEqual(got.headers["Content-Type"], "application/problem+json")
                self.assertTrue({"type", "title", "status", "detail", "code"} <= set(got.json))

    def test_the_index_names_every_route(self):
        h = self.ready()
        routes = {(r["method"], r["path"]) for r in h.get("/v1/").json["routes"]}
        for route in (("GET", "/v1/status"), ("POST", "/v1/jobs/{job}/runs"), ("GET", "/v1/events"), ("POST", "/v1/reload"),
                      ("GET", "/metrics")):
            self.assertIn(route, routes)
        for method, path in routes:
            if method == "GET" and "{" not in path:
                with self.subTest(path=path):
                    self.assertEqual(h.get(path).status, 200)

    def test_status_and_metrics(self):
        h = self.ready()
        h.finish(h.run("balances"))
        status = h.get("/v1/status").json
        health = h.get("/v1/health").json
        self.assertEqual(health["status"], "ok")
        for key in ("version", "uptime", "accounts", "running", "next", "attention"):
            self.assertIn(key, status)
            self.assertIn(key, health)
        text = h.get("/metrics").text
        self.assertIn('ulak_account_balance{account="numbers",provider="smmonayim-numbers",unit="TRY"} ', text)
        self.assertIn('ulak_runs_total{kind="balance.watch",outcome="succeeded"} 1', text)

    def test_events_have_no_gap_over_a_restart(self):
        h = self.ready()
        h.finish(h.run("balances"))
        before = h.events()
        h.kill()
        h.start()
        after = h.events()
        self.assertEqual([e["seq"] for e in after], list(range(1, len(after) + 1)))
        self.assertEqual(after[:len(before)], before)
        rest = h.get(f"/v1/events?after={before[-1]['seq']}").text.splitlines()
        self.assertEqual([json.loads(l) for l in rest if l][:1], after[len(before):len(before) + 1])

    def test_a_broken_file_keeps_its_last_good_version(self):
        h = self.ready()
        h.job("balances", WATCH.replace("below", "bellow"))
        h.job("other", WATCH)
        got = h.post("/v1/reload").json["files"]
        self.assertEqual({f["job"]: f["result"] for f in got}, {"balances": "rejected", "other": "loaded"})
        problem = [f for f in got if f["job"] == "balances"][0]["problems"][0]
        self.assertEqual((problem["line"], problem["column"]), (3, 28), problem)
        self.assertIn("below", problem["hint"])
        self.assertEqual(h.finish(h.run("balances"))["state"], "succeeded")
        self.assertTrue(h.get("/v1/jobs/balances").json["broken"])

    def test_reload_and_jobs_show_the_line_as_check_does(self):
        h = self.ready()
        h.job("balances", WATCH.replace("below", "bellow"))
        told = h.ctl("reload")
        self.assertEqual(told.returncode, 4)
        shown = re.search(r"(?m)^\S*balances\.yaml:3:28: error\[U0201\]: .*\n(.*bellow.*)\n( *)\^\nhint: .*below.*$", told.stdout)
        self.assertTrue(shown, told.stdout)
        self.assertEqual((shown[1].index("bellow"), len(shown[2])), (27, 27))
        for words in (("jobs",), ("job", "balances")):
            self.assertIn(shown[0], h.ctl(*words).stdout)
        checked = h.ctl("check", "--config", str(h.dir / "ulak.yaml"), "-o", "json")
        self.assertEqual(json.loads(checked.stdout)["problems"][0]["source"], shown[1])
        event = [json.loads(l) for l in h.get("/v1/events").text.splitlines() if "config.rejected" in l][-1]
        self.assertNotIn("source", event["problems"][0])

    def test_sighup_reloads(self):
        h = self.ready()
        h.job("other", WATCH)
        h.daemon.send_signal(signal.SIGHUP)
        wait_until("the new job", lambda: h.get("/v1/jobs/other").status == 200)

    def test_every_fires_again_and_again(self):
        h = self.sandbox(start=False)
        h.job("often", WATCH + "schedule: {every: 1s}\n")
        h.start()
        wait_until("three runs", lambda: len(h.get("/v1/runs?job=often").json["runs"]) >= 3)
        run = h.get("/v1/runs?job=often").json["runs"][-1]
        self.assertEqual(run["trigger"], "schedule")

    def test_next_explains(self):
        h = self.sandbox(start=False)
        h.job("daily", WATCH + 'schedule: {cron: "30 2 * * *", time_zone: Europe/Berlin}\n')
        h.start()
        got = h.get("/v1/jobs/daily/next?n=2&from=2027-03-27T12:00:00Z").json["firings"]
        self.assertEqual([f["at"] for f in got], ["2027-03-28T01:00:00.000Z", "2027-03-29T00:30:00.000Z"])
        self.assertIn("daylight", got[0]["reason"])
        self.assertEqual([f["local"] for f in got], ["2027-03-28T03:00:00+02:00", "2027-03-29T02:30:00+02:00"])
        shown = h.ctl("next", "daily", "--from", "2027-03-27T12:00:00Z").stdout
        self.assertIn("2027-03-28 03:00 +02:00", shown)

    def test_firings_that_will_not_be_are_not_among_the_next(self):
        h = self.sandbox(start=False)
        h.job("off", WATCH + "enabled: false\nschedule: {every: 1m}\n")
        h.job("resting", WATCH + "schedule: {every: 1m}\n")
        h.job("daily", WATCH + 'schedule: {cron: "30 2 * * *"}\n')
        h.start()
        h.post("/v1/jobs/resting/pause")
        for listed in (h.get("/v1/status").json["next"], h.get("/v1/next").json["firings"]):
            self.assertEqual({f["job"] for f in listed}, {"daily"})
        for job, why in (("off", "disabled"), ("resting", "paused")):
            self.assertIn(why, h.get(f"/v1/jobs/{job}/next").json["firings"][0]["reason"])

    def test_pause_refuses_runs(self):
        h = self.ready()
        self.assertEqual(h.post("/v1/jobs/balances/pause").status, 200)
        got = h.post("/v1/jobs/balances/runs")
        self.assertEqual((got.status, got.json["code"]), (409, "paused"))
        self.assertEqual(h.ctl("run", "balances").returncode, 5)
        self.assertEqual(h.post("/v1/jobs/balances/resume").status, 200)
        self.assertEqual(h.ctl("run", "balances", "--wait").returncode, 0)

    def test_ulakctl_and_its_exit_codes(self):
        h = self.ready()
        for words, code, said in ((("status",), 0, "ulakd"), (("jobs",), 0, "balance.watch"), (("run", "balances", "--wait"), 0, "succeeded"),
                                  (("balance", "numbers", "-q"), 0, "."), (("attention",), 0, "nothing"), (("runs",), 0, "balances"),
                                  (("events",), 0, "run.finished"), (("run", "nobody"), 2, ""), (("frobnicate",), 2, ""),
                                  (("run", "balances", "-p", "x"), 2, ""), (("schema", "job"), 0, "draft-07"), (("health",), 0, "ok"),
                                  (("spend",), 0, ""), (("reload",), 0, "unchanged"), (("accounts",), 2, "")):
            with self.subTest(words=words):
                got = h.ctl(*words)
                self.assertEqual(got.returncode, code, got.stdout + got.stderr)
                self.assertIn(said, got.stdout)
        got = subprocess.run([*h.ctl("status").args[:1], "--socket", str(h.dir / "nowhere"), "status"], capture_output=True, text=True)
        self.assertEqual(got.returncode, 3)
        self.assertIn("systemctl start ulakd", got.stderr)

    def test_problems_are_told_with_their_place(self):
        h = self.sandbox(start=False)
        h.job("bad", "kind: balance.watch\nwatch: [{acount: numbers, below: 1 TRY}]\n")
        got = subprocess.run([ULAKD, "--config", h.dir / "ulak.yaml", "--check"], capture_output=True, text=True, timeout=TIMEOUT)
        self.assertEqual(got.returncode, 4)
        self.assertRegex(got.stdout, r"jobs\.d/bad\.yaml:3:10: error\[U\d{4}\]: ")
        self.assertIn("account", got.stdout)

    def test_a_literal_secret_is_refused_and_not_shown(self):
        h = self.sandbox(start=False)
        config = h.dir / "ulak.yaml"
        config.write_text(config.read_text().replace("{secret: smm-key}", "my-literal-key"))
        got = subprocess.run([ULAKD, "--config", config, "--check"], capture_output=True, text=True, timeout=TIMEOUT)
        self.assertEqual(got.returncode, 4)
        self.assertNotIn("my-literal-key", got.stderr + got.stdout)
        got = subprocess.run([ULAKD, "--config", config, "--check", "--allow-literal-secrets"], capture_output=True, timeout=TIMEOUT)
        self.assertEqual(got.returncode, 0)

    def test_a_second_daemon_is_refused(self):
        h = self.ready()
        got = subprocess.run([ULAKD, "--config", h.dir / "ulak.yaml"], capture_output=True, text=True, timeout=TIMEOUT)
        self.assertEqual(got.returncode, 1)
        self.assertEqual(h.get("/v1/health").status, 200)

    def test_sigterm_stops_cleanly_and_at_once(self):
        h = self.ready()
        began = time.monotonic()
        self.assertEqual(h.stop(), 0, h.log_text())
        self.assertLess(time.monotonic() - began, 20)
        self.assertIn("daemon.stopping", h.log_text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
