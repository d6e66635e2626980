#!/usr/bin/env python3
"""Makes the images that the samples are built from, of what Debian has installed on this machine: no network is needed.

  make_bases.py FOLDER    writes FOLDER/base.tar and FOLDER/tools.tar, archives as `docker save` writes them

escale-samples/base:1 is a busybox with the accounts of a small system, escale-samples/tools:1 a Debian with compilers and interpreters.
"""
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile

MADE = 1704164645  # 2024-01-02 03:04:05: of everything that is made here
PACKAGES = ["attr", "bash", "binutils", "coreutils", "dash", "diffutils", "findutils", "g++", "gcc", "grep", "gzip", "libc-bin", "libc6-dev", "libcap2-bin",
            "make", "mawk", "perl-base", "python3", "sed", "tar"]
LEFT_OUT = ("/usr/share/doc", "/usr/share/man", "/usr/share/info", "/usr/share/locale", "/usr/share/lintian", "/usr/share/bug",
            "/usr/share/gdb", "/usr/share/zoneinfo", "/var/lib/dpkg")
LEFT_OUT_PARTS = ("lto1", "lto-dump", "mapper-server", "asan", "tsan", "lsan", "ubsan", "gprofng", "gp-collector", "gold", "-dwp")
FOLDERS = {"dev": 0o755, "etc": 0o755, "home": 0o755, "proc": 0o555, "root": 0o700, "run": 0o755, "srv": 0o755, "sys": 0o555, "tmp": 0o1777,
           "usr": 0o755, "usr/bin": 0o755, "usr/sbin": 0o755, "usr/lib": 0o755, "usr/lib64": 0o755, "usr/share": 0o755, "var": 0o755,
           "var/cache": 0o755, "var/lib": 0o755, "var/tmp": 0o1777, "home/app": 0o755, "var/www": 0o755}
MERGED = ("bin", "sbin", "lib", "lib64")  # each a link into usr
OWNERS = {"home/app": 1000, "var/www": 33}
FILES = {
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/false\n"
                  "app:x:1000:1000:app:/home/app:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n",
    "etc/group": "root:x:0:\nadm:x:4:app\nwww-data:x:33:\napp:x:1000:\nnogroup:x:65534:\n",
    "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
    "etc/hosts": "127.0.0.1 localhost\n",
    "etc/resolv.conf": "",
    "etc/os-release": 'ID=escale-samples\nPRETTY_NAME="Base of Escale\'s samples"\nVERSION_ID=1\n',
}
GUIDES = {f"usr/share/guides/{name}": f"How to {name.split('.')[0]}.\n" for name in ("build.txt", "run.txt", "old/compose-v1.txt", "old/links.txt")}


class Layer:
    def __init__(self, path):
        self.archive = tarfile.open(path, "w", format=tarfile.PAX_FORMAT)
        self.names = set()

    def add(self, name, content=b"", mode=0o644, kind=tarfile.REGTYPE, link="", owner=0):
        if name in self.names:
            return
        parent = os.path.dirname(name)
        if parent and parent not in self.names:
            self.add(parent, mode=FOLDERS.get(parent, 0o755), kind=tarfile.DIRTYPE, owner=OWNERS.get(parent, 0))
        self.names.add(name)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.type, entry.linkname, entry.mtime = len(content), mode, kind, link, MADE
        entry.uid = entry.gid = owner
        self.archive.addfile(entry, io.BytesIO(content))

    def skeleton(self):
        for name, mode in FOLDERS.items():
            self.add(name, mode=mode, kind=tarfile.DIRTYPE, owner=OWNERS.get(name, 0))
        for name in MERGED:
            self.add(name, kind=tarfile.SYMTYPE, link="usr/" + name, mode=0o777)
        for name, text in FILES.items():
            self.add(name, text.encode())


def fill_base(layer):
    layer.skeleton()
    with open("/bin/busybox", "rb") as program:
        layer.add("usr/bin/busybox", program.read(), 0o755)
    for applet in subprocess.run(["/bin/busybox", "--list"], text=True, capture_output=True, check=True).stdout.split():
        layer.add("usr/bin/" + applet, kind=tarfile.SYMTYPE, link="busybox", mode=0o777)
    for name, text in GUIDES.items():
        layer.add(name, text.encode())


def closure(packages):
    """With all that they depend on, of what is installed."""
    text = subprocess.run(["dpkg-query", "-W", "-f", "${Package}\t${Pre-Depends}, ${Depends}\t${Provides}\n"], text=True, capture_output=True,
                          check=True).stdout
    needs, provided = {}, {}
    for line in text.splitlines():
        package, depends, provides = line.split("\t")
        needs[package] = [[one.split()[0].split(":")[0] for one in words.split("|") if one.split()] for words in depends.split(",")]
        for name in provides.split(","):
            if name.strip():
                provided.setdefault(name.split()[0], package)
    found, left = set(), list(packages)
    while left:
        package = left.pop()
        package = package if package in needs else provided.get(package)
        if package is None or package in found:
            continue
        found.add(package)
        for choices in needs[package]:
            left.extend([one for one in choices if one in needs][:1] or choices[:1])
    missing = [package for package in packages if package not in needs]
    if missing:
        raise SystemExit(f"make_bases: not installed: {' '.join(missing)}")
    return sorted(found - {"debconf", "dpkg", "install-info", "sensible-utils"})


def fill_tools(layer):
    layer.skeleton()
    listed = subprocess.run(["dpkg", "-L", *closure(PACKAGES)], text=True, capture_output=True, check=True).stdout
    paths = {os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
             for path in listed.splitlines() if path.startswith("/") and path != "/."}
    links = {os.readlink(path) for path in ("/usr/bin/awk", "/usr/bin/cc", "/usr/bin/c++")}
    paths |= links | {"/usr/bin/awk", "/usr/bin/cc", "/usr/bin/c++"} | {os.readlink(path) for path in links}
    for path in sorted(paths):
        name = path[1:]
        if path.startswith(LEFT_OUT) or any(part in path for part in LEFT_OUT_PARTS) or not os.path.lexists(path):
            continue
        about = os.lstat(path)
        if os.path.islink(path):
            layer.add(name, kind=tarfile.SYMTYPE, link=os.readlink(path), mode=0o777)
        elif os.path.isdir(path):
            layer.add(name, kind=tarfile.DIRTYPE, mode=0o755)
        elif os.path.isfile(path):
            with open(path, "rb") as file:
                layer.add(name, file.read(), about.st_mode & 0o777)


def make_image(folder, name, fill, variables):
    path = os.path.join(folder, "layer")
    layer = Layer(path)
    fill(layer)
    layer.archive.close()
    with open(path, "rb") as file:
        diff = hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()
    made = "2024-01-02T03:04:05Z"
    config = json.dumps({"architecture": "amd64", "os": "linux", "created": made, "config": {"Env": variables, "Cmd": ["/bin/sh"]},
                         "history": [{"created": made, "created_by": "make_bases.py"}],
                         "rootfs": {"type": "layers", "diff_ids": ["sha256:" + diff]}}).encode()
    document = hashlib.sha256(config).hexdigest() + ".json"
    manifest = json.dumps([{"Config": document, "RepoTags": [f"escale-samples/{name}:1"], "Layers": [diff + "/layer.tar"]}]).encode()
    with tarfile.open(os.path.join(folder, name + ".tar"), "w") as archive:
        archive.add(path, diff + "/layer.tar")
        for member, content in ((document, config), ("manifest.json", manifest)):
            entry = tarfile.TarInfo(member)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    os.unlink(path)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    make_image(folder, "base", fill_base, ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"])
    make_image(folder, "tools", fill_tools, ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"])


if __name__ == "__main__":
    main(*sys.argv[1:])
