"""Tests of once_within.py: what it has to find, and what it has to let pass."""
import types
import unittest

import once_within

NUMBER = once_within.FEW[0]


def effect(name, at, run, state="accepted"):
    return types.SimpleNamespace(id=name, left_at=at, run=run, state=state)


def line(kind="sms"):
    return {"effect": {"kind": kind, "recipients": ["90" + NUMBER]}}


class Evidence:
    def __init__(self, *effects):
        self.effects = effects
        self.runs = {"plain": {"definition": "recipients: {csv: few.csv}"},
                     "within": {"definition": "recipients: {csv: few.csv, exclude: [opt-out, sent-within 2s]}"}}

    def match(self):
        return [(line(), one) for one in self.effects] + [(line("number"), effect("n", 5, "within")), (line(), None)]


class OnceWithin(unittest.TestCase):
    def found(self, *effects):
        return len(list(once_within.nobody_is_messaged_again(Evidence(*effects))))

    def test_a_second_message_within_the_time_of_its_job(self):
        self.assertEqual(self.found(effect("a", 1000, "plain"), effect("b", 2000, "within")), 1)

    def test_the_order_of_dispatches_counts_and_not_that_of_the_lines(self):
        self.assertEqual(self.found(effect("b", 2000, "within"), effect("a", 1000, "within")), 1)

    def test_later_messages_and_those_of_other_jobs_pass(self):
        self.assertEqual(self.found(effect("a", 1000, "plain"), effect("b", 3000, "within")), 0)
        self.assertEqual(self.found(effect("a", 1000, "within"), effect("b", 1500, "plain")), 0)

    def test_what_took_no_effect_is_no_message(self):
        self.assertEqual(self.found(effect("a", 1000, "plain", "rejected"), effect("b", 2000, "within")), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
