#include "engine/container/oci_config.h"

#include "engine/base/identifier.h"
#include "engine/container/option_forms.h"

#include <algorithm>

namespace escale {
namespace {

void setVariable(std::vector<std::string>& environment, const std::string& variable) {
    const std::string prefix = variable.substr(0, variable.find('=') + 1);
    for (auto& existing : environment) {
        if (existing.starts_with(prefix)) {
            existing = variable;
            return;
        }
    }
    environment.push_back(variable);
}

Json object(std::initializer_list<std::pair<std::string, Json>> members) {
    return Json::Object(members);
}

// The soft limit of open files is what select(2) can take; programs that want more raise it.
Result<Json> makeRlimits(const OciInput& input) {
    Json limits = Json::Array();
    bool files = false;
    for (const auto& text : input.options.ulimits) {
        TRY_ASSIGN(const auto limit, parseUlimit(text));
        files = files || limit.type == "RLIMIT_NOFILE";
        limits.append(object({{"type", limit.type}, {"hard", limit.hard}, {"soft", limit.soft}}));
    }
    if (!files)
        limits.append(object({{"type", "RLIMIT_NOFILE"},
                              {"hard", input.mostOpenFiles},
                              {"soft", std::min<std::uint64_t>(1024, input.mostOpenFiles)}}));
    return limits;
}

Result<Json> makeProcess(const OciInput& input, const std::vector<std::string>& arguments) {
    // The primary group stands among the others, too: without it a file that denies just this group could be
    // read (CVE-2022-36109).
    Json groups = Json::Array{Json(input.user.gid)};
    for (const auto gid : input.user.additionalGids) {
        if (gid != input.user.gid)
            groups.append(gid);
    }
    Json user = object({{"uid", input.user.uid},
                        {"gid", input.user.gid},
                        {"umask", 022},
                        {"additionalGids", std::move(groups)}});
    // No inheritable and no ambient set: a process that becomes another user loses them all (CVE-2022-24769).
    const ContainerOptions& o = input.options;
    TRY_ASSIGN(const auto names, capabilitiesOf(o.capAdd, o.capDrop, o.privileged));
    const Json capabilities = Json::strings(names);
    TRY_ASSIGN(auto limits, makeRlimits(input));
    Json process = object({
        {"terminal", o.terminal},
        {"user", std::move(user)},
        {"args", Json::strings(arguments)},
        {"env", Json::strings(processEnvironment(input))},
        {"cwd", input.workingDirectory},
        {"capabilities",
         object({{"bounding", capabilities}, {"effective", capabilities}, {"permitted", capabilities}})},
        {"rlimits", std::move(limits)},
        {"noNewPrivileges", o.noNewPrivileges && !o.privileged},
    });
    if (o.oomScoreAdj != 0)
        process.set("oomScoreAdj", o.oomScoreAdj);
    if (!o.apparmor.empty() && o.apparmor != "unconfined")
        process.set("apparmorProfile", o.apparmor);
    return process;
}

} // namespace

Result<std::vector<std::string>> processArguments(const ContainerOptions& options, const ImageConfig& image) {
    std::vector<std::string> arguments = options.entrypoint.value_or(image.entrypoint);
    const bool useImages = options.command.empty() && !options.entrypoint;
    const auto& command = useImages ? image.command : options.command;
    arguments.insert(arguments.end(), command.begin(), command.end());
    if (arguments.empty() || arguments.front().empty())
        return fail(ErrorCode::InvalidArgument, "the image names no program to run", "Give a command.");
    return arguments;
}

bool sharesUserIds(const ContainerOptions& options) {
    return options.userns == "host" || options.privileged;
}

std::string hostnameOf(const OciInput& input) {
    if (input.options.uts == "host")
        return {};
    if (!input.options.hostname.empty())
        return input.options.hostname;
    return input.options.network == "host" || !input.joined.network.empty() ? input.hostName
                                                                            : shortId(input.id);
}

std::vector<std::string> processEnvironment(const OciInput& input) {
    std::vector<std::string> environment = {
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=" + input.user.home,
        "HOSTNAME=" + (input.options.uts == "host" ? input.hostName : hostnameOf(input))};
    if (input.options.terminal)
        environment.push_back("TERM=xterm");
    for (const auto* list : {&input.image.environment, &input.options.environment}) {
        for (const auto& variable : *list) {
            // An image may hold what the checks refuse in options: a variable without "=" is nothing exec can
            // pass.
            if (const auto equals = variable.find('='); equals != std::string::npos && equals > 0)
                setVariable(environment, variable);
        }
    }
    return environment;
}

Result<Json> makeOciConfig(const OciInput& input) {
    TRY_ASSIGN(auto arguments, processArguments(input.options, input.image));
    if (input.options.init)
        arguments.insert(arguments.begin(), {kInitPath, "--"});
    TRY_ASSIGN(auto process, makeProcess(input, arguments));
    Json root = object({{"path", "rootfs"}});
    if (input.options.readOnly)
        root.set("readonly", true);
    Json config = object({
        {"ociVersion", "1.2.0"},
        {"process", std::move(process)},
        {"root", std::move(root)},
    });
    if (const auto hostname = hostnameOf(input); !hostname.empty())
        config.set("hostname", hostname);
    if (!input.options.domainname.empty())
        config.set("domainname", input.options.domainname);
    config.set("mounts", makeMounts(input));
    TRY_ASSIGN(auto linux, makeLinux(input));
    config.set("linux", std::move(linux));
    if (!input.options.annotations.empty()) {
        Json annotations = Json::Object();
        for (const auto& [name, value] : input.options.annotations)
            annotations.set(name, value);
        config.set("annotations", std::move(annotations));
    }
    return config;
}

} // namespace escale
