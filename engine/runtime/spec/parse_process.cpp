// "process" of config.json, and the file of `exec --process`, which holds the same object alone
// (config.md#process).
#include "engine/runtime/spec/parse_process.h"

#include "engine/base/file.h"
#include "engine/runtime/spec/document.h"
#include "engine/runtime/spec/parse_linux.h"
#include "engine/runtime/spec/parse_scheduling.h"

namespace escale::spec {
namespace {

// config.md: a capability that is not known here is warned of, not refused.
Result<std::uint64_t> capabilitySet(const Json& sets, const char* name, std::vector<std::string>& unknown) {
    std::uint64_t mask = 0;
    TRY_ASSIGN(const auto words, sets.getStrings(name));
    for (const auto& word : words) {
        if (const auto number = capabilityNumber(word))
            mask |= 1ULL << *number;
        else if (std::find(unknown.begin(), unknown.end(), word) == unknown.end())
            unknown.push_back(word);
    }
    return mask;
}

Result<Capabilities> parseCapabilities(const Json& sets) {
    Capabilities all;
    TRY_ASSIGN(all.bounding, capabilitySet(sets, "bounding", all.unknown));
    TRY_ASSIGN(all.effective, capabilitySet(sets, "effective", all.unknown));
    TRY_ASSIGN(all.inheritable, capabilitySet(sets, "inheritable", all.unknown));
    TRY_ASSIGN(all.permitted, capabilitySet(sets, "permitted", all.unknown));
    TRY_ASSIGN(all.ambient, capabilitySet(sets, "ambient", all.unknown));
    return all;
}

Result<void> parseUser(const Json& user, Process& process) {
    TRY_ASSIGN(process.uid, unsignedMember(user, "uid", "process.user", 0));
    TRY_ASSIGN(process.gid, unsignedMember(user, "gid", "process.user", 0));
    if (user.contains("umask")) {
        TRY_ASSIGN(process.umask, unsignedMember(user, "umask", "process.user", 022));
    }
    for (const auto& gid : user.at("additionalGids").items()) {
        const auto number = gid.toInteger(-1);
        if (number < 0 || number > UINT32_MAX)
            return fail(ErrorCode::InvalidArgument, "process.user.additionalGids must hold group ids");
        process.additionalGids.push_back(static_cast<std::uint32_t>(number));
    }
    return {};
}

Result<void> parseRlimits(const Json& list, Process& process) {
    for (const auto& entry : list.items()) {
        TRY_ASSIGN(const std::string name, entry.getString("type"));
        const auto number = rlimitNumber(name);
        if (!number)
            return fail(ErrorCode::InvalidArgument, "process.rlimits: \"" + name + "\" is no resource limit");
        const auto soft = entry.at("soft").toUnsigned();
        const auto hard = entry.at("hard").toUnsigned();
        if (!soft || !hard) // 2^64-1 is "no limit"; a word we cannot read must not become that
            return fail(ErrorCode::InvalidArgument,
                        "process.rlimits: soft and hard of " + name +
                            " must be whole numbers between 0 and 18446744073709551615");
        process.rlimits.push_back({*number, *soft, *hard});
    }
    return {};
}

} // namespace

Result<Process> parseProcess(const Json& json) {
    if (!json.isObject())
        return fail(ErrorCode::InvalidArgument, "there is no \"process\", or it is no object");
    Process process;
    process.terminal = json.at("terminal").toBool();
    for (const auto& [key, size] :
         {std::pair("height", &process.consoleSize.height), std::pair("width", &process.consoleSize.width)}) {
        TRY_ASSIGN(const auto value, unsignedMember(json.at("consoleSize"), key, "process.consoleSize", 0));
        if (value > UINT16_MAX)
            return fail(ErrorCode::InvalidArgument, "process.consoleSize is above 65535");
        *size = static_cast<std::uint16_t>(value);
    }
    TRY_ASSIGN(process.apparmorProfile, json.getOptionalString("apparmorProfile"));
    TRY_ASSIGN(process.selinuxLabel, json.getOptionalString("selinuxLabel"));
    TRY(parseScheduling(json, process));
    TRY(parseUser(json.at("user"), process));
    TRY_ASSIGN(process.args, json.getStrings("args"));
    TRY_ASSIGN(process.env, json.getStrings("env"));
    TRY_ASSIGN(process.cwd, json.getString("cwd"));
    TRY_ASSIGN(process.capabilities, parseCapabilities(json.at("capabilities")));
    TRY(parseRlimits(json.at("rlimits"), process));
    process.noNewPrivileges = json.at("noNewPrivileges").toBool();
    if (json.contains("oomScoreAdj"))
        process.oomScoreAdj = static_cast<int>(json.at("oomScoreAdj").toInteger());
    return process;
}

Result<Process> loadProcess(const std::string& file, const Process& container) {
    TRY_ASSIGN(const std::string text, readFile(file));
    TRY_ASSIGN(const auto json, parseDocument(text, file));
    auto process = parseProcess(json);
    if (!process)
        return fail(std::move(process).error().prefixed(file));
    if (!json.contains("user")) {
        process->uid = container.uid;
        process->gid = container.gid;
        process->additionalGids = container.additionalGids;
        process->umask = container.umask;
    }
    if (!json.contains("capabilities"))
        process->capabilities = container.capabilities;
    if (!json.contains("env"))
        process->env = container.env;
    return process;
}

namespace {

void setVariable(std::vector<std::string>& env, const std::string& entry) {
    const std::string name = entry.substr(0, entry.find('=')) + "=";
    std::erase_if(env, [&](const std::string& other) { return other.starts_with(name); });
    env.push_back(entry);
}

} // namespace

Result<Process> changed(Process container, const ProcessChanges& changes) {
    container.args = changes.args;
    for (const auto& entry : changes.env)
        setVariable(container.env, entry);
    container.cwd = changes.cwd.value_or(container.cwd);
    container.uid = changes.uid.value_or(container.uid);
    container.gid = changes.gid.value_or(container.gid);
    auto& groups = container.additionalGids;
    groups.insert(groups.end(), changes.additionalGids.begin(), changes.additionalGids.end());
    for (const auto& name : changes.capabilities) {
        const auto number = capabilityNumber(name);
        if (!number)
            return fail(ErrorCode::InvalidArgument, "\"" + name + "\" is no capability");
        for (auto* set : {&container.capabilities.bounding, &container.capabilities.effective,
                          &container.capabilities.permitted})
            *set |= 1ULL << *number;
    }
    container.terminal = changes.terminal;
    container.consoleSize = {};
    container.noNewPrivileges = changes.noNewPrivileges;
    if (!changes.apparmorProfile.empty())
        container.apparmorProfile = changes.apparmorProfile;
    if (!changes.selinuxLabel.empty())
        container.selinuxLabel = changes.selinuxLabel;
    return container;
}

} // namespace escale::spec
