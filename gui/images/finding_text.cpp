#include "gui/images/finding_text.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FindingText)
public:
    QString title, meaning, advice;
    static Words of(FindingCode code);

private:
    static Words ofFiles(FindingCode code);
    static Words ofConfig(FindingCode code);
    static Words ofInstructions(FindingCode code);
};

Words Words::of(FindingCode code) {
    if (code < FindingCode::RunsAsRoot)
        return ofFiles(code);
    return code < FindingCode::UpdateAlone ? ofConfig(code) : ofInstructions(code);
}

Words Words::ofFiles(FindingCode code) {
    switch (code) {
    case FindingCode::PrivateKey:
        return {
            tr("A private key"),
            tr("Whoever has the image has the key, also where a later layer removes the file: layers below "
               "keep it."),
            tr("Replace the key. Give it to the build as a secret (RUN --mount=type=secret), and to the "
               "container "
               "when it starts.")};
    case FindingCode::SecretToken:
        return {tr("An access token"),
                tr("A file holds what looks like a token of a service. Whoever has the image can use it."),
                tr("Revoke the token. Give a new one to the build as a secret (RUN --mount=type=secret), and "
                   "to the "
                   "container when it starts.")};
    case FindingCode::SecretFile:
        return {tr("A file that may hold secrets"), tr("Files of this name hold passwords or keys, mostly."),
                tr("Put the name into .dockerignore, and give the file to the container when it starts.")};
    case FindingCode::VersionControl:
        return {tr("The history of the source"),
                tr("A .git folder holds every version of every file, also of those that were removed since."),
                tr("Put .git into .dockerignore.")};
    case FindingCode::RemovedLater:
        return {tr("Removed, and still paid for"),
                tr("This layer removes files of layers below. They are hidden, and still stored and "
                   "transferred."),
                tr("Remove files in the RUN instruction that made them, or build in a stage and copy only "
                   "what is "
                   "needed (COPY --from).")};
    case FindingCode::ReplacedLater:
        return {tr("Replaced, and still paid for"),
                tr("This layer has other versions of files of layers below, which are still stored and "
                   "transferred."),
                tr("Change files in the instruction that made them, where you can.")};
    case FindingCode::SameFileAgain:
        return {tr("Stored again with the same content"),
                tr("This layer repeats files whose content has not changed: their owner, mode or time has, "
                   "or they were "
                   "copied again."),
                tr("Give owner and mode when you copy: COPY --chown=… --chmod=…, instead of RUN chown or "
                   "chmod after "
                   "it.")};
    case FindingCode::StoredTwice:
        return {tr("The same content at several places"),
                tr("Files of this layer have the same content as files elsewhere in layers below."),
                tr("Copy it once, and link to it (ln -s).")};
    case FindingCode::PackageCache:
        return {tr("A package manager's cache"),
                tr("Lists and packages that were downloaded for the installation are of no use afterwards."),
                tr("Clean up in the same RUN: rm -rf /var/lib/apt/lists/*, apk add --no-cache, pip install "
                   "--no-cache-dir; or use RUN --mount=type=cache.")};
    case FindingCode::TemporaryFiles:
        return {tr("Temporary files"), tr("Files in /tmp and /var/tmp are left over from the build, mostly."),
                tr("Remove them in the RUN instruction that made them.")};
    default:
        return {tr("Programs with set-uid or set-gid"),
                tr("They run with the rights of their owner, whoever starts them. With no-new-privileges, "
                   "which is on "
                   "here, they cannot."),
                tr("Take the bit off those that nobody needs: chmod a-s.")};
    }
}

Words Words::ofConfig(FindingCode code) {
    switch (code) {
    case FindingCode::RunsAsRoot:
        return {tr("Runs as root"),
                tr("Without USER, processes are root in the container: a hole in the program is worth more "
                   "there."),
                tr("Make a user and change to it: RUN useradd app, USER app.")};
    case FindingCode::NoHealthCheck:
        return {tr("No health check"),
                tr("That a process runs does not tell that it answers. Nobody notices when it hangs."),
                tr("Add HEALTHCHECK CMD with a command that asks the program.")};
    case FindingCode::LatestTag:
        return {tr("The tag “latest”"),
                tr("It names another image tomorrow: two machines that pull it do not run the same."),
                tr("Use a tag with a version, or the digest.")};
    case FindingCode::SecretInEnvironment:
        return {
            tr("A secret in the environment"),
            tr("Variables of the image are read by whoever has it, and by every process in the container."),
            tr("Take it out of ENV; give it when the container starts, best as a file.")};
    case FindingCode::SecretInHistory:
        return {tr("A secret in the history"),
                tr("Build arguments stay in the image's history in plain text."),
                tr("Use RUN --mount=type=secret instead of ARG.")};
    case FindingCode::ShellCommand:
        return {tr("The command runs in a shell"),
                tr("The shell is process 1, and may pass no signals on: stopping takes until the grace "
                   "period ends."),
                tr("Write the command as a list: CMD [\"program\", \"argument\"].")};
    case FindingCode::SshPort:
        return {tr("An SSH server"),
                tr("The image exposes port 22. A container needs none: a terminal is one click away."),
                tr("Leave the server out, and use exec.")};
    case FindingCode::RelativeWorkdir:
        return {tr("A relative working directory"), tr("Where it leads depends on the base image."),
                tr("Give WORKDIR an absolute path.")};
    default:
        return {tr("No labels"), tr("The image does not tell where it comes from, nor its version."),
                tr("Add LABEL org.opencontainers.image.source=… and .version=….")};
    }
}

Words Words::ofInstructions(FindingCode code) {
    switch (code) {
    case FindingCode::UpdateAlone:
        return {tr("Package lists in a layer of their own"),
                tr("The build cache keeps the layer: a later installation works with old lists, or fails."),
                tr("Write apt-get update && apt-get install … in one RUN.")};
    case FindingCode::AddFromNetwork:
        return {
            tr("ADD from the network"),
            tr("What is downloaded is not checked, and stays in the layer also when it is only unpacked."),
            tr("Download, check, unpack and remove in one RUN, or give ADD a --checksum.")};
    case FindingCode::PipeToShell:
        return {tr("A script from the network, run unseen"),
                tr("The build runs whatever the server sends that day."),
                tr("Download a named version, check its sum, then run it; or install the package.")};
    default:
        return {tr("Everybody may write"),
                tr("With mode 777 every user of the container may change the files."),
                tr("Give the files to the user who needs them: COPY --chown.")};
    }
}

} // namespace

QString findingTitle(FindingCode code) {
    return Words::of(code).title;
}
QString findingMeaning(FindingCode code) {
    return Words::of(code).meaning;
}
QString findingAdvice(FindingCode code) {
    return Words::of(code).advice;
}

QString severityText(Severity severity) {
    switch (severity) {
    case Severity::Serious:
        return Words::tr("Serious");
    case Severity::Warning:
        return Words::tr("Warning");
    case Severity::Notice:
        break;
    }
    return Words::tr("Notice");
}

Tone severityTone(Severity severity) {
    return severity == Severity::Serious   ? Tone::Bad
           : severity == Severity::Warning ? Tone::Busy
                                           : Tone::Idle;
}

} // namespace escale::gui
