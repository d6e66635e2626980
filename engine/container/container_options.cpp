#include "engine/container/container_options.h"

#include "engine/base/byte_size.h"

#include "engine/base/identifier.h"
#include "engine/base/process.h"
#include "engine/container/option_checks.h"
#include "engine/container/option_forms.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>

namespace escale {
namespace {

constexpr std::size_t kLongestString = 128 * 1024; // MAX_ARG_STRLEN of execve(2)
constexpr std::size_t kMostPorts = 1000;           // of one container
constexpr std::size_t kLongestCommand = 64 * 1024;
constexpr std::size_t kMostBytes = 1u
                                   << 20; // of all arguments or variables; execve(2) takes 2 MiB by default
constexpr unsigned kLongestStop = 24 * 3600;
constexpr std::uint64_t kLeastLogSize = 256 * 1024; // a record can have 96 KiB

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

Result<void> checkStopTimeout(unsigned seconds) {
    if (seconds > kLongestStop)
        return fail(ErrorCode::InvalidArgument, "a grace period of more than a day makes no sense");
    return {};
}

Result<void> checkSignal(const std::string& signal) {
    if (!signal.empty())
        TRY(parseSignal(signal));
    return {};
}

Result<void> checkRestart(const std::string& policy, unsigned maximum) {
    static constexpr std::array<std::string_view, 4> kPolicies{"no", "always", "unless-stopped",
                                                               "on-failure"};
    if (std::find(kPolicies.begin(), kPolicies.end(), policy) == kPolicies.end())
        return fail(ErrorCode::InvalidArgument, "there is no restart policy \"" + policy.substr(0, 60) + "\"",
                    "The policies are no, always, unless-stopped and on-failure.");
    if (maximum != 0 && policy != "on-failure")
        return fail(ErrorCode::InvalidArgument,
                    "a number of restarts goes with the restart policy on-failure only");
    return {};
}

namespace {

Result<void> checkName(const ContainerOptions& o) {
    if (!o.name.empty())
        TRY(validateName(o.name));
    if (o.image.empty())
        return fail(ErrorCode::InvalidArgument, "no image is named");
    return {};
}

// RFC 1123: letters, digits and hyphens, parts of at most 63, 253 together (Linux takes 64).
Result<void> checkHostName(const char* option, const std::string& name) {
    const bool good = name.size() <= 64 && !name.starts_with('-') && !name.starts_with('.') &&
                      std::all_of(name.begin(), name.end(), [](unsigned char c) {
                          return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_';
                      });
    if (!good)
        return fail(ErrorCode::InvalidArgument,
                    std::string(option) + ": \"" + name.substr(0, 80) + "\" is no host name",
                    "Use letters, digits, hyphens and dots, at most 64 of them.");
    return {};
}

Result<void> checkIdentity(const ContainerOptions& o) {
    TRY(checkHostName("hostname", o.hostname));
    TRY(checkHostName("domainname", o.domainname));
    TRY(checkStrings({o.user, o.workingDirectory}, "the user or the working directory"));
    TRY(checkStrings(o.groups, "the groups"));
    if (!o.workingDirectory.empty() && !o.workingDirectory.starts_with('/'))
        return fail(ErrorCode::InvalidArgument,
                    "the working directory \"" + o.workingDirectory.substr(0, 200) + "\" is not absolute",
                    "Begin it with a slash.");
    Texts texts;
    for (const auto* map : {&o.labels, &o.annotations}) {
        if (map->size() > kMostEntries)
            return fail(ErrorCode::InvalidArgument, "there are too many labels");
        for (const auto& [name, value] : *map) {
            if (name.empty())
                return fail(ErrorCode::InvalidArgument, "a label has no name", "Write NAME=VALUE.");
            texts.push_back(name + value);
        }
    }
    return checkStrings(texts, "the labels");
}

Result<void> checkProgram(const ContainerOptions& o) {
    TRY(checkCommand(o.command));
    if (o.entrypoint)
        TRY(inOption("entrypoint", checkCommand(*o.entrypoint)));
    return checkEnvironment(o.environment);
}

Result<void> checkLife(const ContainerOptions& o) {
    TRY(checkRestart(o.restart, o.restartMaximum));
    if (o.removeWhenStopped && o.restart != "no")
        return fail(ErrorCode::InvalidArgument,
                    "a container that is removed when it stops cannot be restarted, too",
                    "Leave the restart policy or the removal out.");
    TRY(inOption("stop-signal", checkSignal(o.stopSignal)));
    return checkStopTimeout(o.stopTimeoutSeconds);
}

Result<void> checkHealth(const ContainerOptions& o) {
    TRY(inOption("health-command", checkStrings(o.healthCommand, "the command")));
    if (!o.healthCommand.empty()) {
        const auto& kind = o.healthCommand.front();
        const std::size_t words = o.healthCommand.size();
        const bool good = (kind == "NONE" && words == 1) || (kind == "CMD-SHELL" && words == 2) ||
                          (kind == "CMD" && words >= 2);
        if (!good)
            return fail(ErrorCode::InvalidArgument, "the health check is of no known form",
                        R"(Give "CMD-SHELL" and one text, "CMD" and words, or "NONE".)");
    }
    // Docker's least: a shorter one would do nothing but check.
    for (const auto time : {o.healthInterval, o.healthTimeout, o.healthStartPeriod, o.healthStartInterval}) {
        if (time > kLongestStop * 1000ULL)
            return fail(ErrorCode::InvalidArgument, "a time of the health check is longer than a day");
    }
    for (const auto time : {o.healthInterval, o.healthTimeout, o.healthStartInterval}) {
        if (time != 0 && time < 1)
            return fail(ErrorCode::InvalidArgument, "a time of the health check is below a millisecond");
    }
    return {};
}

Result<void> checkFiles(const ContainerOptions& o) {
    if (o.tmpfs.size() > kMostEntries)
        return fail(ErrorCode::InvalidArgument, "there are too many tmpfs mounts");
    for (const auto& [path, options] : o.tmpfs) {
        if (!path.starts_with('/') || path == "/" || ("/" + path + "/").find("/../") != std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "tmpfs: \"" + path.substr(0, 200) + "\" is no absolute path below /");
        TRY(checkStrings({path, options}, "a tmpfs mount"));
    }
    TRY(checkMountOptions(o));
    return checkEach("devices", o.devices, parseDevice);
}

Result<void> checkSecurity(const ContainerOptions& o) {
    TRY(checkEach("device-cgroup-rules", o.deviceCgroupRules, parseDeviceRule));
    TRY(checkEach("cap-add", o.capAdd, parseCapability));
    TRY(checkEach("cap-drop", o.capDrop, parseCapability));
    if (!o.systemPaths.empty() && o.systemPaths != "unconfined")
        return fail(ErrorCode::InvalidArgument, R"(systempaths takes "unconfined" only)");
    if (!o.seccomp.empty() && o.seccomp != "unconfined") {
        if (o.seccomp.size() > kMostBytes)
            return fail(ErrorCode::InvalidArgument, "the seccomp profile is longer than 1 MiB");
        if (auto json = Json::parse(o.seccomp); !json || !json->isObject())
            return fail(ErrorCode::InvalidArgument,
                        "the seccomp profile is no JSON object" +
                            (json ? std::string() : ": " + json.error().message),
                        R"(Give "unconfined" or the content of a profile.)");
    }
    return checkStrings({o.apparmor}, "the AppArmor profile");
}

// Which of the modes an option may have; `allowed` holds Docker's words.
Result<void> checkMode(const char* option, const std::string& text,
                       std::initializer_list<NamespaceMode::Kind> allowed, const char* words) {
    const auto mode = parseNamespaceMode(text);
    if (mode && std::find(allowed.begin(), allowed.end(), mode->kind) != allowed.end())
        return {};
    return fail(ErrorCode::InvalidArgument,
                std::string("there is no ") + option + " \"" + text.substr(0, 80) + "\"",
                std::string("Choose ") + words + ".");
}

Result<void> checkNamespaces(const ContainerOptions& o) {
    using Kind = NamespaceMode::Kind;
    TRY(checkMode("ipc", o.ipc, {Kind::Private, Kind::Shareable, Kind::None, Kind::Host, Kind::Container},
                  "private, shareable, none, host or container:NAME"));
    TRY(checkMode("pid", o.pid, {Kind::Private, Kind::Host, Kind::Container}, "host or container:NAME"));
    TRY(checkMode("uts", o.uts, {Kind::Private, Kind::Host}, "host"));
    TRY(checkMode("userns", o.userns, {Kind::Private, Kind::Host}, "host"));
    TRY(checkMode("cgroupns", o.cgroupns, {Kind::Private, Kind::Host}, "private or host"));
    if (!hasNetworks(o))
        TRY(checkMode("network", o.network, {Kind::None, Kind::Host, Kind::Container},
                      "a network, none, host or container:NAME"));
    if (o.uts == "host" && (!o.hostname.empty() || !o.domainname.empty()))
        return fail(ErrorCode::InvalidArgument, "a host name cannot be given together with the host's own",
                    "Leave out the host name, or uts=host.");
    return {};
}

Result<void> checkNetworkOptions(const ContainerOptions& o) {
    std::size_t ports = 0; // each is a descriptor of the helper's
    for (const auto& text : o.publish) {
        auto requests = parsePublish(text);
        if (!requests)
            return fail(std::move(requests).error().prefixed("publish"));
        ports += requests->size();
    }
    if (ports > kMostPorts)
        return fail(ErrorCode::InvalidArgument, "more than 1000 ports are to be published",
                    "Publish fewer, or use the network host.");
    TRY(checkEach("extra-hosts", o.extraHosts, parseExtraHost));
    TRY(networkChoices(o));
    if (!o.publish.empty() && !hasNetworks(o))
        return fail(ErrorCode::InvalidArgument,
                    "ports cannot be published on the network \"" + o.network + "\"",
                    o.network == "host" ? "On the host's network they are open without that." : "");
    for (const auto* list : {&o.dns, &o.dnsSearch, &o.dnsOptions}) {
        for (const auto& word : *list) {
            if (word.empty() || word.size() > 253 || word.find_first_of(" \t\n\r#;") != std::string::npos)
                return fail(ErrorCode::InvalidArgument,
                            "\"" + word.substr(0, 80) + "\" can stand in no resolv.conf");
        }
        if (list->size() > 32)
            return fail(ErrorCode::InvalidArgument, "there are more than 32 entries for resolv.conf");
    }
    return checkEach("dns", o.dns, parseAddress);
}

Result<void> checkKernelOptions(const ContainerOptions& o) {
    TRY(checkEach("ulimits", o.ulimits, parseUlimit));
    for (const auto& [name, value] : o.sysctls)
        TRY(checkStrings({name, value}, "a sysctl"));
    return {};
}

Result<void> checkLog(const ContainerOptions& o) {
    if (o.logDriver != "json-file" && o.logDriver != "none")
        return fail(ErrorCode::Unsupported, "there is no log driver \"" + o.logDriver.substr(0, 60) + "\"",
                    "The drivers are json-file and none.");
    for (const auto& [name, value] : o.logOptions) {
        if (name != "max-size" && name != "max-file" && name != "compress")
            return fail(ErrorCode::Unsupported, "there is no log option \"" + name.substr(0, 60) + "\"",
                        "The options are max-size, max-file and compress.");
    }
    TRY(logLimits(o));
    return {};
}

} // namespace

bool hasNetworks(const ContainerOptions& options) {
    const auto mode = parseNamespaceMode(options.network);
    const bool isMode =
        mode && (mode->kind == NamespaceMode::Kind::None || mode->kind == NamespaceMode::Kind::Host ||
                 mode->kind == NamespaceMode::Kind::Container);
    return !isMode && !options.network.starts_with("container:");
}

Result<std::vector<NetworkChoice>> networkChoices(const ContainerOptions& options) {
    std::string text = "name=" + options.network;
    for (const auto& alias : options.networkAliases)
        text += ",alias=" + alias;
    for (const auto& [key, value] : {std::pair("ip", &options.ip), std::pair("ip6", &options.ip6),
                                     std::pair("mac-address", &options.macAddress)}) {
        if (!value->empty())
            text += std::string(",") + key + "=" + *value;
    }
    const bool asksForMore = text != "name=" + options.network || !options.networks.empty();
    if (!hasNetworks(options)) {
        if (asksForMore)
            return fail(ErrorCode::InvalidArgument,
                        "with the network \"" + options.network.substr(0, 80) +
                            "\" a container has neither addresses of its own nor other networks",
                        "Leave them out, or name a network.");
        return std::vector<NetworkChoice>();
    }
    TRY(parseNetworkChoice(options.network)); // a name alone: nothing of the long form
    if (options.network.find('=') != std::string::npos)
        return fail(ErrorCode::InvalidArgument,
                    "there is no network \"" + options.network.substr(0, 80) + '"',
                    "Give a network's name or id.");
    if (options.networks.size() >= 32)
        return fail(ErrorCode::InvalidArgument, "a container can be in 32 networks at most");
    std::vector<NetworkChoice> choices;
    TRY_ASSIGN(choices.emplace_back(), parseNetworkChoice(text));
    for (const auto& other : options.networks) {
        TRY_ASSIGN(choices.emplace_back(), parseNetworkChoice(other));
    }
    return choices;
}

Result<int> stopSignalOf(const ContainerOptions& options, const ImageConfig& image) {
    const std::string& name = options.stopSignal.empty() ? image.stopSignal : options.stopSignal;
    return name.empty() ? SIGTERM : parseSignal(name);
}

Result<LogLimits> logLimits(const ContainerOptions& options) {
    LogLimits limits;
    const auto valueOf = [&options](const char* name) {
        const auto found = options.logOptions.find(name);
        return found == options.logOptions.end() ? std::string() : found->second;
    };
    if (const auto size = valueOf("max-size"); size == "-1" || size == "0") {
        limits.maxSize = 0;
    } else if (!size.empty()) {
        auto bytes = parseByteSize(size);
        if (!bytes)
            return fail(std::move(bytes).error().prefixed("max-size"));
        if (*bytes < kLeastLogSize)
            return fail(ErrorCode::InvalidArgument, "a log of \"" + size + "\" cannot hold a line",
                        "Give at least 256k, or -1 for no limit.");
        limits.maxSize = *bytes;
    }
    if (const auto count = valueOf("max-file"); !count.empty()) {
        const auto files = parseByteSize(count);
        if (!files || *files < 1 || *files > 1000 ||
            count.find_first_not_of("0123456789") != std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "max-file: \"" + count + "\" is no number from 1 to 1000");
        limits.maxFile = static_cast<unsigned>(*files);
    }
    if (const auto compress = valueOf("compress"); compress == "false")
        limits.compress = false;
    else if (!compress.empty() && compress != "true")
        return fail(ErrorCode::InvalidArgument, R"(compress takes "true" or "false")");
    return limits;
}

Result<void> checkOptions(const ContainerOptions& options, const MachineLimits& machine) {
    for (const auto check :
         {checkName, checkProgram, checkIdentity, checkLife, checkHealth, checkFiles, checkSecurity,
          checkNamespaces, checkNetworkOptions, checkKernelOptions, checkLog})
        TRY(check(options));
    return checkResources(options, machine);
}

} // namespace escale
