"""The engines that build.py compares in time, and tests/samples in what they make: each builds, saves and forgets images."""
import os
import resource
import sys

from network import CGROUP, Api, Machine, eventually, run

RUNTIME = "/usr/sbin/runc"


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DOCKER_", "BUILDKIT_", "BUILDAH_"))}
    return {**kept, **more}


class Docker:
    """docker build, by the BuildKit within dockerd."""
    name = "docker"

    def __init__(self, build, work):
        self.folder, peers = os.path.join(work, "docker"), os.path.join(build, "builders/usr")
        if not os.path.exists(peers + "/sbin/dockerd"):
            raise RuntimeError("no dockerd")
        os.makedirs(self.folder + "/config/cli-plugins")
        os.symlink(peers + "/libexec/docker/cli-plugins/docker-buildx", self.folder + "/config/cli-plugins/docker-buildx")
        self.machine = Machine()
        socket = self.folder + "/socket"
        self.environment = environment(DOCKER_BUILDKIT="1", DOCKER_CONFIG=self.folder + "/config", DOCKER_HOST="unix://" + socket,
                                       BUILDKIT_PROGRESS="plain")
        self.client = peers + "/bin/docker"
        self.api = Api(socket)
        self.daemon = self.machine.start(
            "env", f"PATH={peers}/bin:{peers}/sbin:{os.environ['PATH']}", "dockerd", "--data-root", self.folder + "/root", "--exec-root",
            "/run/docker", "--pidfile", "/run/docker.pid", "-H", "unix://" + socket, "--cgroup-parent", "/" + CGROUP, log=self.folder + "/log")
        try:
            eventually(lambda: self.api.call("GET", "/info"), "dockerd")
        except RuntimeError:
            raise RuntimeError("dockerd cannot run here: " + run("tail", "-n", "5", self.folder + "/log"))

    def call(self, *words):
        return run(*self.machine.enter, self.client, *words, env=self.environment)

    def about(self):
        return "docker " + self.api.call("GET", "/version")["Version"]

    def load(self, archive):
        self.call("load", "-q", "-i", archive)

    def build(self, context, tag, dockerfile=None, options=()):
        self.call("build", "-t", tag, "-f", dockerfile or context + "/Dockerfile", *options, context)

    def save(self, tag, path):
        self.call("save", "-o", path, tag)

    def forget(self, *tags):
        """The images and all that was kept for a next build."""
        self.call("image", "rm", "-f", *tags)
        self.call("builder", "prune", "-a", "-f")

    def end(self):
        self.daemon.terminate()
        self.daemon.wait()


class Buildah:
    name = "buildah"

    def __init__(self, build, work):
        self.folder = os.path.join(work, "buildah")
        program = os.path.join(build, "builders/usr/bin/buildah")
        if not os.path.exists(program):
            raise RuntimeError("no buildah")
        os.mkdir(self.folder)
        self.machine = Machine()
        for name, text in (("policy.json", '{"default": [{"type": "insecureAcceptAnything"}]}'), ("registries.conf", "")):
            with open(os.path.join(self.folder, name), "w") as file:
                file.write(text)
        self.words = [*self.machine.enter, program, "--root", self.folder + "/root", "--runroot", self.folder + "/run", "--storage-driver",
                      "overlay", "--registries-conf", self.folder + "/registries.conf"]
        self.policy = ["--signature-policy", self.folder + "/policy.json"]
        self.limits = []  # it asks for more than a machine may allow
        for name, kind in (("nofile", resource.RLIMIT_NOFILE), ("nproc", resource.RLIMIT_NPROC)):
            self.limits += ["--ulimit", "{0}={1}:{1}".format(name, resource.getrlimit(kind)[1])]
        self.environment = environment(BUILDAH_RUNTIME=RUNTIME, BUILDAH_FORMAT="docker", BUILDAH_LAYERS="true")

    def call(self, *words):
        return run(*self.words, *words, env=self.environment)

    def about(self):
        return " ".join(self.call("--version").split()[:3])

    def load(self, archive):
        self.call("pull", "-q", *self.policy, "docker-archive:" + archive)

    def build(self, context, tag, dockerfile=None, options=()):
        self.call("build", "-q", "--pull=never", "--identity-label=false", *self.policy, *self.limits, "-t", tag, "-f",
                  dockerfile or context + "/Dockerfile", *options, context)

    def save(self, tag, path):
        if os.path.exists(path):
            os.unlink(path)
        self.call("push", "-q", *self.policy, tag, f"docker-archive:{path}:{tag}")

    def forget(self, *tags):
        self.call("rmi", "-f", *tags)
        self.call("rmi", "--prune", "-f")

    def end(self):
        self.machine.run("sh", "-c", f"umount -ql {self.folder}/root/overlay || true")


class Escale:
    name = "escale"

    def __init__(self, build, work):
        self.bench = os.path.join(build, "bin/escale-bench")

    def call(self, *words):
        return run(self.bench, *words)

    def about(self):
        return "escale"

    def load(self, archive):
        self.call("load", archive)

    def build(self, context, tag, dockerfile=None, options=()):
        self.call("build", context, dockerfile or context + "/Dockerfile", tag, *options)

    def save(self, tag, path):
        self.call("save", tag, path)

    def forget(self, *tags):
        self.call("forget-builds", *tags)

    def end(self):
        pass  # stack.sh's


def open_builders(build, work, names):
    """Those of `names` that can be had here."""
    builders = []
    for builder in (Escale, Docker, Buildah):
        if builder.name not in names:
            continue
        try:
            builders.append(builder(build, work))
        except (RuntimeError, OSError) as error:
            if builder is Escale:
                raise
            print(f"not compared with {builder.name}: {error}", file=sys.stderr)
    return builders
