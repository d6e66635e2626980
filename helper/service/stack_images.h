// The images of a stack's services: looked for, pulled, built, pushed. On a job's thread, several at a time;
// services that have one image share it, and what is built is not pulled.
#pragma once

#include "engine/base/cancellation.h"
#include "helper/service/builds_service.h"
#include "helper/service/stack_events.h"
#include "helper/validation/stack_options.h"
#include "helper/validation/stack_sources.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace escale {

/// Digests (of manifests) by service, kept until this goes.
struct ObtainedImages {
    std::map<std::string, std::string> digests;
    std::vector<KeptImage> kept;
};

/// What is wanted of images.
struct ImageOrder {
    std::set<std::string> services; // empty: all
    std::optional<PullPolicy> pull; // in the place of each service's own
    bool build = false;             // those that say how, even when they are there
    bool noBuild = false;
    bool onlyBuild = false;                  // Stacks.Build: nothing is pulled, others are left alone
    bool noCache = false, pullBases = false; // of builds
    bool ignoresBuildable = false;           // Stacks.Pull: services with a build are left alone
    bool ignoresFailures = false;            // told as warnings
    RegistryChoices registries;
};

class StackImages {
public:
    struct Parts { // all outlive this object
        const BuildParts& build;
        BuildsService& builds;
    };
    StackImages(Parts parts, uid_t owner, const StackOrder& order, StackSources& sources, StackEvents& events)
        : m_parts(parts)
        , m_owner(owner)
        , m_order(order)
        , m_sources(sources)
        , m_events(events) {}

    /// Goes on over failures while there is something to do; the error is the first, the others are causes.
    Result<ObtainedImages> obtain(const ImageOrder& wanted, const Cancellation& cancellation);
    /// As they are here; a service whose image is missing is left out.
    static std::map<std::string, std::string> present(Store& store, uid_t owner, const Stack& stack);
    /// Of the services that are built. Digests in the registries by service.
    Result<std::map<std::string, std::string>> push(const ImageOrder& wanted,
                                                    const Cancellation& cancellation);

private:
    struct Group; // services with the same image
    std::vector<Group> groupsOf(const ImageOrder& wanted) const;
    Result<void> obtainGroup(const Group& group, const ImageOrder& wanted, const Cancellation& cancellation);
    Result<Image> obtainImage(const Group& group, const ImageOrder& wanted, const Cancellation& cancellation);
    Result<Image> pull(const Group& group, const ImageOrder& wanted, const Cancellation& cancellation);
    Result<Image> build(const Group& group, const ImageOrder& wanted, const Cancellation& cancellation);
    Result<void> buildService(const StackService& service, const ImageOrder& wanted,
                              const Cancellation& cancellation);
    Result<void> pushService(const StackService& service, const ImageOrder& wanted,
                             const Cancellation& cancellation);
    [[nodiscard]] std::optional<Image> find(const std::string& image, const std::string& platform) const;
    void tell(const Group& group, const char* state, const Error* error = nullptr);
    using Work = std::function<Result<void>(std::size_t)>;
    static Result<void> doAll(std::size_t count, const Work& work);

    Parts m_parts;
    uid_t m_owner;
    const StackOrder& m_order;
    StackSources& m_sources;
    StackEvents& m_events;
    std::mutex m_mutex; // guards what follows
    ObtainedImages m_obtained;
    std::map<std::string, std::string> m_pushed;
};

} // namespace escale
