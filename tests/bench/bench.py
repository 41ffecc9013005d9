"""bench.py BUILD-FOLDER PART…: measures and prints; exit code 1 where a goal is missed."""
import argparse
import os
import sys

import compare
import control
import files
import flood
import handshakes
import idle
import journal
import keepalive
import nginx
import personal
import workflow

PARTS = {"http": keepalive.run, "handshakes": handshakes.run, "idle": idle.run, "journal": journal.run,
         "workflow": workflow.run, "files": files.run, "control": control.run, "flood": flood.run,
         "personal": personal.run}


def options():
    words = argparse.ArgumentParser()
    words.add_argument("build")
    words.add_argument("parts", nargs="*", default=[])
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--connections", type=int, action="append")
    words.add_argument("--only", action="append", help="only the client of that name, and wrk")
    words.add_argument("--beside", help="http: Ulak's clients of this other build folder, too")
    return words.parse_args()


def main():
    chosen = options()
    met = True
    print("load before:", os.getloadavg())
    for part in chosen.parts or list(PARTS):
        server = nginx.Server(compare.SERVER_CPU)
        try:
            met = PARTS[part](chosen.build, server, chosen) and met
        finally:
            server.stop()
    print("load after:", os.getloadavg())
    return 0 if met else 1


sys.exit(main())
