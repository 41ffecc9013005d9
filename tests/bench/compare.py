"""Clients beside each other in one interleaved run: A B C A B C …, requests per CPU-second, ratios round by round."""
import dataclasses
import json
import pathlib
import statistics
import subprocess
import time

SERVER_CPU, CLIENT_CPU = 0, 1
LONGEST_WAIT = 60.0  # seconds of wall time for one client to get its CPU time, on a busy machine


@dataclasses.dataclass
class Client:
    name: str
    command: list
    env: dict = None
    loop_only: bool = False  # the first thread alone: what a journal's thread does is another matter


@dataclasses.dataclass
class Goal:
    """`name` must reach `least` times `over`."""
    name: str
    over: str
    least: float


def cpu_seconds(pid, loop_only=False):
    """User and system time of all threads, exact to a tick of the scheduler."""
    total = 0
    tasks = pathlib.Path(f"/proc/{pid}/task")
    for task in [tasks / str(pid)] if loop_only else tasks.iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def wait_for(condition, process, what):
    end = time.monotonic() + LONGEST_WAIT
    while not condition():
        if process.poll() is not None:
            raise SystemExit(f"{what}: ended with {process.returncode}")
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def start(client):
    return subprocess.Popen(["taskset", "-c", str(CLIENT_CPU), *client.command], env=client.env, stdout=subprocess.DEVNULL, start_new_session=True)


def interleave(measure_one, names, rounds):
    """{name: [value of each round]}; the order turns so that nobody always follows the same neighbour."""
    values = {name: [] for name in names}
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            values[name].append(measure_one(name))
    return values


def spread(numbers, form):
    return f"{form(statistics.median(numbers))} ({form(min(numbers))}-{form(max(numbers))})"


def ratios(values, name, over):
    return [a / b for a, b in zip(values[name], values[over])]


def table(title, values, over, form=lambda v: f"{v:,.0f}"):
    print(f"\n{title}")
    width = max(len(name) for name in values)
    for name, numbers in values.items():
        ratio = spread(ratios(values, name, over), lambda v: f"{v:.2f}")
        print(f"  {name:{width}}  {spread(numbers, form):32}  {ratio} of {over}", flush=True)


def judge(values, goals):
    """Prints each goal that this run can tell of; whether all are met by their medians."""
    met = True
    for goal in goals:
        if goal.name not in values or goal.over not in values:
            continue
        got = statistics.median(ratios(values, goal.name, goal.over))
        met = met and got >= goal.least
        print(f"  goal: {goal.name} at least {goal.least:g} of {goal.over}: {got:.2f}, {'met' if got >= goal.least else 'MISSED'}")
    return met


def keep(folder, part, results):
    path = pathlib.Path(folder) / f"bench-{part}.json"
    path.write_text(json.dumps(results, indent=1))
    print(f"  all values: {path}")
