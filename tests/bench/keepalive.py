"""Requests per CPU-second on kept connections."""
import os
import shutil

import compare
import turns
from compare import Client, Goal

CONNECTIONS = (8, 64, 512)
GOALS = [Goal("ulak provider", "wrk", 0.90), Goal("ulak client", "wrk", 0.90), Goal("ulak provider", "reqwest", 2.0),
         Goal("ulak provider", "curl", 2.5)]


def clients(build, server, connections, beside):
    url, port, ca, count = f"https://127.0.0.1:{server.kept}", str(server.kept), server.authority(), str(connections)
    bench = f"{build}/tests/bench/bench_"
    out = [Client("wrk", ["wrk", "-t1", f"-c{count}", "-d3600s", "--timeout", "60s", url + "/key/getMessage/100"]),
           Client("ulak provider", [bench + "ours", "provider", url, ca, count]),
           Client("ulak client", [bench + "ours", "client", url, ca, count])]
    if beside:
        other = f"{beside}/tests/bench/bench_ours"
        out += [Client(f"other {kind}", [other, kind, url, ca, count]) for kind in ("provider", "client")]
    for kind in ("plain", "expires", "race"):
        out.append(Client("beast " + kind, [bench + "beast", kind, "127.0.0.1", port, ca, count]))
    out.append(Client("curl", [bench + "curl", "keep", url, ca, count]))
    peers = os.path.join(os.path.dirname(__file__), "peers")
    if os.path.exists(f"{build}/peers/reqwest"):
        out.append(Client("reqwest", [f"{build}/peers/reqwest", url, ca, count]))
    if os.path.exists(f"{build}/peers/go"):
        out.append(Client("go", [f"{build}/peers/go", url, ca, count]))
    if os.path.exists(f"{build}/peers/undici"):
        env = dict(os.environ, NODE_PATH="/usr/share/nodejs")
        out.append(Client("undici", [shutil.which("node"), peers + "/undici.js", url, ca, count], env))
    if os.path.exists(f"{build}/peers/aiohttp"):
        out.append(Client("aiohttp", ["/usr/bin/python3", peers + "/aio.py", url, ca, count]))
    return out


def chosen(build, server, connections, options):
    """{name: client}; wrk is always among them, for all is told beside it."""
    all_clients = {c.name: c for c in clients(build, server, connections, options.beside)}
    only = set(options.only or ())
    unknown = only - set(all_clients)
    if unknown:
        raise SystemExit(f"--only {min(unknown)}: no such client; there are {', '.join(all_clients)}")
    return {name: c for name, c in all_clients.items() if not only or name in {"wrk", *only}}


def run(build, server, options):
    met, kept = True, {}
    for connections in options.connections or CONNECTIONS:
        all_clients = chosen(build, server, connections, options)
        warm = 4 * connections + 500
        values = turns.take(server, all_clients.values(), warm, options.rounds)
        compare.table(f"{connections} kept connections, TLS 1.3: requests per CPU-second", values, "wrk")
        met = compare.judge(values, GOALS) and met
        kept[connections] = values
    compare.keep(build, "http", kept)
    return met
