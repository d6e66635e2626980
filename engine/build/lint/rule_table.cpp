#include "engine/build/lint/lint.h"

#include <algorithm>

// lupdate finds what is to be translated by this name.
#define QT_TRANSLATE_NOOP(context, text) text

namespace escale {
namespace {

using S = LintSeverity;

// In the order of the names.
constexpr LintRule kRules[] = {
    {"ConsistentInstructionCasing", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "%1 is not written like most instructions"),
     QT_TRANSLATE_NOOP("LintRule", "One case throughout the file is easier to read."),
     QT_TRANSLATE_NOOP("LintRule", "Write it like the others"), ""},
    {"CopyIgnoredFile", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 is excluded by .dockerignore"),
     QT_TRANSLATE_NOOP("LintRule", "It is not there to be copied: the build fails."), "", ""},
    {"DL1001", S::Ignore, QT_TRANSLATE_NOOP("LintRule", "A comment silences the linter here"),
     QT_TRANSLATE_NOOP("LintRule", "A rule that is switched off beside the code is soon forgotten; a "
                                   "configuration file keeps such decisions in one place."),
     "", ""},
    {"DL3000", S::Error, QT_TRANSLATE_NOOP("LintRule", "WORKDIR %1 is not an absolute path"),
     QT_TRANSLATE_NOOP("LintRule",
                       "Where a relative path ends depends on what came before it, and on the base image."),
     "", "WorkdirRelativePath"},
    {"DL3001", S::Info, QT_TRANSLATE_NOOP("LintRule", "%1 makes little sense in a container"),
     QT_TRANSLATE_NOOP("LintRule", "Such programs look after a whole machine: its services, its disks, the "
                                   "person before it. A container runs one application."),
     "", ""},
    {"DL3002", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The last user of the image is root"),
     QT_TRANSLATE_NOOP("LintRule", "What breaks out of a program that runs as root is root. Switch to "
                                   "another user when everything is installed."),
     "", ""},
    {"DL3003", S::Warning, QT_TRANSLATE_NOOP("LintRule", "Use WORKDIR instead of cd"),
     QT_TRANSLATE_NOOP("LintRule",
                       "cd ends with its RUN; WORKDIR holds for everything after it, and can be seen."),
     "", ""},
    {"DL3004", S::Error, QT_TRANSLATE_NOOP("LintRule", "Do not use sudo"),
     QT_TRANSLATE_NOOP("LintRule", "A build runs as root, or as whom USER names. sudo adds a program to the "
                                   "image that gives rights away, and changes how signals arrive."),
     "", ""},
    {"DL3006", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The image %1 has no tag"),
     QT_TRANSLATE_NOOP("LintRule", "Without a tag it is whatever latest means on the day of the build: "
                                   "tomorrow's build is another one."),
     "", ""},
    {"DL3007", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The image %1 is pinned to latest only"),
     QT_TRANSLATE_NOOP("LintRule",
                       "latest moves. Name a version, so that the same file makes the same image."),
     "", ""},
    {"DL3008", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule",
                       "apt-get takes the newest one on the day of the build. With package=version a build "
                       "can be repeated, and a cached layer is made anew when the version changes."),
     "", ""},
    {"DL3009", S::Info, QT_TRANSLATE_NOOP("LintRule", "The lists of apt stay in the layer"),
     QT_TRANSLATE_NOOP("LintRule",
                       "They are some tens of megabytes that nobody needs in the image. Remove "
                       "/var/lib/apt/lists in the same RUN: a later one cannot make the layer smaller."),
     QT_TRANSLATE_NOOP("LintRule", "Remove the lists in the same RUN"), ""},
    {"DL3010", S::Info, QT_TRANSLATE_NOOP("LintRule", "The archive %1 is copied, then unpacked"),
     QT_TRANSLATE_NOOP("LintRule",
                       "ADD unpacks a local archive by itself; the copied one stays in its layer otherwise."),
     "", ""},
    {"DL3011", S::Error, QT_TRANSLATE_NOOP("LintRule", "%1 is no port"),
     QT_TRANSLATE_NOOP("LintRule", "Ports go from 0 to 65535."), "", ""},
    {"DL3012", S::Error, QT_TRANSLATE_NOOP("LintRule", "There is a HEALTHCHECK already"),
     QT_TRANSLATE_NOOP("LintRule", "Only the last one of a stage counts."), "", ""},
    {"DL3013", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule", "pip takes the newest one on the day of the build. Write "
                                   "package==version, or install from a file of requirements."),
     "", ""},
    {"DL3014", S::Warning, QT_TRANSLATE_NOOP("LintRule", "apt-get install waits for an answer"),
     QT_TRANSLATE_NOOP("LintRule", "Nobody is there to type yes: the build stops. Add -y."),
     QT_TRANSLATE_NOOP("LintRule", "Add -y"), ""},
    {"DL3015", S::Info, QT_TRANSLATE_NOOP("LintRule", "apt-get installs recommended packages too"),
     QT_TRANSLATE_NOOP("LintRule", "They are often half of what is downloaded. Add --no-install-recommends, "
                                   "and name what is really needed."),
     "", ""},
    {"DL3016", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule", "npm takes the newest one on the day of the build. Write package@version, "
                                   "or install from package-lock.json with npm ci."),
     "", ""},
    {"DL3018", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "apk takes the newest one on the day of the build. Write package=version or package~version."),
     "", ""},
    {"DL3019", S::Info, QT_TRANSLATE_NOOP("LintRule", "apk add keeps its index"),
     QT_TRANSLATE_NOOP("LintRule", "With --no-cache no index is stored, and none has to be removed."),
     QT_TRANSLATE_NOOP("LintRule", "Add --no-cache"), ""},
    {"DL3020", S::Error, QT_TRANSLATE_NOOP("LintRule", "Use COPY for %1"),
     QT_TRANSLATE_NOOP("LintRule", "ADD also downloads and unpacks; what only copies should say so."),
     QT_TRANSLATE_NOOP("LintRule", "Use COPY"), ""},
    {"DL3021", S::Error, QT_TRANSLATE_NOOP("LintRule", "The destination of several sources must end with /"),
     QT_TRANSLATE_NOOP(
         "LintRule", "Several files can only be put into a folder, and only the slash says that it is one."),
     QT_TRANSLATE_NOOP("LintRule", "Add the slash"), ""},
    {"DL3022", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 is no stage before this one"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "COPY --from takes files from a stage above it, or from an image; an image's name has a tag."),
     "", ""},
    {"DL3023", S::Error, QT_TRANSLATE_NOOP("LintRule", "A stage cannot copy from itself"),
     QT_TRANSLATE_NOOP("LintRule", "COPY --from needs another stage: this one is not made yet."), "", ""},
    {"DL3024", S::Error, QT_TRANSLATE_NOOP("LintRule", "The name %1 is taken by a stage above"),
     QT_TRANSLATE_NOOP("LintRule", "Two stages of one name cannot be told apart."), "", "DuplicateStageName"},
    {"DL3025", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 is given to a shell"),
     QT_TRANSLATE_NOOP("LintRule", "The shell is the container's first process then: it passes no signals "
                                   "on, and stopping takes ten seconds. Write the words as a JSON array."),
     QT_TRANSLATE_NOOP("LintRule", "Write a JSON array"), "JSONArgsRecommended"},
    {"DL3026", S::Error, QT_TRANSLATE_NOOP("LintRule", "The registry of %1 is not a trusted one"),
     QT_TRANSLATE_NOOP("LintRule", "The settings name the registries that images may come from."), "", ""},
    {"DL3027", S::Warning, QT_TRANSLATE_NOOP("LintRule", "Use apt-get or apt-cache instead of apt"),
     QT_TRANSLATE_NOOP("LintRule",
                       "apt is made for people: what it prints and does may change between its versions."),
     QT_TRANSLATE_NOOP("LintRule", "Use apt-get"), ""},
    {"DL3028", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule", "gem takes the newest one on the day of the build. Write gem:version."),
     "", ""},
    {"DL3029", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The platform is fixed"),
     QT_TRANSLATE_NOOP("LintRule", "FROM --platform with a fixed value makes the image for one processor "
                                   "only, whatever the build asks for."),
     "", "FromPlatformFlagConstDisallowed"},
    {"DL3030", S::Warning, QT_TRANSLATE_NOOP("LintRule", "yum install waits for an answer"),
     QT_TRANSLATE_NOOP("LintRule", "Nobody is there to type yes: the build stops. Add -y."),
     QT_TRANSLATE_NOOP("LintRule", "Add -y"), ""},
    {"DL3032", S::Warning, QT_TRANSLATE_NOOP("LintRule", "yum's cache stays in the layer"),
     QT_TRANSLATE_NOOP("LintRule",
                       "Run yum clean all in the same RUN: a later one cannot make the layer smaller."),
     QT_TRANSLATE_NOOP("LintRule", "Add yum clean all"), ""},
    {"DL3033", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule",
                       "yum takes the newest one on the day of the build. Write package-version."),
     "", ""},
    {"DL3034", S::Warning, QT_TRANSLATE_NOOP("LintRule", "zypper waits for an answer"),
     QT_TRANSLATE_NOOP("LintRule", "Nobody is there to type yes: the build stops. Add --non-interactive."),
     QT_TRANSLATE_NOOP("LintRule", "Add --non-interactive"), ""},
    {"DL3035", S::Warning, QT_TRANSLATE_NOOP("LintRule", "Do not upgrade the distribution"),
     QT_TRANSLATE_NOOP("LintRule",
                       "The base image is the place where a new version of the distribution comes from."),
     "", ""},
    {"DL3036", S::Warning, QT_TRANSLATE_NOOP("LintRule", "zypper's cache stays in the layer"),
     QT_TRANSLATE_NOOP("LintRule",
                       "Run zypper clean in the same RUN: a later one cannot make the layer smaller."),
     QT_TRANSLATE_NOOP("LintRule", "Add zypper clean"), ""},
    {"DL3037", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule",
                       "zypper takes the newest one on the day of the build. Write package=version."),
     "", ""},
    {"DL3038", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 install waits for an answer"),
     QT_TRANSLATE_NOOP("LintRule", "Nobody is there to type yes: the build stops. Add -y."),
     QT_TRANSLATE_NOOP("LintRule", "Add -y"), ""},
    {"DL3040", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1's cache stays in the layer"),
     QT_TRANSLATE_NOOP("LintRule", "Clean it in the same RUN: a later one cannot make the layer smaller."),
     QT_TRANSLATE_NOOP("LintRule", "Clean it in the same RUN"), ""},
    {"DL3041", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule",
                       "dnf takes the newest one on the day of the build. Write package-version."),
     "", ""},
    {"DL3042", S::Warning, QT_TRANSLATE_NOOP("LintRule", "pip's cache stays in the layer"),
     QT_TRANSLATE_NOOP("LintRule",
                       "Nothing installs from it again. Add --no-cache-dir, or set PIP_NO_CACHE_DIR."),
     QT_TRANSLATE_NOOP("LintRule", "Add --no-cache-dir"), ""},
    {"DL3043", S::Error, QT_TRANSLATE_NOOP("LintRule", "%1 cannot be triggered by ONBUILD"),
     QT_TRANSLATE_NOOP("LintRule", "ONBUILD keeps one instruction for the build on top of this image: it "
                                   "begins no stage, and nests no further."),
     "", ""},
    {"DL3044", S::Error, QT_TRANSLATE_NOOP("LintRule", "%1 is used in the ENV that sets it"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "All values of one ENV are replaced before any of them is set: the old value is used, or nothing."),
     "", ""},
    {"DL3045", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 is relative, and no WORKDIR is set"),
     QT_TRANSLATE_NOOP("LintRule", "Where it ends depends on the base image."), "", ""},
    {"DL3046", S::Warning, QT_TRANSLATE_NOOP("LintRule", "useradd with a high number makes the image large"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "It writes /var/log/lastlog as long as the number is high: gigabytes. Add --no-log-init."),
     QT_TRANSLATE_NOOP("LintRule", "Add --no-log-init"), ""},
    {"DL3047", S::Info, QT_TRANSLATE_NOOP("LintRule", "wget draws a progress bar into the log"),
     QT_TRANSLATE_NOOP("LintRule", "Thousands of lines nobody reads. Use --progress=dot:giga, -q or -nv."),
     "", ""},
    {"DL3048", S::Style, QT_TRANSLATE_NOOP("LintRule", "%1 is no good key of a label"),
     QT_TRANSLATE_NOOP("LintRule",
                       "Keys are lower case letters and digits with single dots and dashes between them; "
                       "com.docker, io.docker and org.dockerproject are Docker's own."),
     "", ""},
    {"DL3049", S::Info, QT_TRANSLATE_NOOP("LintRule", "The label %1 is missing"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for it."), "", ""},
    {"DL3050", S::Info, QT_TRANSLATE_NOOP("LintRule", "The label %1 is not one of those agreed"),
     QT_TRANSLATE_NOOP("LintRule",
                       "The settings name the labels that an image may have, and allow no other."),
     "", ""},
    {"DL3051", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The label %1 is empty"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for it; an empty one says nothing."), "", ""},
    {"DL3052", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The label %1 is no URL"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for an address such as https://example.org."), "", ""},
    {"DL3053", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The label %1 is no time of RFC 3339"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for one such as 2026-01-31T12:00:00Z."), "", ""},
    {"DL3054", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The label %1 is no SPDX licence"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for an identifier such as MIT or GPL-3.0-or-later."), "",
     ""},
    {"DL3055", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The label %1 is no Git hash"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for 7 or 40 hexadecimal digits."), "", ""},
    {"DL3056", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The label %1 is no semantic version"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for one such as 1.2.3 or 1.2.3-beta.1."), "", ""},
    {"DL3057", S::Ignore, QT_TRANSLATE_NOOP("LintRule", "The image has no HEALTHCHECK"),
     QT_TRANSLATE_NOOP("LintRule",
                       "Without one nobody knows whether the program in a running container still answers."),
     "", ""},
    {"DL3058", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The label %1 is no e-mail address"),
     QT_TRANSLATE_NOOP("LintRule", "The settings ask for one such as name@example.org."), "", ""},
    {"DL3059", S::Info, QT_TRANSLATE_NOOP("LintRule", "This RUN could be joined with the one before it"),
     QT_TRANSLATE_NOOP("LintRule", "Each makes a layer; what one removes of another stays in the image."),
     QT_TRANSLATE_NOOP("LintRule", "Join the two"), ""},
    {"DL3060", S::Info, QT_TRANSLATE_NOOP("LintRule", "yarn's cache stays in the layer"),
     QT_TRANSLATE_NOOP("LintRule",
                       "Run yarn cache clean in the same RUN: a later one cannot make the layer smaller."),
     QT_TRANSLATE_NOOP("LintRule", "Add yarn cache clean"), ""},
    {"DL3061", S::Error, QT_TRANSLATE_NOOP("LintRule", "%1 stands before the first FROM"),
     QT_TRANSLATE_NOOP("LintRule", "A Dockerfile begins with FROM; only ARG may stand before it."), "", ""},
    {"DL3062", S::Warning, QT_TRANSLATE_NOOP("LintRule", "No version is given for: %1"),
     QT_TRANSLATE_NOOP("LintRule", "go takes the newest one on the day of the build. Write package@version."),
     "", ""},
    {"DL3063", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "%1 is a reserved word, and no good name of a stage"),
     QT_TRANSLATE_NOOP("LintRule", "FROM scratch is nothing at all, and context is the folder of the build: "
                                   "a stage of that name hides it."),
     "", "ReservedStageName"},
    {"DL3064", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 looks like a secret"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "ARG and ENV are kept in the image, where everyone can read them. Use RUN --mount=type=secret."),
     "", "SecretsUsedInArgOrEnv"},
    {"DL3065", S::Warning, QT_TRANSLATE_NOOP("LintRule", "--platform=$TARGETPLATFORM is what happens anyway"),
     QT_TRANSLATE_NOOP("LintRule", "FROM takes the target's platform by itself."),
     QT_TRANSLATE_NOOP("LintRule", "Remove it"), "RedundantTargetPlatform"},
    {"DL3066", S::Info, QT_TRANSLATE_NOOP("LintRule", "The user %1 is a name, not a number"),
     QT_TRANSLATE_NOOP("LintRule", "What runs the container may not know names of the image, and cannot "
                                   "prove that it is not root. Use the number."),
     "", ""},
    {"DL3067", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The whole file system of a stage is copied"),
     QT_TRANSLATE_NOOP("LintRule", "Everything that made it comes along: name what is wanted."), "", ""},
    {"DL4000", S::Error, QT_TRANSLATE_NOOP("LintRule", "MAINTAINER is of the past"),
     QT_TRANSLATE_NOOP("LintRule", "A label says it, and any tool can read that."),
     QT_TRANSLATE_NOOP("LintRule", "Write a label"), "MaintainerDeprecated"},
    {"DL4001", S::Warning, QT_TRANSLATE_NOOP("LintRule", "Both wget and curl are used"),
     QT_TRANSLATE_NOOP("LintRule", "One of them is enough: the other only makes the image larger."), "", ""},
    {"DL4003", S::Warning, QT_TRANSLATE_NOOP("LintRule", "There is a CMD already"),
     QT_TRANSLATE_NOOP("LintRule", "Only the last one of a stage counts."), "", ""},
    {"DL4004", S::Error, QT_TRANSLATE_NOOP("LintRule", "There is an ENTRYPOINT already"),
     QT_TRANSLATE_NOOP("LintRule", "Only the last one of a stage counts."), "", ""},
    {"DL4005", S::Warning, QT_TRANSLATE_NOOP("LintRule", "Use SHELL to change the shell"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "Replacing /bin/sh changes it for every program of the image; SHELL changes it for the build."),
     "", ""},
    {"DL4006", S::Warning, QT_TRANSLATE_NOOP("LintRule", "A failure before the pipe goes unnoticed"),
     QT_TRANSLATE_NOOP("LintRule", "Only the last program's result counts. SHELL [\"/bin/bash\", \"-o\", "
                                   "\"pipefail\", \"-c\"] makes the others' count too."),
     "", ""},
    {"DuplicateStageName", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The name %1 is taken by a stage above"),
     QT_TRANSLATE_NOOP("LintRule", "Two stages of one name cannot be told apart."), "", ""},
    {"ES1001", S::Info, QT_TRANSLATE_NOOP("LintRule", "The tag %1 moves"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "It names no version but a promise of what is newest, or stable: tomorrow's build is another one."),
     "", ""},
    {"ES1002", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "The whole folder is copied, and there is no .dockerignore"),
     QT_TRANSLATE_NOOP("LintRule", "The .git folder, secrets and build results come along, and each change "
                                   "of any of them makes the layer anew."),
     "", ""},
    {"ES1003", S::Info, QT_TRANSLATE_NOOP("LintRule", "There is no .dockerignore"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "Without one everything in the folder is sent to the builder: write down what it does not need."),
     "", ""},
    {"ES1004", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The image runs as root"),
     QT_TRANSLATE_NOOP("LintRule",
                       "What breaks out of the program is root. End with USER and a number above 0."),
     "", ""},
    {"ES1005", S::Info, QT_TRANSLATE_NOOP("LintRule", "Tools that only build stay in the image: %1"),
     QT_TRANSLATE_NOOP("LintRule", "They make it large, and serve an intruder. Build in a stage of its own, "
                                   "and COPY --from it what the program needs."),
     "", ""},
    {"ES1006", S::Warning, QT_TRANSLATE_NOOP("LintRule", "Removing %1 here frees nothing"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "It lies in the layer of a RUN above, and stays there. Remove it in the RUN that made it."),
     "", ""},
    {"ES1007", S::Info,
     QT_TRANSLATE_NOOP("LintRule", "Dependencies are installed after all sources are copied"),
     QT_TRANSLATE_NOOP("LintRule", "Each change of any file installs them anew. Copy the list of "
                                   "dependencies first, install, then copy the rest."),
     "", ""},
    {"ES1008", S::Error, QT_TRANSLATE_NOOP("LintRule", "A secret stands in the file"),
     QT_TRANSLATE_NOOP("LintRule", "Everyone who has the file or the image can read it. Replace it where it "
                                   "is used, and use RUN --mount=type=secret."),
     "", ""},
    {"ES1009", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 may hold secrets"),
     QT_TRANSLATE_NOOP("LintRule", "What is copied into an image stays in its layer, even when it is removed "
                                   "later. Use RUN --mount=type=secret."),
     "", ""},
    {"ES1010", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "The package lists are fetched in a layer of their own"),
     QT_TRANSLATE_NOOP("LintRule", "The layer is cached: weeks later the install after it works with old "
                                   "lists, and fails. Fetch and install in one RUN."),
     "", ""},
    {"ES1011", S::Error, QT_TRANSLATE_NOOP("LintRule", "The folder has no %1"),
     QT_TRANSLATE_NOOP("LintRule", "COPY and ADD fail when a source is not there."), "", ""},
    {"ExposeInvalidFormat", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 maps a port"),
     QT_TRANSLATE_NOOP("LintRule", "EXPOSE names ports of the container. Addresses and ports of the host "
                                   "belong to the one who runs it; a future version will refuse them."),
     QT_TRANSLATE_NOOP("LintRule", "Keep the container's port"), ""},
    {"ExposeProtoCasing", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The protocol of %1 has capital letters"),
     QT_TRANSLATE_NOOP("LintRule", "It is written in lower case."),
     QT_TRANSLATE_NOOP("LintRule", "Write it in lower case"), ""},
    {"FromAsCasing", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%2 is not written like %1"),
     QT_TRANSLATE_NOOP("LintRule", "Words of one instruction in one case are easier to read."),
     QT_TRANSLATE_NOOP("LintRule", "Write both alike"), ""},
    {"FromPlatformFlagConstDisallowed", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "The platform is fixed to %1"),
     QT_TRANSLATE_NOOP("LintRule", "The image is made for one processor only, whatever the build asks for. A "
                                   "stage that needs it should have the platform in its name."),
     "", ""},
    {"InvalidBaseImagePlatform", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "The base image %1 is for %2, the build is for %3"),
     QT_TRANSLATE_NOOP("LintRule", "What it holds cannot run there without emulation."), "", ""},
    {"InvalidDefaultArgInFrom", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "Without build arguments %1 is no image"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "The ARG before FROM has no default, or one that makes no name. Give it one that works."),
     "", ""},
    {"InvalidDefinitionDescription", S::Ignore,
     QT_TRANSLATE_NOOP("LintRule", "The comment does not describe %1"),
     QT_TRANSLATE_NOOP("LintRule", "A comment right above FROM or ARG is shown as its description: it begins "
                                   "with the name. An empty line keeps others apart."),
     QT_TRANSLATE_NOOP("LintRule", "Set it apart with an empty line"), ""},
    {"JSONArgsRecommended", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 is given to a shell"),
     QT_TRANSLATE_NOOP(
         "LintRule", "The shell is the container's first process then: it passes no signals on, and stopping "
                     "takes ten seconds. Write the words as a JSON array, or name the shell with SHELL."),
     QT_TRANSLATE_NOOP("LintRule", "Write a JSON array"), ""},
    {"LegacyKeyValueFormat", S::Warning, QT_TRANSLATE_NOOP("LintRule", "Write %1 name=value"),
     QT_TRANSLATE_NOOP("LintRule",
                       "The form with a space takes one value only, and will be dropped some day."),
     QT_TRANSLATE_NOOP("LintRule", "Use the equals sign"), ""},
    {"MaintainerDeprecated", S::Warning, QT_TRANSLATE_NOOP("LintRule", "MAINTAINER is of the past"),
     QT_TRANSLATE_NOOP("LintRule", "A label says it, and any tool can read that."),
     QT_TRANSLATE_NOOP("LintRule", "Write a label"), ""},
    {"MultipleInstructionsDisallowed", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "A later %1 of the stage replaces this one"),
     QT_TRANSLATE_NOOP("LintRule", "Only the last one counts."), QT_TRANSLATE_NOOP("LintRule", "Remove it"),
     ""},
    {"NoEmptyContinuation", S::Warning, QT_TRANSLATE_NOOP("LintRule", "An empty line within an instruction"),
     QT_TRANSLATE_NOOP("LintRule", "A future version of the language will refuse it."),
     QT_TRANSLATE_NOOP("LintRule", "Remove the line"), ""},
    {"RedundantTargetPlatform", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "--platform=$TARGETPLATFORM is what happens anyway"),
     QT_TRANSLATE_NOOP("LintRule", "FROM takes the target's platform by itself."),
     QT_TRANSLATE_NOOP("LintRule", "Remove it"), ""},
    {"ReservedStageName", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "%1 is a reserved word, and no good name of a stage"),
     QT_TRANSLATE_NOOP("LintRule", "FROM scratch is nothing at all, and context is the folder of the build: "
                                   "a stage of that name hides it."),
     "", ""},
    {"SecretsUsedInArgOrEnv", S::Warning, QT_TRANSLATE_NOOP("LintRule", "%1 looks like a secret"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "ARG and ENV are kept in the image, where everyone can read them. Use RUN --mount=type=secret."),
     "", ""},
    {"StageNameCasing", S::Warning, QT_TRANSLATE_NOOP("LintRule", "The stage's name %1 has capital letters"),
     QT_TRANSLATE_NOOP(
         "LintRule",
         "Names of stages are read without regard to case; written in lower case they cannot look like two."),
     QT_TRANSLATE_NOOP("LintRule", "Write it in lower case"), ""},
    {"UndefinedArgInFrom", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "FROM uses %1, which no ARG before it defines"),
     QT_TRANSLATE_NOOP("LintRule", "It is replaced by nothing."), "", ""},
    {"UndefinedVar", S::Warning,
     QT_TRANSLATE_NOOP("LintRule", "The variable %1 is used before it is defined"),
     QT_TRANSLATE_NOOP("LintRule", "It is replaced by nothing, unless the base image happens to set it."), "",
     ""},
    {"WorkdirRelativePath", S::Warning, QT_TRANSLATE_NOOP("LintRule", "WORKDIR %1 depends on the base image"),
     QT_TRANSLATE_NOOP("LintRule",
                       "A relative path begins where the base image ended: set an absolute one first."),
     "", ""},
};

} // namespace

std::span<const LintRule> lintRules() {
    return kRules;
}

const LintRule* findLintRule(std::string_view name) {
    const auto* found =
        std::lower_bound(std::begin(kRules), std::end(kRules), name,
                         [](const LintRule& rule, std::string_view wanted) { return rule.name < wanted; });
    return found != std::end(kRules) && found->name == name ? found : nullptr;
}

std::string_view lintSeverityName(LintSeverity severity) {
    switch (severity) {
    case S::Error:
        return "error";
    case S::Warning:
        return "warning";
    case S::Info:
        return "info";
    case S::Style:
        return "style";
    case S::Ignore:
        break;
    }
    return "ignore";
}

std::optional<LintSeverity> lintSeverityFromString(std::string_view name) {
    for (const auto severity : {S::Error, S::Warning, S::Info, S::Style, S::Ignore}) {
        if (lintSeverityName(severity) == name)
            return severity;
    }
    return std::nullopt;
}

} // namespace escale
