#!/usr/bin/env python3
"""What volumes.sh measures, within tests/stack/stack.sh.

  volumes.py BUILD_FOLDER WORK_FOLDER ROUNDS
"""
import hashlib
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tarfile

from network import Docker, brief, remove_cgroups, run, timed

MANY = "localhost/many:1"
FOLDERS, FILES = 100, 100  # of the image's folder that is copied up
LISTED = 100_000
MOUNT_STARTS = 3  # a round
BACKUP_MIB = 256


def add(archive, name, content=b"", mode=0o644, kind=tarfile.REGTYPE, link=""):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.type, entry.linkname = len(content), mode, kind, link
    archive.addfile(entry, io.BytesIO(content))


def make_image(path):
    """A `docker save`d image: busybox, and 10,000 files of 0 to 8 KiB in /many."""
    chance, layer = random.Random(1), io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as archive:
        for folder in ("bin", "proc", "dev", "sys", "etc", "tmp", "many"):
            add(archive, folder, mode=0o755, kind=tarfile.DIRTYPE)
        with open("/bin/busybox", "rb") as program:
            add(archive, "bin/busybox", program.read(), 0o755)
        for name in ("sh", "sleep", "true"):
            add(archive, "bin/" + name, kind=tarfile.SYMTYPE, link="busybox")
        for folder in range(FOLDERS):
            add(archive, f"many/{folder}", mode=0o755, kind=tarfile.DIRTYPE)
            for file in range(FILES):
                add(archive, f"many/{folder}/{file}", chance.randbytes(chance.randrange(8192)))
    layer = layer.getvalue()
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/bin/sh"]}, "history": [],
                         "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]}}).encode()
    name = hashlib.sha256(config).hexdigest()
    with tarfile.open(path, "w") as archive:
        add(archive, "layer.tar", layer)
        add(archive, name + ".json", config)
        add(archive, "manifest.json",
            json.dumps([{"Config": name + ".json", "RepoTags": [MANY], "Layers": ["layer.tar"]}]).encode())


def make_content(path):
    """A tar of this machine's own documents and programs, some MiB, and as files beside."""
    left = BACKUP_MIB << 20
    with tarfile.open(path, "w") as archive:
        for top in ("/usr/share/doc", "/usr/include", "/usr/lib/x86_64-linux-gnu"):
            for folder, _, names in os.walk(top):
                for name in sorted(names):
                    file = os.path.join(folder, name)
                    if left > 0 and os.path.isfile(file) and not os.path.islink(file):
                        archive.add(file, file[1:])
                        left -= os.path.getsize(file)


def make_list(path):
    with tarfile.open(path, "w") as archive:
        add(archive, "long", mode=0o755, kind=tarfile.DIRTYPE)
        for number in range(LISTED):
            add(archive, f"long/a file of many, number {number}")


class Bench:
    def __init__(self, build, work, rounds):
        self.build, self.work, self.rounds = build, work, rounds
        self.values = {}

    def ask(self, *words):
        """Notes the lines "name value" of escale-bench."""
        return [(name, float(value)) for name, value in
                (line.split() for line in run(os.path.join(self.build, "bin/escale-bench"), *words).splitlines())]

    def note(self, what, value):
        self.values.setdefault(what, []).append(value)

    def open(self):
        archive, content, long = (os.path.join(self.work, name) for name in ("many.tar", "content.tar", "long.tar"))
        make_image(archive)
        make_content(content)
        make_list(long)
        for words in (["load", archive], ["fill", "content", content], ["fill", "long", long]):
            run(os.path.join(self.build, "bin/escale-bench"), *words)
        self.content = os.path.join(self.work, "content")
        os.mkdir(self.content)
        run("tar", "-xf", content, "-C", self.content)
        self.docker = None
        try:
            self.docker = Docker({"archive": archive}, self.build, self.work)
        except (RuntimeError, OSError) as error:
            print(f"not compared with docker: {error}", file=sys.stderr)

    def docker_start(self):
        def both():
            self.docker.api.call("POST", "/containers/create?name=many", {
                "Image": MANY, "Cmd": ["/bin/sleep", "100000"],
                "HostConfig": {"NetworkMode": "none", "Mounts": [{"Type": "volume", "Source": "many", "Target": "/many"}]}})
            self.docker.begin("many")
        passed = timed(both)
        self.docker.remove("many")
        return passed

    def copy_up(self):
        empty, filled = (value for _, value in self.ask("copy-up", MANY, 1))
        self.note("copy-up", empty - filled)
        if self.docker:
            empty, filled = self.docker_start(), self.docker_start()
            self.docker.api.call("DELETE", "/volumes/many")
            self.note("docker copy-up", empty - filled)

    def mounts(self):
        for volumes, value in self.ask("mounts", MANY, MOUNT_STARTS):
            self.note("mounts " + volumes, value)

    def backups(self):
        for name, value in self.ask("backup", "content", "zstd"):
            self.note(name, value)
        self.note("tar", timed(lambda: subprocess.run(
            f"tar --acls --xattrs -C {self.content} -cf - . | zstd -q -3 -T{os.cpu_count()} | cat >/dev/null", shell=True, check=True)))

    def measure(self):
        for number in range(-1, self.rounds):
            for part in (self.copy_up, self.mounts, self.backups):
                part()
            for name, value in self.ask("list-files", "long", "/long"):
                self.note(name, value)
            if number < 0:
                self.values.clear()  # warm now

    def row(self, name, what, remark, unit="ms", of=lambda value: value):
        values = [of(value) for value in self.values[what]]
        print(f"{name}|{brief(statistics.median(values))}|{unit}|{remark}{'; ' if remark else ''}"
              f"{brief(min(values))} to {brief(max(values))}, {len(values)} times")
        return statistics.median(values)

    def rows(self):
        middle = {count: statistics.median(self.values[f"mounts {count}"]) for count in (0, 1, 8)}
        self.row("start without volumes", "mounts 0", "no network")
        self.row("start with a volume", "mounts 1", f"{middle[1] - middle[0]:.1f} ms more")
        self.row("start with 8 volumes", "mounts 8", f"{(middle[8] - middle[0]) / 8:.2f} ms a volume")
        ours = self.row(f"copy-up of {FOLDERS * FILES} files", "copy-up", "create and start, less the same with a filled volume")
        if self.docker:
            theirs = statistics.median(self.values["docker copy-up"])
            self.row("  docker", "docker copy-up", f"ours is {ours / theirs:.2f} of it")
        size = sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(self.content) for name in names)

        def rate(value):
            return size / value / 1000
        ours = self.row("backup by zstd", "backup", f"{size / 1e6:.0f} MB of files, level 3", "MB/s", rate)
        theirs = statistics.median([rate(value) for value in self.values["tar"]])
        self.row("  tar --acls --xattrs | zstd", "tar", f"ours is {ours / theirs:.2f} of it; same level and threads", "MB/s", rate)
        self.row(f"list of {int(self.values['files'][0])} files", "list", "one call")

    def end(self):
        if self.docker:
            self.docker.end()
        remove_cgroups()


def main(build, work, rounds):
    bench = Bench(build, work, int(rounds))
    before = os.getloadavg()[0]
    bench.open()
    try:
        bench.measure()
        bench.rows()
        print(f"load of the machine|{os.getloadavg()[0]:.2f}||{before:.2f} before")
    finally:
        bench.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
