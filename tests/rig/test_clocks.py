"""Tests what the rig makes of clock jumps: a sound history passes, and each way of breaking it is reported."""
import types
import unittest

import clocks


def history(held, dispatches=(), firings=(), job="balances"):
    effects = [types.SimpleNamespace(left_at=at) for at in dispatches]
    runs = {str(at): {"id": str(at), "job": job, "created_at": at} for at in firings}
    c = clocks.Clocks(rig=None, seed=1)
    c.held = held
    return c.check(types.SimpleNamespace(effects=effects, runs=runs))


class Doubts(unittest.TestCase):
    def test_what_happens_beside_a_doubt_is_sound(self):
        self.assertEqual(history([(10, 20), (30, 40)], dispatches=[None, 5, 25, 45], firings=[9, 25, 41]), [])

    def test_at_the_edges_of_a_doubt_either_may_be_true(self):
        self.assertEqual(history([(10, 20)], dispatches=[10, 20], firings=[10, 20]), [])

    def test_a_dispatch_in_doubt_is_reported(self):
        self.assertIn("dispatched at 35", "".join(history([(10, 20), (30, 40)], dispatches=[35])))

    def test_a_firing_in_doubt_is_reported(self):
        self.assertIn("fired at 15", "".join(history([(10, 20)], firings=[15])))

    def test_a_run_that_a_person_starts_is_no_firing(self):
        self.assertEqual(history([(10, 20)], firings=[15], job="look"), [])


if __name__ == "__main__":
    unittest.main()
