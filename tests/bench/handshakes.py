"""New connections per CPU-second, each with one request: where the server lets sessions be resumed, and where it does not."""
import compare
import turns
from compare import Client, Goal

CONNECTIONS = 16
GOALS = [Goal("ulak, resumed", "ulak, full", 2.0), Goal("ulak, full", "openssl, full", 0.85),
         Goal("ulak, resumed", "openssl, resumed", 0.75)]


def clients(build, server):
    bench, ca, count = f"{build}/tests/bench/bench_", server.authority(), str(CONNECTIONS)
    out = []
    for word, port in (("full", server.forgetful), ("resumed", server.kept)):
        url = f"https://127.0.0.1:{port}"
        out += [Client("openssl, " + word, [bench + "openssl", {"full": "full", "resumed": "resume"}[word], str(port), ca, count]),
                Client("ulak, " + word, [bench + "ours", "connect", url, ca, count]),
                Client("curl, " + word, [bench + "curl", {"full": "full", "resumed": "connect"}[word], url, ca, count])]
    return out


def run(build, server, options):
    values = turns.take(server, clients(build, server), 4 * CONNECTIONS, options.rounds)
    compare.table(f"{CONNECTIONS} at a time, connect + TLS 1.3 + request + close: per CPU-second", values, "openssl, full")
    met = compare.judge(values, GOALS)
    compare.keep(build, "handshakes", values)
    return met
