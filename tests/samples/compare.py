"""What two images differ in, a line a difference, less what is known and allowed."""
import dataclasses
import fnmatch

# Of the container that old engines built in, not of the image.
NOT_SETTINGS = {"Hostname", "Domainname", "AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce", "Image",
                "ArgsEscaped", "MacAddress", "NetworkDisabled"}


@dataclasses.dataclass
class Difference:
    what: str  # "mode /etc/motd", "config Env", as it is matched by what is allowed
    first: object
    second: object

    def __str__(self):
        return f"{self.what}: {self.first} and {self.second}"


@dataclasses.dataclass
class Allowed:
    what: str  # a pattern of fnmatch
    reason: str


def said(value):
    """An absent, a null and an empty member say the same."""
    return None if value in (None, "", [], {}, 0, False) else value


def flatten(settings):
    """Each variable, label and so on for itself."""
    for name, value in settings.items():
        if name in NOT_SETTINGS or said(value) is None:
            continue
        if name == "Env":
            pairs = [variable.split("=", 1) for variable in value]
            yield "Env, order", [variable for variable, _ in pairs]
            value = dict(pairs)
        if isinstance(value, dict):
            yield from ((f"{name} {key}", said(inner) or "set") for key, inner in value.items())
        else:
            yield name, value


def compare_settings(first, second):
    flat = [dict(flatten(image.settings)) for image in (first, second)]
    for name in sorted(set(flat[0]) | set(flat[1])):
        one, two = (settings.get(name) for settings in flat)
        if one != two:
            yield Difference(f"config {name}", one, two)
    if first.platform != second.platform:
        yield Difference("config platform", first.platform, second.platform)
    lines = [[line.get("created_by", "") for line in image.history] for image in (first, second)]
    if len(lines[0]) != len(lines[1]):
        yield Difference("config history lines", len(lines[0]), len(lines[1]))


def time_of(entry, began):
    """What was made while it was built has no time that could be the same."""
    return "new" if entry.mtime >= began else entry.mtime


def compare_entries(path, one, two, began):
    for name in ("kind", "mode", "owner", "size", "content", "xattrs"):
        values = getattr(one, name), getattr(two, name)
        if name == "size" and one.content != two.content:
            continue  # said once
        if values[0] != values[1]:
            if name == "mode":
                values = tuple(f"{value:04o}" for value in values)
            yield Difference(f"{name} /{path}", *values)
            if name == "kind":
                return
    times = time_of(one, began), time_of(two, began)
    if times[0] != times[1]:
        yield Difference(f"time of {one.kind} /{path}", *times)


def compare_trees(first, second, began):
    groups = first.inode_groups(), second.inode_groups()
    for path in sorted(set(first.tree) | set(second.tree)):
        one, two = first.tree.get(path), second.tree.get(path)
        if one is None or two is None:
            yield Difference(f"path /{path}", *("absent" if entry is None else entry.kind for entry in (one, two)))
            continue
        yield from compare_entries(path, one, two, began)
        linked = groups[0].get(path), groups[1].get(path)
        if linked[0] != linked[1]:
            yield Difference(f"hard links /{path}", *linked)


def compare(first, second, began, allowed=()):
    """(differences, [(difference, reason)]); began: when building began (Unix seconds): what is older has been copied."""
    found, known = [], []
    for difference in (*compare_settings(first, second), *compare_trees(first, second, began)):
        reason = next((one.reason for one in allowed if fnmatch.fnmatchcase(difference.what, one.what)), None)
        if reason:
            known.append((difference, reason))
        else:
            found.append(difference)
    return found, known
