#!/usr/bin/env python3
"""Makes the embedded demo images as an OCI image layout (image-spec image-layout.md), reproducibly.

    make_image.py OUTPUT_FOLDER
    make_image.py --archive FILE

bare:latest has nothing but a web server: no shell, no tools. demo:gzip and demo:zstd hold the same three layers (busybox with its links, the web page and the program, some data to
look at) in two compressions; untidy:latest is made as no image should be, to be looked into; large:latest adds a layer of LARGE_MIB incompressible bytes, so that a pull can be watched.
FILE becomes an OCI archive of escale/demo:1 alone, without the data: what comes with Escale, for samples that need no network.
"""
import gzip
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile

BUSYBOX = "/bin/busybox"
DATA_MIB = 8
LARGE_MIB = 160
CREATED = "2026-01-01T00:00:00Z"
HERE = os.path.dirname(os.path.abspath(__file__))
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)


def entry(tar, name, data=None, mode=0o644, kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.mode, info.type, info.linkname, info.mtime = mode, kind, link, 1767225600
    info.size = len(data) if data is not None else 0
    tar.addfile(info, io.BytesIO(data) if data is not None else None)


def layer(fill):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        fill(tar)
    return out.getvalue()


def base_layer(tar):
    for folder, mode in (("bin", 0o755), ("etc", 0o755), ("proc", 0o755), ("sys", 0o755), ("dev", 0o755),
                         ("tmp", 0o1777), ("root", 0o700), ("var", 0o755), ("run", 0o755)):
        entry(tar, folder, mode=mode, kind=tarfile.DIRTYPE)
    with open(BUSYBOX, "rb") as file:
        entry(tar, "bin/busybox", file.read(), 0o755)
    applets = subprocess.run([BUSYBOX, "--list"], check=True, capture_output=True, text=True).stdout.split()
    for applet in sorted(set(applets) - {"busybox"}):
        entry(tar, f"bin/{applet}", mode=0o777, kind=tarfile.SYMTYPE, link="busybox")
    entry(tar, "etc/passwd", b"root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n")
    entry(tar, "etc/group", b"root:x:0:\nnogroup:x:65534:\n")


def program_layer(tar):
    entry(tar, "srv", mode=0o755, kind=tarfile.DIRTYPE)
    entry(tar, "srv/www", mode=0o755, kind=tarfile.DIRTYPE)
    for name, target, mode in (("index.html", "srv/www/index.html", 0o644), ("demo.sh", "bin/demo", 0o755), ("burn.sh", "bin/burn", 0o755)):
        with open(os.path.join(HERE, name), "rb") as file:
            entry(tar, target, file.read(), mode)


def bare_layer(tar):
    for folder in ("app", "etc", "proc", "sys", "dev", "srv"):
        entry(tar, folder, mode=0o755, kind=tarfile.DIRTYPE)
    with open(BUSYBOX, "rb") as file:
        entry(tar, "app/busybox", file.read(), 0o755)
    with open(os.path.join(HERE, "index.html"), "rb") as file:
        entry(tar, "srv/index.html", file.read())


def data_layer(name, mib, seed):
    def fill(tar):
        entry(tar, "srv", mode=0o755, kind=tarfile.DIRTYPE)
        entry(tar, f"srv/{name}", random.Random(seed).randbytes(mib << 20))
    return fill


def untidy_layers():
    """What people do when they begin: lists of packages, the whole folder copied, cleaned up in a later layer."""
    noise = random.Random(3)

    def packages(tar):
        for name, size in (("main_Packages", 900_000), ("main_Release", 150_000), ("updates_Packages", 260_000)):
            entry(tar, f"var/lib/apt/lists/deb.example.org_dists_stable_{name}", noise.randbytes(size))
        entry(tar, "usr/lib/libcurl.so.4", noise.randbytes(640_000))
        entry(tar, "usr/bin/sudo", noise.randbytes(180_000), 0o4755)
        entry(tar, "etc/passwd", b"root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000:app:/app:/bin/sh\n")

    files = {"app/server.py": noise.randbytes(24_000), "app/static/logo.svg": noise.randbytes(9_000),
             "app/static/lib/jquery.js": noise.randbytes(280_000), "app/build/bundle.js": noise.randbytes(2_400_000)}

    def copy(tar):
        for name, data in files.items():
            entry(tar, name, data)
        entry(tar, "app/.git/HEAD", b"ref: refs/heads/main\n")
        entry(tar, "app/.git/objects/pack/pack-1.pack", noise.randbytes(1_300_000))
        entry(tar, "app/.env", b"DB_USER=shop\nDB_PASSWORD=hunter2\n")
        entry(tar, "root/.ssh/id_ed25519", b"-----BEGIN OPENSSH PRIVATE KEY-----\nbm90IGEgcmVhbCBrZXk=\n"
              b"-----END OPENSSH PRIVATE KEY-----\n", 0o600)

    def owner(tar):
        for name, data in files.items():
            entry(tar, name, data, 0o777)

    def public(tar):
        entry(tar, "srv/www/index.html", b"<h1>Shop</h1>\n")
        entry(tar, "srv/www/jquery.js", files["app/static/lib/jquery.js"])
        entry(tar, "srv/www/lib/jquery.js", files["app/static/lib/jquery.js"])
        entry(tar, "tmp/build.log", noise.randbytes(48_000))

    def clean(tar):
        entry(tar, "app/.wh.build", b"")
        entry(tar, "root/.wh..ssh", b"")
    return [layer(fill) for fill in (base_layer, packages, copy, owner, public, clean)]


UNTIDY_HISTORY = [
    "/bin/sh -c #(nop) ADD file:busybox in / ", "/bin/sh -c apt-get update", ("ENV DB_PASSWORD=hunter2", True),
    "COPY . /app # buildkit", "RUN /bin/sh -c chmod -R 777 /app # buildkit", "COPY static /srv/www # buildkit",
    "RUN /bin/sh -c rm -rf /app/build /root/.ssh # buildkit", ("EXPOSE map[22/tcp:{} 8080/tcp:{}]", True),
    ("CMD [\"/bin/sh\" \"-c\" \"/bin/demo\"]", True)]
UNTIDY_CONFIG = {"Cmd": ["/bin/sh", "-c", "/bin/sleep 1000"], "Env": ["PATH=/bin", "DB_PASSWORD=hunter2"],
                 "ExposedPorts": {"22/tcp": {}, "8080/tcp": {}}, "Volumes": {"/app/data": {}}}


class Layout:
    def __init__(self, folder):
        self.folder = folder
        self.manifests = []
        os.makedirs(os.path.join(folder, "blobs/sha256"))

    def blob(self, data):
        digest = hashlib.sha256(data).hexdigest()
        with open(os.path.join(self.folder, "blobs/sha256", digest), "wb") as file:
            file.write(data)
        return {"digest": "sha256:" + digest, "size": len(data)}

    def image(self, tag, layers, history, compression, command=("/bin/demo",), settings=None):
        compress = {"gzip": lambda data: gzip.compress(data, 6, mtime=0),
                    "zstd": lambda data: subprocess.run(["zstd", "-q", "-c", "-3"], input=data, check=True,
                                                        capture_output=True).stdout}[compression]
        media = "application/vnd.oci.image.layer.v1.tar+" + compression
        config = {
            "created": CREATED, "architecture": ARCHITECTURE, "os": "linux",
            "config": {"Cmd": list(command), "Env": ["PATH=/bin"], "WorkingDir": "/", "StopSignal": "SIGTERM",
                       "ExposedPorts": {"8080/tcp": {}},
                       "Labels": {"org.opencontainers.image.title": "Escale's demo image"}} if settings is None else settings,
            "rootfs": {"type": "layers",
                       "diff_ids": ["sha256:" + hashlib.sha256(data).hexdigest() for data in layers]},
            "history": [{"created": CREATED, "created_by": line} if isinstance(line, str) else
                        {"created": CREATED, "created_by": line[0], "empty_layer": True} for line in history],
        }
        manifest = {
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
                       **self.blob(json.dumps(config).encode())},
            "layers": [{"mediaType": media, **self.blob(compress(data))} for data in layers],
        }
        self.manifests.append({"mediaType": manifest["mediaType"], **self.blob(json.dumps(manifest).encode()),
                               "annotations": {"org.opencontainers.image.ref.name": tag}})

    def finish(self):
        with open(os.path.join(self.folder, "oci-layout"), "w", encoding="ascii") as file:
            json.dump({"imageLayoutVersion": "1.0.0"}, file)
        with open(os.path.join(self.folder, "index.json"), "w", encoding="ascii") as file:
            json.dump({"schemaVersion": 2, "manifests": self.manifests}, file)


def write_archive(name):
    layout = Layout(name + ".layout")
    layout.image("docker.io/escale/demo:1", [layer(base_layer), layer(program_layer)],
                 ["busybox and its links", "COPY demo.sh burn.sh index.html"], "gzip")
    layout.finish()
    with tarfile.open(name + ".new", "w", format=tarfile.PAX_FORMAT) as tar:
        for folder, _, files in sorted(os.walk(layout.folder)):
            for file in sorted(files):
                path = os.path.join(folder, file)
                with open(path, "rb") as content:
                    entry(tar, os.path.relpath(path, layout.folder), content.read())
    shutil.rmtree(layout.folder)
    os.rename(name + ".new", name)


def main():
    if sys.argv[1] == "--archive":
        return write_archive(sys.argv[2])
    folder = sys.argv[1]
    shutil.rmtree(folder + ".new", ignore_errors=True)
    layout = Layout(folder + ".new")
    shutil.rmtree(folder, ignore_errors=True)
    layers = [layer(base_layer), layer(program_layer), layer(data_layer("data.bin", DATA_MIB, 1))]
    history = ["busybox and its links", "COPY demo.sh burn.sh index.html", f"{DATA_MIB} MiB of data"]
    layout.image("gzip", layers, history, "gzip")
    layout.image("zstd", layers, history, "zstd")
    layout.image("large", layers + [layer(data_layer("large.bin", LARGE_MIB, 2))],
                 history + [f"{LARGE_MIB} MiB of data"], "zstd")
    layout.image("bare", [layer(bare_layer)], ["a web server and its page"], "gzip",
                 ("/app/busybox", "httpd", "-f", "-p", "8080", "-h", "/srv"))
    layout.image("untidy", untidy_layers(), UNTIDY_HISTORY, "gzip", settings=UNTIDY_CONFIG)
    layout.finish()
    os.rename(folder + ".new", folder)


if __name__ == "__main__":
    main()
