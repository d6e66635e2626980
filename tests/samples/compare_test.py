#!/usr/bin/env python3
"""The comparison itself: every kind of difference that is planted is found, as one line, and nothing else."""
import io
import json
import os
import tarfile
import tempfile
import unittest

from compare import Allowed, compare
from image_tree import Image

OLD, BEGAN = 1704164645, 1800000000


def member(name, content=b"", mode=0o644, kind=tarfile.REGTYPE, link="", owner=(0, 0), mtime=OLD, xattrs=None):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.type, entry.linkname, entry.mtime = len(content), mode, kind, link, mtime
    entry.uid, entry.gid = owner
    entry.pax_headers = {"SCHILY.xattr." + key: value for key, value in (xattrs or {}).items()}
    return entry, content


def folder(name, **more):
    return member(name, kind=tarfile.DIRTYPE, mode=0o755, **more)


def tar_of(members):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for entry, content in members:
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def image_of(layers, settings=None, history=("one", "two")):
    """An image as `docker save` writes it, of layers that are lists of members."""
    config = {"os": "linux", "architecture": "amd64", "config": settings or {}, "history": [{"created_by": line} for line in history]}
    files = {"config.json": json.dumps(config).encode()}
    for number, layer in enumerate(layers):
        files[f"{number}.tar"] = tar_of(layer)
    files["manifest.json"] = json.dumps([{"Config": "config.json", "Layers": [f"{number}.tar" for number in range(len(layers))]}]).encode()
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "image.tar")
        with open(path, "wb") as file:
            file.write(tar_of([member(name, content) for name, content in files.items()]))
        return Image(path)


BASE = [folder("etc"), member("etc/motd", b"hello"), member("etc/alias", kind=tarfile.LNKTYPE, link="etc/motd"),
        member("etc/link", kind=tarfile.SYMTYPE, link="motd"), folder("old"), member("old/one", b"1"), member("old/two", b"2")]


class CompareTest(unittest.TestCase):
    def differences(self, first, second, **more):
        return [difference.what for difference in compare(first, second, BEGAN, **more)[0]]

    def changed(self, *members):
        """What is found when these replace, or are added to, the base's."""
        replaced = {entry.name for entry, _ in members}
        return self.differences(image_of([BASE]), image_of([[one for one in BASE if one[0].name not in replaced] + list(members)]))

    def test_an_image_is_like_itself(self):
        self.assertEqual(self.differences(image_of([BASE]), image_of([BASE])), [])

    def test_each_attribute_of_an_entry_is_looked_at(self):
        self.assertEqual(self.changed(member("old/one", b"0")), ["content /old/one"])
        self.assertEqual(self.changed(member("old/one", b"1", mode=0o4644)), ["mode /old/one"])
        self.assertEqual(self.changed(member("old/one", b"1", owner=(0, 7))), ["owner /old/one"])
        self.assertEqual(self.changed(member("old/one", b"1", xattrs={"user.colour": "red"})), ["xattrs /old/one"])
        self.assertEqual(self.changed(member("old/one", b"1", mtime=OLD + 1)), ["time of file /old/one"])
        self.assertEqual(self.changed(member("old/one", kind=tarfile.FIFOTYPE)), ["kind /old/one"])
        self.assertEqual(self.changed(member("etc/link", kind=tarfile.SYMTYPE, link="other")), ["content /etc/link"])
        self.assertEqual(self.changed(member("new", b"1")), ["path /new"])

    def test_a_copy_in_place_of_a_hard_link_is_found(self):
        self.assertEqual(self.changed(member("etc/alias", b"hello")), ["hard links /etc/alias", "hard links /etc/motd"])

    def test_times_of_what_was_made_meanwhile_are_not_compared(self):
        files = [[member("new", b"1", mtime=BEGAN + seconds)] for seconds in (1, 2)]
        self.assertEqual(self.differences(image_of([files[0]]), image_of([files[1]])), [])
        self.assertEqual(self.differences(image_of([files[0]]), image_of([[member("new", b"1")]])), ["time of file /new"])

    def test_whiteouts_and_opaque_folders_take_away_what_is_below(self):
        gone = image_of([BASE, [member("old/.wh.one"), member("etc/.wh.link")]])
        self.assertEqual(self.differences(image_of([BASE]), gone), ["path /etc/link", "path /old/one"])
        replaced = image_of([BASE, [folder("old"), member("old/three", b"3"), member("old/.wh..wh..opq")]])
        self.assertEqual(self.differences(image_of([BASE]), replaced), ["path /old/one", "path /old/three", "path /old/two"])

    def test_a_file_in_place_of_a_folder_has_nothing_below_it(self):
        self.assertEqual(self.differences(image_of([BASE]), image_of([BASE, [member("old", b"x")]])),
                         ["kind /old", "path /old/one", "path /old/two"])

    def test_settings_are_compared_but_for_those_of_a_container(self):
        settings = {"Env": ["A=b"], "Cmd": None, "Hostname": "a", "Healthcheck": {"Test": ["CMD", "x"], "Retries": 3}}
        alike = {**settings, "Cmd": [], "Hostname": "b", "Volumes": {}}
        self.assertEqual(self.differences(image_of([BASE], settings), image_of([BASE], alike)), [])
        other = {**settings, "Env": ["A=c"], "Healthcheck": {"Test": ["CMD", "x"]}, "User": "app"}
        self.assertEqual(self.differences(image_of([BASE], settings), image_of([BASE], other)),
                         ["config Env A", "config Healthcheck Retries", "config User"])
        self.assertEqual(self.differences(image_of([BASE]), image_of([BASE], history=["one"])), ["config history lines"])

    def test_what_is_allowed_is_told_with_its_reason(self):
        images = image_of([BASE]), image_of([BASE, [member("new", b"1")]])
        found, known = compare(*images, BEGAN, [Allowed("path /n*", "for a reason")])
        self.assertEqual((found, known[0][1], str(known[0][0])), ([], "for a reason", "path /new: absent and file"))


if __name__ == "__main__":
    unittest.main()
