// config.json → Spec. A member of the wrong type is an error that names it; a part of the specification that
// this runtime does not implement is Unsupported rather than left out in silence.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/runtime/spec/parse_linux.h"
#include "engine/runtime/spec/spec.h"

namespace escale::spec {
namespace {

Result<std::uint64_t> capabilitySet(const Json& sets, const char* name) {
    TRY_ASSIGN(const auto names, sets.getStrings(name));
    std::uint64_t mask = 0;
    for (const auto& capability : names) {
        const auto number = capabilityNumber(capability);
        if (!number)
            return fail(ErrorCode::InvalidArgument, std::string("process.capabilities.") + name + ": \"" +
                                                        capability + "\" is no capability");
        mask |= 1ULL << *number;
    }
    return mask;
}

Result<Capabilities> parseCapabilities(const Json& sets) {
    Capabilities all;
    TRY_ASSIGN(all.bounding, capabilitySet(sets, "bounding"));
    TRY_ASSIGN(all.effective, capabilitySet(sets, "effective"));
    TRY_ASSIGN(all.inheritable, capabilitySet(sets, "inheritable"));
    TRY_ASSIGN(all.permitted, capabilitySet(sets, "permitted"));
    TRY_ASSIGN(all.ambient, capabilitySet(sets, "ambient"));
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
        // "No limit" is 2^64-1, which JSON readers keep as a double.
        const auto value = [&](const char* key) {
            const auto& member = entry.at(key);
            return member.isInteger() ? static_cast<std::uint64_t>(member.toInteger()) : ~0ULL;
        };
        process.rlimits.push_back({*number, value("soft"), value("hard")});
    }
    return {};
}

Result<void> parseProcess(const Json& json, Process& process) {
    if (!json.isObject())
        return fail(ErrorCode::InvalidArgument, "config.json has no \"process\"");
    if (json.at("terminal").toBool())
        return fail(ErrorCode::Unsupported, "process.terminal is not supported yet");
    for (const char* label : {"apparmorProfile", "selinuxLabel"}) {
        if (!json.at(label).toString().empty())
            return fail(ErrorCode::Unsupported, std::string("process.") + label + " is not supported");
    }
    for (const char* member : {"scheduler", "ioPriority", "execCPUAffinity"}) {
        if (json.contains(member))
            return fail(ErrorCode::Unsupported, std::string("process.") + member + " is not supported");
    }
    TRY(parseUser(json.at("user"), process));
    TRY_ASSIGN(process.args, json.getStrings("args"));
    TRY_ASSIGN(process.env, json.getStrings("env"));
    TRY_ASSIGN(process.cwd, json.getString("cwd"));
    TRY_ASSIGN(process.capabilities, parseCapabilities(json.at("capabilities")));
    TRY(parseRlimits(json.at("rlimits"), process));
    process.noNewPrivileges = json.at("noNewPrivileges").toBool();
    if (json.contains("oomScoreAdj"))
        process.oomScoreAdj = static_cast<int>(json.at("oomScoreAdj").toInteger());
    return {};
}

Result<void> parseMounts(const Json& list, const std::string& bundle, std::vector<Mount>& mounts) {
    for (const auto& entry : list.items()) {
        Mount mount;
        TRY_ASSIGN(mount.destination, entry.getString("destination"));
        TRY_ASSIGN(mount.type, entry.getOptionalString("type"));
        TRY_ASSIGN(mount.source, entry.getOptionalString("source"));
        TRY_ASSIGN(mount.options, entry.getStrings("options"));
        TRY_ASSIGN(mount.uidMappings, parseMappings(entry.at("uidMappings"), "mounts.uidMappings"));
        // Older configurations write them relative; the specification asks for "/" + path then.
        if (!mount.destination.starts_with('/'))
            mount.destination.insert(0, "/");
        const bool isPath = mount.type == "bind" || mount.type.empty() || mount.type == "none";
        if (isPath && !mount.source.empty() && mount.source.front() != '/')
            mount.source = bundle + "/" + mount.source;
        mounts.push_back(std::move(mount));
    }
    return {};
}

Result<void> refuseHooks(const Json& hooks) {
    for (const auto& [kind, list] : hooks.members()) {
        if (!list.items().empty())
            return fail(ErrorCode::Unsupported, "hooks." + kind + ": hooks are not supported yet");
    }
    return {};
}

Result<void> refuseOtherMembers(const Json& document) {
    for (const char* member : {"windows", "solaris", "vm", "zos"}) {
        if (document.contains(member))
            return fail(ErrorCode::Unsupported, std::string("\"") + member + "\" is for another platform");
    }
    return refuseHooks(document.at("hooks"));
}

} // namespace

Result<Spec> parse(std::string_view json, const std::string& bundle) {
    auto document = Json::parse(json);
    if (!document)
        return fail(std::move(document).error().prefixed("config.json"));
    if (!document->isObject())
        return fail(ErrorCode::InvalidArgument, "config.json holds no JSON object");
    Spec spec;
    TRY_ASSIGN(spec.ociVersion, document->getString("ociVersion"));
    TRY(refuseOtherMembers(*document));
    TRY_ASSIGN(spec.rootPath, document->at("root").getString("path"));
    if (!spec.rootPath.starts_with('/'))
        spec.rootPath = bundle + "/" + spec.rootPath;
    spec.rootReadonly = document->at("root").at("readonly").toBool();
    TRY_ASSIGN(spec.hostname, document->getOptionalString("hostname"));
    TRY_ASSIGN(spec.domainname, document->getOptionalString("domainname"));
    TRY(parseMounts(document->at("mounts"), bundle, spec.mounts));
    TRY(parseProcess(document->at("process"), spec.process));
    for (const auto& [name, value] : document->at("annotations").members())
        spec.annotations.emplace_back(name, value.toString());
    TRY(parseLinux(document->at("linux"), spec));
    TRY(validate(spec));
    return spec;
}

Result<Spec> load(const std::string& bundle) {
    auto text = readFile(bundle + "/config.json");
    if (!text)
        return fail(std::move(text).error().withHint(
            "A bundle is a folder with a config.json and the root it names"));
    return parse(*text, bundle);
}

} // namespace escale::spec
