#include "engine/container/container_options.h"

#include "engine/base/identifier.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <csignal>
#include <cstring>

namespace escale {
namespace {

constexpr std::uint64_t kLeastMemory = 6u << 20;   // Docker's: below it a process does not even start
constexpr std::size_t kLongestString = 128 * 1024; // MAX_ARG_STRLEN of execve(2)
constexpr std::size_t kLongestCommand = 64 * 1024;
constexpr std::size_t kMostBytes = 1u
                                   << 20; // of all arguments or variables; execve(2) takes 2 MiB by default
constexpr std::uint64_t kMostPids = 4194304; // PID_MAX_LIMIT
constexpr unsigned kLongestStop = 24 * 3600;

Result<void> checkStrings(const std::vector<std::string>& strings, std::string_view what) {
    std::size_t total = 0;
    for (const auto& text : strings) {
        if (text.find('\0') != std::string::npos)
            return fail(ErrorCode::InvalidArgument, std::string(what) + " holds a NUL byte");
        if (text.size() >= kLongestString)
            return fail(ErrorCode::InvalidArgument, std::string(what) + " has a part of more than 128 KiB",
                        "Pass large values in a file.");
        total += text.size() + 1;
    }
    if (total > kMostBytes)
        return fail(ErrorCode::InvalidArgument, std::string(what) + " is longer than 1 MiB",
                    "Pass large values in a file.");
    return {};
}

} // namespace

Result<void> checkCommand(const std::vector<std::string>& command) {
    if (!command.empty() && command.front().empty())
        return fail(ErrorCode::InvalidArgument, "the command's first word is empty",
                    "Name the program to run, or give no command to run the image's own.");
    TRY(checkStrings(command, "the command"));
    std::size_t size = 0;
    for (const auto& word : command)
        size += word.size();
    // The list of containers carries it, and a message on the bus must stay small.
    if (size > kLongestCommand)
        return fail(ErrorCode::InvalidArgument, "the command is longer than 64 KiB",
                    "Put it into a script in the image.");
    return {};
}

Result<void> checkEnvironment(const std::vector<std::string>& environment) {
    for (const auto& variable : environment) {
        const auto equals = variable.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidArgument, "the environment variable \"" +
                                                        variable.substr(0, equals) +
                                                        "\" is not of the form NAME=value");
    }
    return checkStrings(environment, "the environment");
}

Result<void> checkMemory(std::uint64_t bytes) {
    if (bytes != 0 && bytes < kLeastMemory)
        return fail(ErrorCode::InvalidArgument,
                    "a memory limit of " + std::to_string(bytes) + " bytes is too small: the least is 6 MiB",
                    "Give at least 6 MiB, or 0 for no limit.");
    if (bytes > static_cast<std::uint64_t>(INT64_MAX))
        return fail(ErrorCode::InvalidArgument, "the memory limit is too large", "Give 0 for no limit.");
    return {};
}

Result<void> checkCpus(double cpus, unsigned onlineCpus) {
    if (cpus == 0)
        return {};
    // 0.01: the kernel takes no quota below a millisecond in our period of 100 ms.
    if (!std::isfinite(cpus) || cpus < 0.01 || cpus > onlineCpus)
        return fail(ErrorCode::InvalidArgument,
                    "the number of processors must lie between 0.01 and " + std::to_string(onlineCpus) +
                        ", which this machine has",
                    "Give 0 for no limit.");
    return {};
}

Result<void> checkPids(std::uint64_t limit) {
    if (limit > kMostPids)
        return fail(ErrorCode::InvalidArgument,
                    "a limit of " + std::to_string(limit) + " processes is more than Linux can have",
                    "Give 0 for no limit.");
    return {};
}

Result<void> checkNetwork(const std::string& network) {
    if (network != "bridge" && network != "none")
        return fail(ErrorCode::InvalidArgument, "there is no network \"" + network + "\"",
                    "The networks are \"bridge\" and \"none\".");
    return {};
}

Result<void> checkStopTimeout(unsigned seconds) {
    if (seconds > kLongestStop)
        return fail(ErrorCode::InvalidArgument, "a grace period of more than a day makes no sense");
    return {};
}

Result<void> checkOptions(const ContainerOptions& options, const MachineLimits& machine) {
    if (!options.name.empty())
        TRY(validateName(options.name));
    if (options.image.empty())
        return fail(ErrorCode::InvalidArgument, "no image is named");
    TRY(checkCommand(options.command));
    TRY(checkEnvironment(options.environment));
    TRY(checkMemory(options.memoryBytes));
    TRY(checkCpus(options.cpus, machine.onlineCpus));
    TRY(checkPids(options.pidsLimit));
    TRY(checkNetwork(options.network));
    return checkStopTimeout(options.stopTimeoutSeconds);
}

Json optionsToJson(const ContainerOptions& options) {
    Json json;
    json.set("name", options.name)
        .set("image", options.image)
        .set("command", Json::strings(options.command))
        .set("environment", Json::strings(options.environment))
        .set("memoryBytes", options.memoryBytes)
        .set("cpus", options.cpus)
        .set("pidsLimit", options.pidsLimit)
        .set("stopTimeoutSeconds", options.stopTimeoutSeconds)
        .set("network", options.network)
        .set("removeWhenStopped", options.removeWhenStopped);
    return json;
}

Result<ContainerOptions> optionsFromJson(const Json& json) {
    ContainerOptions options;
    TRY_ASSIGN(options.name, json.getOptionalString("name"));
    TRY_ASSIGN(options.image, json.getOptionalString("image"));
    TRY_ASSIGN(options.command, json.getStrings("command"));
    TRY_ASSIGN(options.environment, json.getStrings("environment"));
    options.memoryBytes = static_cast<std::uint64_t>(
        json.at("memoryBytes").toInteger(static_cast<std::int64_t>(options.memoryBytes)));
    options.cpus = json.at("cpus").toDouble(options.cpus);
    options.pidsLimit = static_cast<std::uint64_t>(
        json.at("pidsLimit").toInteger(static_cast<std::int64_t>(options.pidsLimit)));
    options.stopTimeoutSeconds =
        static_cast<unsigned>(json.at("stopTimeoutSeconds").toInteger(options.stopTimeoutSeconds));
    options.network = json.at("network").toString(options.network);
    options.removeWhenStopped = json.at("removeWhenStopped").toBool(options.removeWhenStopped);
    return options;
}

} // namespace escale
