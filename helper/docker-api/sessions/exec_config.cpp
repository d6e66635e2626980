#include "helper/docker-api/sessions/exec_config.h"

#include "helper/docker-api/api/members.h"
#include "helper/docker-api/bus/bus.h"

namespace escale::docker_api {
namespace {

constexpr int kCannotBeInvoked = 126, kNotFound = 127; // as a shell says it

Result<std::string> text(const Json& body, std::string_view key) {
    return body.getOptionalString(key);
}

} // namespace

Result<TerminalSize> readConsoleSize(const Json& body) {
    const Json::Array& numbers = body.at("ConsoleSize").items();
    if (numbers.empty())
        return TerminalSize();
    const auto isSize = [](const Json& number) {
        return number.isInteger() && number.toInteger() >= 0 && number.toInteger() <= UINT16_MAX;
    };
    if (numbers.size() != 2 || !isSize(numbers[0]) || !isSize(numbers[1]))
        return fail(ErrorCode::InvalidArgument,
                    "ConsoleSize is a height and a width: whole numbers up to 65535");
    return TerminalSize{static_cast<std::uint16_t>(numbers[0].toInteger()),
                        static_cast<std::uint16_t>(numbers[1].toInteger())};
}

Result<ExecConfig> readExecConfig(const Json& body) {
    ExecConfig config;
    TRY_ASSIGN(config.command, body.getStrings("Cmd"));
    if (config.command.empty())
        return fail(ErrorCode::InvalidArgument, "No exec command specified");
    TRY_ASSIGN(config.environment, body.getStrings("Env"));
    // Docker takes a name alone for a variable that is to be removed; it is never one that the engine would
    // take.
    for (const std::string& variable : config.environment) {
        if (variable.find('=') == std::string::npos || variable.starts_with('='))
            return fail(ErrorCode::InvalidArgument,
                        "Env: \"" + variable.substr(0, variable.find('=')) + "\" is no NAME=value");
    }
    TRY_ASSIGN(config.user, text(body, "User"));
    TRY_ASSIGN(config.workingDirectory, text(body, "WorkingDir"));
    TRY_ASSIGN(config.detachKeys, text(body, "DetachKeys"));
    TRY_ASSIGN(config.size, readConsoleSize(body));
    TRY_ASSIGN(config.hasTerminal, readFlag(body, "Tty"));
    TRY_ASSIGN(config.isPrivileged, readFlag(body, "Privileged"));
    TRY_ASSIGN(config.opensInput, readFlag(body, "AttachStdin"));
    TRY_ASSIGN(config.opensOutput, readFlag(body, "AttachStdout"));
    TRY_ASSIGN(config.opensErrors, readFlag(body, "AttachStderr"));
    return config;
}

QVariantMap execOptions(const ExecConfig& config) {
    QVariantMap options{{QStringLiteral("environment"), toStringList(config.environment)},
                        {QStringLiteral("tty"), config.hasTerminal},
                        {QStringLiteral("stdin"), config.opensInput}};
    const auto add = [&options](const char* key, const std::string& value) {
        if (!value.empty())
            options.insert(QLatin1String(key), toQString(value));
    };
    add("user", config.user);
    add("workdir", config.workingDirectory);
    add("detach-keys", config.detachKeys);
    if (config.isPrivileged)
        options.insert(QStringLiteral("privileged"), true);
    if (config.hasTerminal && config.size.rows > 0 && config.size.columns > 0) {
        options.insert(QStringLiteral("rows"), QVariant::fromValue<ushort>(config.size.rows));
        options.insert(QStringLiteral("columns"), QVariant::fromValue<ushort>(config.size.columns));
    }
    return options;
}

Json describeExec(const Exec& exec, std::int64_t pid) {
    const ExecConfig& config = exec.config;
    Json process;
    process.set("tty", config.hasTerminal)
        .set("entrypoint", config.command.front())
        .set("arguments", Json::strings({config.command.begin() + 1, config.command.end()}))
        .set("privileged", config.isPrivileged);
    if (!config.user.empty())
        process.set("user", config.user);
    const bool hasEnded = exec.state == Exec::State::Ended;
    return Json()
        .set("ID", exec.id)
        .set("Running", exec.state == Exec::State::Started)
        .set("ExitCode", hasEnded ? Json(exec.exitCode) : Json())
        .set("ProcessConfig", process)
        .set("OpenStdin", config.opensInput)
        .set("OpenStderr", config.opensErrors)
        .set("OpenStdout", config.opensOutput)
        .set("CanRemove", hasEnded)
        .set("ContainerID", config.container)
        .set("DetachKeys", config.detachKeys)
        .set("Pid", pid);
}

std::optional<ExecFailure> commandFailure(const ExecConfig& config, const Error& error) {
    const std::string& program = config.command.front();
    const auto failure = [&program](int code, const std::string& why) {
        return ExecFailure{
            code, "OCI runtime exec failed: exec failed: unable to start container process: exec: \"" +
                      program + "\": " + why + ": unknown"};
    };
    const auto says = [&error](std::string_view words) {
        return error.message.find(words) != std::string::npos;
    };
    // The runtime names the program; what it says of users and folders is no fault of the command's.
    if (!says("\"" + program + "\""))
        return std::nullopt;
    if (error.code == ErrorCode::NotFound && program.find('/') == std::string::npos)
        return failure(kNotFound, "executable file not found in $PATH");
    if (error.code == ErrorCode::NotFound)
        return failure(kNotFound, "stat " + program + ": no such file or directory");
    if (error.code == ErrorCode::PermissionDenied)
        return failure(kCannotBeInvoked, "permission denied");
    if (error.code == ErrorCode::Unsupported)
        return failure(kCannotBeInvoked, "exec format error");
    return std::nullopt;
}

} // namespace escale::docker_api
