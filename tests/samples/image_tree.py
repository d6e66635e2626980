"""An image of a docker archive: its settings, and its layers merged into one tree of files."""
import dataclasses
import hashlib
import json
import posixpath
import tarfile

WHITEOUT, OPAQUE = ".wh.", ".wh..wh..opq"
XATTR = "SCHILY.xattr."


@dataclasses.dataclass(eq=False)  # two paths of one inode share an Entry
class Entry:
    kind: str  # "file", "folder", "link", "fifo", "device"
    mode: int
    owner: tuple
    mtime: int  # seconds
    size: int = 0
    content: str = ""  # the content's digest, where a link leads, a device's numbers
    xattrs: dict = dataclasses.field(default_factory=dict)


KINDS = {tarfile.DIRTYPE: "folder", tarfile.SYMTYPE: "link", tarfile.FIFOTYPE: "fifo", tarfile.CHRTYPE: "device", tarfile.BLKTYPE: "device"}


def read_entry(archive, member):
    entry = Entry(KINDS.get(member.type, "file"), member.mode & 0o7777, (member.uid, member.gid), int(member.mtime))
    entry.xattrs = {name[len(XATTR):]: value.encode("utf-8", "surrogateescape").hex()
                    for name, value in member.pax_headers.items() if name.startswith(XATTR)}
    if entry.kind == "link":
        entry.content, entry.mode = member.linkname, 0o777
    elif entry.kind == "device":
        entry.content = f"{member.type.decode()} {member.devmajor}:{member.devminor}"
    elif entry.kind == "file":
        digest = hashlib.sha256()
        with archive.extractfile(member) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        entry.size, entry.content = member.size, digest.hexdigest()
    return entry


def name_of(member):
    name = posixpath.normpath("/" + member.name).lstrip("/")
    return "" if name == "." else name


def remove(tree, name, itself=True):
    for path in [path for path in tree if path.startswith(name + "/" if name else "") and path != name]:
        del tree[path]
    if itself:
        tree.pop(name, None)


def apply_layer(tree, archive):
    """Whiteouts are of what lower layers have, wherever they stand in the archive."""
    added = {}
    for member in archive:
        name = name_of(member)
        folder, base = posixpath.split(name)
        if base == OPAQUE:
            remove(tree, folder, itself=False)
        elif base.startswith(WHITEOUT):
            remove(tree, posixpath.join(folder, base[len(WHITEOUT):]))
        elif member.islnk():
            target = posixpath.normpath("/" + member.linkname).lstrip("/")
            added[name] = added.get(target) or tree[target]
        else:
            added[name] = read_entry(archive, member)
    for name, entry in added.items():
        if name in tree and tree[name].kind == "folder" and entry.kind != "folder":
            remove(tree, name)
        tree[name] = entry


class Image:
    def __init__(self, path):
        self.tree = {}
        with tarfile.open(path) as archive:
            def load(name):
                return json.load(archive.extractfile(name))
            manifest = load("manifest.json")[0]
            document = load(manifest["Config"])
            self.settings, self.history = document.get("config") or {}, document.get("history") or []
            self.platform = document.get("os"), document.get("architecture")
            for layer in manifest["Layers"]:
                with archive.extractfile(layer) as file, tarfile.open(fileobj=file) as inner:
                    apply_layer(self.tree, inner)

    def inode_groups(self):
        """path → the paths of the same file, for those that have several."""
        paths = {}
        for path, entry in self.tree.items():
            paths.setdefault(id(entry), []).append(path)
        return {path: sorted(group) for group in paths.values() if len(group) > 1 for path in group}
