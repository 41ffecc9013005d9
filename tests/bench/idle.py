"""What a kept connection costs in memory: the slope of the resident size between 100 and 1,100 of them."""
import pathlib
import time

import compare
from compare import Client

FEW, MANY = 100, 1_100
SETTLES = 3.0  # seconds; ours gives its buffers back after one
ROUNDS = 3
MOST = 35_000  # bytes


def clients(build, server, connections):
    bench, url, ca, count = f"{build}/tests/bench/bench_", f"https://127.0.0.1:{server.kept}", server.authority(), str(connections)
    return {"openssl": Client("openssl", [bench + "openssl", "idle", str(server.kept), ca, count]),
            "ulak": Client("ulak", [bench + "ours", "idle", url, ca, count]),
            "beast": Client("beast", [bench + "beast", "idle", "127.0.0.1", str(server.kept), ca, count])}


def resident(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


def size_with(build, server, name, connections):
    before = server.requests()
    process = compare.start(clients(build, server, connections)[name])
    try:
        # The count's own questions are among the requests, so the open connections are looked at, too.
        compare.wait_for(lambda: server.open_connections() > connections and server.requests() - before >= connections,
                         process, name)
        time.sleep(SETTLES)
        if server.open_connections() <= connections:
            raise SystemExit(f"{name}: connections were closed")
        return resident(process.pid)
    finally:
        process.kill()
        process.wait()


def slope(build, server, name):
    return (size_with(build, server, name, MANY) - size_with(build, server, name, FEW)) / (MANY - FEW)


def run(build, server, options):
    values = compare.interleave(lambda name: slope(build, server, name), ["openssl", "ulak", "beast"], min(options.rounds, ROUNDS))
    compare.table("bytes of memory per idle TLS connection, after each answered once", values, "openssl")
    worst = max(values["ulak"])
    print(f"  goal: ulak at most {MOST:,}: {worst:,.0f}, {'met' if worst <= MOST else 'MISSED'}")
    compare.keep(build, "idle", values)
    return worst <= MOST
