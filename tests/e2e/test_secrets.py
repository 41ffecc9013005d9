"""Secrets in a running daemon: not in its environment, and in one place of its memory."""
import os
import unittest

import sandbox

FROM_ENVIRONMENT = "canary-5d1f-from-the-environment"
FROM_A_FILE = "canary-83ab-from-a-file"
LARGEST = 1 << 30  # a sanitizer's shadow is larger, and holds no text

ACCOUNTS = """
  tamonay: {provider: tamonay, token: {env: ULAK_E2E_TOKEN}, base_url: "%(tamonay)s"}
  panel: {provider: smmonayim-panel, key: {secret: panel-key}, base_url: "%(smmonayim-panel)s"}
"""


def memory_of(pid):
    """The writable memory of a process, region by region."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            first, last = (int(x, 16) for x in place.split("-"))
            if not rights.startswith("rw") or last - first > LARGEST:
                continue
            memory.seek(first)
            try:
                yield memory.read(last - first)
            except OSError:
                pass  # a guard page, or one of a device


class Secrets(sandbox.Case):
    def started(self):
        h = self.sandbox(start=False, accounts=ACCOUNTS, sim_options=["--credential", f"tamonay-token={FROM_ENVIRONMENT}"])
        key = h.dir / "secrets/panel-key"
        key.write_text(FROM_A_FILE + "\n")
        key.chmod(0o600)
        return h.start(env={"ULAK_E2E_TOKEN": FROM_ENVIRONMENT})

    def copies(self, h, text):
        """Without the one that the address sanitizer keeps of the environment."""
        try:
            of_sanitizer = f"ULAK_E2E_TOKEN={text}".encode()
            return sum(region.count(text.encode()) - region.count(of_sanitizer) for region in memory_of(h.daemon.pid))
        except PermissionError:
            self.skipTest("only root may read another process")

    def test_the_environment_is_taken_and_a_reload_still_knows_it(self):
        h = self.started()
        try:
            with open(f"/proc/{h.daemon.pid}/environ", "rb") as environ:
                self.assertFalse(FROM_ENVIRONMENT.encode() in environ.read(), "it is still there")
        except PermissionError:
            pass  # even less is seen
        self.assertEqual(h.post("/v1/reload").status, 200)
        self.assertEqual(h.get("/v1/accounts/tamonay/balance").status, 200)

    def test_each_secret_lies_in_one_place(self):
        h = self.started()
        for text in (FROM_ENVIRONMENT, FROM_A_FILE):
            self.assertEqual(self.copies(h, text), 1, text)
        for _ in range(3):
            self.assertEqual(h.post("/v1/reload").status, 200)
        for text in (FROM_ENVIRONMENT, FROM_A_FILE):
            self.assertEqual(self.copies(h, text), 1, text)

    def test_a_secret_of_two_lines_is_refused_with_its_place(self):
        h = self.sandbox(start=False, accounts=ACCOUNTS)
        key = h.dir / "secrets/panel-key"
        key.write_text("first\nX-Injected: second\n")
        key.chmod(0o600)
        checked = h.ctl("check", "--config", str(h.dir / "ulak.yaml"), env={**os.environ, "ULAK_E2E_TOKEN": "one"})
        self.assertEqual(checked.returncode, 4)
        self.assertIn("U0530", checked.stdout)
        self.assertIn("holds a line break", checked.stdout)
        self.assertNotIn("X-Injected", checked.stdout + checked.stderr)


class ClosedDescriptors(sandbox.Case):
    def test_a_daemon_without_standard_descriptors_writes_into_no_file(self):
        h = self.sandbox(start=False)
        pid = os.fork()
        if pid == 0:
            for fd in (0, 1, 2):
                os.close(fd)
            os.execv(sandbox.ULAKD, ["ulakd", "--config", str(h.dir / "ulak.yaml")])
        try:
            sandbox.wait_until("ulakd", lambda: self.answers(h))
            for fd in (0, 1, 2):
                self.assertEqual(os.readlink(f"/proc/{pid}/fd/{fd}"), "/dev/null")
        except PermissionError:
            pass  # not dumpable, and this is not root
        finally:
            os.kill(pid, 15)
            os.waitpid(pid, 0)

    def answers(self, h):
        try:
            return h.get("/v1/health").status == 200
        except OSError:
            return False


if __name__ == "__main__":
    unittest.main(verbosity=2)
