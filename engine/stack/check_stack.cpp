// What root must not believe of a stack. Options of containers, networks, volumes and builds are checked by
// the rules of Run, Create and Build beside this (helper/validation).
#include "engine/base/digest.h"
#include "engine/base/identifier.h"
#include "engine/container/container_options.h"
#include "engine/stack/stack.h"

#include <algorithm>
#include <map>
#include <set>

namespace escale {
namespace {

constexpr std::size_t kMostServices = 500;
constexpr std::size_t kMostNetworks = 100;
constexpr std::size_t kMostVolumes = 500;
constexpr std::size_t kMostOfOne = 128; // files, dependencies, hooks of a service, and files of a stack
constexpr std::size_t kMostDescriptors = 4096;
constexpr std::size_t kLongestName = 100;       // leaves room for the number in a container's name
constexpr std::size_t kLongestPath = 4096;      // PATH_MAX
constexpr std::size_t kLongestConfig = 1 << 20; // of Stacks.Config
constexpr std::size_t kLongestHook = 64 * 1024; // one of a label, all words together

tl::unexpected<Error> wrong(std::string message, std::string hint = {}) {
    return fail(ErrorCode::InvalidArgument, std::move(message), std::move(hint));
}

std::string inQuotes(std::string_view text) {
    return '"' + std::string(text.substr(0, 80)) + '"';
}

bool consistsOf(std::string_view text, bool capitals, std::string_view others) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (capitals && c >= 'A' && c <= 'Z') ||
               others.find(c) != std::string_view::npos;
    });
}

/// compose-spec 04-version-and-name.md
Result<void> checkProjectName(const std::string& name) {
    const bool good = !name.empty() && name.size() <= kLongestName && consistsOf(name, false, "_-") &&
                      name.front() != '_' && name.front() != '-';
    if (!good)
        return wrong(inQuotes(name) + " is not the name of a project",
                     "Use lower-case letters, digits, hyphens and underscores, the first a letter or digit.");
    return {};
}

/// A key of the file: a service's, a network's or a volume's.
Result<void> checkKey(const char* what, const std::string& key) {
    if (key.empty() || key.size() > kLongestName || !consistsOf(key, true, "._-"))
        return wrong(inQuotes(key) + " is not the name of a " + what,
                     "Use letters, digits, hyphens, underscores and dots.");
    return {};
}

Result<void> checkPaths(const Texts& paths, const char* what) {
    if (paths.size() > kMostOfOne)
        return wrong(std::string("there are too many ") + what);
    for (const std::string& path : paths) {
        if (path.size() >= kLongestPath || path.find('\0') != std::string::npos)
            return wrong(std::string("a path of the ") + what + " is too long");
    }
    return {};
}

class StackChecks {
public:
    StackChecks(const Stack& stack, std::size_t descriptors)
        : m_stack(stack)
        , m_descriptors(descriptors) {}

    Result<void> run() {
        TRY(checkBounds());
        TRY(checkResources("network", m_stack.networks));
        TRY(checkResources("volume", m_stack.volumes));
        for (const StackService& service : m_stack.services) {
            TRY(checkKey("service", service.name));
            if (!m_services.emplace(service.name, &service).second)
                return wrong("there are two services with the name " + inQuotes(service.name));
        }
        for (const StackService& service : m_stack.services) {
            if (auto good = checkService(service); !good)
                return fail(std::move(good).error().prefixed("service " + inQuotes(service.name)));
        }
        return checkCircles();
    }

private:
    Result<void> checkBounds() const {
        TRY(checkProjectName(m_stack.project));
        TRY(checkPaths({m_stack.workingDirectory}, "working directory"));
        TRY(checkPaths(m_stack.configFiles, "files"));
        TRY(checkPaths(m_stack.environmentFiles, "environment files"));
        if (m_stack.config.size() > kLongestConfig)
            return wrong("the project's text is longer than 1 MiB");
        if (m_stack.services.size() > kMostServices)
            return wrong("more than 500 services are in one stack", "Make several stacks of it.");
        if (m_stack.networks.size() > kMostNetworks || m_stack.volumes.size() > kMostVolumes)
            return wrong("more than 100 networks or 500 volumes are in one stack",
                         "Make several stacks of it.");
        if (m_descriptors > kMostDescriptors)
            return wrong("more than 4096 files go with one stack");
        std::size_t replicas = 0;
        for (const StackService& service : m_stack.services)
            replicas += service.replicas;
        if (replicas > kMostStackContainers)
            return wrong("more than 1000 containers are asked for in one stack",
                         "Scale its services down, or make several stacks of it.");
        return {};
    }

    template <class Resource>
    Result<void> checkResources(const char* what, const std::vector<Resource>& resources) const {
        std::set<std::string> keys;
        for (const Resource& resource : resources) {
            TRY(checkKey(what, resource.key));
            TRY(validateName(resource.name));
            if (!keys.insert(resource.key).second)
                return wrong(std::string("there are two ") + what + "s with the name " +
                             inQuotes(resource.key));
            TRY(checkLabels(resource.labels));
        }
        return {};
    }

    /// Whose containers are whose is known by labels: nobody passes for another project's.
    static Result<void> checkLabels(const TextMap& labels) {
        for (const auto& [name, value] : labels) {
            if (name.starts_with("com.docker.compose.") || name.starts_with("org.escale.stack."))
                return wrong("the label " + inQuotes(name) + " is the engine's to set", "Leave it out.");
        }
        return {};
    }

    /// Each descriptor is somebody's alone: it is read to its end.
    Result<void> takeDescriptor(std::uint32_t index) {
        if (index >= m_descriptors)
            return wrong("descriptor " + std::to_string(index) + " is not among those that were passed");
        if (!m_taken.insert(index).second)
            return wrong("descriptor " + std::to_string(index) + " is named twice");
        return {};
    }

    Result<void> checkService(const StackService& service) {
        if (service.image.empty() || service.image.size() > 512)
            return wrong("no image is named");
        if (!service.options.image.empty())
            return wrong("its image is named in two places");
        if (!service.options.name.empty()) {
            TRY(validateName(service.options.name));
            if (service.replicas > 1)
                return wrong("several containers cannot have the one name " + inQuotes(service.options.name),
                             "Leave container_name out, or ask for one container.");
            if (!m_names.insert(service.options.name).second)
                return wrong("another service has the container name " + inQuotes(service.options.name));
        }
        TRY(checkLabels(service.options.labels));
        TRY(checkSources(service));
        TRY(checkHooks(service.postStart));
        TRY(checkHooks(service.preStop));
        TRY(checkDependencies(service));
        return checkReferences(service);
    }

    Result<void> checkSources(const StackService& service) {
        TRY_ASSIGN(const auto mounts, mountsOf(service.options));
        const auto binds = std::count_if(mounts.begin(), mounts.end(),
                                         [](const MountSpec& m) { return m.kind == MountKind::Bind; });
        if (static_cast<std::size_t>(binds) != service.binds.size())
            return wrong("not each bind mount has its descriptor");
        for (const std::uint32_t index : service.binds)
            TRY(takeDescriptor(index));
        if (service.files.size() > kMostOfOne)
            return wrong("more than 128 secrets and configs go with it");
        std::set<std::string> paths;
        for (const StackFile& file : service.files) {
            if (!paths.insert(file.path).second)
                return wrong("two files are to be at " + inQuotes(file.path));
            TRY(checkFile(file));
        }
        if (service.build) {
            TRY(takeDescriptor(service.build->dockerfile));
            TRY(takeDescriptor(service.build->context));
        }
        return {};
    }

    Result<void> checkFile(const StackFile& file) {
        const bool good = file.path.starts_with('/') && file.path.size() > 1 &&
                          file.path.size() < kLongestPath && file.path.find('\0') == std::string::npos &&
                          ('/' + file.path + '/').find("/../") == std::string::npos &&
                          !file.path.ends_with('/');
        if (!good)
            return wrong(inQuotes(file.path) + " is no place for a file inside a container");
        if (file.mode > 07777 || file.user == UINT32_MAX || file.group == UINT32_MAX)
            return wrong("the owner or the mode of " + inQuotes(file.path) + " is none");
        TRY(Digest::parse(file.contentDigest));
        return takeDescriptor(file.source);
    }

    static Result<void> checkHooks(const std::vector<StackHook>& hooks) {
        if (hooks.size() > kMostOfOne)
            return wrong("more than 128 hooks are asked for");
        std::size_t size = 0;
        for (const StackHook& hook : hooks) {
            TRY(checkCommand(hook.command));
            TRY(checkEnvironment(hook.environment));
            if (hook.command.empty())
                return wrong("a hook has no command");
            if (!hook.workingDirectory.empty() && !hook.workingDirectory.starts_with('/'))
                return wrong("the working directory " + inQuotes(hook.workingDirectory) +
                             " of a hook is not absolute");
            size += hook.user.size() + hook.workingDirectory.size();
            for (const Texts* texts : {&hook.command, &hook.environment}) {
                for (const std::string& text : *texts)
                    size += text.size();
            }
        }
        if (size > kLongestHook)
            return wrong("its hooks are longer than 64 KiB", "Put them into a script in the image.");
        return {};
    }

    Result<void> checkDependencies(const StackService& service) const {
        if (service.dependencies.size() > kMostServices)
            return wrong("it depends on too many services");
        std::set<std::string> names;
        for (const StackDependency& dependency : service.dependencies) {
            TRY(checkKey("service", dependency.service));
            if (!names.insert(dependency.service).second)
                return wrong("it depends twice on " + inQuotes(dependency.service));
            if (dependency.service == service.name)
                return wrong("it depends on itself");
            if (dependency.required && m_services.count(dependency.service) == 0)
                return wrong("it depends on " + inQuotes(dependency.service) + ", which is not there");
        }
        return {};
    }

    /// "service:NAME" in the options: of another that is there and that it depends on.
    Result<void> checkReference(const StackService& service, std::string_view name) const {
        const bool known = std::any_of(service.dependencies.begin(), service.dependencies.end(),
                                       [&](const auto& d) { return d.service == name; });
        if (!known || m_services.count(std::string(name)) == 0)
            return wrong("it refers to the service " + inQuotes(name) + ", which it does not depend on");
        return {};
    }

    Result<void> checkReferences(const StackService& service) const {
        constexpr std::string_view kPrefix = "service:";
        for (const std::string_view word :
             {std::string_view(service.options.network), std::string_view(service.options.ipc),
              std::string_view(service.options.pid)}) {
            if (word.starts_with(kPrefix))
                TRY(checkReference(service, word.substr(kPrefix.size())));
        }
        for (const std::string& text : service.options.volumesFrom) {
            std::string_view word = text;
            if (!word.starts_with(kPrefix))
                continue;
            word.remove_prefix(kPrefix.size());
            TRY(checkReference(service, word.substr(0, word.find(':'))));
        }
        return {};
    }

    /// Takes away those that wait for nobody, again and again: what is left waits for itself.
    Result<void> checkCircles() const {
        std::map<std::string, std::size_t> waits;
        std::map<std::string, Texts> waiting; // service → those that wait for it
        Texts ready;
        for (const auto& [name, service] : m_services) {
            std::size_t count = 0;
            for (const StackDependency& dependency : service->dependencies) {
                if (m_services.count(dependency.service) == 0)
                    continue;
                waiting[dependency.service].push_back(name);
                ++count;
            }
            waits[name] = count;
            if (count == 0)
                ready.push_back(name);
        }
        while (!ready.empty()) {
            const std::string done = std::move(ready.back());
            ready.pop_back();
            waits.erase(done);
            for (const std::string& other : waiting[done]) {
                if (--waits[other] == 0)
                    ready.push_back(other);
            }
        }
        if (waits.empty())
            return {};
        std::string names;
        for (const auto& [name, count] : waits) {
            if (names.size() < 200)
                names += (names.empty() ? "" : ", ") + name;
        }
        return wrong("services depend on each other in a circle: " + names, "Leave one dependency out.");
    }

    const Stack& m_stack;
    std::size_t m_descriptors;
    std::map<std::string, const StackService*> m_services;
    std::set<std::uint32_t> m_taken;
    std::set<std::string> m_names;
};

} // namespace

Result<void> checkStack(const Stack& stack, std::size_t descriptors) {
    return StackChecks(stack, descriptors).run();
}

} // namespace escale
