"""The failpoints: each name is unique, a build with ULAK_FAILPOINTS has all of them, any other has none."""
import os
import pathlib
import subprocess
import unittest

import named

SOURCE = pathlib.Path(os.environ["ULAK_SOURCE"])
PROGRAM = pathlib.Path(os.environ["ULAK_BUILD"], "daemon/ulakd/ulakd")
LEAST = 60


class Named(unittest.TestCase):
    def test_there_are_many_and_each_name_is_there_once(self):
        self.assertGreaterEqual(len(named.places(SOURCE)), LEAST)

    def test_the_program_has_all_or_nothing_of_them(self):
        program = PROGRAM.read_bytes()
        has_them = os.environ["ULAK_FAILPOINTS"] == "ON"
        self.assertEqual(b"ULAK_FAILPOINT" in program, has_them)
        for name in named.places(SOURCE):
            with self.subTest(name=name):
                self.assertEqual(name.encode() + b"\0" in program, has_them)

    def test_without_the_option_nothing_is_left_of_a_place(self):
        def preprocessed(*options):
            text = '#include "core/failpoint.hpp"\nvoid f() { ULAK_FAILPOINT("some/place"); }\n'
            return subprocess.run([os.environ["CXX"], "-std=c++20", "-E", "-P", *options, "-I", SOURCE / "lib", "-x", "c++", "-"], input=text,
                                  capture_output=True, text=True, check=True).stdout

        self.assertEqual(preprocessed().split(), "void f() { static_cast<void>(0); }".split())
        self.assertIn("some/place", preprocessed("-DULAK_FAILPOINTS"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
