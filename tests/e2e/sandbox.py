"""A throw-away installation: ulak-sim and ulakd with their own folder, driven over their sockets. Loopback only, every wait is bounded."""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

BUILD = pathlib.Path(os.environ["ULAK_BUILD"])
SOURCE = pathlib.Path(os.environ["ULAK_SOURCE"])
TIMEOUT = 60  # seconds; a sanitized build on a busy machine of two cores is slow

ULAKD = BUILD / "daemon/ulakd/ulakd"
ULAKCTL = BUILD / "daemon/ulakctl/ulakctl"
ULAK_SIM = BUILD / "daemon/ulak-sim/ulak-sim"

ACCOUNTS = """
  bulk: {provider: toplusms, username: "5551112233", password: {secret: toplusms-password}, base_url: "%(toplusms)s"}
  bulk-url: {provider: toplusms, api_key: {secret: toplusms-key}, base_url: "%(toplusms)s"}
  ilet: {provider: iletimerkezi, key: {secret: im-key}, hash: {secret: im-hash}, base_url: "%(iletimerkezi)s"}
  tamonay: {provider: tamonay, token: {secret: tamonay-token}, base_url: "%(tamonay)s"}
  numbers: {provider: smmonayim-numbers, key: {secret: smm-key}, shared: false, base_url: "%(smmonayim-numbers)s"}
  panel: {provider: smmonayim-panel, key: {secret: smm-key}, base_url: "%(smmonayim-panel)s"}
"""
SECRETS = {
    "toplusms-password": "aabbcc112233",
    "toplusms-key": "sim-toplusms-key",
    "im-key": "sim-key",
    "im-hash": "sim-hash",
    "tamonay-token": "sim-token",
    "smm-key": "sim-smm-key",
}
FINAL = ("succeeded", "failed", "cancelled", "attention")


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("ulak", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)  # blocks while the backlog is full; with a timeout set this would be an error
        self.sock.settimeout(self.timeout)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.text = status, headers, body.decode()

    @property
    def json(self):
        return json.loads(self.text)


def wait_until(what, check, timeout=TIMEOUT):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        got = check()
        if got:
            return got
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {timeout} s")


class Sandbox:
    def __init__(self, sim_options=(), extra="", accounts=ACCOUNTS, jobs=None, files=None):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="ulak-e2e-"))
        self.daemon = self.sim = None
        self.socket = str(self.dir / "run/ulak.sock")
        self.view_socket = str(self.dir / "run/view.sock")
        (self.dir / "jobs.d").mkdir()
        (self.dir / "secrets").mkdir(mode=0o700)
        for name, value in SECRETS.items():
            path = self.dir / "secrets" / name
            path.write_text(value + "\n")
            path.chmod(0o600)
        self.start_sim(sim_options)
        self.write_config(accounts, extra)
        for name, text in (jobs or {}).items():
            self.job(name, text)
        for name, text in (files or {}).items():
            (self.dir / name).write_text(text)

    # -- the two programs

    def start_sim(self, options):
        ready = self.dir / "sim.json"
        with open(self.dir / "sim.out", "wb") as sim_out:
            self.sim = subprocess.Popen(
                [ULAK_SIM, "--ready-file", ready, "--directory", self.dir / "sim", "--ledger", self.dir / "sim.ledger", *options],
                stdout=sim_out, stderr=subprocess.STDOUT)
        wait_until("ulak-sim", ready.exists)
        self.ready = json.loads(ready.read_text())

    def write_config(self, accounts, extra):
        (self.dir / "ulak.yaml").write_text(
            "version: 1\nstate_dir: state\njobs_dir: jobs.d\ncontrol: {socket: run/ulak.sock, view_socket: run/view.sock}\n"
            "log: {level: debug, format: json}\n"
            f"tls: {{ca_file: \"{self.ready['ca_file']}\"}}\n{extra}accounts:{accounts % self.ready['base_urls']}")

    def job(self, name, text):
        (self.dir / "jobs.d" / f"{name}.yaml").write_text("version: 1\n" + text)

    def start(self, *options, env=None):
        with open(self.dir / "ulakd.log", "ab") as log:
            self.daemon = subprocess.Popen([ULAKD, "--config", self.dir / "ulak.yaml", *options], stdout=log, stderr=log,
                                           env={**os.environ, **(env or {})})

        def answers():
            if self.daemon.poll() is not None:
                raise AssertionError(f"ulakd ended with {self.daemon.returncode}:\n{self.log_text()}")
            try:
                return self.get("/v1/health").status == 200
            except OSError:
                return False

        wait_until("ulakd", answers)
        return self

    def kill(self):
        self.daemon.send_signal(signal.SIGKILL)
        self.daemon.wait(TIMEOUT)

    def stop(self):
        """Sends SIGTERM and returns the exit code."""
        self.daemon.send_signal(signal.SIGTERM)
        return self.daemon.wait(TIMEOUT)

    def close(self):
        for process in (self.daemon, self.sim):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(TIMEOUT)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        shutil.rmtree(self.dir, ignore_errors=True)

    def log_text(self):
        return (self.dir / "ulakd.log").read_text(errors="replace")

    # -- the daemon

    def request(self, method, path, body=None, headers=None, socket_path=None, timeout=TIMEOUT):
        c = UnixConnection(socket_path or self.socket, timeout)
        try:
            c.request(method, path, None if body is None else json.dumps(body), headers or {})
            got = c.getresponse()
            return Answer(got.status, got.headers, got.read())
        finally:
            c.close()

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.request("POST", path, body if body is not None else {}, **more)

    def run(self, job, params=None, wait=None, headers=None):
        path = f"/v1/jobs/{job}/runs" + (f"?wait={wait}" if wait else "")
        got = self.post(path, {"params": params or {}}, headers=headers)
        assert got.status in (201, 202), got.text
        return got.json

    def finish(self, run):
        """Waits until the run is final and returns it."""
        return wait_until(f"the end of run {run['id']}", lambda: self.final(run["id"]))

    def final(self, run_id):
        run = self.get(f"/v1/runs/{run_id}?wait=1s").json
        return run if run["state"] in FINAL else None

    def events(self):
        return [json.loads(line) for line in self.get("/v1/events").text.splitlines() if line]

    def ctl(self, *words, **more):
        return subprocess.run([ULAKCTL, "--socket", self.socket, *words], capture_output=True, text=True, timeout=TIMEOUT,
                              stdin=subprocess.DEVNULL, **more)

    # -- the simulator

    def sim_request(self, method, path, body=None):
        host, port = self.ready["address"].rsplit(":", 1)
        context = ssl.create_default_context(cafile=self.ready["ca_file"])
        c = http.client.HTTPSConnection("localhost", int(port), timeout=TIMEOUT, context=context)
        try:
            c.request(method, "/_sim" + path, None if body is None else json.dumps(body))
            got = c.getresponse()
            return Answer(got.status, got.headers, got.read())
        finally:
            c.close()

    def fault(self, text):
        got = self.sim_request("POST", "/faults", [text])
        assert got.status == 200, got.text

    def heal(self):
        self.sim_request("DELETE", "/faults")

    def advance(self, by):
        got = self.sim_request("POST", "/time", {"advance": by})
        assert got.status == 200, got.text

    def ledger(self, protocol=None, operation=None):
        """Requests that the providers received, oldest first."""
        lines = [json.loads(line) for line in self.sim_request("GET", "/ledger").text.splitlines()]
        return [l for l in lines if protocol in (None, l["protocol"]) and operation in (None, l["operation"])]

    def mistakes(self):
        return [(l["operation"], l["mistakes"]) for l in self.ledger() if l["mistakes"]]


class Case(unittest.TestCase):
    """A test with a sandbox. At its end no provider has seen a mistake and no log holds a secret."""

    maxDiff = None

    def sandbox(self, start=True, **more):
        h = Sandbox(**more)
        self.addCleanup(self.inspect, h)
        return h.start() if start else h

    def inspect(self, h):
        try:
            self.assertEqual(h.mistakes(), [])
            log = h.log_text() if (h.dir / "ulakd.log").exists() else ""
            self.assertNotIn("Sanitizer", log)
            for secret in SECRETS.values():
                self.assertNotIn(secret, log)
        finally:
            h.close()
