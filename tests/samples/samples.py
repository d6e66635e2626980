#!/usr/bin/env python3
"""Builds resources/samples with several engines and compares the images; ends with 1 where they differ in what is not known, with 77
where there is nobody to compare with.

  samples.py BUILD_FOLDER BASES_FOLDER WORK_FOLDER BUILDERS [NAME…]    within run.sh; BUILDERS: "escale,docker,buildah"
"""
import fnmatch
import itertools
import os
import shutil
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "../bench"))

from builders import open_builders  # noqa: E402
from compare import Allowed, compare  # noqa: E402
from image_tree import Image  # noqa: E402
from network import remove_cgroups  # noqa: E402
from recipes import DEVIATIONS, RECIPES  # noqa: E402

SAMPLES = os.path.join(here, "../../resources/samples")
NOBODY = 77  # CTest's way to say "skipped"
COPIED = 1700000000  # the first source's time; each has its own


def copy_context(sample, target):
    """As in a fresh checkout, with times and modes that do not depend on who checked it out."""
    shutil.copytree(os.path.join(SAMPLES, sample), target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    number = 0
    for folder, names, files in os.walk(target, topdown=False):
        for name in sorted(files + names):
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                os.chmod(path, 0o755 if os.path.isdir(path) or os.access(path, os.X_OK) and os.stat(path).st_mode & 0o100 else 0o644)
            number += 1
            os.utime(path, (COPIED + 60 * number,) * 2, follow_symlinks=False)
    os.utime(target, (COPIED, COPIED))


def write_dockerfile(recipe, builder, context, work):
    with open(os.path.join(context, recipe.dockerfile)) as file:
        text = file.read()
    for line, other in recipe.instead.get(builder, ()):
        if line not in text:
            raise RuntimeError(f"{recipe.name}: there is no {line!r} in {recipe.dockerfile}")
        text = text.replace(line, other)
    path = os.path.join(work, f"{recipe.name}.{builder}.Dockerfile")
    with open(path, "w") as file:
        file.write(text)
    return path


def build(recipe, builder, work):
    context, archive = os.path.join(work, "context", recipe.sample), os.path.join(work, "image.tar")
    if not os.path.exists(context):
        copy_context(recipe.sample, context)
    begin = time.monotonic()
    builder.build(context, recipe.tag, write_dockerfile(recipe, builder.name, context, work), recipe.options)
    passed = time.monotonic() - begin
    if os.path.exists(archive):
        os.unlink(archive)
    builder.save(recipe.tag, archive)
    image = Image(archive)
    os.unlink(archive)
    print(f"{recipe.name}: {builder.name} built it in {passed:.1f} s, {len(image.tree)} entries", flush=True)
    return image


def allowed_between(recipe, *builders):
    return [Allowed(one.what, f"{one.builder}: {one.reason}") for one in DEVIATIONS
            if one.builder in builders and fnmatch.fnmatchcase(recipe.name, one.name)]


def compare_all(recipe, images, began):
    """How many differences there are that are not known."""
    count = 0
    for one, two in itertools.combinations(images, 2):
        found, known = compare(images[one], images[two], began, allowed_between(recipe, one, two))
        for difference in found:
            print(f"{recipe.name}: DIFFERENT in {one} and {two}: {difference}")
        for difference, reason in known:
            print(f"{recipe.name}: known in {one} and {two}: {difference} ({reason})")
        count += len(found)
    return count


def main(folder, bases, work, names, *wanted):
    began = int(time.time())
    builders = open_builders(folder, work, names.split(","))
    differences, failures = 0, 0
    try:
        print("compared: " + ", ".join(builder.about() for builder in builders), flush=True)
        for builder in builders:
            for base in ("base", "tools"):
                builder.load(os.path.join(bases, base + ".tar"))
        for recipe in RECIPES:
            if wanted and recipe.name not in wanted and recipe.sample not in wanted:
                continue
            images = {}
            for builder in builders:
                try:
                    images[builder.name] = build(recipe, builder, work)
                except RuntimeError as error:
                    failures += 1
                    print(f"{recipe.name}: {builder.name} FAILED: {error}")
            differences += compare_all(recipe, images, began)
    finally:
        for builder in builders:
            builder.end()
        remove_cgroups()
    print(f"{differences} differences, {failures} failures")
    if differences or failures:
        return 1
    return 0 if len(builders) > 1 else NOBODY


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
