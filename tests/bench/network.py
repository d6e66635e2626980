#!/usr/bin/env python3
"""The engines that network.sh compares, and what it asks of them.

  network.py compare BUILD_FOLDER WORK_FOLDER ROUNDS    within tests/stack/stack.sh
  network.py netavark COUNT FOLDER                      within a machine: "attach MS" and "detach MS" lines
"""
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time

NETAVARK = "/usr/lib/podman/netavark"
CGROUP = "escale-bench-" + os.urandom(4).hex()  # of the peers' containers
IMAGE = "localhost/demo:1"
PAUSE = 0.02  # s: what the kernel does in the background after one step is not the next one's
ENDPOINTS, MEMBERS, STARTS = 10, 5, 5  # a round
ROUNDTRIPS, LOOKUPS, SECONDS = 4000, 5000, 1
RUNS = 3  # a round, of what depends on which processors the two ends happen to get
IPERF, ECHO = 5201, 5202  # ports inside; published 10000 above
OUTSIDE, UPLINK = "203.0.113.2", "203.0.113.1"


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], text=True, capture_output=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr or done.stdout}")
    return done.stdout


def start(*words, log=None):
    log = open(log, "ab") if log else subprocess.DEVNULL
    return subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def eventually(condition, what):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            value = condition()
            if value:
                return value
        except (OSError, RuntimeError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    raise RuntimeError(f"{what} does not answer")


def timed(work):
    begin = time.perf_counter()
    work()
    passed = (time.perf_counter() - begin) * 1000
    time.sleep(PAUSE)
    return passed


def brief(value):
    return f"{value:.0f}" if value >= 1000 else f"{value:.4g}"


def numbers(text):
    """("attach", 1.5) of lines like "attach 1.5"."""
    return [(name, float(value)) for name, value in (line.split() for line in text.splitlines())]


class Machine:
    """A network namespace with an uplink to a machine beyond; `own`: this process's, else a new one with a /run of its own."""

    def __init__(self, own=False):
        self.enter = []
        if not own:
            keeper = start("unshare", "--net", "--mount", "--propagation", "private", "sh", "-c",
                           "mount -t tmpfs -o mode=755 run /run && mkdir /run/lock /run/netns && "
                           "{ umount /sys/fs/cgroup/unified || true; } && ip link set lo up && exec sleep 100000")
            self.enter = ["nsenter", "-t", str(keeper.pid), "-m", "-n", "--"]
            eventually(lambda: run("cat", f"/proc/{keeper.pid}/comm").strip() == "sleep", "a namespace")
        beyond = start("unshare", "--net", "sh", "-c", "ip link set lo up && exec sleep 100000")
        eventually(lambda: run("cat", f"/proc/{beyond.pid}/comm").strip() == "sleep", "a namespace")
        self.beyond = beyond.pid
        self.run("ip", "link", "add", "uplink", "type", "veth", "peer", "name", "eth0", "netns", beyond.pid)
        self.run("ip", "address", "add", UPLINK + "/24", "dev", "uplink")
        self.run("ip", "link", "set", "uplink", "up")
        inside(beyond.pid, "ip", "address", "add", OUTSIDE + "/24", "dev", "eth0")
        inside(beyond.pid, "ip", "link", "set", "eth0", "up")
        self.run("ip", "route", "add", "default", "via", OUTSIDE)

    def run(self, *words, **options):
        return run(*self.enter, *words, **options)

    def start(self, *words, log=None):
        return start(*self.enter, *words, log=log)


def inside(pid, *words):
    return run("nsenter", "-t", pid, "-n", "--", *words)


class Unix(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Api:
    """Docker's REST interface, which podman's resembles."""

    def __init__(self, path):
        self.path = path

    def call(self, method, path, body=None):
        connection = Unix(self.path)
        connection.request(method, path, json.dumps(body) if body is not None else None,
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text[:1] in (b"{", b"[") else text  # podman says "OK", too


class Escale:
    name = "escale"

    def __init__(self, bench, build, work):
        self.machine = Machine(own=True)
        self.bench, self.image = os.path.join(build, "bin/escale-bench"), bench["image"]
        run(self.bench, "pull", self.image)

    def make_network(self, name):
        run(self.bench, "network", name)

    def member(self, name, network, publish=()):
        pid, address, container = run(self.bench, "member", self.image, network, name,
                                      ",".join(f"{10000 + port}:{port}" for port in publish)).split()
        return int(pid), address, container

    def starts(self, network):
        return numbers(run(self.bench, "start", self.image, network, "18080:80", STARTS))

    def connects(self, network, containers):
        return numbers(run(self.bench, "connect", network, *containers))

    def server(self, gateway):
        return gateway

    def end(self):
        pass  # stack.sh's


class Peer:
    def make_network(self, name):
        self.create_network(name)

    def member(self, name, network, publish=()):
        self.create(name, network, publish)
        self.begin(name)
        return (*self.place(name, network), name)

    def starts(self, network):
        times = []
        for _ in range(STARTS):
            self.create("started", network, [80])
            times.append(("start", timed(lambda: self.begin("started"))))
            self.remove("started")
            time.sleep(PAUSE)
        return times

    def connects(self, network, containers):
        return [("connect", timed(lambda: self.connect(network, one))) for one in containers] + \
            [("disconnect", timed(lambda: self.disconnect(network, one))) for one in containers]


class Docker(Peer):
    name = "docker"

    def __init__(self, bench, build, work):
        binaries = os.path.join(build, "peers/usr")
        if not os.path.exists(binaries + "/sbin/dockerd"):
            raise RuntimeError("no dockerd")
        self.machine, folder = Machine(), os.path.join(work, "docker")
        os.mkdir(folder)
        self.api = Api(folder + "/socket")
        self.daemon = self.machine.start(
            "env", f"PATH={binaries}/bin:{binaries}/sbin:{os.environ['PATH']}", "dockerd", "--data-root", folder + "/root",
            "--exec-root", "/run/docker", "--pidfile", "/run/docker.pid", "-H", "unix://" + self.api.path,
            "--cgroup-parent", "/" + CGROUP, log=folder + "/log")
        try:
            eventually(lambda: self.api.call("GET", "/info"), "dockerd")
        except RuntimeError:
            raise RuntimeError("dockerd cannot run here: " + run("tail", "-n", "5", folder + "/log"))
        self.machine.run(binaries + "/bin/docker", "-H", "unix://" + self.api.path, "load", "-q", "-i", bench["archive"])

    def create_network(self, name):
        self.api.call("POST", "/networks/create", {"Name": name})

    def create(self, name, network, publish):
        self.api.call("POST", "/containers/create?name=" + name, {
            "Image": IMAGE, "Cmd": ["/bin/sleep", "100000"], "Entrypoint": [],
            "ExposedPorts": {f"{port}/tcp": {} for port in publish},
            "HostConfig": {"NetworkMode": network,
                           "PortBindings": {f"{port}/tcp": [{"HostPort": str(10000 + port)}] for port in publish}},
            "NetworkingConfig": {"EndpointsConfig": {network: {"Aliases": ["alias-" + name]}}}})

    def begin(self, name):
        self.api.call("POST", f"/containers/{name}/start")

    def place(self, name, network):
        about = self.api.call("GET", f"/containers/{name}/json")
        return about["State"]["Pid"], about["NetworkSettings"]["Networks"][network]["IPAddress"]

    def remove(self, name):
        self.api.call("DELETE", f"/containers/{name}?force=1")

    def connect(self, network, container):
        self.api.call("POST", f"/networks/{network}/connect", {"Container": container})

    def disconnect(self, network, container):
        self.api.call("POST", f"/networks/{network}/disconnect", {"Container": container})

    def server(self, gateway):
        return "127.0.0.11"

    def end(self):
        for one in self.api.call("GET", "/containers/json"):
            self.remove(one["Id"])
        self.daemon.terminate()
        self.daemon.wait()


class Podman(Peer):
    name = "podman"

    def __init__(self, bench, build, work):
        self.machine, folder = Machine(), os.path.join(work, "podman")
        os.mkdir(folder)
        self.folder = folder
        for runtime in ("crun", "runc"):
            with open(folder + "/containers.conf", "w") as conf:
                conf.write(f'[network]\nnetwork_backend = "netavark"\nnetwork_config_dir = "{folder}/networks"\n'
                           f'[engine]\ncgroup_manager = "cgroupfs"\nruntime = "{runtime}"\nevents_logger = "file"\n'
                           f'[containers]\nlog_driver = "k8s-file"\n')
            self.words = ["env", f"CONTAINERS_CONF={folder}/containers.conf", "podman", "--root", folder + "/root", "--runroot",
                          folder + "/run", "--log-level", "error"]
            self.machine.run(*self.words, "load", "-q", "-i", bench["archive"])
            try:
                self.machine.run(*self.words, "run", "--rm", "--network", "none", "--cgroup-parent", "/" + CGROUP,
                                 IMAGE, "/bin/true")
                break
            except RuntimeError as error:
                why = error
        else:
            raise why
        self.runtime = runtime
        self.api = Api(folder + "/socket")
        self.daemon = self.machine.start(*self.words, "system", "service", "-t", "0", "unix://" + self.api.path,
                                         log=folder + "/log")
        eventually(lambda: self.api.call("GET", "/v4.0.0/libpod/info"), "podman's service")

    def call(self, method, path, body=None):
        return self.api.call(method, "/v4.0.0/libpod" + path, body)

    def create_network(self, name):
        self.call("POST", "/networks/create", {"name": name, "dns_enabled": True})

    def create(self, name, network, publish):
        self.call("POST", "/containers/create", {
            "name": name, "image": IMAGE, "command": ["/bin/sleep", "100000"], "entrypoint": [],
            "netns": {"nsmode": "bridge"}, "Networks": {network: {"aliases": ["alias-" + name]}}, "cgroup_parent": "/" + CGROUP,
            "portmappings": [{"host_port": 10000 + port, "container_port": port} for port in publish]})

    def begin(self, name):
        self.call("POST", f"/containers/{name}/start")

    def place(self, name, network):
        about = self.call("GET", f"/containers/{name}/json")
        return about["State"]["Pid"], about["NetworkSettings"]["Networks"][network]["IPAddress"]

    def remove(self, name):
        self.call("DELETE", f"/containers/{name}?force=true&timeout=0")

    def connect(self, network, container):
        self.call("POST", f"/networks/{network}/connect", {"container": container})

    def disconnect(self, network, container):
        self.call("POST", f"/networks/{network}/disconnect", {"Container": container, "Force": True})

    def server(self, gateway):
        return gateway

    def end(self):
        for one in self.call("GET", "/containers/json"):
            self.remove(one["Id"])
        self.daemon.terminate()
        self.daemon.wait()
        self.machine.run("sh", "-c", f"umount -ql {self.folder}/root/overlay || true")


def remove_cgroups():
    for hierarchy in os.listdir("/sys/fs/cgroup"):
        folder = os.path.join("/sys/fs/cgroup", hierarchy, CGROUP)
        for path, _, _ in os.walk(folder, topdown=False):
            os.rmdir(path)


class Comparison:
    def __init__(self, build, work, rounds):
        self.build, self.work, self.rounds = build, work, rounds
        self.probe = os.path.join(build, "bin/escale-network-bench")
        self.values = {}  # by (what, engine)

    def note(self, what, engine, *values):
        self.values.setdefault((what, engine), []).extend(values)

    def open(self):
        image = os.environ["ESCALE_REGISTRY"] + "/escale/demo:gzip"
        bench = {"image": image, "archive": os.path.join(self.work, "demo.tar")}
        run("skopeo", "copy", "-q", "--insecure-policy", "--src-tls-verify=false", "docker://" + image,
            f"docker-archive:{bench['archive']}:{IMAGE}")
        self.engines = []
        for engine in (Escale, Docker, Podman):
            try:
                self.engines.append(engine(bench, self.build, self.work))
            except (RuntimeError, OSError) as error:
                if engine is Escale:
                    raise
                print(f"not compared with {engine.name}: {error}", file=sys.stderr)
        self.bare = Machine()  # for endpoints without an engine
        for engine in self.engines:
            self.settle(engine)

    def settle(self, engine):
        """Two containers in a network, servers in the first one and on the machine."""
        engine.make_network("bench")
        engine.make_network("second")
        engine.one, engine.address, first = engine.member("one", "bench", [IPERF, ECHO])
        engine.two, _, second = engine.member("two", "bench")
        engine.members = [first, second] + [engine.member(f"more{i}", "bench")[2] for i in range(MEMBERS - 2)]
        engine.gateway = inside(engine.two, "ip", "route", "show", "default").split()[2]
        for words in (["iperf3", "-s", "-p", IPERF], [self.probe, "echo", ECHO]):
            start("nsenter", "-t", engine.one, "-n", "--", *words)
            engine.machine.start(*words)
        engine.ways = {"container to container": (engine.two, engine.address, 0),
                       "container to host": (engine.two, engine.gateway, 0),
                       "by published port": (engine.machine.beyond, UPLINK, 10000)}
        for pid, address, above in engine.ways.values():
            for port in (IPERF, ECHO):
                eventually(lambda: inside(pid, "python3", "-c", "import socket, sys; "
                                          "socket.create_connection((sys.argv[1], int(sys.argv[2])), 1)", address,
                                          port + above) or True, f"{engine.name}: {address}:{port + above}")

    def endpoints(self):
        for name, value in numbers(self.bare.run(self.probe, "endpoints", ENDPOINTS)):
            self.note(name, "escale", value)
        for name, value in numbers(self.bare.run(sys.executable, __file__, "netavark", ENDPOINTS, self.work)):
            self.note(name, "netavark", value)

    def lives(self, engine):
        for name, value in engine.connects("second", engine.members) + engine.starts("bench"):
            self.note(name, engine.name, value)

    def traffic(self, engine):
        for way, (pid, address, above) in engine.ways.items():
            text = inside(pid, "iperf3", "-c", address, "-p", IPERF + above, "-t", SECONDS, "-J")
            self.note("throughput, " + way, engine.name, json.loads(text)["end"]["sum_received"]["bits_per_second"] / 1e9)
            for _ in range(RUNS):
                for name, value in numbers(inside(pid, self.probe, "roundtrips", address, ECHO + above, ROUNDTRIPS)):
                    self.note(f"round trip, {way}, {name}", engine.name, value)

    def lookups(self, engine):
        server = engine.server(engine.gateway)
        for _ in range(RUNS):
            for name, value in numbers(inside(engine.two, self.probe, "lookups", server, "one", LOOKUPS)):
                self.note("look-up, " + name, engine.name, value)

    def measure(self):
        for number in range(-1, self.rounds):
            order = self.engines[number % len(self.engines):] + self.engines[:number % len(self.engines)]
            self.endpoints()
            for part in (self.lives, self.traffic, self.lookups):
                for engine in order:
                    part(engine)
            if number < 0:
                self.values.clear()  # warm now

    def rows(self):
        tells = {"attach": ("endpoint: attach", "ms", "interfaces, addresses, guard; as the engine does it"),
                 "detach": ("endpoint: detach", "ms", ""),
                 "connect": ("connect a running container", "ms", "by the engine's interface"),
                 "disconnect": ("disconnect a running container", "ms", ""),
                 "start": ("start with names and a published port", "ms", "by the engine's interface")}
        order = {"escale": 0, "netavark": 1, "docker": 2, "podman": 3}
        whats = dict.fromkeys(what for what, _ in self.values)
        for what in whats:
            unit = "Gbit/s" if what.startswith("throughput") else "a second" if what.endswith("rate") else "µs"
            name, unit, remark = tells.get(what, (what, unit, ""))
            ours = statistics.median(self.values[what, "escale"])
            for engine in sorted((engine for one, engine in self.values if one == what), key=order.get):
                values = self.values[what, engine]
                middle, spread = statistics.median(values), f"{brief(min(values))} to {brief(max(values))}, {len(values)} times"
                if engine == "escale":
                    print(f"{name}|{brief(middle)}|{unit}|{remark + '; ' if remark else ''}{spread}")
                else:
                    print(f"  {engine}|{brief(middle)}|{unit}|ours is {ours / middle:.2f} of it; {spread}")

    def end(self):
        for engine in self.engines:
            engine.end()
        remove_cgroups()


def compare(build, work, rounds):
    comparison = Comparison(build, work, int(rounds))
    before = os.getloadavg()[0]
    comparison.open()
    try:
        comparison.measure()
        comparison.rows()
        print(f"load of the machine|{os.getloadavg()[0]:.2f}||{before:.2f} before")
    finally:
        comparison.end()


def netavark(count, folder):
    """As podman calls it for a network without names: the first endpoint makes the network, and is not counted."""
    config, times = os.path.join(folder, "netavark"), []
    os.makedirs(config, exist_ok=True)

    def call(action, number):
        with open(f"{config}/{number}.json", "rb") as options:
            pid = os.posix_spawn(NETAVARK, [NETAVARK, "--config", config, action, f"/run/netns/nv{number}"], os.environ,
                                 file_actions=[(os.POSIX_SPAWN_DUP2, options.fileno(), 0),
                                               (os.POSIX_SPAWN_OPEN, 1, config + "/answer", os.O_WRONLY | os.O_CREAT, 0o600)])
            if os.waitpid(pid, 0)[1] != 0:
                raise RuntimeError("netavark has failed: " + open(config + "/answer").read())

    for number in range(int(count) + 1):
        with open(f"{config}/{number}.json", "w") as options:
            json.dump({"container_id": f"{number:064}", "container_name": f"c{number}",
                       "networks": {"bench": {"static_ips": [f"10.91.0.{number + 2}"], "interface_name": "eth0"}},
                       "network_info": {"bench": {
                           "name": "bench", "id": "b" * 64, "driver": "bridge", "network_interface": "nvbench0",
                           "subnets": [{"subnet": "10.91.0.0/24", "gateway": "10.91.0.1"}], "ipv6_enabled": False,
                           "internal": False, "dns_enabled": False, "ipam_options": {"driver": "host-local"}}}}, options)
        run("ip", "netns", "add", f"nv{number}")
    for action, name in (("setup", "attach"), ("teardown", "detach")):
        for number in (range(int(count) + 1) if action == "setup" else range(int(count), -1, -1)):
            passed = timed(lambda: call(action, number))
            if number > 0:
                print(name, f"{passed:.3f}")
    for number in range(int(count) + 1):
        run("ip", "netns", "del", f"nv{number}")


if __name__ == "__main__":
    {"compare": compare, "netavark": netavark}[sys.argv[1]](*sys.argv[2:])
