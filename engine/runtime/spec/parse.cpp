// config.json → Spec. A member of the wrong type is an error that names it; a part of the specification that
// this runtime does not implement is Unsupported rather than left out in silence.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/runtime/spec/document.h"
#include "engine/runtime/spec/parse_linux.h"
#include "engine/runtime/spec/parse_process.h"
#include "engine/runtime/spec/spec.h"

#include <sched.h>

namespace escale::spec {
namespace {

Result<void> parseMounts(const Json& list, const std::string& bundle, std::vector<Mount>& mounts) {
    for (const auto& entry : list.items()) {
        Mount mount;
        TRY_ASSIGN(mount.destination, entry.getString("destination"));
        TRY_ASSIGN(mount.type, entry.getOptionalString("type"));
        TRY_ASSIGN(mount.source, entry.getOptionalString("source"));
        TRY_ASSIGN(mount.options, entry.getStrings("options"));
        TRY_ASSIGN(mount.uidMappings, parseMappings(entry.at("uidMappings"), "mounts.uidMappings"));
        TRY_ASSIGN(mount.gidMappings, parseMappings(entry.at("gidMappings"), "mounts.gidMappings"));
        while (mount.destination.size() > 1 && mount.destination.back() == '/')
            mount.destination.pop_back();
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

Result<void> refuseOtherMembers(const Json& document) {
    for (const char* member : {"windows", "solaris", "vm", "zos"}) {
        if (document.contains(member))
            return fail(ErrorCode::Unsupported, std::string("\"") + member + "\" is for another platform");
    }
    return {};
}

} // namespace

Result<Spec> parse(std::string_view json, const std::string& bundle) {
    TRY_ASSIGN(const auto document, parseDocument(json, "config.json"));
    Spec spec;
    TRY_ASSIGN(spec.ociVersion, document.getString("ociVersion"));
    TRY(refuseOtherMembers(document));
    TRY_ASSIGN(spec.rootPath, document.at("root").getString("path"));
    if (!spec.rootPath.starts_with('/'))
        spec.rootPath = bundle + "/" + spec.rootPath;
    spec.rootReadonly = document.at("root").at("readonly").toBool();
    TRY_ASSIGN(spec.hostname, document.getOptionalString("hostname"));
    TRY_ASSIGN(spec.domainname, document.getOptionalString("domainname"));
    TRY(parseMounts(document.at("mounts"), bundle, spec.mounts));
    TRY_ASSIGN(spec.process, parseProcess(document.at("process")));
    for (const auto& [name, value] : document.at("annotations").members())
        spec.annotations.emplace_back(name, value.toString());
    TRY_ASSIGN(spec.hooks, parseHooks(document.at("hooks")));
    TRY(parseLinux(document.at("linux"), spec));
    const auto strict = document.at("annotations").at("run.oci.seccomp_fail_unknown_syscall");
    if (spec.seccomp)
        spec.seccomp->failUnknown = !strict.isNull() && strict.toString() != "0";
    if (spec.findNamespace(CLONE_NEWUSER) != nullptr && !spec.makesNamespace(CLONE_NEWUSER)) {
        // It has its own. Engines write some here all the same, for runtimes that ask for them.
        spec.uidMappings.clear();
        spec.gidMappings.clear();
    }
    TRY(validate(spec));
    return spec;
}

Result<std::string> readConfig(const std::string& bundle, const std::string& file) {
    auto text = readFile(file.starts_with('/') ? file : bundle + "/" + file);
    if (!text)
        return fail(std::move(text).error().withHint(
            "A bundle is a folder with a config.json and the root it names"));
    return text;
}

Result<Spec> load(const std::string& bundle) {
    TRY_ASSIGN(const std::string text, readConfig(bundle));
    return parse(text, bundle);
}

} // namespace escale::spec
