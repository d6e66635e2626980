#!/usr/bin/env python3
"""What build.sh measures: Escale's builds beside docker's (BuildKit) and buildah's.

  build.py BUILD_FOLDER BASES_FOLDER WORK_FOLDER ROUNDS BUILDERS    within build.sh; BUILDERS: "escale,docker,buildah"
"""
import os
import random
import statistics
import sys
import time

from builders import open_builders
from network import brief, remove_cgroups

FILES, MANY = 2000, 20_000
RUNS = 20
SLEEP = 2  # s, of each of two stages
TAG = "localhost/bench:1"
BASE = "FROM escale-samples/base:1\n"
FIRST = BASE + """WORKDIR /app
ENV MODE=production
COPY etc/ /etc/app/
RUN cp -r /etc/app /app/etc
COPY src/ /app/src/
RUN find /app/src -type f | wc -l > /app/count
LABEL version=1
EXPOSE 8080
CMD ["cat", "/app/count"]
"""
GOALS = {"cached": 0.2, "a RUN": 0.3, "copy": 0.6}


def fill(folder, count):
    """Files of 0 to 8 KiB, a hundred a folder."""
    chance = random.Random(count)
    for number in range(count):
        if number % 100 == 0:
            os.makedirs(f"{folder}/{number // 100}")
        with open(f"{folder}/{number // 100}/{number}", "wb") as file:
            file.write(chance.randbytes(chance.randrange(8192)))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


class Bench:
    def __init__(self, work):
        self.work, self.values = work, {}
        self.dockerfiles = {
            "first": FIRST,
            "none": BASE + "LABEL a=b\n",
            "runs": BASE + "LABEL a=b\n" + "".join(f"RUN true {number}\n" for number in range(RUNS)),
            "copy": BASE + "COPY src/ /many/\n",
            "overlap": f"FROM escale-samples/base:1 AS one\nRUN sleep {SLEEP} && echo 1 > /one\n"
                       f"FROM escale-samples/base:1 AS two\nRUN sleep {SLEEP} && echo 2 > /two\n"
                       "FROM scratch\nCOPY --from=one /one /\nCOPY --from=two /two /\n"}
        for name, text in self.dockerfiles.items():
            write(f"{work}/{name}/Dockerfile", text)
        write(f"{work}/first/etc/settings", "colour = blue\n")
        fill(f"{work}/first/src", FILES)
        fill(f"{work}/copy/src", MANY)

    def build(self, builder, name, what, *options):
        begin = time.perf_counter()
        builder.build(f"{self.work}/{name}", TAG, options=options)
        passed = (time.perf_counter() - begin) * 1000
        if what:
            self.values.setdefault((what, builder.name), []).append(passed)
        return passed

    def round(self, builder):
        self.build(builder, "first", "first")
        for _ in range(3):
            self.build(builder, "first", "cached")
        builder.forget(TAG)
        none = self.build(builder, "none", "")
        every = self.build(builder, "runs", "")
        self.values.setdefault(("a RUN", builder.name), []).append((every - none) / RUNS)
        self.build(builder, "overlap", "overlap", *(["--jobs=2"] if builder.name == "buildah" else []))
        builder.forget(TAG)
        self.build(builder, "copy", "copy")
        self.build(builder, "copy", "copy again", "--no-cache")
        builder.forget(TAG)

    def measure(self, builders, rounds):
        for number in range(rounds):
            at = number % len(builders)
            for builder in builders[at:] + builders[:at]:
                try:
                    self.round(builder)
                except RuntimeError as error:
                    if builder.name == "escale":
                        raise
                    raise RuntimeError(f"{builder.about()}: {error}")

    def rows(self, builders):
        tells = {"first": (f"build of 10 instructions and {FILES} files", "nothing is known of it"),
                 "cached": ("the same again", "all cached"),
                 "a RUN": ("a RUN that does nothing", f"{RUNS} of them, less a build without"),
                 "copy": (f"COPY of {MANY} files", "files that are new to the engine"),
                 "copy again": (f"COPY of {MANY} files, --no-cache", "files that have been sent before"),
                 "overlap": (f"two stages that sleep {SLEEP} s", "at once where it is little more than that; buildah with --jobs=2")}
        for what, (name, remark) in tells.items():
            middle = {builder.name: statistics.median(self.values[what, builder.name]) for builder in builders}
            peers = {name: value for name, value in middle.items() if name != "escale"}
            for builder in builders:
                values, said = self.values[what, builder.name], remark
                if builder.name != "escale":
                    said = f"ours is {middle['escale'] / middle[builder.name]:.2f} of it" if "escale" in middle else builder.about()
                elif peers and what in GOALS:
                    ratio = middle["escale"] / min(peers.values())
                    said += f"; {ratio:.2f} of the best, wanted {GOALS[what]}{'' if ratio <= GOALS[what] else ': MISSED'}"
                print(f"{name if builder is builders[0] else '  ' + builder.name}|{brief(middle[builder.name])}|ms|"
                      f"{said}; {brief(min(values))} to {brief(max(values))}, {len(values)} times", flush=True)


def main(build, bases, work, rounds, names):
    bench = Bench(os.path.join(work, "contexts"))
    before = os.getloadavg()[0]
    builders = open_builders(build, work, names.split(","))
    try:
        for builder in builders:
            builder.load(os.path.join(bases, "base.tar"))
            # The client of docker 20.10, which has BuildKit's in itself, is faster than the newer one with buildx.
            if builder.name == "docker" and os.path.exists(build + "/peers/usr/bin/docker"):
                builder.client = build + "/peers/usr/bin/docker"
        bench.measure(builders, int(rounds))
        bench.rows(builders)
        print(f"load of the machine|{os.getloadavg()[0]:.2f}||{before:.2f} before")
    finally:
        for builder in builders:
            builder.end()
        remove_cgroups()


if __name__ == "__main__":
    main(*sys.argv[1:])
