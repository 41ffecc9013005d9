"""What people asked for and what must come: the lines of field/api.jsonl, field/cli.jsonl and field/seen.jsonl on the real programs."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from sandbox import SECRETS, SOURCE, TIMEOUT, ULAKCTL, Case, wait_until

FIELD = pathlib.Path(__file__).with_name("field")
ON_DEMAND = "kind: balance.watch\nwatch: [{account: numbers, below: 1 TRY}]\n"
DAILY = ON_DEMAND + "schedule: {cron: \"0 9 * * *\", time_zone: %s}\n"
ORDER = ("kind: smm.order\naccount: panel\nservice: \"1\"\nquantity: 100\nlink: \"${link}\"\nparams: {link: {type: url, required: true}}\n"
         "budget: {run: 5 USD, day: 5 USD}\n")


def cases(name):
    return [json.loads(line) for line in (FIELD / name).read_text().splitlines()]


class FieldCase(Case):
    def matches(self, patterns, text, flags=re.I):
        for pattern in patterns:
            self.assertRegex(text, re.compile(pattern, flags))

    def matches_none(self, patterns, text):
        for pattern in patterns:
            self.assertNotRegex(text, re.compile(pattern, re.I))


class Requests(FieldCase):
    """The rest of api.jsonl (dry runs, keys, firings) beside what tests/control/wishes.cpp plays."""

    def test_each_request_is_answered_as_written(self):
        h = self.sandbox(jobs={"J": DAILY % "Europe/Istanbul"})
        for c in cases("api.jsonl"):
            if "reload" in c["id"] or "panel" in c["id"]:  # units and rights: below and in tests of their own
                continue
            with self.subTest(id=c["id"]):
                probe = h.dir / "jobs.d/probe.yaml"
                if "probe" in c.get("before", ""):
                    h.job("probe", ON_DEMAND)
                before = h.get("/v1/suppressions").text, len(h.get("/v1/runs").json["runs"])
                got = h.request(c["method"], c["path"], c.get("body"), c.get("headers"))
                self.assertIn(got.status, c["status"] if isinstance(c["status"], list) else [c["status"]], got.text)
                self.matches(c.get("must", []), got.text)
                then = c.get("then", "")
                if "list is as before" in then:
                    self.assertEqual(h.get("/v1/suppressions").text, before[0])
                elif then == "no run":
                    self.assertEqual(len(h.get("/v1/runs").json["runs"]), before[1])
                elif "is 404" in then or "is 200" in then:
                    self.assertEqual(h.get("/v1/jobs/probe").status, 404 if "404" in then else 200)
                elif "same id" in then:
                    again = h.request(c["method"], c["path"], c.get("body"), c.get("headers"))
                    self.assertEqual(again.json["id"], got.json["id"])
                if c["id"] == "from-coming":
                    self.assertEqual(got.json["firings"][0]["at"][:19], "2030-01-01T06:00:00")
                if probe.exists():
                    probe.unlink()
                    h.post("/v1/reload")

    def test_hosts_that_clients_send_are_taken_and_others_not(self):
        h = self.sandbox(jobs={})
        for host in ("ulak", "unix", "localhost", "localhost:80"):
            self.assertEqual(h.request("GET", "/v1/status", headers={"Host": host}).status, 200, host)
        self.assertEqual(h.request("GET", "/v1/status", headers={"Host": "example.com"}).status, 403)


class Commands(FieldCase):
    def play(self, h, c, **more):
        words = c["argv"].split()
        at = [str(h.dir / w) if w in ("bad.yaml", "good.yaml", "ulak.yaml") else w for w in words]
        at = [self.run_id if w == "RUN" else h.socket if w == "real.sock" else w for w in at]
        env = {**os.environ, "ULAK_SOCKET": h.socket, **{k: str(h.dir / v) for k, v in c.get("env", {}).items()}, **more.pop("env", {})}
        return subprocess.run([str(more.pop("program", ULAKCTL)), *at], capture_output=True, text=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL,
                              env=env, **more)

    def judge(self, c, got):
        expected = c["exit"] if isinstance(c["exit"], list) else [c["exit"]]
        self.assertIn(got.returncode, expected, got.stdout + got.stderr)
        self.matches(c.get("out", []), got.stdout, re.I | re.M)
        self.matches(c.get("err", []), got.stderr)
        self.matches_none(c.get("must_not", []), got.stdout + got.stderr)

    def test_each_command_says_what_is_written(self):
        h = self.sandbox(jobs={"J": DAILY % "Asia/Tokyo"})
        h.job("broken", "knd: sms.send\n")
        h.post("/v1/reload")
        shutil.copy(h.dir / "ulak.yaml", h.dir / "good.yaml")
        (h.dir / "jobs.good").mkdir()
        for name in ("good.yaml", "bad.yaml"):  # one with sound jobs, one with an error of its own
            text = (h.dir / "ulak.yaml").read_text().replace("jobs_dir: jobs.d", "jobs_dir: jobs.good")
            (h.dir / name).write_text(text if name == "good.yaml" else text + "nonsense: 1\n")
        shutil.copy(h.dir / "jobs.d/J.yaml", h.dir / "jobs.good/J.yaml")
        h.post("/v1/suppressions", {"phone": "5551112233", "reason": "asked"})
        self.run_id = h.run("J", wait="20s")["id"]
        for c in cases("cli.jsonl"):
            if "as" in c or c["id"].startswith("complete-"):  # other users, and tests/ctl/completion.cpp
                continue
            env = {"TZ": "America/New_York"} if c["id"] == "jobs-zone" else {}
            with self.subTest(id=c["id"]):
                self.judge(c, self.play(h, c, env=env))

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "needs root and setpriv, to be another user")
    def test_who_may_not_is_told_so(self):
        h = self.sandbox(jobs={"x": ON_DEMAND.replace("below", "blow")})
        self.run_id = ""
        program = h.dir / "ulakctl"  # the build folder may be closed to others
        shutil.copy(ULAKCTL, program)
        h.dir.chmod(0o755)
        for folder in (h.dir / "jobs.d", h.dir / "run"):
            folder.chmod(0o755)
        (h.dir / "ulak.yaml").chmod(0o644)
        os.chmod(h.socket, 0o660)
        for c in cases("cli.jsonl"):
            if "as" not in c:
                continue
            with self.subTest(id=c["id"]):
                words = c["argv"].replace("ulak.yaml", str(h.dir / "ulak.yaml")).split()
                got = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program, *words], capture_output=True,
                                     text=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL, env={**os.environ, "ULAK_SOCKET": h.socket}, cwd="/")
                self.judge(c, got)


class Seen(FieldCase):
    def test_what_alerts_count_begins_with_0(self):
        h = self.sandbox(jobs={"J": ON_DEMAND, "S": ("kind: sms.send\naccount: bulk\nbudget: {run: 5 credits, day: 5 credits}\n"
                                                     "recipients: {list: [\"5551112233\"]}\nmessage: {type: informational, sender: ULAK, text: Merhaba}\n")})
        text = h.get("/metrics").text
        for c in cases("seen.jsonl"):
            if c["when"] == "a fresh daemon":
                with self.subTest(id=c["id"]):
                    self.matches(c["must"], text, re.M)
        config = (h.dir / "ulak.yaml").read_text()
        panel = next(line for line in config.splitlines() if line.startswith("  panel:"))
        (h.dir / "ulak.yaml").write_text(config + panel.replace("panel:", "new:", 1) + "\n")
        self.assertEqual(h.post("/v1/reload").status, 200)
        for c in cases("seen.jsonl"):
            if "after a reload" in c["when"]:
                with self.subTest(id=c["id"]):
                    self.matches(c["must"], h.get("/metrics").text, re.M)

    def test_an_accounts_state_is_a_metric(self):
        h = self.sandbox(jobs={"J": "kind: balance.watch\nwatch: [{account: tamonay, below: 1 TRY}]\n"})
        h.fault("tamonay.*=401")
        for _ in range(4):
            h.run("J", wait="20s")
        state = wait_until("the state", lambda: re.search(r'ulak_account_state\{account="tamonay"[^}]*state="suspended"\} 1', h.get("/metrics").text))
        self.assertTrue(state)


if __name__ == "__main__":
    unittest.main()
