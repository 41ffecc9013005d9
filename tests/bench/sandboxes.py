"""The daemon with its simulator in a folder of its own, as the end-to-end tests have it."""
import os
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]


def sandbox(build, **options):
    os.environ.update(ULAK_BUILD=str(pathlib.Path(build).resolve()), ULAK_SOURCE=str(TESTS.parent))
    if str(TESTS / "e2e") not in sys.path:
        sys.path.insert(0, str(TESTS / "e2e"))
    import sandbox as of_tests
    return of_tests.Sandbox(**options)
