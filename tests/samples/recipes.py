"""How each sample is built where `build .` does not do, and what the engines that Escale is compared with are known to do differently."""
import dataclasses


@dataclasses.dataclass
class Recipe:
    sample: str
    name: str = ""  # of the image; the sample's where it is empty
    options: tuple = ()  # as docker, buildah and escale-bench know them
    dockerfile: str = "Dockerfile"
    instead: dict = dataclasses.field(default_factory=dict)  # builder → [(line, other line)] that says the same in older words
    tag: str = ""

    def __post_init__(self):
        self.name = self.name or self.sample
        self.tag = self.tag or f"escale-samples/{self.name}:1"


# buildah knows the other escape character between lines alone.
QUOTED = {"buildah": [("Le` Havre", '"Le Havre"'), ("`$5", "'$5'")]}
# --link and --parents are newer than buildah's, --parents and --exclude than docker's.
NO_PARENTS = ("COPY --parents photos/*/hills/*.txt /srv/parents/", "COPY photos/2024/hills/*.txt /srv/parents/photos/2024/hills/")
OLDER_COPY = {
    "docker": [NO_PARENTS, ("COPY --exclude=**/private* --exclude=*.raw photos/ /srv/public/", "COPY --from=public /public/ /srv/public/"),
               ("FROM escale-samples/base:1\n", "FROM escale-samples/base:1 AS public\nCOPY photos/ /public/\n"
                "RUN find /public -name 'private*' -exec rm {} +\n\nFROM escale-samples/base:1\n")],
    "buildah": [NO_PARENTS, ("COPY --link --from=index", "COPY --from=index")],
}
RECIPES = [
    Recipe("c-matrix"),
    Recipe("cpp-wordcount"),
    Recipe("env-weather", instead=QUOTED),
    Recipe("env-weather", "env-weather-beta", ("--build-arg", "CHANNEL=beta", "--build-arg", "UNITS=imperial"), instead=QUOTED),
    Recipe("onbuild-notes", "notes-base", dockerfile="base.Dockerfile"),
    Recipe("onbuild-notes", options=("--build-arg", "TITLE=Courses")),
    Recipe("perl-quotes"),
    Recipe("photo-album", instead=OLDER_COPY),
    Recipe("python-guestbook"),
    Recipe("shell-backup"),
    Recipe("slim-shell"),
    Recipe("slim-shell", "slim-shell-flat", ("--target", "flat")),
    Recipe("static-handbook"),
]


@dataclasses.dataclass
class Deviation:
    """Of one builder from what all others do."""
    builder: str
    name: str  # of recipes, a pattern
    what: str  # of differences (compare.py), a pattern
    reason: str


DEVIATIONS = [
    Deviation("buildah", "*", "path /etc/hostname", "RUN leaves the place of a mount behind"),
    Deviation("buildah", "*", "time of folder /etc", "RUN makes /etc/hostname"),
    Deviation("buildah", "*", "time of folder /run", "RUN makes /run/.containerenv, and takes it away"),
    Deviation("buildah", "*notes*", "config history lines", "each ONBUILD has a line"),
    Deviation("buildah", "python-guestbook", "time of folder /app/guestbook", "a folder's time is not copied"),
    Deviation("buildah", "perl-quotes", "owner /usr/share/quotes", "what ADD unpacks changes the folder it is unpacked into"),
    Deviation("buildah", "static-handbook", "owner /var/www/html", "COPY --chown changes the folder it copies into"),
    Deviation("buildah", "env-weather*", "config Env, order", "a variable that is set again moves to the end"),
    Deviation("buildah", "photo-album", "time of folder /srv/*", "a folder's time is not copied"),
    Deviation("docker", "photo-album", "time of folder /srv/public/*", "its older words for --exclude change the folders"),
    Deviation("docker", "photo-album", "time of folder /srv/parents/*", "its older words for --parents do not copy the folders above"),
    Deviation("docker", "slim-shell*", "xattrs /data/*", "a layer has no attributes but security.capability"),
]
