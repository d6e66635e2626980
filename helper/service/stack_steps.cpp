#include "helper/service/stack_steps.h"

#include "engine/base/fail_point.h"
#include "engine/base/revert.h"
#include "engine/container/container_options.h"
#include "engine/stack/stack_labels.h"
#include "engine/stack/stack_order.h"
#include "helper/service/stack_hooks.h"
#include "helper/service/stack_observe.h"

#include <algorithm>

namespace escale {
namespace {

namespace labels = stack_labels;
using Kind = StackStep::Kind;

constexpr const char* kComposeVersion = "2.40.0"; // whose labels these are

std::string joined(const Texts& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : ",") + word;
    return text;
}

bool isNotFound(const Error& error) {
    return error.code == ErrorCode::NotFound;
}

/// "service:NAME…" → NAME, and the rest.
std::optional<std::pair<std::string, std::string>> serviceIn(const std::string& text) {
    constexpr std::string_view kPrefix = "service:";
    if (!text.starts_with(kPrefix))
        return std::nullopt;
    const std::size_t end = std::min(text.find(':', kPrefix.size()), text.size());
    return std::pair(text.substr(kPrefix.size(), end - kPrefix.size()), text.substr(end));
}

} // namespace

TextMap containerLabels(const Stack& stack, const StackService& service, const std::string& imageDigest) {
    TextMap all = service.options.labels;
    all[labels::kProject] = stack.project;
    all[labels::kService] = service.name;
    all[labels::kOneOff] = "False";
    all[labels::kConfigHash] = serviceHash(stack, service);
    all[labels::kConfigFiles] = joined(stack.configFiles);
    all[labels::kWorkingDirectory] = stack.workingDirectory;
    if (!stack.environmentFiles.empty())
        all[labels::kEnvironmentFile] = joined(stack.environmentFiles);
    all[labels::kDependsOn] = dependsOnText(service.dependencies);
    all[labels::kImage] = imageDigest;
    all[labels::kVersion] = kComposeVersion;
    if (!service.preStop.empty())
        all[labels::kPreStop] = hooksText(service.preStop);
    return all;
}

StackSteps::StackSteps(const StackParts& parts, StackWork work, const Observed& observed,
                       const StackPlan& plan, StackListener& listener)
    : m_parts(parts)
    , m_work(std::move(work))
    , m_listener(listener) {
    std::set<std::string> leaving;
    for (const auto& step : plan.steps)
        if (step.kind == Kind::Remove)
            leaving.insert(step.container);
    for (const auto& container : observed.containers) {
        m_observed[container.id] = &container;
        if (!container.oneOff && !leaving.contains(container.id) && !isLeftover(observed, container))
            m_members[container.service][container.number] = container.id;
    }
    m_outcome.unchanged = static_cast<unsigned>(plan.unchanged.size());
}

StackOutcome StackSteps::outcome() const {
    const std::lock_guard lock(m_mutex);
    return m_outcome;
}

void StackSteps::count(unsigned StackOutcome::*number) {
    const std::lock_guard lock(m_mutex);
    ++(m_outcome.*number);
}

void StackSteps::setMember(const StackStep& step, const std::string& id) {
    const std::lock_guard lock(m_mutex);
    m_members[step.service][step.number] = id;
}

/// That a step is about: also one that an earlier step has made.
std::string StackSteps::idOf(const StackStep& step) const {
    if (!step.container.empty())
        return step.container;
    const std::lock_guard lock(m_mutex);
    const auto service = m_members.find(step.service);
    if (service == m_members.end())
        return step.name;
    const auto member = service->second.find(step.number);
    return member == service->second.end() ? step.name : member->second;
}

Result<std::string> StackSteps::firstOf(const std::string& service) const {
    const std::lock_guard lock(m_mutex);
    const auto members = m_members.find(service);
    if (members == m_members.end() || members->second.empty())
        return fail(ErrorCode::NotFound, "the service " + service + " has no container",
                    "Bring it up as well.");
    return members->second.begin()->second;
}

const StackService& StackSteps::serviceNamed(const std::string& name) const {
    const auto& services = m_work.up->stack.services;
    return *std::find_if(services.begin(), services.end(),
                         [&](const auto& each) { return each.name == name; });
}

std::optional<unsigned> StackSteps::stopTimeout() const {
    return m_work.stopTimeout == 0 ? std::nullopt : std::optional(m_work.stopTimeout);
}

Result<void> StackSteps::run(const StackStep& step, const Cancellation& cancellation) {
    Result<void> done;
    switch (step.kind) {
    case Kind::CreateNetwork:
        done = createNetwork(step.name);
        break;
    case Kind::RemoveNetwork:
        done = removeNetwork(step);
        break;
    case Kind::CreateVolume:
        done = createVolume(step.name);
        break;
    case Kind::RemoveVolume:
        done = removeVolume(step.name);
        break;
    case Kind::Create:
        done = create(step);
        break;
    case Kind::Recreate:
        done = recreate(step, cancellation);
        break;
    case Kind::Start:
        done = start(step, cancellation);
        break;
    case Kind::Stop:
        done = stop(step.container, cancellation);
        if (done)
            count(&StackOutcome::stopped);
        break;
    case Kind::Restart:
        done = restart(step, cancellation);
        break;
    case Kind::Remove:
        done = remove(step);
        break;
    case Kind::Rename:
        done = m_parts.containers.rename(m_work.owner, step.container, step.name);
        break;
    case Kind::Wait:
    case Kind::WaitReady:
        done = waitForStep(step, cancellation);
        break;
    }
    if (!done && !step.required && done.error().code != ErrorCode::Cancelled)
        m_listener.warning(done.error().message);
    return done;
}

Result<void> StackSteps::createNetwork(const std::string& name) {
    const Stack& stack = m_work.up->stack;
    const auto wanted = std::find_if(stack.networks.begin(), stack.networks.end(),
                                     [&](const auto& each) { return each.name == name; });
    if (wanted == stack.networks.end())
        return fail(ErrorCode::Internal, "the plan names the network " + name + ", which the stack has not");
    NetworkOptions options;
    options.name = wanted->name;
    if (!wanted->driver.empty())
        options.driver = wanted->driver;
    options.subnets = wanted->subnets;
    options.ranges = wanted->ranges;
    options.gateways = wanted->gateways;
    options.ipv6 = wanted->ipv6;
    options.internal = wanted->internal;
    options.icc = wanted->icc;
    options.masquerade = wanted->masquerade;
    options.mtu = wanted->mtu;
    options.parent = wanted->parent;
    options.mode = wanted->mode;
    options.labels = wanted->labels;
    options.labels[labels::kProject] = stack.project;
    options.labels[labels::kNetwork] = wanted->key;
    options.labels[labels::kConfigHash] = networkHash(*wanted);
    options.labels[labels::kVersion] = kComposeVersion;
    TRY_ASSIGN(const auto record, m_parts.containers.networks().create(m_work.owner, options));
    m_parts.containers.emitNetworkEvent(record, "create");
    return {};
}

// Containers that do not run keep their place in it: those of this project give it up, for they are made
// anew.
Result<void> StackSteps::removeNetwork(const StackStep& step) {
    Networks& networks = m_parts.containers.networks();
    const auto record = networks.find(m_work.owner, step.name);
    if (!record && isNotFound(record.error()))
        return {};
    TRY(record);
    TRY_ASSIGN(const auto members, networks.membersOf(record->network.id));
    for (const auto& member : members) {
        if (!m_observed.contains(member.container))
            continue;
        const auto container = m_parts.containers.find(m_work.owner, member.container);
        if (container && !isUp(container->state))
            TRY(m_parts.containers.disconnectNetwork(m_work.owner, member.container, record->network.id));
    }
    auto removed = networks.remove(*record);
    if (!removed && removed.error().code == ErrorCode::InUse && m_work.up == nullptr) {
        m_listener.warning(removed.error().message);
        return {};
    }
    TRY(removed);
    m_parts.containers.emitNetworkEvent(*record, "destroy");
    return {};
}

Result<void> StackSteps::createVolume(const std::string& name) {
    const Stack& stack = m_work.up->stack;
    const auto wanted = std::find_if(stack.volumes.begin(), stack.volumes.end(),
                                     [&](const auto& each) { return each.name == name; });
    if (wanted == stack.volumes.end())
        return fail(ErrorCode::Internal, "the plan names the volume " + name + ", which the stack has not");
    VolumeRequest request{wanted->name, wanted->driverOptions, wanted->labels};
    request.labels[labels::kProject] = stack.project;
    request.labels[labels::kVolume] = wanted->key;
    request.labels[labels::kConfigHash] = volumeHash(*wanted);
    request.labels[labels::kVersion] = kComposeVersion;
    bool isNew = false;
    TRY_ASSIGN(const auto record, m_parts.containers.volumes().create(m_work.owner, request, &isNew));
    if (isNew)
        m_parts.containers.emitVolumeEvent(record, "create");
    return {};
}

Result<void> StackSteps::removeVolume(const std::string& name) {
    Volumes& volumes = m_parts.containers.volumes();
    const auto record = volumes.find(m_work.owner, name);
    if (!record && isNotFound(record.error()))
        return {};
    TRY(record);
    auto removed = volumes.remove(*record);
    if (!removed && removed.error().code == ErrorCode::InUse) {
        m_listener.warning("the volume " + name + " is used by another container, and is kept");
        return {};
    }
    TRY(removed);
    m_parts.containers.emitVolumeEvent(*record, "destroy");
    return {};
}

ContainerOptions StackSteps::optionsOf(const StackService& service, const StackStep& step) const {
    ContainerOptions options = service.options;
    options.name = step.name;
    const auto image = m_work.images.find(service.name);
    options.labels = containerLabels(m_work.up->stack, service,
                                     image == m_work.images.end() ? std::string() : image->second);
    options.labels[labels::kNumber] = std::to_string(step.number);
    return options;
}

/// What names services becomes containers' ids.
Result<void> StackSteps::resolve(ContainerOptions& options) const {
    for (auto* mode : {&options.network, &options.ipc, &options.pid}) {
        if (const auto named = serviceIn(*mode)) {
            TRY_ASSIGN(const auto id, firstOf(named->first));
            *mode = "container:" + id;
        }
    }
    constexpr std::string_view kContainer = "container:";
    for (auto& from : options.volumesFrom) {
        if (const auto named = serviceIn(from)) {
            TRY_ASSIGN(const auto id, firstOf(named->first));
            from = id + named->second;
        } else if (from.starts_with(kContainer)) {
            from.erase(0, kContainer.size());
        }
    }
    return {};
}

Result<std::string> StackSteps::make(const StackService& service, ContainerOptions options) {
    options.image = service.image;
    TRY(resolve(options));
    MountSources sources;
    if (m_work.up->sources) {
        TRY_ASSIGN(sources, m_work.up->sources(service));
    }
    return m_parts.places.create(m_work.owner, options, sources);
}

Result<void> StackSteps::create(const StackStep& step) {
    const StackService& service = serviceNamed(step.service);
    TRY_ASSIGN(const auto id, make(service, optionsOf(service, step)));
    setMember(step, id);
    count(&StackOutcome::created);
    return {};
}

/// The anonymous volumes of the old one, where the image or the file still wants one.
Result<void> StackSteps::inherit(const StackService& service, const Container& old,
                                 ContainerOptions& options) {
    TRY_ASSIGN(const auto image, m_parts.store.findImage(m_work.owner, service.image));
    TRY_ASSIGN(const auto former, mountsOf(old.options));
    TRY_ASSIGN(auto mounts, mountsOf(options));
    for (const auto& mount : former) {
        if (mount.kind != MountKind::Volume)
            continue;
        const auto volume = m_parts.containers.volumes().find(m_work.owner, mount.source);
        if (!volume || !volume->isAnonymous)
            continue;
        const auto same = std::find_if(mounts.begin(), mounts.end(),
                                       [&](const auto& each) { return each.target == mount.target; });
        const auto& images = image.settings.volumes;
        if (same != mounts.end()) {
            if (same->kind == MountKind::Volume && same->source.empty())
                same->source = mount.source;
        } else if (std::any_of(images.begin(), images.end(), [&](const std::string& path) {
                       return path == mount.target || path == mount.target + '/';
                   })) {
            mounts.push_back(mount);
        }
    }
    options.mounts.clear();
    for (const auto& mount : mounts)
        options.mounts.push_back(mountText(mount));
    return {};
}

// Each moment leaves what the next up recognises: the new one says whom it replaces. From the end of the old
// one on there is nothing to wait for, and no way back.
Result<void> StackSteps::recreate(const StackStep& step, const Cancellation& cancellation) {
    Containers& containers = m_parts.containers;
    const auto old = containers.find(m_work.owner, step.container);
    if (!old && isNotFound(old.error()))
        return create(step);
    TRY(old);
    const StackService& service = serviceNamed(step.service);
    ContainerOptions options = optionsOf(service, step);
    options.name = old->id.substr(0, 12) + '_' + step.name;
    options.labels[labels::kReplace] = old->id;
    const bool renews = m_work.up->options.renewAnonymousVolumes;
    if (!renews)
        TRY(inherit(service, *old, options));
    Revert revert;
    TRY(failPoint("recreate begins"));
    TRY_ASSIGN(const auto id, make(service, options));
    revert.add([&containers, owner = m_work.owner, id] { return containers.remove(owner, id, true, true); });
    TRY(failPoint("recreate made"));
    TRY(cancellation.check());
    TRY(stop(old->id, cancellation));
    TRY(failPoint("recreate stopped"));
    auto removed = containers.remove(m_work.owner, old->id, true, renews);
    if (!removed && !isNotFound(removed.error()))
        return removed;
    revert.commit();
    setMember(step, id);
    TRY(failPoint("recreate removed"));
    TRY(containers.rename(m_work.owner, id, step.name));
    count(&StackOutcome::recreated);
    return {};
}

Result<void> StackSteps::start(const StackStep& step, const Cancellation& cancellation) {
    Containers& containers = m_parts.containers;
    const std::string id = idOf(step);
    TRY_ASSIGN(const auto container, containers.find(m_work.owner, id));
    if (container.state == ContainerState::Paused)
        return containers.unpause(m_work.owner, id);
    if (isAlive(container.state))
        return {}; // somebody was faster
    TRY(containers.start(m_work.owner, id, cancellation));
    count(&StackOutcome::started);
    if (m_work.up == nullptr)
        return {};
    auto ran = runHooks(containers, m_work.owner, id, serviceNamed(step.service).postStart, cancellation);
    if (ran)
        return {};
    const Cancellation never;
    if (const auto stopped = containers.stop(m_work.owner, id, stopTimeout(), never); !stopped)
        ran.error().addCause(stopped.error());
    return fail(std::move(ran).error().prefixed(step.name));
}

/// A hook that fails keeps nobody running.
Result<void> StackSteps::stop(const std::string& id, const Cancellation& cancellation) {
    Containers& containers = m_parts.containers;
    const auto container = containers.find(m_work.owner, id);
    if (!container && isNotFound(container.error()))
        return {};
    TRY(container);
    const auto observed = m_observed.find(container->id);
    if (container->state == ContainerState::Running && observed != m_observed.end()) {
        // They come from a label, which its owner may write: no hook gets more than its container has.
        auto hooks = observed->second->preStop;
        for (StackHook& hook : hooks) {
            if (hook.privileged && !container->options.privileged)
                m_listener.warning(container->options.name +
                                   ": a hook before its stop runs without privileges, as the container does");
            hook.privileged = hook.privileged && container->options.privileged;
        }
        const auto ran = runHooks(containers, m_work.owner, id, hooks, cancellation);
        TRY(cancellation.check());
        if (!ran)
            m_listener.warning(container->options.name + ": " + ran.error().message);
    }
    auto stopped = containers.stop(m_work.owner, id, stopTimeout(), cancellation);
    if (!stopped && isNotFound(stopped.error()))
        return {};
    return stopped;
}

Result<void> StackSteps::restart(const StackStep& step, const Cancellation& cancellation) {
    TRY(stop(step.container, cancellation));
    TRY(m_parts.containers.start(m_work.owner, step.container, cancellation));
    count(&StackOutcome::started);
    return {};
}

Result<void> StackSteps::remove(const StackStep& step) {
    auto removed = m_parts.containers.remove(m_work.owner, step.container, true, m_work.volumes);
    if (!removed && isNotFound(removed.error()))
        return {};
    TRY(removed);
    count(&StackOutcome::removed);
    return {};
}

Result<void> StackSteps::wait(const std::string& service, Wanted wanted, const Cancellation& cancellation) {
    std::vector<std::string> ids;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [number, id] : m_members[service])
            ids.push_back(id);
    }
    return waitUntil(m_parts.containers, m_work.owner, ids, wanted, m_work.deadline, cancellation);
}

Result<void> StackSteps::waitForStep(const StackStep& step, const Cancellation& cancellation) {
    if (step.kind == Kind::WaitReady)
        return wait(step.service, Wanted::Ready, cancellation);
    switch (step.condition) {
    case DependsOn::Healthy:
        return wait(step.service, Wanted::Healthy, cancellation);
    case DependsOn::CompletedSuccessfully:
        return wait(step.service, Wanted::Completed, cancellation);
    case DependsOn::Started:
        break;
    }
    return wait(step.service, Wanted::Started, cancellation);
}

} // namespace escale
