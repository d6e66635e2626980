// What a client asks for when it makes an exec (ExecConfig of the Docker Engine API), and what is told of
// one. Pure.
#pragma once

#include "engine/base/json.h"
#include "helper/docker-api/sessions/exec_registry.h"

#include <QVariantMap>

#include <string>

namespace escale::docker_api {

/// The body of POST /containers/{id}/exec. InvalidArgument names the member.
Result<ExecConfig> readExecConfig(const Json& body);
/// "ConsoleSize": [height, width]; 0 and 0 when there is none.
Result<TerminalSize> readConsoleSize(const Json& body);
/// Options of Containers.Exec and ExecDetached.
QVariantMap execOptions(const ExecConfig& config);

/// GET /exec/{id}/json. `pid`: 0 when it is not known.
Json describeExec(const Exec& exec, std::int64_t pid);

/// Why a command could not be started, in the words that clients know, and the status that they leave with.
struct ExecFailure {
    int exitCode = 126;
    std::string message;
};
/// Nothing when it is not the command's fault.
std::optional<ExecFailure> commandFailure(const ExecConfig& config, const Error& error);

} // namespace escale::docker_api
