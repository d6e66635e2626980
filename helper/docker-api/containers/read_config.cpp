// What a container runs, and as whom: the body's own members, Docker's Config.
#include "helper/docker-api/containers/create_request_parts.h"

#include <algorithm>
#include <limits>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
constexpr unsigned kForever = 24 * 3600; // the engine's longest grace period

// "NAME=value" is set; "NAME" alone is taken out of what the image sets.
void readVariables(Texts variables, CreateRequest& request) {
    for (std::string& variable : variables) {
        const bool isSet = variable.find('=') != std::string::npos;
        (isSet ? request.options.environment : request.withoutVariables).push_back(std::move(variable));
    }
}

Result<void> readProgram(const Fields& body, CreateRequest& request) {
    ContainerOptions& options = request.options;
    TRY(body.read("Image", options.image));
    if (options.image.empty())
        return fail(ErrorCode::InvalidArgument, "no image is named", "Set Image.");
    std::optional<Texts> command, entrypoint;
    TRY(body.readWords("Cmd", command));
    TRY(body.readWords("Entrypoint", entrypoint));
    options.command = command.value_or(Texts());
    // An empty list drops the image's entrypoint; the list of one empty word its command, too.
    request.keepsImageCommand = entrypoint && entrypoint->empty() && options.command.empty();
    if (entrypoint && entrypoint->size() == 1 && entrypoint->front().empty())
        entrypoint->clear();
    options.entrypoint = std::move(entrypoint);
    Texts variables;
    TRY(body.read("Env", variables));
    readVariables(std::move(variables), request);
    return {};
}

Result<void> readIdentity(const Fields& body, ContainerOptions& options) {
    TRY(body.read("User", options.user));
    TRY(body.read("WorkingDir", options.workingDirectory));
    TRY(body.read("Hostname", options.hostname));
    TRY(body.read("Domainname", options.domainname));
    TRY(body.read("Labels", options.labels));
    TRY(body.read("Tty", options.terminal));
    TRY(body.read("OpenStdin", options.openInput));
    TRY(body.read("StdinOnce", options.inputOnce));
    TRY(body.read("StopSignal", options.stopSignal));
    std::int64_t seconds = options.stopTimeoutSeconds;
    TRY(body.read("StopTimeout", seconds));
    if (seconds > kForever)
        return fail(ErrorCode::InvalidArgument,
                    "StopTimeout: a grace period of more than a day makes no sense");
    options.stopTimeoutSeconds = seconds < 0 ? kForever : static_cast<unsigned>(seconds);
    return {};
}

Result<void> readTime(const Fields& health, std::string_view name, std::uint64_t& milliseconds) {
    std::int64_t nanoseconds = 0;
    TRY(health.read(name, nanoseconds));
    if (nanoseconds < 0 || (nanoseconds > 0 && nanoseconds < kNanosecondsPerMillisecond))
        return fail(ErrorCode::InvalidArgument, health.nameOf(name) + " cannot be less than 1ms");
    milliseconds = static_cast<std::uint64_t>(nanoseconds / kNanosecondsPerMillisecond);
    return {};
}

Result<void> readHealth(const Fields& body, ContainerOptions& options) {
    TRY_ASSIGN(const Fields health, body.object("Healthcheck"));
    TRY(health.read("Test", options.healthCommand));
    TRY(readTime(health, "Interval", options.healthInterval));
    TRY(readTime(health, "Timeout", options.healthTimeout));
    TRY(readTime(health, "StartPeriod", options.healthStartPeriod));
    TRY(readTime(health, "StartInterval", options.healthStartInterval));
    TRY(health.read("Retries", options.healthRetries));
    // Docker's shell of a check is the one that is named here.
    Texts shell;
    TRY(body.read("Shell", shell));
    Texts& command = options.healthCommand;
    if (!shell.empty() && command.size() == 2 && command.front() == "CMD-SHELL") {
        shell.push_back(command.back());
        shell.insert(shell.begin(), "CMD");
        command = std::move(shell);
    }
    return {};
}

} // namespace

Result<void> readConfig(const Fields& body, CreateRequest& request) {
    TRY(readProgram(body, request));
    TRY(readIdentity(body, request.options));
    return readHealth(body, request.options);
}

} // namespace escale::docker_api
