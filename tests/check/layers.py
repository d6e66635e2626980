#!/usr/bin/env python3
"""Proves that includes point one way: a folder includes only itself and the folders listed for it (ARCHITECTURE.md)."""
import os
import re
import subprocess
import sys

ENGINE = ["base", "log", "cgroup", "runtime", "store", "image", "registry", "network", "volume", "container"]
ALLOWED = {f"engine/{name}": {f"engine/{lower}" for lower in ENGINE[:index]} for index, name in enumerate(ENGINE)}
ALLOWED["engine/log"] = {"engine/base"}
ALLOWED["engine/network"] = {"engine/base", "engine/store"}
ALLOWED["engine/volume"] = {"engine/base", "engine/store"}
ALLOWED["engine/build"] = {"engine/base"}
ALLOWED["engine/build/cache"] = {"engine/base", "engine/store"}
ALLOWED["engine/stack"] = {"engine/base", "engine/container"}
ALLOWED["engine/stack/compose"] = {"engine/base", "engine/container", "engine/stack", "engine/volume"}  # container: the options, and what checks them; volume: mount_spec alone
ALLOWED["engine/inspect"] = {"engine/base", "engine/cgroup", "engine/runtime", "engine/network", "engine/image"}
ALLOWED["engine/cgroup"] = {"engine/base"}
ALLOWED["engine/runtime"] = {"engine/base", "engine/cgroup"}
ALLOWED["helper/dbus"] = {"engine/base", "engine/container", "engine/stack"}  # the options' values alone
ALLOWED["helper/authorization"] = {"engine/base", "engine/network", "engine/volume", "helper/dbus"}
ALLOWED["helper/validation"] = {"engine/base", "engine/container", "engine/network", "engine/volume", "engine/registry", "engine/stack", "helper/dbus", "helper/worker"}
ALLOWED["helper/worker"] = {"engine/base", "engine/store", "engine/image", "engine/registry", "engine/volume", "engine/build"}
ALLOWED["helper/jobs"] = {"engine/base", "helper/dbus", "helper/authorization"}
ALLOWED["helper/service"] = (set(ALLOWED) - {"engine/stack/compose"}) | {"engine/" + name for name in ENGINE}
# The Docker Engine API: transport, bus, what all endpoints share, then a folder a resource, which knows no other one.
DOCKER = "helper/docker-api"
ALLOWED[f"{DOCKER}/http"] = {"engine/base"}
ALLOWED[f"{DOCKER}/bus"] = {"engine/base", "helper/dbus", f"{DOCKER}/http"}
ALLOWED[f"{DOCKER}/api"] = {"engine/base", "engine/image", "engine/log", "engine/registry", "helper/dbus", f"{DOCKER}/http", f"{DOCKER}/bus"}
for name in ("builds", "containers", "images", "networks", "sessions", "system", "volumes"):
    ALLOWED[f"{DOCKER}/{name}"] = ALLOWED[f"{DOCKER}/api"] | {f"{DOCKER}/api"}
ALLOWED[f"{DOCKER}/builds"] |= {"engine/image", "engine/build"}  # the context's archive; what the builder reads
ALLOWED[f"{DOCKER}/containers"] |= {"engine/container", "engine/image", "engine/network", "engine/volume"}  # values alone: options, references, ports, mount_spec
ALLOWED[f"{DOCKER}/images"] |= {"engine/image", "engine/registry"}  # documents of images; accounts and manifests of registries
ALLOWED[f"{DOCKER}/system"] |= {"engine/image", "engine/registry", f"{DOCKER}/containers"}  # references; /auth; /system/df lists containers, too
ALLOWED[DOCKER] = {"engine/base", f"{DOCKER}/http", f"{DOCKER}/bus", f"{DOCKER}/api"}
GUI_LOWER = {"engine/base", "engine/log", "engine/volume",  # volume: mount_spec alone, which is pure
              "engine/registry", "engine/image", "helper/dbus"}
ALLOWED["gui/client"] = {"engine/base", "engine/volume", "engine/build", "engine/container", "engine/stack", "engine/stack/compose", "helper/dbus"}
# volume: mount_spec, for the sources to open; build: the files of a context that is sent; container: the options' values alone
ALLOWED["gui/common"] = {"engine/base", "engine/log", "gui/client", "helper/dbus"}
for pane in ("registry", "images", "containers", "networks", "volumes", "build"):
    ALLOWED[f"gui/{pane}"] = GUI_LOWER | {"gui/client", "gui/common"}
ALLOWED["gui/networks"] |= {"gui/containers"}  # states in words, the outcome of an action
ALLOWED["gui/volumes"] |= {"gui/containers"}  # the same files, and the outcome of an action
ALLOWED["gui/images"] |= {"gui/containers", "gui/registry"}  # running an image makes a container; pushing needs accounts
ALLOWED["gui/build"] |= {"engine/build", "gui/containers", "gui/images", "gui/registry"}  # a failed step's terminal, a layer's files, accounts
ALLOWED["gui/stacks"] = GUI_LOWER | {"engine/stack", "engine/stack/compose", "engine/container", "engine/build", "gui/client", "gui/common", "gui/build",
                                     "gui/containers", "gui/images", "gui/networks", "gui/registry"}  # container: the options' values alone
ALLOWED["gui/learn"] = GUI_LOWER | {"engine/inspect", "gui/client", "gui/common", "gui/containers", "gui/images"}  # inspect: what needs no privilege; the same words, layers and actions
ALLOWED["gui/app"] = GUI_LOWER | {f"gui/{name}" for name in ("client", "common", "registry", "images", "containers", "networks", "volumes", "build", "stacks", "learn")}
# What runs between clone and exec includes nothing but itself and raw system calls.
CHILD, CHILD_MAY = "engine/runtime/child", re.compile(r"engine/runtime/child/|engine/base/syscalls\.h")
# The engine holds no Qt.
QT = re.compile(r"^Q[A-Z]|^Qt")


def folder_of(path):
    for inner in ("engine/build/cache", "engine/stack/compose"):
        if path.startswith(inner + "/"):
            return inner
    if path.startswith(DOCKER + "/") and path.count("/") > 2:
        return "/".join(path.split("/")[:3])
    return "/".join(path.split("/")[:2])


def main():
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "engine", "helper", "gui"],
                           check=True, capture_output=True, text=True).stdout.split()
    faults = []
    for path in files:
        if not path.endswith((".h", ".cpp")) or not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                found = re.match(r'\s*#include\s+[<"]([^>"]+)[>"]', line)
                if not found:
                    continue
                name, own = found[1], folder_of(path)
                if path.startswith("engine/") and QT.match(name):
                    faults.append(f"{path}:{number}: the engine includes no Qt: {name}")
                if not re.match(r"(engine|helper|gui)/", name):
                    continue
                if path.startswith(CHILD) and path.count("/") > 2 and not CHILD_MAY.match(name):
                    faults.append(f"{path}:{number}: the child includes only itself and base/syscalls.h: {name}")
                target = folder_of(name)
                if target != own and target not in ALLOWED.get(own, set()):
                    faults.append(f"{path}:{number}: {own} must not include {target}")
    print("\n".join(faults) if faults else f"layers: {len(files)} files point one way")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
