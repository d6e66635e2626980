// What docker compose calls convergence: from what is there to what the file says, touching only what is
// different. github.com/docker/compose, pkg/compose/reconcile.go
//
// First it is decided what becomes of each network and container (decide…), then steps are written down in an
// order in which each finds those that it waits for (plan…):
//
//   volumes, stops, removals, networks ──▶ containers made (anew) ──▶ starts, with waits between them
#include "engine/container/container_options.h"
#include "engine/stack/stack_order.h"

#include <algorithm>

namespace escale {
namespace {

using Kind = StackStep::Kind;

enum class Fate : std::uint8_t { Keep, Rename, Recreate, Create, Remove };

struct Replica {
    const ObservedContainer* there = nullptr; // nobody: it is to be made
    unsigned number = 0;
    Fate fate = Fate::Keep;
    std::string why;
    bool stops = false; // before anything is made
    StepNumbers stop;
    StepNumbers made; // Create, Recreate, Rename
};

struct Service {
    const StackService* wanted = nullptr;
    unsigned count = 0;
    std::string hash;
    std::set<std::string> networks; // names
    std::set<std::string> volumes;  // names
    std::set<std::string> shares;   // services whose namespaces it is in
    std::set<std::string> borrows;  // services whose volumes it has
    std::vector<Replica> replicas;  // those that stay or come by number, then those that go
    StepNumbers cleaned;            // removals of what cancelled ones have left
    bool isRecreated = false;       // at least one of its containers
    bool isDisturbed = false;       // it has to be started again after what it depends on
};

/// "service:NAME", "service:NAME:ro" → "NAME".
std::string serviceIn(const std::string& text) {
    constexpr std::string_view kPrefix = "service:";
    if (!text.starts_with(kPrefix))
        return {};
    return text.substr(kPrefix.size(), text.find(':', kPrefix.size()) - kPrefix.size());
}

class UpPlanner {
public:
    UpPlanner(const Stack& stack, const Observed& observed, const std::map<std::string, std::string>& images,
              const UpOptions& options, const std::set<std::string>& chosen)
        : m_stack(stack)
        , m_observed(observed)
        , m_images(images)
        , m_options(options) {
        for (const auto& service : stack.services)
            if (chosen.contains(service.name))
                m_services[service.name].wanted = &service;
    }
    Result<StackPlan> make();

private:
    Result<void> describe(Service& service);
    Result<void> checkExternal() const;

    void decideNetworks();
    void decideService(Service& service);
    [[nodiscard]] Recreate policyOf(const Service& service) const;
    [[nodiscard]] std::string whyRecreated(const Service& service, const ObservedContainer& container) const;
    [[nodiscard]] std::string whyOfShared(const Service& service, const ObservedContainer& container) const;
    void decideDisturbed();

    void planVolumes();
    void planStops();
    void planRemovals();
    void planOrphans();
    void planNetworks();
    void planMade(Service& service);
    void planStarts(Service& service);
    void planRenamedNetworks();
    void planReady();
    void tellUnchanged();

    [[nodiscard]] bool isOrphan(const ObservedContainer& container) const;
    [[nodiscard]] const ObservedContainer* firstOf(const std::string& service) const;
    [[nodiscard]] const ObservedNetwork* networkNamed(const std::string& name) const;
    [[nodiscard]] const ObservedVolume* volumeNamed(const std::string& name) const;
    [[nodiscard]] std::string nameOf(const Service& service, unsigned number) const;
    [[nodiscard]] bool usesNetwork(const std::string& name) const;
    [[nodiscard]] bool usesVolume(const std::string& name) const;
    void warn(std::string text) { m_plan.warnings.push_back(std::move(text)); }
    /// Of that kind, for what is no container.
    static StackStep stepFor(Kind kind, std::string name, std::string why = {});
    void removeContainer(const ObservedContainer& container, const std::string& why, const StepNumbers& stop);

    const Stack& m_stack;
    const Observed& m_observed;
    const std::map<std::string, std::string>& m_images;
    const UpOptions& m_options;
    StackPlan m_plan;
    std::map<std::string, Service> m_services;
    std::vector<std::string> m_order; // each service after what it depends on
    std::set<std::string> m_remade;   // names of networks that are made anew

    std::map<std::string, StepNumbers>
        m_resources;                              // by "network NAME", "volume NAME": the step that makes it
    std::map<std::string, StepNumbers> m_leaving; // by network that is made anew: who must have left it
    std::map<std::string, StepNumbers> m_freed;   // by container's name: the step that frees it
    StepNumbers m_ended;                          // whatever frees ports and addresses
    StartOrder m_starts{m_plan};
};

Result<StackPlan> UpPlanner::make() {
    ServiceGraph graph;
    unsigned count = 0;
    for (auto& [name, service] : m_services) {
        TRY(describe(service));
        if (service.count > kMostStackContainers - count)
            return fail(ErrorCode::InvalidArgument,
                        "more than " + std::to_string(kMostStackContainers) +
                            " containers are asked for in one stack",
                        "Scale its services down, or make several stacks of it.");
        count += service.count;
        auto& edges = graph[name];
        for (const auto& dependency : service.wanted->dependencies)
            edges.insert(dependency.service);
        edges.insert(service.shares.begin(), service.shares.end());
        edges.insert(service.borrows.begin(), service.borrows.end());
    }
    m_order = dependencyOrder(graph);
    TRY(checkExternal());
    decideNetworks();
    for (const auto& name : m_order)
        decideService(m_services[name]);
    for (const auto& [name, service] : m_services) {
        for (const auto& other : service.shares) {
            const auto found = m_services.find(other);
            if (service.count > 0 &&
                (found == m_services.end() ? firstOf(other) == nullptr : found->second.count == 0))
                return fail(ErrorCode::NotFound,
                            "the service " + name + " shares what " + other + " has, which has no container",
                            "Bring " + other + " up as well.");
        }
    }
    decideDisturbed();

    planVolumes();
    planStops();
    planOrphans();
    planRemovals();
    planNetworks();
    for (const auto& name : m_order)
        planMade(m_services[name]);
    planRenamedNetworks();
    if (m_options.start)
        for (const auto& name : m_order)
            planStarts(m_services[name]);
    if (m_options.start && m_options.wait)
        planReady();
    tellUnchanged();
    return std::move(m_plan);
}

void UpPlanner::tellUnchanged() {
    for (const auto& [name, service] : m_services)
        m_plan.unchanged.insert(name);
    for (const auto& step : m_plan.steps) {
        if (step.kind != Kind::Wait && step.kind != Kind::WaitReady)
            m_plan.unchanged.erase(step.service);
    }
}

Result<void> UpPlanner::describe(Service& service) {
    const StackService& wanted = *service.wanted;
    service.hash = serviceHash(m_stack, wanted);
    const auto scale = m_options.scale.find(wanted.name);
    service.count = scale == m_options.scale.end() ? wanted.replicas : scale->second;
    if (service.count > 1 && !wanted.options.name.empty())
        return fail(ErrorCode::InvalidArgument,
                    "the service " + wanted.name + " has the container name \"" + wanted.options.name +
                        "\", which only one container can have",
                    "Take container_name out of the file, or bring up one.");
    for (const auto* mode : {&wanted.options.network, &wanted.options.ipc, &wanted.options.pid})
        if (auto other = serviceIn(*mode); !other.empty())
            service.shares.insert(std::move(other));
    for (const auto& from : wanted.options.volumesFrom)
        if (auto other = serviceIn(from); !other.empty())
            service.borrows.insert(std::move(other));
    if (serviceIn(wanted.options.network).empty()) {
        TRY_ASSIGN(const auto choices, networkChoices(wanted.options));
        for (const auto& choice : choices)
            service.networks.insert(choice.network);
    }
    TRY_ASSIGN(const auto mounts, mountsOf(wanted.options));
    for (const auto& mount : mounts)
        if (mount.kind == MountKind::Volume && !mount.source.empty())
            service.volumes.insert(mount.source);
    return {};
}

bool UpPlanner::usesNetwork(const std::string& name) const {
    return std::any_of(m_services.begin(), m_services.end(),
                       [&](const auto& entry) { return entry.second.networks.contains(name); });
}

bool UpPlanner::usesVolume(const std::string& name) const {
    return std::any_of(m_services.begin(), m_services.end(),
                       [&](const auto& entry) { return entry.second.volumes.contains(name); });
}

const ObservedNetwork* UpPlanner::networkNamed(const std::string& name) const {
    const auto& all = m_observed.networks;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const ObservedVolume* UpPlanner::volumeNamed(const std::string& name) const {
    const auto& all = m_observed.volumes;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

Result<void> UpPlanner::checkExternal() const {
    std::string missing;
    const auto add = [&](const char* what, const std::string& name) {
        missing += (missing.empty() ? "" : ", ") + std::string(what) + name;
    };
    for (const auto& network : m_stack.networks)
        if (network.external && usesNetwork(network.name) && networkNamed(network.name) == nullptr)
            add("network ", network.name);
    for (const auto& volume : m_stack.volumes)
        if (volume.external && usesVolume(volume.name) && volumeNamed(volume.name) == nullptr)
            add("volume ", volume.name);
    if (missing.empty())
        return {};
    return fail(ErrorCode::NotFound, "the file names as external what is not there: " + missing,
                "Make it first, or take \"external\" out of the file.");
}

bool UpPlanner::isOrphan(const ObservedContainer& container) const {
    const auto isIt = [&](const auto& service) { return service.name == container.service; };
    return !container.oneOff && std::none_of(m_stack.services.begin(), m_stack.services.end(), isIt) &&
           std::find(m_stack.disabled.begin(), m_stack.disabled.end(), container.service) ==
               m_stack.disabled.end();
}

/// The container that "service:NAME" means of a service that stays as it is.
const ObservedContainer* UpPlanner::firstOf(const std::string& service) const {
    const ObservedContainer* first = nullptr;
    for (const auto& container : m_observed.containers)
        if (!container.oneOff && container.service == service && !isLeftover(m_observed, container) &&
            (first == nullptr || container.number < first->number))
            first = &container;
    return first;
}

std::string UpPlanner::nameOf(const Service& service, unsigned number) const {
    const std::string& own = service.wanted->options.name;
    return own.empty() ? m_stack.project + '-' + service.wanted->name + '-' + std::to_string(number) : own;
}

Recreate UpPlanner::policyOf(const Service& service) const {
    const bool isNamed = m_options.services.empty() || m_options.services.contains(service.wanted->name);
    return isNamed ? m_options.recreate : m_options.recreateDependencies;
}

// A network goes only when everybody in it is made anew, or goes: nobody is cut off.
void UpPlanner::decideNetworks() {
    for (const auto& network : m_stack.networks) {
        const auto* there = networkNamed(network.name);
        if (there == nullptr || network.external || !usesNetwork(network.name))
            continue;
        if (!there->ours) {
            warn("the network " + network.name + " is there, but not of this project: it is used as it is");
            continue;
        }
        if (there->configHash.empty() || there->configHash == networkHash(network))
            continue;
        std::string others;
        for (const auto& container : m_observed.containers) {
            const auto& in = container.networks;
            if (std::find(in.begin(), in.end(), network.name) == in.end() ||
                (m_options.removeOrphans && isOrphan(container)))
                continue;
            const auto service = m_services.find(container.service);
            if (container.oneOff || service == m_services.end() ||
                policyOf(service->second) == Recreate::Never)
                others += (others.empty() ? "" : ", ") + container.name;
        }
        if (others.empty())
            m_remade.insert(network.name);
        else
            warn("the network " + network.name + " has changed in the file, and stays as it is: " + others +
                 " would be cut off");
    }
}

std::string UpPlanner::whyOfShared(const Service& service, const ObservedContainer& container) const {
    for (const auto& other : service.shares) {
        const auto found = m_services.find(other);
        const ObservedContainer* first = firstOf(other);
        if (found != m_services.end()) {
            const auto& replicas = found->second.replicas;
            if (!replicas.empty() &&
                (replicas.front().fate == Fate::Recreate || replicas.front().fate == Fate::Create))
                return "it shares what " + other + " has, which is made anew";
            first = replicas.empty() ? nullptr : replicas.front().there;
        }
        if (first != nullptr &&
            std::find(container.shares.begin(), container.shares.end(), first->id) == container.shares.end())
            return "it shares what a container of " + other + " had that is gone";
    }
    for (const auto& other : service.borrows) {
        const auto found = m_services.find(other);
        if (found != m_services.end() && found->second.isRecreated)
            return "it has the volumes of " + other + ", which is made anew";
    }
    return {};
}

std::string UpPlanner::whyRecreated(const Service& service, const ObservedContainer& container) const {
    const auto policy = policyOf(service);
    if (policy == Recreate::Never)
        return {};
    if (policy == Recreate::Always)
        return "everything is to be made anew";
    if (container.configHash != service.hash)
        return "its configuration has changed";
    const auto image = m_images.find(service.wanted->name);
    if (image != m_images.end() && container.imageDigest != image->second)
        return "its image has changed";
    for (const auto& network : service.networks) {
        const auto& in = container.networks;
        if (m_remade.contains(network))
            return "the network " + network + " is made anew";
        if (std::find(in.begin(), in.end(), network) == in.end())
            return "it is not in the network " + network;
    }
    if (container.state == ContainerState::Dead)
        return "it is dead";
    return whyOfShared(service, container);
}

/// Which of its containers stay, are made anew, come and go. What is different goes first, then the highest
/// numbers.
void UpPlanner::decideService(Service& service) {
    const std::string& name = service.wanted->name;
    unsigned highest = 0;
    for (const auto& container : m_observed.containers) {
        if (container.oneOff || container.service != name || isLeftover(m_observed, container))
            continue;
        Replica replica{&container, container.number, Fate::Keep, whyRecreated(service, container), false, {},
                        {}};
        if (!replica.why.empty())
            replica.fate = Fate::Recreate;
        highest = std::max(highest, container.number);
        service.replicas.push_back(std::move(replica));
    }
    const auto rank = [](const Replica& replica) {
        return std::tuple(replica.fate == Fate::Recreate, replica.number, -replica.there->createdAt);
    };
    std::sort(service.replicas.begin(), service.replicas.end(),
              [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    for (std::size_t i = 0; i < service.replicas.size(); ++i) {
        Replica& replica = service.replicas[i];
        const std::string old = m_stack.project + '_' + name + '_' + std::to_string(replica.number);
        if (i >= service.count) {
            replica.fate = Fate::Remove;
            replica.why = service.count == 0 ? "none of it is wanted" : "fewer of it are wanted";
        } else if (replica.fate == Fate::Keep && replica.there->name != nameOf(service, replica.number) &&
                   (!replica.there->replaces.empty() || replica.there->name == old)) {
            // What a cancelled one has left in the place of another, or a name of Docker Compose 1.
            replica.fate = Fate::Rename;
        }
    }
    const auto keptEnd =
        service.replicas.begin() + std::min<std::ptrdiff_t>(service.count, std::ssize(service.replicas));
    std::sort(service.replicas.begin(), keptEnd,
              [](const auto& a, const auto& b) { return a.number < b.number; });
    for (std::size_t i = service.replicas.size(); i < service.count; ++i)
        service.replicas.push_back({nullptr, ++highest, Fate::Create, "it is not there", false, {}, {}});
    service.isRecreated = std::any_of(service.replicas.begin(), service.replicas.end(),
                                      [](const auto& replica) { return replica.fate == Fate::Recreate; });
}

/// Who is stopped until what it depends on is there again: dependents with `restart`, and those that share
/// namespaces; and whoever is in a network that is made anew.
void UpPlanner::decideDisturbed() {
    for (const auto& name : m_order) {
        Service& service = m_services[name];
        const auto isMoved = [&](const std::string& other) {
            const auto found = m_services.find(other);
            return found != m_services.end() && (found->second.isRecreated || found->second.isDisturbed);
        };
        if (m_options.start) {
            for (const auto& dependency : service.wanted->dependencies)
                service.isDisturbed =
                    service.isDisturbed || (dependency.restart && isMoved(dependency.service));
        }
        const bool shared = std::any_of(service.shares.begin(), service.shares.end(), isMoved);
        for (auto& replica : service.replicas) {
            if (replica.there == nullptr || !isUp(replica.there->state) || replica.fate == Fate::Remove)
                continue;
            const auto& in = replica.there->networks;
            const bool isLeaving = std::any_of(
                in.begin(), in.end(), [&](const auto& network) { return m_remade.contains(network); });
            replica.stops = isLeaving || service.isDisturbed || (shared && replica.fate == Fate::Recreate);
            if (replica.stops && replica.why.empty())
                replica.why = "what it depends on is made anew";
        }
    }
}

StackStep UpPlanner::stepFor(Kind kind, std::string name, std::string why) {
    StackStep step;
    step.kind = kind;
    step.name = std::move(name);
    step.why = std::move(why);
    return step;
}

void UpPlanner::planVolumes() {
    for (const auto& volume : m_stack.volumes) {
        if (volume.external || !usesVolume(volume.name))
            continue;
        const auto* there = volumeNamed(volume.name);
        if (there == nullptr)
            m_resources["volume " + volume.name] = {
                addStep(m_plan, stepFor(Kind::CreateVolume, volume.name))};
        else if (!there->ours)
            warn("the volume " + volume.name + " is there, but not of this project: it is used as it is");
        else if (!there->configHash.empty() && there->configHash != volumeHash(volume))
            warn("the volume " + volume.name +
                 " has other options in the file, and is kept as it is with what it holds");
    }
}

/// Dependents stop first.
void UpPlanner::planStops() {
    std::map<std::string, StepNumbers> stops; // of whoever depends on it
    for (auto name = m_order.rbegin(); name != m_order.rend(); ++name) {
        Service& service = m_services[*name];
        StepNumbers own;
        for (auto& replica : service.replicas) {
            if (!replica.stops)
                continue;
            replica.stop = {
                addStep(m_plan, stepOn(Kind::Stop, *replica.there, replica.why), {&stops[*name]})};
            append(own, replica.stop);
            for (const auto& network : replica.there->networks)
                append(m_leaving[network], replica.stop);
        }
        append(m_ended, own);
        const StepNumbers before = own.empty() ? stops[*name] : own;
        for (const auto& dependency : service.wanted->dependencies)
            append(stops[dependency.service], before);
        for (const auto& other : service.shares)
            append(stops[other], before);
    }
}

void UpPlanner::removeContainer(const ObservedContainer& container, const std::string& why,
                                const StepNumbers& stop) {
    StepNumbers stopped = stop;
    if (stop.empty() && isUp(container.state))
        stopped = {addStep(m_plan, stepOn(Kind::Stop, container, why))};
    const StepNumbers removed{addStep(m_plan, stepOn(Kind::Remove, container, why), {&stopped})};
    m_freed[container.name] = removed;
    append(m_ended, stopped);
    for (const auto& network : container.networks)
        append(m_leaving[network], removed);
    const auto service = m_services.find(container.service);
    if (service != m_services.end() && !container.oneOff)
        append(service->second.cleaned, removed);
}

void UpPlanner::planRemovals() {
    for (const auto& container : m_observed.containers) {
        if (!container.oneOff && m_services.contains(container.service) && isLeftover(m_observed, container))
            removeContainer(container, "it was to replace another, and that was cancelled", {});
    }
    for (const auto& name : m_order) {
        for (const auto& replica : m_services[name].replicas)
            if (replica.fate == Fate::Remove)
                removeContainer(*replica.there, replica.why, replica.stop);
    }
}

void UpPlanner::planOrphans() {
    std::string names;
    for (const auto& container : m_observed.containers) {
        if (!isOrphan(container))
            continue;
        if (m_options.removeOrphans)
            removeContainer(container, "the file has no service " + container.service, {});
        else
            names += (names.empty() ? "" : ", ") + container.name;
    }
    if (!names.empty())
        warn("of services that the file has not: " + names);
}

void UpPlanner::planNetworks() {
    for (const auto& network : m_stack.networks) {
        if (network.external || !usesNetwork(network.name))
            continue;
        StepNumbers before;
        if (m_remade.contains(network.name))
            before = {addStep(m_plan,
                              stepFor(Kind::RemoveNetwork, network.name, "its configuration has changed"),
                              {&m_leaving[network.name]})};
        else if (networkNamed(network.name) != nullptr)
            continue;
        m_resources["network " + network.name] = {
            addStep(m_plan, stepFor(Kind::CreateNetwork, network.name), {&before})};
    }
}

void UpPlanner::planMade(Service& service) {
    StepNumbers before = service.cleaned;
    for (const auto& network : service.networks)
        append(before, m_resources["network " + network]);
    for (const auto& volume : service.volumes)
        append(before, m_resources["volume " + volume]);
    for (const auto* others : {&service.shares, &service.borrows})
        for (const auto& other : *others)
            if (const auto found = m_services.find(other); found != m_services.end())
                for (const auto& replica : found->second.replicas)
                    append(before, replica.made);
    // Nobody runs on what is taken away.
    StepNumbers disturbed;
    for (const auto& [name, dependent] : m_services) {
        const auto& dependencies = dependent.wanted->dependencies;
        const bool follows =
            dependent.shares.contains(service.wanted->name) ||
            std::any_of(dependencies.begin(), dependencies.end(), [&](const auto& dependency) {
                return dependency.restart && dependency.service == service.wanted->name;
            });
        if (follows)
            for (const auto& replica : dependent.replicas)
                append(disturbed, replica.stop);
    }
    for (auto& replica : service.replicas) {
        const std::string name = nameOf(service, replica.number);
        const StepNumbers& freed = m_freed[name];
        if (replica.fate == Fate::Create) {
            StackStep step = stepFor(Kind::Create, name, replica.why);
            step.service = service.wanted->name;
            step.number = replica.number;
            replica.made = {addStep(m_plan, std::move(step), {&before, &freed})};
        } else if (replica.fate == Fate::Recreate || replica.fate == Fate::Rename) {
            StackStep step = stepOn(replica.fate == Fate::Rename ? Kind::Rename : Kind::Recreate,
                                    *replica.there, replica.why);
            step.name = name;
            const bool isAnew = replica.fate == Fate::Recreate;
            static const StepNumbers kNone;
            replica.made = {addStep(
                m_plan, std::move(step),
                {&replica.stop, &freed, isAnew ? &before : &service.cleaned, isAnew ? &disturbed : &kNone})};
            if (replica.there->name != name)
                m_freed[replica.there->name] = replica.made;
            if (isAnew && isUp(replica.there->state))
                append(m_ended, replica.made);
        }
    }
}

/// Under their old name, when nobody is in them any more.
void UpPlanner::planRenamedNetworks() {
    for (const auto& there : m_observed.networks) {
        const auto network = std::find_if(m_stack.networks.begin(), m_stack.networks.end(),
                                          [&](const auto& each) { return each.key == there.key; });
        if (!there.ours || there.key.empty() || network == m_stack.networks.end() || network->external ||
            network->name == there.name || !usesNetwork(network->name))
            continue;
        StepNumbers left = m_leaving[there.name];
        bool isEmpty = true;
        for (const auto& container : m_observed.containers) {
            const auto& in = container.networks;
            if (std::find(in.begin(), in.end(), there.name) == in.end())
                continue;
            const auto service = m_services.find(container.service);
            const Replica* replica = nullptr;
            if (service != m_services.end())
                for (const auto& each : service->second.replicas)
                    if (each.there == &container)
                        replica = &each;
            const bool leaves =
                replica != nullptr && (replica->fate == Fate::Recreate || replica->fate == Fate::Remove);
            if (leaves)
                append(left, replica->made);
            isEmpty = isEmpty && (leaves || (m_options.removeOrphans && isOrphan(container)));
        }
        if (!isEmpty)
            continue;
        StackStep step = stepFor(Kind::RemoveNetwork, there.name, "it has another name now");
        step.required = false;
        addStep(m_plan, std::move(step), {&left});
    }
}

void UpPlanner::planStarts(Service& service) {
    const StackService& wanted = *service.wanted;
    StepNumbers own;
    for (const auto& replica : service.replicas) {
        if (replica.fate == Fate::Remove)
            continue;
        const bool isMade = replica.fate == Fate::Create || replica.fate == Fate::Recreate;
        const bool runs = replica.there != nullptr && isUp(replica.there->state) &&
                          replica.there->state != ContainerState::Paused;
        if (!isMade && runs && !replica.stops)
            continue;
        StepNumbers before = m_starts.waitFor(wanted.dependencies);
        for (const auto& other : service.shares)
            append(before, m_starts.startsOf(other));
        // Ports and addresses that another one has until it is stopped.
        static const StepNumbers kNone;
        const ContainerOptions& options = wanted.options;
        const bool needsPlace = !options.publish.empty() || !options.ip.empty() || !options.ip6.empty() ||
                                !options.networks.empty() || options.network == "host";
        StackStep step;
        if (replica.there != nullptr)
            step = stepOn(Kind::Start, *replica.there, isMade ? "" : replica.why);
        if (isMade)
            step.container.clear();
        step.kind = Kind::Start;
        step.service = wanted.name;
        step.number = replica.number;
        step.name = nameOf(service, replica.number);
        if (!isMade && step.why.empty())
            step.why = replica.there->state == ContainerState::Paused ? "it is paused" : "it does not run";
        own.push_back(addStep(m_plan, std::move(step),
                              {&replica.made, &replica.stop, &before, needsPlace ? &m_ended : &kNone}));
    }
    if (service.count > 0)
        m_starts.add(wanted.name, own);
}

// Who is to end well does not run, and is waited for until it has.
void UpPlanner::planReady() {
    std::set<std::string> ending;
    for (const auto& [name, service] : m_services)
        for (const auto& dependency : service.wanted->dependencies)
            if (dependency.condition == DependsOn::CompletedSuccessfully)
                ending.insert(dependency.service);
    for (const auto& name : m_order) {
        if (m_services[name].count == 0)
            continue;
        if (ending.contains(name)) {
            m_starts.wait(name, DependsOn::CompletedSuccessfully, true);
            continue;
        }
        StackStep step = stepFor(Kind::WaitReady, name);
        step.service = name;
        addStep(m_plan, std::move(step), {&m_starts.startsOf(name)});
    }
}

} // namespace

Result<std::set<std::string>> chosenServices(const Stack& stack, const UpOptions& options) {
    ServiceGraph graph;
    for (const auto& service : stack.services) {
        auto& edges = graph[service.name];
        for (const auto& dependency : service.dependencies)
            edges.insert(dependency.service);
    }
    std::set<std::string> named = options.services;
    for (const auto& [service, count] : options.scale)
        named.insert(service);
    for (const auto& service : named) {
        if (!graph.contains(service))
            return fail(ErrorCode::NotFound, "the file has no service " + service,
                        "It may belong to a profile that is not chosen.");
    }
    if (!options.services.empty())
        return options.dependencies ? reachable(graph, options.services) : options.services;
    std::set<std::string> all;
    for (const auto& service : stack.services)
        all.insert(service.name);
    return all;
}

Result<StackPlan> planUp(const Stack& stack, const Observed& observed,
                         const std::map<std::string, std::string>& images, const UpOptions& options) {
    TRY_ASSIGN(const auto chosen, chosenServices(stack, options));
    return UpPlanner(stack, observed, images, options, chosen).make();
}

} // namespace escale
