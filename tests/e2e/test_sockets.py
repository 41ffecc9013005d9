"""The control sockets under people who wait, leave, and ask for much."""
import json
import socket
import threading
import time
import unittest

from sandbox import TIMEOUT, Case, wait_until

OTP = """kind: otp.acquire
concurrency: 100
budget: {run: 20 TRY}
candidates: [{account: numbers, service: "1", on_timeout: cancel}]
wait: {code: 4m, poll: {first: 200ms, max: 500ms}}
"""
PLACES = 64
AT_ONCE = 5  # seconds; a wait of the old kind lasted 200


def open_request(path, target, verb="GET"):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    s.settimeout(TIMEOUT)
    s.connect(path)
    s.sendall(f"{verb} {target} HTTP/1.1\r\nHost: ulak\r\nContent-Length: 0\r\n\r\n".encode())
    return s


class Sockets(Case):
    def waiting_run(self):
        h = self.sandbox(start=False, sim_options=["--otp-after", "1h"])
        h.job("otp", OTP)
        h.start()
        run = h.run("otp")
        wait_until("the number", lambda: h.get(f"/v1/runs/{run['id']}").json["state"] == "running")
        return h, run["id"]

    def cancel_quickly(self, h, run):
        began = time.monotonic()
        got = h.post(f"/v1/runs/{run}/cancel", timeout=AT_ONCE)
        self.assertIn(got.status, (200, 202), got.text)
        self.assertLess(time.monotonic() - began, AT_ONCE)

    def test_abandoned_waits_do_not_lock_out_a_cancel(self):
        h, run = self.waiting_run()
        for _ in range(PLACES):
            open_request(h.socket, f"/v1/runs/{run}?wait=10m").close()
        self.cancel_quickly(h, run)

    def test_waits_that_go_on_do_not_lock_out_a_cancel(self):
        h, run = self.waiting_run()
        held = [open_request(h.socket, f"/v1/runs/{run}?wait=10m") for _ in range(PLACES)]
        for s in held:
            self.addCleanup(s.close)
        self.cancel_quickly(h, run)
        told = held[0].recv(65536).decode()
        self.assertTrue(told.startswith("HTTP/1.1 503 "), told)
        self.assertIn("Retry-After: 1\r\n", told)
        self.assertIn('"code":"busy"', told)

    def test_waits_on_the_view_socket_touch_nobody_who_operates(self):
        h, run = self.waiting_run()
        held = [open_request(h.view_socket, f"/v1/runs/{run}?wait=10m") for _ in range(3 * PLACES)]
        for s in held:
            self.addCleanup(s.close)
        self.cancel_quickly(h, run)

    def test_a_run_that_was_begun_is_named_although_its_wait_made_place(self):
        h, _ = self.waiting_run()
        first = open_request(h.socket, "/v1/jobs/otp/runs?wait=10m", "POST")
        self.addCleanup(first.close)
        wait_until("the second run", lambda: len(h.get("/v1/runs").json["runs"]) == 2)
        held = [open_request(h.socket, "/v1/events?follow=1") for _ in range(PLACES)]
        for s in held:
            self.addCleanup(s.close)
        told = first.recv(65536).decode()
        self.assertTrue(told.startswith("HTTP/1.1 202 "), told)
        self.assertIn("Location: /v1/runs/", told)

    def test_a_long_opt_out_list_is_read_by_pages_while_money_goes_on(self):
        h = self.sandbox(start=False, sim_options=["--otp-after", "1s"])
        h.job("otp", OTP)
        h.start()
        numbers = [str(5_550_000_000 + n) for n in range(12_000)]
        for at in range(0, len(numbers), 6_000):
            self.assertEqual(h.post("/v1/suppressions", {"phones": numbers[at:at + 6_000]}).status, 201)
        first = h.get("/v1/suppressions?limit=1000").json
        self.assertEqual([s["phone"] for s in first["suppressions"]], numbers[:1000])
        self.assertEqual(first["next"], numbers[999])
        listed = json.loads(h.ctl("suppress", "list", "-o", "json").stdout)["suppressions"]
        self.assertEqual([s["phone"] for s in listed], numbers)
        ended = threading.Event()

        def read_all():
            while not ended.is_set():
                h.get("/v1/suppressions?limit=10000")

        readers = [threading.Thread(target=read_all) for _ in range(8)]
        for reader in readers:
            reader.start()
        try:
            self.assertEqual(h.run("otp", wait="30s")["state"], "succeeded")
        finally:
            ended.set()
            for reader in readers:
                reader.join()


if __name__ == "__main__":
    unittest.main(verbosity=2)
