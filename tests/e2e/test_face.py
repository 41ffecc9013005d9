"""What a user meets: simulated runs, doctor, completion, reloads of ulak.yaml, slow and hostile clients."""
import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys
import unittest

from sandbox import ACCOUNTS, TIMEOUT, ULAKCTL, ULAKD, Case, wait_until

RELOADS = int(os.environ.get("ULAK_RELOADS", "60"))  # 1000 for the long form
ENOUGH_EVENTS = 350  # more than a socket takes for a reader that does not read
CONNECTIONS = 64  # connections that a socket serves at once
WATCH = "kind: balance.watch\nwatch: [{account: numbers, below: 1 TRY}]\n"
OTP = ('kind: otp.acquire\nbudget: {run: 20 TRY}\ncandidates: [{account: numbers, service: "1", max_price: 10 TRY, on_timeout: cancel}]\n'
       'wait: {code: 4m, poll: {first: 1s, max: 2s}}\n')


class Commands(Case):
    def test_a_simulated_run_needs_neither_daemon_nor_secrets(self):
        h = self.sandbox(start=False)
        h.job("otp", OTP + "schedule: {every: 1s}\nnotify: [{when: [done], to: page}]\n")
        with open(h.dir / "ulak.yaml", "a") as f:
            f.write("channels: {page: {exec: [/usr/bin/touch, " + str(h.dir / "told") + "]}}\n")
        for secret in (h.dir / "secrets").iterdir():
            secret.unlink()
        got = h.ctl("run", "otp", "--sim", "--config", str(h.dir / "ulak.yaml"), "-q")
        self.assertEqual(got.returncode, 0, got.stdout + got.stderr)
        self.assertRegex(got.stdout, r"^\d{4,8}\n$")
        self.assertEqual(h.ledger(), [])
        self.assertFalse((h.dir / "told").exists())
        self.assertFalse((h.dir / "state").exists())
        h.job("otp", OTP.replace("max_price", "max_prize"))
        got = h.ctl("run", "otp", "--sim", "--config", str(h.dir / "ulak.yaml"))
        self.assertNotEqual(got.returncode, 0)

    def test_every_command_has_help_with_examples(self):
        h = self.sandbox(start=False)
        listed = h.ctl("--help").stdout
        for name in ("status jobs job check plan next run runs show report otp cancel pause resume attention resolve balance services suppress spend "
                     "events logs top adopt reload schema doctor completion version").split():
            with self.subTest(name=name):
                self.assertRegex(listed, rf"(?m)^  {name} ")
                got = h.ctl(name, "--help")
                self.assertEqual(got.returncode, 0)
                self.assertIn("Examples:\n", got.stdout)
        self.assertNotIn("__complete", listed)
        got = h.ctl("statsu")
        self.assertEqual(got.returncode, 2)
        self.assertIn("did you mean `status`?", got.stderr)

    def test_completion_is_made_from_the_commands(self):
        h = self.sandbox(start=False)
        h.job("balances", WATCH)
        h.start()
        script = h.ctl("completion", "bash").stdout
        ask = (script + "\nCOMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _ulakctl; echo \"${COMPREPLY[@]}\"\n")
        path = f"{ULAKCTL.parent}:{os.environ['PATH']}"
        for words, found in (('ulakctl st', "status"), ('ulakctl -o json res', "resume resolve"), ('ulakctl run ba', "balances"),
                             ('ulakctl run balances --wa', "--wait"), ('ulakctl completion f', "fish"), ('ulakctl balance nu', "numbers")):
            with self.subTest(words=words):
                got = subprocess.run(["bash", "-c", ask % words], capture_output=True, text=True, timeout=TIMEOUT,
                                     env={**os.environ, "PATH": path, "ULAK_SOCKET": h.socket})
                self.assertEqual(got.stdout.split(), found.split(), got.stderr)
        for shell, word in (("zsh", "#compdef ulakctl"), ("fish", "complete -c ulakctl")):
            self.assertIn(word, h.ctl("completion", shell).stdout)

    def test_the_doctor_sees_what_is_wrong_and_what_is_not(self):
        h = self.sandbox(start=False)
        h.job("balances", WATCH)
        h.start()
        got = h.ctl("doctor", "--config", str(h.dir / "ulak.yaml"), "-o", "json")
        checks = json.loads(got.stdout)["checks"]
        self.assertEqual([c for c in checks if c["state"] == "FAIL"], [], got.stdout)
        self.assertEqual(got.returncode, 0)
        self.assertEqual(sum(c["check"] == "account" for c in checks), 6)
        for what in ("files", "clock", "secrets", "disk", "socket", "daemon", "store", "dns"):
            self.assertIn(what, {c["check"] for c in checks})
        (h.dir / "secrets/smm-key").chmod(0o644)
        h.fault("tamonay.*=401")
        got = h.ctl("doctor", "--config", str(h.dir / "ulak.yaml"))
        self.assertEqual(got.returncode, 1)
        self.assertIn("chmod 600", got.stdout)

    def test_a_code_without_a_job_file(self):
        h = self.sandbox(start=False, sim_options=["--otp-code", "012345", "--otp-after", "100ms"])
        h.start()
        got = h.ctl("otp", "--account", "numbers", "--service", "1", "--length", "6", "-q")
        self.assertEqual((got.returncode, got.stdout), (0, "012345\n"), got.stderr)
        run = h.get("/v1/runs?limit=1").json["runs"][0]
        self.assertEqual((run["kind"], run["state"], run["spent"]), ("otp.acquire", "succeeded", {"amount": "8.00", "unit": "TRY"}))
        again = [h.ctl("otp", "--account", "numbers", "--service", "1", "--key", "k", "-o", "json") for _ in range(2)]
        self.assertEqual(*[json.loads(a.stdout)["id"] for a in again])
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 2)
        for words, code, said in ((("--account", "numbers"), 2, "--service"), (("--account", "none", "--service", "1"), 2, "no account none"),
                                  (("--account", "ilet", "--service", "1"), 1, "sells no numbers"),
                                  (("--account", "numbers", "--service", "999"), 2, "no service 999"),
                                  (("--account", "numbers", "--service", "1", "--for", "11m"), 2, "no time to cancel"),
                                  (("--account", "numbers", "--service", "1", "--max-price", "1 TRY", "-q"), 5, "max_price")):
            with self.subTest(words=words):
                got = h.ctl("otp", *words)
                self.assertEqual((got.returncode, got.stdout), (code, ""), got.stderr)
                self.assertIn(said, got.stderr)
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 2)

        # Within `otp` of ulak.yaml, which is small where nobody wrote it, and paused by the name of their runs.
        for words, said in ((("--max-price", "51 TRY"), "otp.max_price"), (("--max-price", "9 USD"), "USD")):
            got = h.ctl("otp", "--account", "numbers", "--service", "1", *words)
            self.assertEqual(got.returncode, 5, got.stderr)
            self.assertIn(said, got.stderr)
        self.assertEqual(h.ctl("pause", "otp-by-hand").returncode, 0)
        self.assertEqual(h.ctl("otp", "--account", "numbers", "--service", "1").returncode, 5)
        self.assertEqual(h.ctl("resume", "otp-by-hand").returncode, 0)
        self.assertEqual(h.ctl("otp", "--account", "numbers", "--service", "1", "--key", "").returncode, 2)
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 2)

        # A repeated key is answered even while the provider gives no price; a new key is not.
        h.fault("numbers.*=401")
        words = ("otp", "--account", "numbers", "--service", "1", "-o", "json")
        repeat = h.ctl(*words, "--key", "k")
        self.assertEqual((repeat.returncode, json.loads(repeat.stdout)["id"]), (0, json.loads(again[0].stdout)["id"]), repeat.stderr)
        body = {"account": "numbers", "service": "1"}
        got = h.post("/v1/otp", body, headers={"Idempotency-Key": "k"})
        self.assertEqual((got.status, got.json["id"]), (201, json.loads(repeat.stdout)["id"]))
        self.assertGreaterEqual(h.post("/v1/otp", body, headers={"Idempotency-Key": "new"}).status, 400)
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 2)

    def test_a_report_has_recipients_calls_and_what_is_left(self):
        h = self.sandbox(start=False, files={"people.csv": "gsm\n5551112233\n5551112234\n5551112233\nxx\n"})
        h.job("send", "kind: sms.send\nbudget: {run: 10 credits}\naccount: ilet\nrecipients: {csv: ../people.csv, phone: gsm}\n"
                      "message: {type: informational, sender: MARKA, text: Merhaba}\n")
        h.start()
        run = h.finish(h.run("send"))
        got = h.ctl("report", run["id"], "-o", "json").stdout
        told = json.loads(got)
        self.assertEqual(told["run"]["id"], run["id"])
        self.assertEqual({(r["state"], r["recipients"]) for r in told["recipients"]}, {("delivered", 2), ("skipped", 1)} | {
            (r["state"], r["recipients"]) for r in told["recipients"] if r["state"] == "skipped"})
        self.assertEqual(sum(r["recipients"] for r in told["recipients"]), run["counts"]["total"])
        self.assertEqual([(e["operation"], e["state"], e["expected"]) for e in told["effects"]],
                         [("sms.send", "accepted", {"amount": "2", "unit": "credits"})])
        self.assertEqual(told["attention"], [])
        text = h.ctl("report", run["id"]).stdout
        for said in ("delivered", "skipped", "calls that cost", "sms.send"):
            self.assertIn(said, text)
        self.assertEqual(h.ctl("report", "nobody").returncode, 2)

    def test_the_value_alone_is_never_the_word_failed(self):
        h = self.sandbox(start=False, sim_options=["--otp-after", "1h"])
        h.job("dear", OTP.replace("max_price: 10 TRY", "max_price: 1 TRY"))
        h.job("slow", OTP)
        h.start()
        got = h.ctl("run", "dear", "--wait", "-q")
        self.assertEqual((got.returncode, got.stdout), (5, ""))
        self.assertIn("max_price", got.stderr)
        got = h.ctl("run", "slow", "--wait=1s", "-q")
        self.assertEqual((got.returncode, got.stdout), (7, ""))
        self.assertEqual(h.ctl("run", "slow", "--wait=soon").returncode, 2)
        self.assertEqual(len(h.get("/v1/runs?job=slow").json["runs"]), 1)

    def test_the_check_and_the_daemon_agree_on_names(self):
        h = self.sandbox(start=False)
        h.job("Upper.v2", WATCH)
        h.start()
        self.assertEqual(h.get("/v1/jobs/Upper.v2").json["kind"], "balance.watch")
        h.job("two words", WATCH)
        self.assertEqual(h.ctl("check", "--config", str(h.dir / "ulak.yaml")).returncode, 4)
        self.assertEqual(h.ctl("reload").returncode, 4)
        self.assertTrue(h.get("/v1/jobs/two%20words").json["broken"])
        got = h.ctl("check", "--config", str(h.dir / "none.yaml"))
        self.assertEqual((got.returncode, got.stdout.count("error[")), (4, 1), got.stdout)

    def test_the_opt_out_list_is_changed_and_shown(self):
        h = self.sandbox(start=False)
        h.start()
        self.assertEqual(h.post("/v1/suppressions", {"phones": ["5551112233", "05551112234"], "reason": "by 5559998877"}).json["added"], 2)
        self.assertEqual(len(h.get("/v1/suppressions").json["suppressions"]), 2)
        masked = h.get("/v1/suppressions", socket_path=h.view_socket)
        self.assertEqual(masked.status, 200)
        for number in ("5551112233", "5551112234", "5559998877"):
            self.assertNotIn(number, masked.text)
        gone = lambda path, body=None: h.request("DELETE", path, body).json.get("removed")
        self.assertEqual(gone("/v1/suppressions", {"phone": "5551112233"}), 1)
        self.assertEqual(gone("/v1/suppressions?phone=5551112233"), 0)
        self.assertEqual(gone("/v1/suppressions/5551112234"), 1)
        self.assertEqual(h.request("DELETE", "/v1/suppressions").status, 400)
        self.assertNotIn("5551112234", json.dumps(h.events()))
        many = h.dir / "many.txt"
        many.write_text("".join(f"555{n:07d}\n" for n in range(10_001)))
        self.assertIn("10001", h.ctl("suppress", "import", str(many)).stdout)
        self.assertEqual(len(h.get("/v1/suppressions").json["suppressions"]), 10_001)

    def test_top_draws_once_for_a_pipe(self):
        h = self.sandbox(start=False)
        h.job("balances", WATCH)
        h.start()
        got = h.ctl("top")
        self.assertEqual(got.returncode, 0, got.stderr)
        for text in ("ulakd", "ACCOUNT", "numbers", "under way"):
            self.assertIn(text, got.stdout)
        self.assertNotIn("\033", got.stdout)

    def test_a_key_is_explained(self):
        h = self.sandbox(start=False)
        for key, text in (("schedule.missed", "run-once"), ("accounts.bulk.pace", "requests/s"), ("sms.send.message.type", "commercial"),
                          ("on_timeout", ""), ("candidates.on_timeout", "abandon")):
            with self.subTest(key=key):
                got = h.ctl("schema", key)
                self.assertEqual(got.returncode, 0 if text else 2, got.stderr)
                self.assertIn(text, got.stdout)

    def test_check_speaks_sarif(self):
        h = self.sandbox(start=False)
        h.job("bad", WATCH.replace("below", "bellow"))
        got = h.ctl("check", "--config", str(h.dir / "ulak.yaml"), "-o", "sarif")
        self.assertEqual(got.returncode, 4)
        result = json.loads(got.stdout)["runs"][0]["results"][0]
        self.assertEqual(result["locations"][0]["physicalLocation"]["region"]["startLine"], 3)
        self.assertEqual(h.ctl("status", "-o", "sarif").returncode, 2)


class Reload(Case):
    def reload(self, h, code=0):
        got = h.ctl("reload", "-o", "json")
        self.assertEqual(got.returncode, code, got.stdout + got.stderr)
        return {f["file"].rsplit("/", 1)[1]: f for f in json.loads(got.stdout)["files"]}

    def test_accounts_and_channels_change_without_a_restart(self):
        h = self.sandbox(start=False, accounts=ACCOUNTS.replace("  panel:", "  #panel:"))
        h.job("balances", WATCH)
        h.start()
        h.job("wide", "kind: balance.watch\nwatch: [{account: panel, below: 1 USD}]\nnotify: [{when: [firing], to: ops}]\n")
        self.assertEqual(self.reload(h, 4)["wide.yaml"]["result"], "rejected")
        h.write_config(ACCOUNTS, "channels: {ops: {exec: [/bin/true]}}\n")
        dry = h.ctl("reload", "--dry-run")
        self.assertIn("accounts.panel", dry.stdout)
        self.assertEqual(len(h.get("/v1/accounts").json["accounts"]), 5)
        files = self.reload(h)
        self.assertEqual(files["ulak.yaml"]["changed"], ["accounts.panel", "channels.ops"])
        self.assertEqual(files["wide.yaml"]["result"], "loaded")
        self.assertEqual(h.run("wide", wait="30s")["state"], "succeeded")
        self.assertNotIn("ulak.yaml", self.reload(h))
        h.daemon.send_signal(signal.SIGHUP)
        self.assertIn("ulak_config_last_reload_successful 1", h.get("/metrics").text)

    def test_an_account_in_use_is_left_alone_and_the_run_goes_on(self):
        h = self.sandbox(start=False, sim_options=["--otp-after", "20s"])
        h.job("otp", OTP)
        h.start()
        run = h.run("otp")
        wait_until("the order", lambda: h.ledger("smmonayim-numbers", "getNumber"))
        h.write_config(ACCOUNTS.replace("shared: false", "shared: false, timeout: 20s"), "")
        own = self.reload(h, 4)["ulak.yaml"]
        self.assertEqual(own["result"], "rejected")
        self.assertIn(run["id"], own["problems"][0]["text"])
        h.advance("30s")
        self.assertEqual(h.finish(run)["state"], "succeeded")
        self.assertEqual(self.reload(h)["ulak.yaml"]["result"], "loaded")
        self.assertEqual(len(h.ledger("smmonayim-numbers", "getNumber")), 1)

    def test_many_reloads_under_load_lose_nothing(self):
        h = self.sandbox(start=False)
        h.job("often", WATCH + "schedule: {every: 1s}\n")
        h.start()
        runs = []
        for n in range(RELOADS):
            h.write_config(ACCOUNTS.replace('"5551112233"', '"5551112233", timeout: %ds' % (20 + n % 3)), "")
            h.job("often", WATCH + f"description: version {n}\nschedule: {{every: 1s}}\n")
            got = h.post("/v1/reload")
            self.assertEqual(got.status, 200, got.text)
            if n % 10 == 0:
                runs.append(h.run("often") if h.get("/v1/jobs/often").json["running"] == 0 else None)
        ended = [h.finish(r) for r in runs if r]
        self.assertEqual({r["state"] for r in ended}, {"succeeded"})
        seqs = [e["seq"] for e in h.events()]
        self.assertEqual(seqs, list(range(1, len(seqs) + 1)))
        self.assertEqual({r["state"] for r in h.get("/v1/runs?limit=500").json["runs"]} - {"running", "queued"}, {"succeeded"})


class Sockets(Case):
    def ready(self):
        h = self.sandbox(start=False)
        h.job("balances", WATCH)
        return h.start()

    def test_head_is_get_without_a_body(self):
        h = self.ready()
        for path in ("/v1/status", "/v1/events", "/metrics"):
            got = h.request("HEAD", path)
            self.assertEqual((got.status, got.text), (200, ""))
        self.assertEqual(h.request("HEAD", "/v1/nothing").status, 404)

    def test_every_change_is_audited_with_its_caller(self):
        h = self.ready()
        h.post("/v1/jobs/balances/pause")
        h.post("/v1/reload")
        told = [e for e in h.events() if e["event"] == "control.command"]
        self.assertEqual([(e["uid"], e["pid"], e["status"]) for e in told], [(os.getuid(), os.getpid(), 200)] * 2)
        self.assertEqual(h.post("/v1/jobs/balances/pause", socket_path=h.view_socket).status, 403)
        refused = wait_until("the refusal in the log", lambda: [l for l in h.log_text().splitlines() if '"status":403' in l])
        self.assertEqual(json.loads(refused[-1])["uid"], os.getuid())

    def test_metrics_may_take_any_free_port(self):
        h = self.sandbox(start=False, extra="metrics: {listen: '127.0.0.1:0'}\n")
        h.start()
        host, port = h.get("/v1/status").json["metrics"].rsplit(":", 1)
        with socket.create_connection((host, int(port)), TIMEOUT) as s:
            s.sendall(b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            text = b"".join(iter(lambda: s.recv(65536), b"")).decode()
        self.assertIn("ulak_build_info", text)
        self.assertIn(f"{host}:{port}", h.log_text())

    def test_a_reader_that_stops_is_told_where_to_resume(self):
        h = self.ready()
        slow = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        slow.settimeout(TIMEOUT)
        slow.connect(h.socket)
        self.addCleanup(slow.close)
        slow.sendall(b"GET /v1/events?follow=1 HTTP/1.1\r\nHost: ulak\r\n\r\n")
        for _ in range(ENOUGH_EVENTS):
            h.post("/v1/suppressions", {"phone": "5551112233", "reason": "late"})
        end = select.poll()
        end.register(slow, select.POLLRDHUP)
        self.assertTrue(end.poll(TIMEOUT * 1000), "the reader was not cut off")
        text = b"".join(iter(lambda: slow.recv(65536), b"")).decode()
        lines = [json.loads(l) for l in text.split("\r\n\r\n", 1)[1].splitlines() if l.startswith("{")]
        self.assertEqual(lines[-1]["event"], "feed.cut")
        seqs = [l["seq"] for l in lines[:-1]]
        self.assertEqual(seqs, list(range(1, len(seqs) + 1)))
        self.assertEqual(lines[-1]["after"], seqs[-1])
        rest = h.get(f"/v1/events?after={seqs[-1]}").text.splitlines()
        self.assertEqual(json.loads(rest[0])["seq"], seqs[-1] + 1)

    def test_a_follower_that_makes_place_is_told_where_to_resume(self):
        h = self.ready()
        seq = h.events()[-1]["seq"]
        followers = []
        for _ in range(CONNECTIONS):
            s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            s.settimeout(TIMEOUT)
            s.connect(h.socket)
            self.addCleanup(s.close)
            s.sendall(b"GET /v1/events?follow=1 HTTP/1.1\r\nHost: ulak\r\n\r\n")
            s.recv(1)
            followers.append(s)
        self.assertEqual(h.get("/v1/health").status, 200)
        text = b"".join(iter(lambda: followers[0].recv(65536), b"")).decode()
        lines = [json.loads(l) for l in text.split("\r\n\r\n", 1)[1].splitlines() if l.startswith("{")]
        self.assertEqual((lines[-1]["event"], lines[-1]["after"]), ("feed.cut", seq))

    def test_hostile_clients_do_not_shut_out_a_good_one(self):
        h = self.ready()
        attackers = [subprocess.Popen([sys.executable, "-B", pathlib.Path(__file__).with_name("hostile_client.py"), path, "5000"],
                                    stdout=subprocess.DEVNULL) for path in (h.socket, h.view_socket)]
        self.addCleanup(lambda: [(e.kill(), e.wait()) for e in attackers])
        for _ in range(20):
            self.assertEqual(h.get("/v1/status").status, 200)
            self.assertEqual(h.get("/v1/jobs", socket_path=h.view_socket).status, 200)
        for attacker in attackers:
            attacker.wait(TIMEOUT)
        self.assertEqual(h.run("balances", wait="30s")["state"], "succeeded")


if __name__ == "__main__":
    unittest.main(verbosity=2)
