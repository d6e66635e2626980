#!/usr/bin/env python3
"""What api.sh measures: one docker client on Escale's socket and on dockerd's.

  api.py BUILD_FOLDER WORK_FOLDER ROUNDS    within tests/stack/stack.sh
"""
import os
import socket
import statistics
import subprocess
import sys
import time

from builders import Docker
from network import Api, brief, eventually, remove_cgroups, run

CREATED, RUNNING = 500, 50
LOG = 10 ** 9  # bytes
LOG_ROUNDS = 3
FOLLOWERS = 500
LINE = "a line of a hundred characters, as a server may write it to its log: 200 OK, 12345 bytes, 3 ms.."
GOALS = {"run": 0.25, "ps": 0.5, "ps -a": 0.5, "logs": 0.7}


def memory(pid):
    """KiB that are its own."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private"))


class Engine:
    """What a docker client is pointed at. `image`: what it calls the demo image."""

    def __init__(self, client, path, config):
        self.client, self.path, self.api = client, path, Api(path)
        self.environment = {"PATH": os.environ["PATH"], "HOME": config, "DOCKER_CONFIG": config, "DOCKER_HOST": "unix://" + path}

    def docker(self, *words):
        return run(self.client, *words, env=self.environment)

    def timed(self, *words):
        """Its output is read, and thrown away, as fast as it comes."""
        begin = time.perf_counter()
        done = subprocess.run([self.client, *words], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)
        passed = (time.perf_counter() - begin) * 1000
        if done.returncode != 0:
            raise RuntimeError(f"{self.name}: docker {' '.join(words)}: {done.stderr}")
        return passed

    def create(self, name, command):
        self.api.call("POST", f"/v1.41/containers/create?name={name}",
                      {"Image": self.image, "Cmd": command, "HostConfig": {"NetworkMode": "none"}})

    def start(self, name):
        self.api.call("POST", f"/v1.41/containers/{name}/start")


class Escale(Engine):
    name = "escale"
    log_options = ["--log-opt", "max-size=-1"]  # whole, as dockerd keeps it

    def __init__(self, build, work, client):
        os.makedirs(work + "/escale/config", mode=0o700)
        super().__init__(client, work + "/escale/docker.sock", work + "/escale/config")
        self.image = os.environ["ESCALE_REGISTRY"] + "/escale/demo:gzip"
        run(os.path.join(build, "bin/escale-bench"), "pull", self.image)
        log = open(work + "/escale/log", "ab")
        self.process = subprocess.Popen([os.path.join(build, "bin/escale-docker-api"), "--socket", self.path],
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(lambda: self.api.call("GET", "/_ping"), "escale-docker-api")

    def end(self):
        self.process.terminate()  # stack.sh purges the rest
        self.process.wait()


class Dockerd(Engine):
    name = "docker"
    image = "localhost/demo:1"
    log_options = []

    def __init__(self, build, work, client):
        self.engine = Docker(build, work)
        super().__init__(client, work + "/docker/socket", work + "/docker/config")
        archive = work + "/demo.tar"
        run("skopeo", "copy", "-q", "--insecure-policy", "--src-tls-verify=false",
            f"docker://{os.environ['ESCALE_REGISTRY']}/escale/demo:gzip", f"docker-archive:{archive}:{self.image}")
        self.docker("load", "-q", "-i", archive)
        self.process = self.engine.daemon

    def end(self):
        running = self.docker("ps", "-q").split()
        if running:
            self.docker("kill", *running)
        self.engine.end()


class Bench:
    def __init__(self, engines):
        self.engines, self.values = engines, {}

    def take_turns(self, what, rounds, *words):
        for number in range(rounds):
            for engine in self.engines if number % 2 == 0 else reversed(self.engines):
                self.values.setdefault((what, engine.name), []).append(engine.timed(*words_of(words, engine)))

    def measure(self, rounds):
        for what, words in (("nothing", ["version"]), ("run", ["run", "--rm", Image, "/bin/true"])):
            self.take_turns("warm", 2, *words)
            self.take_turns(what, rounds, *words)
            self.rows(what)
        for engine in self.engines:
            for number in range(CREATED):
                engine.create(f"idle{number}", ["/bin/sleep", "100000"])
            for number in range(RUNNING):
                engine.start(f"idle{number}")
        for what, words in (("ps", ["ps"]), ("ps -a", ["ps", "-a"])):
            self.take_turns(what, rounds, *words)
            self.rows(what)
        for engine in self.engines:
            engine.docker("run", "--name", "much", "--network", "none", "-d", *engine.log_options, engine.image, "/bin/sh", "-c",
                          f"yes '{LINE}' | head -c {LOG}")
            engine.docker("wait", "much")
        self.take_turns("logs", LOG_ROUNDS, "logs", "much")
        self.rows("logs")

    def rows(self, what):
        tells = {"nothing": ("docker version", "the client alone, nearly"), "run": ("docker run --rm demo true", "default network"),
                 "ps": (f"docker ps, {CREATED} containers", f"{RUNNING} of them run"), "ps -a": (f"docker ps -a, {CREATED} containers", "all"),
                 "logs": (f"docker logs of {LOG / 10 ** 9:.4g} GB", "lines of a hundred bytes")}
        name, remark = tells[what]
        middle = {engine.name: statistics.median(self.values[what, engine.name]) for engine in self.engines}
        for engine in self.engines:
            values, said = self.values[what, engine.name], remark
            if engine.name != "escale":
                said = f"ours is {middle['escale'] / middle[engine.name]:.2f} of it"
            elif "docker" in middle and what in GOALS:
                ratio = middle["escale"] / middle["docker"]
                said += f"; {ratio:.2f} of dockerd's, wanted {GOALS[what]}{'' if ratio <= GOALS[what] else ': MISSED'}"
            print(f"{name if engine is self.engines[0] else '  ' + engine.name}|{brief(middle[engine.name])}|ms|"
                  f"{said}; {brief(min(values))} to {brief(max(values))}, {len(values)} times", flush=True)


class Image:
    """Stands for the image's name in words of a command line."""


def words_of(words, engine):
    return [engine.image if word is Image else word for word in words]


def follow(engine, name):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(60)
    connection.connect(engine.path)
    connection.sendall(f"GET /v1.41/containers/{name}/logs?follow=1&stdout=1&tail=1 HTTP/1.1\r\nHost: docker\r\n\r\n".encode())
    if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{engine.name} does not let {FOLLOWERS} follow")
    return connection


def memory_rows(engine):
    idle = memory(engine.process.pid)
    followers = [follow(engine, f"idle{number % RUNNING}") for number in range(FOLLOWERS)]
    time.sleep(1)
    crowded = memory(engine.process.pid)
    for follower in followers:
        follower.close()
    name = "escale-docker-api" if engine.name == "escale" else "  dockerd"
    print(f"{name}: its own memory|{idle}|KiB|after all of the above")
    print(f"{name}: with {FOLLOWERS} that follow logs|{crowded}|KiB|{(crowded - idle) / FOLLOWERS:.0f} each", flush=True)


def client_of(build):
    """That of docker 20.10 is quicker than the newer ones: less of the time is the client's."""
    for path in ("peers/usr/bin/docker", "builders/usr/bin/docker"):
        if os.path.exists(os.path.join(build, path)):
            return os.path.join(build, path)
    raise RuntimeError("there is no docker client: nothing can be measured")


def main(build, work, rounds):
    before = os.getloadavg()[0]
    client = client_of(build)
    engines = [Escale(build, work, client)]
    try:
        engines.append(Dockerd(build, work, client))
    except (RuntimeError, OSError) as error:
        print(f"not compared with dockerd: {error}", file=sys.stderr)
    try:
        bench = Bench(engines)
        bench.measure(int(rounds))
        for engine in engines:
            memory_rows(engine)
        print(f"load of the machine|{os.getloadavg()[0]:.2f}||{before:.2f} before")
    finally:
        for engine in engines:
            engine.end()
        remove_cgroups()


if __name__ == "__main__":
    main(*sys.argv[1:])
