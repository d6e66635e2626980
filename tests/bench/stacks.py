#!/usr/bin/env python3
"""What stacks.sh measures: one Compose file brought up and down by Escale and by docker compose with docker.

  stacks.py BUILD_FOLDER WORK_FOLDER ROUNDS ENGINES    within stacks.sh; ENGINES: "escale,docker"
"""
import json
import os
import statistics
import sys
import time

from builders import Docker
from network import brief, remove_cgroups, run

ROWS, SERVICES = 5, 10  # every service depends on two of the row before
GOAL = 0.2              # of docker's time
PROJECT = "fifty"
IMAGE = "escale/demo:1"


def dependencies(row, number):
    return [f"s{row - 1}-{number}", f"s{row - 1}-{(number + 3) % SERVICES}"] if row else []


def compose_file():
    services = {}
    for row in range(ROWS):
        for number in range(SERVICES):
            service = {"image": IMAGE, "command": ["sleep", "100000"], "stop_signal": "SIGKILL", "environment": {"ROW": str(row)}}
            if row:
                service["depends_on"] = dependencies(row, number)
            services[f"s{row}-{number}"] = service
    return json.dumps({"name": PROJECT, "services": services}, indent=1)  # JSON is YAML


def check_order(started):
    """No container began before those that its service depends on. started: service → a text that sorts by time."""
    if len(started) != ROWS * SERVICES:
        raise RuntimeError(f"{len(started)} containers run, not {ROWS * SERVICES}")
    for row in range(1, ROWS):
        for number in range(SERVICES):
            for other in dependencies(row, number):
                if started[f"s{row}-{number}"] < started[other]:
                    raise RuntimeError(f"s{row}-{number} began before {other}")


class Escale:
    name = "escale"

    def __init__(self, build, archive):
        self.bench = os.path.join(build, "bin/escale-bench")
        run(self.bench, "load", archive)

    def about(self):
        return "escale"

    def up(self, file):
        run(self.bench, "stack-up", file)

    def down(self, file):
        run(self.bench, "stack-down", PROJECT)

    def started(self):
        return json.loads(run(self.bench, "stack-started", PROJECT))

    def end(self):
        pass  # stack.sh's


class Compose(Docker):
    name = "docker"

    def __init__(self, build, work, archive):
        super().__init__(build, work)
        self.compose = os.path.join(build, "builders/usr/libexec/docker/cli-plugins/docker-compose")
        # docker reads an OCI archive with containerd's store alone.
        docker = os.path.join(work, "demo.tar")
        run("skopeo", "copy", "-q", "--insecure-policy", "oci-archive:" + archive, f"docker-archive:{docker}:{IMAGE}")
        self.load(docker)

    def about(self):
        return super().about() + ", docker compose " + run(self.compose, "version", "--short").strip()

    def up(self, file):
        run(*self.machine.enter, self.compose, "-f", file, "up", "-d", env=self.environment)

    def down(self, file):
        run(*self.machine.enter, self.compose, "-f", file, "down", env=self.environment)

    def started(self):
        ids = self.call("ps", "-q", "--filter", "label=com.docker.compose.project=" + PROJECT).split()
        return {one["Config"]["Labels"]["com.docker.compose.service"]: one["State"]["StartedAt"]
                for one in json.loads(self.call("inspect", *ids))}


def measure(engines, file, rounds):
    values = {}
    for number in range(rounds):
        at = number % len(engines)
        for engine in engines[at:] + engines[:at]:
            for what, verb in (("up", engine.up), ("again", engine.up), ("down", engine.down)):
                begin = time.perf_counter()
                verb(file)
                values.setdefault((what, engine.name), []).append((time.perf_counter() - begin) * 1000)
                if what == "up":
                    check_order(engine.started())
    return values


def print_rows(engines, values):
    for what, name in (("up", f"up of {ROWS * SERVICES} services"), ("again", "the same again, nothing to do"), ("down", "down")):
        middle = {engine.name: statistics.median(values[what, engine.name]) for engine in engines}
        for engine in engines:
            each, said = values[what, engine.name], "in the order of their dependencies" if what == "up" else ""
            if engine.name != "escale":
                said = (f"ours is {middle['escale'] / middle[engine.name]:.2f} of it, " if "escale" in middle else "") + engine.about()
            elif "docker" in middle and what == "up":
                ratio = middle["escale"] / middle["docker"]
                said += f"; {ratio:.2f} of docker's, wanted {GOAL}{'' if ratio <= GOAL else ': MISSED'}"
            print(f"{name if engine is engines[0] else '  ' + engine.name}|{brief(middle[engine.name])}|ms|"
                  f"{said}; {brief(min(each))} to {brief(max(each))}, {len(each)} times", flush=True)


def main(build, work, rounds, names):
    archive, file = os.path.join(build, "demo/escale-demo.tar"), os.path.join(work, "compose.yaml")
    with open(file, "w") as out:
        out.write(compose_file())
    engines, before = [], os.getloadavg()[0]
    try:
        if "escale" in names:
            engines.append(Escale(build, archive))
        try:
            engines.append(Compose(build, work, archive))
        except (RuntimeError, OSError) as error:
            print(f"not compared with docker compose: {error}", file=sys.stderr)
        if engines:
            print_rows(engines, measure(engines, file, int(rounds)))
        print(f"load of the machine|{os.getloadavg()[0]:.2f}||{before:.2f} before")
    finally:
        for engine in engines:
            engine.end()
        remove_cgroups()


if __name__ == "__main__":
    main(*sys.argv[1:])
