#!/usr/bin/env python3
"""Makes an OCI layout with one image of five gzip layers from folders of this machine, and busybox, for the benchmark of images.

    make_layers.py OUTPUT_FOLDER MIB
"""
import importlib.util
import io
import os
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location("make_image", os.path.join(HERE, "../../resources/demo/make_image.py"))
make_image = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make_image)

FOLDERS = ["/usr/include", "/usr/share/doc", "/usr/lib/python3", "/usr/share", "/usr/lib"]


def layer(folder, limit):
    out, total = io.BytesIO(), 0
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        if folder == FOLDERS[0]:
            make_image.base_layer(tar)
        for place, _, files in sorted(os.walk(folder)):
            for name in sorted(files):
                path = os.path.join(place, name)
                if total < limit and os.path.isfile(path) and not os.path.islink(path):
                    total += os.path.getsize(path)
                    tar.add(path, recursive=False)
    return out.getvalue()


def main():
    folder, mib = sys.argv[1], int(sys.argv[2])
    layout = make_image.Layout(folder)
    layers = [layer(source, (mib << 20) // len(FOLDERS)) for source in FOLDERS]
    layout.image("five", layers, FOLDERS, "gzip")
    layout.finish()


if __name__ == "__main__":
    main()
