#include "helper/service/stack_images.h"

#include "engine/base/identifier.h"
#include "engine/base/thread.h"
#include "engine/image/named_image.h"
#include "helper/service/layer_steps.h"
#include "helper/worker/pull.h"
#include "helper/worker/push.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

namespace escale {
namespace {

constexpr std::size_t kTogether = 4; // images at a time: a registry's connections and a build's processors

bool isWanted(const ImageOrder& wanted, const StackService& service) {
    return wanted.services.empty() || wanted.services.contains(service.name);
}

} // namespace

struct StackImages::Group {
    std::string image, platform;
    std::vector<const StackService*> services;
    std::vector<const StackService*> built; // those of them that say how
    PullPolicy policy = PullPolicy::Missing;
};

// In the order of their first services. The most that any of them asks for counts: always, build, missing,
// never.
std::vector<StackImages::Group> StackImages::groupsOf(const ImageOrder& wanted) const {
    const auto strength = [](PullPolicy policy) {
        constexpr std::array kWeakestFirst{PullPolicy::Never, PullPolicy::Missing, PullPolicy::Build,
                                           PullPolicy::Always};
        return std::find(kWeakestFirst.begin(), kWeakestFirst.end(), policy) - kWeakestFirst.begin();
    };
    std::vector<Group> groups;
    const auto groupOf = [&groups](const StackService& service) -> Group& {
        const auto known = std::find_if(groups.begin(), groups.end(), [&service](const Group& group) {
            return group.image == service.image && group.platform == service.platform;
        });
        return known != groups.end() ? *known : groups.emplace_back();
    };
    for (const StackService& service : m_order.stack.services) {
        if (!isWanted(wanted, service))
            continue;
        Group& group = groupOf(service);
        const PullPolicy policy = wanted.pull.value_or(service.pullPolicy);
        if (group.services.empty() || strength(policy) > strength(group.policy))
            group.policy = policy;
        group.image = service.image;
        group.platform = service.platform;
        group.services.push_back(&service);
        if (service.build)
            group.built.push_back(&service);
    }
    // Whoever uses an image that another service builds waits for that build.
    for (const StackService& service : m_order.stack.services) {
        if (isWanted(wanted, service) || !service.build || wanted.onlyBuild)
            continue;
        for (Group& group : groups) {
            if (group.image == service.image && group.platform == service.platform && group.built.empty())
                group.built.push_back(&service);
        }
    }
    std::erase_if(groups, [&wanted](const Group& group) {
        return (wanted.onlyBuild && group.built.empty()) || (wanted.ignoresBuildable && !group.built.empty());
    });
    return groups;
}

Result<void> StackImages::doAll(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::optional<Error> failed;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            auto done = work(i);
            if (done)
                continue;
            const std::lock_guard lock(mutex);
            if (failed)
                failed->addCause(done.error());
            else
                failed = std::move(done).error();
        }
    };
    std::vector<std::thread> threads;
    while (threads.size() + 1 < std::min(count, kTogether)) {
        auto thread = startThread(run);
        if (!thread)
            break; // those that there are do it all
        threads.push_back(*std::move(thread));
    }
    run();
    for (auto& thread : threads)
        thread.join();
    if (failed)
        return fail(*std::move(failed));
    return {};
}

void StackImages::tell(const Group& group, const char* state, const Error* error) {
    for (const StackService* service : group.services)
        m_events.image(service->name, state, {}, error);
}

Result<ObtainedImages> StackImages::obtain(const ImageOrder& wanted, const Cancellation& cancellation) {
    const auto groups = groupsOf(wanted);
    TRY(doAll(groups.size(), [&](std::size_t i) { return obtainGroup(groups[i], wanted, cancellation); }));
    return std::move(m_obtained);
}

Result<void> StackImages::obtainGroup(const Group& group, const ImageOrder& wanted,
                                      const Cancellation& cancellation) {
    TRY(cancellation.check());
    auto image = obtainImage(group, wanted, cancellation);
    auto kept = image ? m_parts.build.store.keepImage(image->digest) : fail(image.error());
    if (!kept) {
        Error error = std::move(kept).error().prefixed("the image " + group.image + " of the service \"" +
                                                       group.services.front()->name + '"');
        tell(group, "failed", &error);
        if (!wanted.ignoresFailures || error.code == ErrorCode::Cancelled)
            return fail(std::move(error));
        m_events.warning(error.message);
        return {};
    }
    const std::lock_guard lock(m_mutex);
    for (const StackService* service : group.services)
        m_obtained.digests[service->name] = image->digest.toString();
    m_obtained.kept.push_back(*std::move(kept));
    return {};
}

std::optional<Image> StackImages::find(const std::string& image, const std::string& platform) const {
    auto found = findImageAsWritten(m_parts.build.store, m_owner, image);
    if (!found || !runsOn(found->image, platform))
        return std::nullopt;
    return std::move(found->image);
}

Result<Image> StackImages::obtainImage(const Group& group, const ImageOrder& wanted,
                                       const Cancellation& cancellation) {
    const bool canBuild = !group.built.empty() && !wanted.noBuild;
    if (canBuild && (wanted.build || wanted.onlyBuild || group.policy == PullPolicy::Build))
        return build(group, wanted, cancellation);
    if (group.policy != PullPolicy::Always) {
        if (auto image = find(group.image, group.platform)) {
            tell(group, "present");
            return *std::move(image);
        }
        if (canBuild)
            return build(group, wanted, cancellation);
        if (group.policy == PullPolicy::Never)
            return fail(ErrorCode::NotFound, "it is not here, and is never to be pulled",
                        "Pull or load it, or change pull_policy.");
        if (!group.built.empty())
            return fail(ErrorCode::NotFound, "it is not here, and is not to be built", "Build it first.");
    }
    auto pulled = pull(group, wanted, cancellation);
    if (pulled || !canBuild || cancellation.isCancelled())
        return pulled;
    m_events.warning(pulled.error().message + "; it is built instead");
    return build(group, wanted, cancellation);
}

Result<Image> StackImages::pull(const Group& group, const ImageOrder& wanted,
                                const Cancellation& cancellation) {
    TRY_ASSIGN(const PullRequest request,
               pullRequestWith(wanted.registries, m_owner, group.image, group.platform));
    tell(group, "pulling");
    const auto report = [&](const std::vector<LayerProgress>& layers) {
        const auto sum = toReport(layers);
        m_events.moved(group.services.front()->name, sum.done, sum.total);
    };
    TRY_ASSIGN(const Pulled pulled,
               pullImage(m_parts.build.store, m_parts.build.workerProgram, request, report, cancellation));
    m_parts.build.news.happened(m_owner, "pull", pulled.imageDigest, pulled.name);
    tell(group, "done");
    TRY_ASSIGN(const Digest digest, Digest::parse(pulled.imageDigest));
    return m_parts.build.store.imageByDigest(digest);
}

// The last one has the name in the end.
Result<Image> StackImages::build(const Group& group, const ImageOrder& wanted,
                                 const Cancellation& cancellation) {
    for (const StackService* service : group.built)
        TRY(buildService(*service, wanted, cancellation));
    auto image = find(group.image, group.platform);
    if (!image)
        return fail(ErrorCode::NotFound, "what was built does not have this name",
                    "Name it among the tags of the build.");
    tell(group, "done");
    return *std::move(image);
}

Result<void> StackImages::buildService(const StackService& service, const ImageOrder& wanted,
                                       const Cancellation& cancellation) {
    const auto order = m_order.builds.find(service.name);
    if (order == m_order.builds.end())
        return fail(ErrorCode::Internal, "nothing says how \"" + service.name + "\" is built");
    const auto start = std::make_shared<BuildStart>();
    start->id = randomId();
    start->owner = m_owner;
    TRY_ASSIGN(start->order, m_sources.buildOrder(order->second));
    start->order.registries = wanted.registries;
    start->order.usesCache = start->order.usesCache && !wanted.noCache;
    start->order.pulls = start->order.pulls || wanted.pullBases;
    TRY_ASSIGN(start->dockerfile, m_sources.takeDockerfile(*service.build));
    TRY_ASSIGN(start->context, m_sources.takeContext(*service.build));
    const auto begun = [&] { m_events.image(service.name, "building", start->id); };
    TRY(m_parts.builds.buildWithin(start, begun, cancellation));
    return {};
}

std::map<std::string, std::string> StackImages::present(Store& store, uid_t owner, const Stack& stack) {
    std::map<std::string, std::string> digests;
    for (const StackService& service : stack.services) {
        const auto found = findImageAsWritten(store, owner, service.image);
        if (found && runsOn(found->image, service.platform))
            digests[service.name] = found->image.digest.toString();
    }
    return digests;
}

Result<std::map<std::string, std::string>> StackImages::push(const ImageOrder& wanted,
                                                             const Cancellation& cancellation) {
    std::vector<const StackService*> services;
    for (const StackService& service : m_order.stack.services) {
        if (isWanted(wanted, service) && service.build)
            services.push_back(&service);
    }
    TRY(doAll(services.size(), [&](std::size_t i) -> Result<void> {
        TRY(cancellation.check());
        auto pushed = pushService(*services[i], wanted, cancellation);
        if (pushed)
            return {};
        m_events.image(services[i]->name, "failed", {}, &pushed.error());
        if (!wanted.ignoresFailures || pushed.error().code == ErrorCode::Cancelled)
            return pushed;
        m_events.warning(pushed.error().message);
        return {};
    }));
    return std::move(m_pushed);
}

Result<void> StackImages::pushService(const StackService& service, const ImageOrder& wanted,
                                      const Cancellation& cancellation) {
    TRY_ASSIGN(const PullRequest access, pullRequestWith(wanted.registries, m_owner, service.image, {}));
    PushRequest request;
    request.owner = m_owner;
    request.image = service.image;
    request.credentials = access.credentials;
    request.access = access.access;
    m_events.image(service.name, "pushing");
    const auto report = [&](const std::vector<PushedLayer>& layers) {
        quint64 done = 0, total = 0;
        for (const PushedLayer& layer : layers) {
            done += layer.phase == PushPhase::Sending || layer.phase == PushPhase::Done ? layer.done : 0;
            total += layer.phase == PushPhase::Present ? 0 : layer.size;
        }
        m_events.moved(service.name, done, total);
    };
    auto pushed = pushImage(m_parts.build.store, m_parts.build.workerProgram, request, report, cancellation);
    if (!pushed)
        return fail(std::move(pushed).error().prefixed("the service \"" + service.name + '"'));
    m_parts.build.news.happened(m_owner, "push", pushed->image, pushed->reference);
    m_events.image(service.name, "done");
    const std::lock_guard lock(m_mutex);
    m_pushed[service.name] = pushed->digest;
    return {};
}

} // namespace escale
