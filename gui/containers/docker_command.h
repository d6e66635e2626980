// `docker run` lines, both ways: a pasted one becomes a request, a request becomes the line that does the
// same. Pure, but for the files that a line names (--env-file, --label-file, --security-opt seccomp=FILE).
#pragma once

#include "engine/base/result.h"
#include "gui/client/run_request.h"

namespace escale::gui {

struct ParsedRun {
    RunRequest request;
    QStringList warnings; // what is not honoured, or taken differently than by a shell with docker
};

/// A line of docker or podman run or create, as READMEs have it: with a prompt, sudo, quotes, continued
/// lines. An option that Escale does not honour is a warning that names it; an unknown one, a wrong value or
/// a missing image is InvalidArgument.
Result<ParsedRun> parseDockerRun(const QString& line);

/// The shortest line that parseDockerRun() reads as the same request. Only what a line cannot say is folded
/// into what it can: the words behind an entrypoint's first go to the command.
QString dockerRunLine(const RunRequest& request);

/// The same with -d: docker does not wait for the container's end, as Escale does not.
QString dockerRunDetachedLine(const RunRequest& request);

/// The line of docker create, for a container that is not started.
QString dockerCreateLine(const RunRequest& request);

/// "docker VERB WORDS…", quoted: dockerCommand("stop", {"-t", "10", "web"}).
QString dockerCommand(const QString& verb, const QStringList& words);

} // namespace escale::gui
