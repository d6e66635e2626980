#!/usr/bin/env python3
"""The sample stacks as Escale's loader and docker compose's understand them: the same canonical form.

  stacks.py BUILD_FOLDER SAMPLES_FOLDER [SAMPLE…]

docker compose 2 (Debian 13's, unpacked) prints the form that Escale prints: both are compared as they are. docker-compose 1.29 (Debian 12's)
keeps the short forms, and knows less: what it does not know is taken out of a copy first, and its own answer is read by Escale's loader, which must
make of it what it makes of the copy. Ends with status 1 when something differs, and says what.
"""
import json
import os
import subprocess
import sys
import tempfile

import yaml

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/home/someone", "USER": "someone", "LANG": "C.UTF-8"}
NAMES = ("compose.yaml", "compose.override.yaml")


def run(folder, *words):
    done = subprocess.run(words, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr or done.stdout}")
    return done.stdout


def differences(ours, theirs, path=""):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}, key=str):
            below = f"{path}.{key}" if path else str(key)
            if key not in ours:
                yield below, "missing", theirs[key]
            elif key not in theirs:
                yield below, ours[key], "missing"
            else:
                yield from differences(ours[key], theirs[key], below)
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, pair in enumerate(zip(ours, theirs)):
            yield from differences(*pair, f"{path}[{number}]")
    elif ours != theirs or type(ours) is not type(theirs):
        yield path, ours, theirs


def files_of(folder):
    return [name for name in NAMES if os.path.exists(os.path.join(folder, name))]


def without_news(tree):
    """Of what 1.29 does not know: the properties that came with the Compose Specification's later versions."""
    tree.pop("name", None)
    for kind in ("configs", "secrets"):
        gone = {key for key, value in tree.get(kind, {}).items() if "file" not in value}
        for key in gone:
            tree[kind].pop(key)
        for service in tree.get("services", {}).values():
            if kind in service:
                service[kind] = [one for one in service[kind] if (one["source"] if isinstance(one, dict) else one) not in gone]
        if not tree.get(kind, True):
            tree.pop(kind)
    for service in tree.get("services", {}).values():
        if isinstance(service.get("depends_on"), dict):
            for condition in service["depends_on"].values():
                condition.pop("restart", None)
                condition.pop("required", None)
        for port in service.get("ports", []):
            if isinstance(port, dict):
                port.pop("host_ip", None)
    return tree


def with_octal_modes(tree):
    """2.26 writes a file's mode as a decimal number; later versions, and Escale, as the text that people know."""
    for service in tree["services"].values():
        for file in service.get("secrets", []) + service.get("configs", []):
            if isinstance(file.get("mode"), int):
                file["mode"] = f"0{file['mode']:o}"
    return tree


def without_order(tree):
    """1.29 drops what begins with x-, and a set of profiles has no order for it."""
    for service in tree["services"].values():
        if "profiles" in service:
            service["profiles"].sort()
    return {key: value for key, value in tree.items() if not key.startswith("x-")}


def compare_new(config, compose, folder):
    ours = yaml.safe_load(run(folder, config, "--profile", "*", *files_of(folder)))
    theirs = yaml.safe_load(run(folder, compose, "--profile", "*", "config"))
    return differences(ours, with_octal_modes(theirs))


def compare_old(config, folder, work):
    """The project's name is the folder's: the copy has the same."""
    copy = os.path.join(work, os.path.basename(folder))
    subprocess.run(["cp", "-r", folder, copy], check=True)
    for root, _, names in os.walk(copy):
        for name in names:
            if name.endswith(".yaml"):
                path = os.path.join(root, name)
                with open(path) as file:
                    tree = without_news(yaml.safe_load(file))
                with open(path, "w") as file:
                    yaml.safe_dump(tree, file, sort_keys=False)
    ours = run(copy, config, "--profile", "*", *files_of(copy))
    with open(os.path.join(copy, "answer.yaml"), "w") as file:
        file.write(run(copy, "docker-compose", "--profile", "*", "config"))
    theirs = run(copy, config, "--profile", "*", "answer.yaml")
    return differences(without_order(yaml.safe_load(ours)), without_order(yaml.safe_load(theirs)))


def main(build, samples, *wanted):
    build, samples = os.path.realpath(build), os.path.realpath(samples)
    config = os.path.join(build, "bin/escale-compose-config")
    compose = os.path.join(build, "builders/usr/libexec/docker/cli-plugins/docker-compose")
    faults = compared = 0
    with tempfile.TemporaryDirectory() as work:
        for name in sorted(wanted or os.listdir(samples)):
            folder = os.path.join(samples, name)
            if not os.path.isdir(folder):
                continue
            rounds = [("docker-compose 1.29", compare_old, (config, folder, work))]
            if os.path.exists(compose):
                rounds.append(("docker compose 2", compare_new, (config, compose, folder)))
            else:
                print("docker compose 2 of Debian 13 is not here: not compared with it", file=sys.stderr)
            for peer, compare, arguments in rounds:
                compared += 1
                for path, ours, theirs in compare(*arguments):
                    faults += 1
                    print(f"{name}: {path}: Escale has {json.dumps(ours)}, {peer} {json.dumps(theirs)}")
    print(f"{compared} comparisons, {faults} differences")
    return 1 if faults or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
