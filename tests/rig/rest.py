"""Ends a rig run: waits until everything open has come to its end, then checks the invariants."""
import json
import shutil
import time

OPEN = ("queued", "running", "paused")
SHOWN = ("/v1/status", "/v1/jobs", "/v1/runs?limit=500", "/v1/attention", "/v1/accounts", "/v1/events", "/v1/spend?by=account", "/metrics",
         "/v1/suppressions", "/v1/schema/config")


class Rest:
    """Mixin of the Rig in kills.py."""

    def open_runs(self):
        return [r for s in OPEN for r in self.sandbox.get(f"/v1/runs?state={s}&limit=500").json["runs"]]

    def wait_quiet(self, seconds, but=()):
        """Waits this long and returns the runs that are still open."""
        end = time.monotonic() + seconds
        while True:
            left = [r for r in self.open_runs() if r["job"] not in but]
            if not left or time.monotonic() > end:
                return left
            time.sleep(0.3)

    def come_to_rest(self):
        self.load.stop()
        self.people.stop()
        self.sandbox.heal()
        self.spawn()
        self.calm_since = int(time.time() * 1000)
        if not self.until_ready():
            return None
        self.people.resume_all()
        self.sandbox.post("/v1/jobs/balances/pause")
        self.wait_quiet(self.o.calm, but=("otp-tamonay",))
        self.cancel(("otp-tamonay",), 20)
        state = self.sandbox.sim_request("GET", "/state?limit=100000").json
        state["ms"] = int(time.time() * 1000)
        self.advance(21)  # numbers that nobody cancels expire
        self.wait_quiet(self.o.calm)
        self.cancel((), 30)
        return state

    def cancel(self, but, seconds):
        """Cancels the runs that still wait for evidence; each ends at once, with an attention entry."""
        for r in self.open_runs():
            if r["job"] not in but:
                self.sandbox.post(f"/v1/runs/{r['id']}/cancel")
        self.wait_quiet(seconds, but)

    def told(self):
        """Everything that the daemon shows: answers, log, folder."""
        h = self.sandbox
        for path in SHOWN:
            yield path, h.get(path).text.encode()

    def shown_to_onlookers(self):
        h = self.sandbox
        runs = [f"/v1/runs/{r['id']}/{what}" for r in h.get("/v1/runs?limit=20").json["runs"] for what in ("items", "effects")]
        for path in (*SHOWN, *runs):
            yield path, h.get(path, socket_path=h.view_socket).text

    def folder(self):
        for path in (*self.sandbox.dir.glob("state/**/*"), self.sandbox.dir / "ulakd.log"):
            if path.is_file():
                yield str(path), path.read_bytes()

    def judge(self):
        import invariants
        import once_within
        state = self.come_to_rest()
        if state is None:
            return
        told = list(self.told())
        self.wrong += self.people.onlookers_see(self.shown_to_onlookers())
        if self.sandbox.stop() != 0:
            self.wrong.append("ulakd did not stop with 0")
        h = self.sandbox
        shutil.copytree(h.dir / "state", h.dir / "copy")
        lines = [json.loads(line) for line in (h.dir / "sim.ledger").read_text().splitlines()]
        evidence = invariants.Evidence(h.dir / "copy/ulak.db", lines, self.jumps, self.load.accepted, self.load.repeats)
        self.wrong += invariants.check(evidence, state)
        self.wrong += self.people.check(evidence)
        self.wrong += self.clocks.check(evidence)
        self.wrong += once_within.nobody_is_messaged_again(evidence)
        self.wrong += invariants.no_secret_leaves(told + list(self.folder()), self.sandbox_module.SECRETS)
        self.wrong += [f"the simulator saw a mistake: {m}" for m in h.mistakes()]
        self.wrong += [f"a run was refused: {r}" for r in self.load.refused[:5]]
        if "Sanitizer" in h.log_text() or "runtime error" in h.log_text():
            self.wrong.append("a sanitizer spoke, see ulakd.log")
        self.tell(evidence)

    def tell(self, evidence):
        states = {}
        for r in evidence.runs.values():
            states[r["state"]] = states.get(r["state"], 0) + 1
        effects = {}
        for f in evidence.effects:
            effects[f.state] = effects.get(f.state, 0) + 1
        print(f"seed {self.o.seed}: {self.kills} kills, {self.kills_in_recovery} of them on the way up; {len(evidence.runs)} runs {states}; "
              f"{len(evidence.effects)} effects {effects}; {len(evidence.lines)} requests")
        ready = sorted(self.ready_after)
        self.tell_figures(evidence)
        print(f"ready after: median {ready[len(ready) // 2] * 1000:.0f} ms, 95 % {ready[len(ready) * 95 // 100] * 1000:.0f} ms, "
              f"most {ready[-1] * 1000:.0f} ms, of {len(ready)} starts")

    def tell_figures(self, evidence):
        import figures
        for line in figures.lines(evidence, self.calm_since):
            print(line)
        print(self.people.figures(evidence))
        print(self.clocks.figures())
        if self.places:
            missed = self.places.missed()
            print(f"{len(self.places.reached)} of {len(self.places.all)} failpoints were died at, {sum(self.places.reached.values())} times; "
                  f"never: {' '.join(missed) or 'none'}")
            if self.o.each:
                self.wrong += [f"the failpoint {name} was never reached" for name in missed]
