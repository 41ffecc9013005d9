"""Opt-outs in bulk: lists as people have them, what a provider lists, what comes back out."""
import json
import pathlib
import re
import subprocess
import unittest

import sandbox

CASES = [json.loads(line) for line in (pathlib.Path(__file__).parent / "field/opt_outs.jsonl").read_text().splitlines()]


def listed(h):
    return [s["phone"] for s in h.get("/v1/suppressions").json["suppressions"]]


def content(case):
    if isinstance(case["file"], dict):
        return "".join(f"506{n:07}\n" for n in range(case["file"]["numbers"])).encode()
    return case["file"].encode(case.get("encoding", "utf-8"))


class OptOuts(sandbox.Case):
    @classmethod
    def setUpClass(cls):
        cls.h = sandbox.Sandbox()
        cls.h.start()

    @classmethod
    def tearDownClass(cls):
        cls.h.close()

    def clear(self):
        while phones := listed(self.h):
            self.h.request("DELETE", "/v1/suppressions", {"phones": phones[:10_000]})

    def test_lists_as_people_have_them(self):
        for case in CASES:
            with self.subTest(case["id"]):
                self.clear()
                path = self.h.dir / "list.txt"
                path.write_bytes(content(case))
                got = self.h.ctl("suppress", "import", str(path))
                said = got.stdout + got.stderr
                wanted = case["listed"]
                if isinstance(wanted, int):
                    self.assertEqual(got.returncode, 0, said)
                    self.assertIn(f"{wanted} added", said)
                    continue
                bad = [int(m) for m in re.findall(r"list\.txt:(\d+):", said)]
                self.assertTrue(listed(self.h) == wanted and bad == case["bad"], (listed(self.h), said))
                self.assertEqual(got.returncode, 4 if bad else 0 if wanted else 2, said)
                if "counted" in case:
                    self.assertIn(f"{case['counted']} added", said)
                for expression in case.get("must", []):
                    self.assertRegex(said, expression)

    def test_a_number_is_looked_up_in_any_spelling(self):
        self.clear()
        self.h.ctl("suppress", "add", "5061112230", "--reason", "asked, by phone")
        known = self.h.ctl("suppress", "check", "0506", "111", "22", "30")
        self.assertEqual(known.returncode, 0, known.stderr)
        self.assertIn("asked, by phone", known.stdout)
        for other in ("5061112231", "5061112229", "5069999999"):
            unknown = self.h.ctl("suppress", "check", other)
            self.assertEqual(unknown.returncode, 1, unknown.stderr)
            self.assertIn("not on the opt-out list", unknown.stdout)
        self.assertEqual(self.h.ctl("suppress", "check", "12").returncode, 2)
        self.assertEqual(self.h.get("/v1/suppressions?phone=5061112230", socket_path=self.h.view_socket).status, 403)

    def test_what_is_exported_can_be_imported(self):
        self.clear()
        self.h.ctl("suppress", "add", "5061112233", "--reason", "=HYPERLINK(\"x\"), said")
        self.h.ctl("suppress", "add", "5061112234")
        out = self.h.ctl("suppress", "export")
        self.assertEqual(out.stdout.splitlines()[0], "phone,at,reason")
        self.assertIn("\"'=HYPERLINK(\"\"x\"\"), said\"", out.stdout)
        (self.h.dir / "out.csv").write_text(out.stdout)
        self.clear()
        self.assertEqual(self.h.ctl("suppress", "import", "out.csv", cwd=self.h.dir).returncode, 0)
        self.assertEqual(listed(self.h), ["5061112233", "5061112234"])
        again = self.h.ctl("suppress", "import", "out.csv", cwd=self.h.dir)
        self.assertIn("0 added", again.stdout)

    def test_what_the_provider_lists_is_taken_over(self):
        self.clear()
        ready = self.h.ready
        login = {"request": {"authentication": {"key": sandbox.SECRETS["im-key"], "hash": sandbox.SECRETS["im-hash"]},
                             "blacklist": {"number": "5061112235"}}}
        subprocess.run(["curl", "-sf", "--cacert", ready["ca_file"], "-H", "Content-Type: application/json", "-d", json.dumps(login),
                        ready["base_urls"]["iletimerkezi"] + "/add-blacklist/json"], check=True, capture_output=True)
        got = self.h.ctl("suppress", "import", "--from", "ilet")
        self.assertEqual(got.returncode, 0, got.stderr)
        self.assertEqual(listed(self.h), ["5061112235"])
        self.assertIn("ilet", self.h.get("/v1/suppressions").json["suppressions"][0]["reason"])
        self.assertNotEqual(self.h.ctl("suppress", "import", "--from", "bulk").returncode, 0)


if __name__ == "__main__":
    unittest.main()
