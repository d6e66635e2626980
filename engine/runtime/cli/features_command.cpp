// `features` (runtime-spec features.md): what this build can do. Each list is the one that the code itself
// goes by.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/plan/seccomp.h"
#include "engine/runtime/spec/mount_options.h"
#include "engine/runtime/spec/spec.h"

namespace escale {
namespace {

Json enabled() {
    Json json;
    json.set("enabled", true);
    return json;
}

Json disabled() {
    Json json;
    json.set("enabled", false);
    return json;
}

Json cgroupFeatures() {
    Json json;
    json.set("v1", true).set("v2", true).set("systemd", true).set("systemdUser", false).set("rdma", false);
    return json;
}

Json seccompFeatures() {
    Json json = enabled();
    json.set("actions", Json::strings(seccompActions()));
    json.set("operators", Json::strings(seccompOperators()));
    json.set("knownFlags", Json::strings(seccompFlags()));
    json.set("supportedFlags", Json::strings(supportedSeccompFlags()));
    return json;
}

Json linuxFeatures() {
    Json extensions;
    extensions.set("idmap", enabled());
    Json json;
    json.set("namespaces", Json::strings(spec::namespaceTypes()));
    json.set("capabilities", Json::strings(spec::capabilityNames()));
    json.set("cgroup", cgroupFeatures()).set("seccomp", seccompFeatures());
    json.set("apparmor", enabled()).set("selinux", enabled()).set("intelRdt", disabled());
    json.set("mountExtensions", std::move(extensions));
    return json;
}

} // namespace

Result<int> featuresCommand(const Arguments& arguments) {
    if (!arguments.operands.empty())
        return fail(ErrorCode::InvalidArgument, "features takes no operands");
    Json json;
    json.set("ociVersionMin", "1.0.0").set("ociVersionMax", "1.2.0");
    json.set("hooks", Json::strings({"prestart", "createRuntime", "createContainer", "startContainer",
                                     "poststart", "poststop"}));
    json.set("mountOptions", Json::strings(spec::mountOptionWords()));
    json.set("linux", linuxFeatures());
    TRY(writeAll(STDOUT_FILENO, json.dumpPretty() + "\n", "standard output"));
    return 0;
}

} // namespace escale
