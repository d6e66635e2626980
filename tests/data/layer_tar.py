#!/usr/bin/env python3
"""Makes "tar" of the folder "files": layer_tar.py pax|gnu|ustar"""
import sys
import tarfile

FORMS = {"pax": tarfile.PAX_FORMAT, "gnu": tarfile.GNU_FORMAT, "ustar": tarfile.USTAR_FORMAT}
form = FORMS[sys.argv[1]]


def keep(member):
    """What ustar cannot name is left out."""
    fits = len(member.name) < 100 and len(member.linkname) < 100
    return member if fits or form != tarfile.USTAR_FORMAT else None


with tarfile.open("tar", "w", format=form, errors="surrogateescape") as tar:
    tar.add("files", ".", filter=keep)
