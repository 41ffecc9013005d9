"""What is shipped for journald, Prometheus and Grafana names what the code has: message ids, metrics; promtool's own tests, where it is."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
wrong = []

ids = dict(re.findall(r'\{"([a-z.-]+)", "([0-9a-f]{32})"\}', (root / "lib/events/detail/message_ids.hpp").read_text()))
names = set(re.findall(r'= "([a-z]+\.[a-z-]+)";', (root / "lib/events/event_names.hpp").read_text()))
entries = re.findall(r"^-- ([0-9a-f]{32})\nSubject: (.+)\n", (root / "systemd/ulak.catalog").read_text(), re.M)
if names != set(ids):
    wrong.append(f"events and message ids differ: {names ^ set(ids)}")
if sorted(i for i, _ in entries) != sorted(ids.values()):
    wrong.append(f"message ids and catalog differ: {set(ids.values()) ^ {i for i, _ in entries}}")

known = set(re.findall(r'"(ulak_[a-z_]+)"', (root / "lib/control/detail/metrics.cpp").read_text()))
dashboard = json.loads((root / "config/grafana/ulak.json").read_text())
used = {m for panel in dashboard["panels"] for target in panel["targets"] for m in re.findall(r"ulak_[a-z_]+", target["expr"])}
rules = (root / "config/prometheus/ulak.rules.yaml").read_text()
used |= {m for expr in re.findall(r"expr: (.+)", rules) for m in re.findall(r"ulak_[a-z_]+", expr)}
if used - known:
    wrong.append(f"metrics that the daemon does not have: {used - known}")
if len({panel["id"] for panel in dashboard["panels"]}) != len(dashboard["panels"]):
    wrong.append("two panels have one id")

promtool = shutil.which("promtool")
if promtool:
    for words in (("check", "rules", "ulak.rules.yaml"), ("test", "rules", "ulak.rules.test.yaml")):
        got = subprocess.run([promtool, *words], cwd=root / "config/prometheus", capture_output=True, text=True)
        if got.returncode:
            wrong.append(got.stdout + got.stderr)

print("\n".join(wrong) or f"{len(ids)} events, {len(used)} of {len(known)} metrics, promtool: {promtool or 'not here'}")
sys.exit(bool(wrong))
