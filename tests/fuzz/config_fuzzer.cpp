// spec::parse over hostile config.json: it must end in a Spec or an error, and a Spec must keep what the plan
// and the child rely on without looking again.
#include "engine/runtime/plan/seccomp.h"
#include "engine/runtime/spec/mount_options.h"
#include "engine/runtime/spec/spec.h"
#include "tests/fuzz/fuzz_target.h"

using namespace escale;
using fuzz::require;

namespace {

// These go to the kernel as C strings: what was checked must be what is used.
void requireWhole(const std::string& text, const char* what) {
    require(text.find('\0') == std::string::npos, what);
}

void requireWhole(const std::vector<std::string>& texts, const char* what) {
    for (const auto& text : texts)
        requireWhole(text, what);
}

void requirePath(const std::string& path, const char* what) {
    require(path.starts_with('/'), what);
    requireWhole(path, what);
}

void checkProcess(const spec::Process& process) {
    require(!process.args.empty(), "process.args is never empty");
    requireWhole(process.args, "process.args");
    requireWhole(process.env, "process.env");
    requirePath(process.cwd, "process.cwd");
    require(process.umask.value_or(0) <= 0777, "process.user.umask");
}

void checkFilesystems(const spec::Spec& spec) {
    requirePath(spec.rootPath, "root.path");
    for (const auto& mount : spec.mounts) {
        requirePath(mount.destination, "mounts.destination");
        requireWhole({mount.source, mount.type}, "mounts.source, mounts.type");
        requireWhole(mount.options, "mounts.options");
        const auto options = spec::sortMountOptions(mount.options, mount.type);
        require(!options.bind || !mount.source.empty(), "a bind mount has a source");
    }
    for (const auto& device : spec.devices) {
        requirePath(device.path, "linux.devices.path");
        require(device.type == 'c' || device.type == 'b' || device.type == 'p', "linux.devices.type");
    }
    for (const auto* list : {&spec.maskedPaths, &spec.readonlyPaths}) {
        for (const auto& path : *list)
            requirePath(path, "linux.maskedPaths, linux.readonlyPaths");
    }
}

void checkLinux(const spec::Spec& spec) {
    requireWhole({spec.hostname, spec.domainname, spec.cgroupsPath}, "names");
    for (const auto& one : spec.namespaces)
        requireWhole(one.path, "linux.namespaces.path");
    for (const auto& [name, value] : spec.sysctl) {
        requireWhole({spec::sysctlFile(name), value}, "linux.sysctl");
        require(("/" + spec::sysctlFile(name) + "/").find("/../") == std::string::npos,
                "linux.sysctl leads up");
    }
    for (const auto& [file, value] : spec.resources.unified)
        requireWhole({file, value}, "linux.resources.unified");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto spec = spec::parse({reinterpret_cast<const char*>(bytes), size}, "/bundle");
    if (!spec)
        return 0;
    checkProcess(spec->process);
    checkFilesystems(*spec);
    checkLinux(*spec);
    if (spec->seccomp) // libseccomp must take what was let through, or say no
        (void)compileSeccomp(*spec->seccomp);
    return 0;
}
