#!/usr/bin/env python3
"""Writes a compilation database that clang-tidy can read: g++'s precompiled headers are of no use to it.

    tidy_database.py BUILD_FOLDER      writes BUILD_FOLDER/tidy/compile_commands.json

Each precompiled header is text beside its compiled form; a copy without the latter is included instead.
"""
import json
import pathlib
import re
import shutil
import sys

build = pathlib.Path(sys.argv[1]).resolve()
out = build / "tidy"
out.mkdir(exist_ok=True)
copies = {}


def copied(match):
    header = pathlib.Path(match.group(1))
    if header not in copies:
        copies[header] = out / ("pch_%d.hxx" % len(copies))
        shutil.copyfile(header, copies[header])
    return "-include %s" % copies[header]


commands = json.loads((build / "compile_commands.json").read_text())
for entry in commands:
    command = entry["command"].replace("-Winvalid-pch", "")
    entry["command"] = re.sub(r"-include (\S+cmake_pch\.hxx)", copied, command)
# Compiling the precompiled headers themselves is no source of ours.
commands = [entry for entry in commands if "cmake_pch" not in entry["file"]]
(out / "compile_commands.json").write_text(json.dumps(commands))
