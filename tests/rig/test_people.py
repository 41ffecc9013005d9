"""Tests what the rig makes of opt-outs and pauses: a sound history passes, and each way of breaking it is reported."""
import types
import unittest

import people

NUMBER, OTHER = people.CROWD[:2]


class Sandbox:
    """A daemon that answers with `status`, or is dead."""

    def __init__(self, status=200):
        self.status = status

    def request(self, method, path, body, timeout):
        if self.status is None:
            raise ConnectionRefusedError
        return types.SimpleNamespace(status=self.status)


class Evidence:
    def __init__(self, sent=(), listed=(), runs=()):
        """`sent`: (time of the dispatch, numbers). `listed`: the opt-out list at the end. `runs`: (job, created_at)."""
        self.sent, self.listed = sent, listed
        self.runs = {str(n): {"id": str(n), "job": job, "created_at": at} for n, (job, at) in enumerate(runs)}
        self.effects = [types.SimpleNamespace(left_at=at) for at, _ in sent]

    def match(self):
        for n, (at, numbers) in enumerate(self.sent):
            yield {"seq": n, "effect": {"kind": "sms", "recipients": [f"90{p}" for p in numbers]}}, types.SimpleNamespace(left_at=at)
        yield {"seq": 9, "effect": None}, types.SimpleNamespace(left_at=1)
        yield {"seq": 10, "effect": {"kind": "number"}}, None

    def rows(self, sql):
        return [{"phone": number} for number in self.listed]


class Diaries(unittest.TestCase):
    def test_it_knows_what_is_certain(self):
        d = people.Diary()
        d.asked_on("a")
        self.assertFalse(d.is_on("a", 50))  # asked, and nobody answered
        d.acknowledged_on("a", 100)
        self.assertEqual([d.is_on("a", at) for at in (99, 100, 101, 10 ** 13)], [False, False, True, True])
        d.asked_off("a", 200)
        self.assertEqual([d.is_on("a", at) for at in (100, 101, 199, 200, 201)], [False, True, True, False, False])
        d.acknowledged_on("a", 300)
        d.asked_off("a", 400)
        self.assertEqual([d.is_on("a", at) for at in (150, 250, 350, 450)], [True, False, True, False])
        self.assertFalse(d.is_on("b", 150))

    def test_off_is_certain_only_until_somebody_asks(self):
        d = people.Diary()
        d.acknowledged_on("a", 1)
        d.asked_off("a", 2)
        self.assertEqual(d.off, set())
        d.acknowledged_off("a")
        self.assertEqual(d.off, {"a"})
        d.asked_on("a")
        self.assertEqual(d.off, set())


class Judgement(unittest.TestCase):
    def setUp(self):
        self.people = people.People(Sandbox(), 1)
        self.people.out.acknowledged_on(NUMBER, 1000)

    def named(self, name, evidence):
        found = self.people.check(evidence)
        self.assertTrue(any(f.startswith(name) for f in found), found)

    def test_a_sound_history_passes(self):
        sent = [(999, [NUMBER, OTHER]), (1000, [NUMBER]), (1001, [OTHER])]
        self.assertEqual(self.people.check(Evidence(sent, [NUMBER], [("crowd-bulk", 5)])), [])

    def test_somebody_who_opted_out_is_messaged(self):
        self.named(f"I13 90{NUMBER} had opted out", Evidence([(1001, [OTHER, NUMBER])], [NUMBER]))

    def test_an_opt_out_is_lost(self):
        self.named(f"I13 the opt-out of {NUMBER}", Evidence())

    def test_a_return_is_lost(self):
        self.people.out.asked_off(NUMBER, 2000)
        self.assertEqual(self.people.check(Evidence(listed=[NUMBER])), [])  # not acknowledged: either is right
        self.people.out.acknowledged_off(NUMBER)
        self.named(f"I13 {NUMBER} was taken off", Evidence(listed=[NUMBER]))

    def test_a_run_begins_during_a_pause(self):
        self.people.paused.acknowledged_on("look", 1000)
        self.people.paused.asked_off("look", 2000)
        self.assertEqual(self.people.check(Evidence(listed=[NUMBER], runs=[("look", 999), ("look", 2001), ("crowd-bulk", 1500)])), [])
        self.named("I14 run 0 was begun at 1500", Evidence(listed=[NUMBER], runs=[("look", 1500)]))


class Onlookers(unittest.TestCase):
    def test_a_number_or_a_name_that_is_shown_is_reported(self):
        p = people.People(Sandbox(), 1)
        self.assertEqual(list(p.onlookers_see([("/a", "phone 555***0001, t0000001")])), [])
        for person in (NUMBER, "5551110000", "Kisi1110003"):
            self.assertEqual([f[:4] for f in p.onlookers_see([("/a", "x"), ("/b", f"to {person}.")])], ["I15 "])


class Deeds(unittest.TestCase):
    def test_only_what_is_acknowledged_counts(self):
        for status, certain in ((201, True), (200, True), (503, False), (403, False), (None, False)):
            with self.subTest(status=status):
                p = people.People(Sandbox(status), 1)
                p.opt_out(NUMBER)
                p.pause("look")
                self.assertEqual((NUMBER in p.out.since, "look" in p.paused.since), (certain, certain))

    def test_every_pause_is_ended(self):
        p = people.People(Sandbox(None), 1)
        p.pause("look")  # nobody knows whether it took effect
        p.sandbox.status = 200
        p.resume_all()
        self.assertEqual((p.resume_at, p.paused.off), ({}, {"look"}))

    def test_half_of_the_crowd_stays(self):
        p = people.People(Sandbox(), 1)
        for _ in range(2000):
            p.some_deed()
        self.assertLessEqual(len(p.out.since), people.MOST_OUT)
        self.assertTrue(all(p.deeds[what] for what in ("opt-outs", "returns", "pauses")), p.deeds)


if __name__ == "__main__":
    unittest.main(verbosity=2)
