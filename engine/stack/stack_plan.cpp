#include "engine/stack/stack_plan.h"

#include "engine/stack/stack_order.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

using Kind = StackStep::Kind;

constexpr std::array<std::string_view, 13> kNames{
    "create-network", "remove-network", "create-volume", "remove-volume", "create", "recreate",  "start",
    "stop",           "restart",        "remove",        "rename",        "wait",   "wait-ready"};

Result<void> checkNamed(const ServiceGraph& graph, const std::set<std::string>& services) {
    for (const auto& service : services) {
        if (!graph.contains(service))
            return fail(ErrorCode::NotFound, "there is no service " + service);
    }
    return {};
}

/// Edges of those dependencies alone whose dependents follow a restart.
ServiceGraph restartGraphOf(const Observed& observed) {
    ServiceGraph graph;
    for (const auto& container : observed.containers) {
        if (container.oneOff)
            continue;
        auto& dependencies = graph[container.service];
        for (const auto& dependency : container.dependencies) {
            if (dependency.restart)
                dependencies.insert(dependency.service);
        }
    }
    return graph;
}

std::map<std::string, std::vector<const ObservedContainer*>>
byService(const Observed& observed, const std::set<std::string>& services) {
    std::map<std::string, std::vector<const ObservedContainer*>> result;
    for (const auto& container : observed.containers) {
        if (!container.oneOff && services.contains(container.service))
            result[container.service].push_back(&container);
    }
    for (auto& [service, containers] : result)
        std::sort(containers.begin(), containers.end(),
                  [](const auto* a, const auto* b) { return a->number < b->number; });
    return result;
}

/// Those that depend on a service end before it does. Answers with each service's last steps.
class Ending {
public:
    Ending(StackPlan& plan, const ServiceGraph& graph)
        : m_plan(plan)
        , m_dependents(reversed(graph)) {}

    void add(const std::string& service, const std::vector<const ObservedContainer*>& containers, bool stops,
             bool removes) {
        StepNumbers before;
        for (const auto& dependent : m_dependents[service])
            append(before, m_stops[dependent]);
        for (const auto* container : containers) {
            StepNumbers stop;
            if (stops && isUp(container->state))
                stop.push_back(addStep(m_plan, stepOn(Kind::Stop, *container), {&before}));
            append(m_stops[service], stop.empty() ? before : stop);
            if (removes)
                m_removals.push_back(addStep(m_plan, stepOn(Kind::Remove, *container), {&stop, &before}));
        }
        if (containers.empty())
            append(m_stops[service], before);
    }
    [[nodiscard]] const StepNumbers& removals() const { return m_removals; }

private:
    StackPlan& m_plan;
    ServiceGraph m_dependents;
    std::map<std::string, StepNumbers> m_stops;
    StepNumbers m_removals;
};

std::vector<std::string> endingOrder(const ServiceGraph& graph) {
    auto order = dependencyOrder(graph);
    std::reverse(order.begin(), order.end());
    return order;
}

/// Stopped, paused: a start brings them on.
bool canStart(const ObservedContainer& container) {
    return !isUp(container.state) || container.state == ContainerState::Paused;
}

void planStarts(StackPlan& plan, const Observed& observed, const std::set<std::string>& services) {
    StartOrder starts(plan);
    const auto containers = byService(observed, services);
    for (const auto& service : dependencyOrder(graphOf(observed))) {
        const auto found = containers.find(service);
        if (found == containers.end())
            continue;
        StepNumbers own;
        for (const auto* container : found->second) {
            if (!canStart(*container) || isLeftover(observed, *container))
                continue;
            const StepNumbers before = starts.waitFor(container->dependencies);
            own.push_back(addStep(plan, stepOn(Kind::Start, *container), {&before}));
        }
        starts.add(service, own);
        if (own.empty())
            plan.unchanged.insert(service);
    }
}

void planRestarts(StackPlan& plan, const Observed& observed, const std::set<std::string>& services) {
    StartOrder restarts(plan);
    const auto containers = byService(observed, services);
    for (const auto& service : dependencyOrder(graphOf(observed))) {
        const auto found = containers.find(service);
        if (found == containers.end())
            continue;
        StepNumbers own;
        for (const auto* container : found->second) {
            if (isLeftover(observed, *container))
                continue;
            auto dependencies = container->dependencies;
            for (auto& dependency : dependencies) { // who does not follow need not wait until it is healthy
                if (!dependency.restart)
                    dependency.condition = DependsOn::Started;
            }
            const StepNumbers before = restarts.waitFor(dependencies);
            own.push_back(addStep(plan, stepOn(Kind::Restart, *container), {&before}));
        }
        restarts.add(service, own);
    }
}

void planRemovals(StackPlan& plan, const Observed& observed, const std::set<std::string>& services) {
    for (const auto& [service, containers] : byService(observed, services)) {
        for (const auto* container : containers) {
            if (isUp(container->state))
                plan.warnings.push_back(container->name + " runs, and is kept");
            else
                addStep(plan, stepOn(Kind::Remove, *container));
        }
    }
}

} // namespace

std::string_view stepName(StackStep::Kind kind) {
    return kNames.at(static_cast<std::size_t>(kind));
}

StackPlan planDown(const std::string& project, const Observed& observed, const DownOptions& options) {
    StackPlan plan;
    const ServiceGraph graph = graphOf(observed);
    const bool isWhole = options.services.empty();
    std::set<std::string> services;
    if (isWhole) {
        for (const auto& [service, dependencies] : graph)
            services.insert(service);
    } else {
        for (const auto& service : options.services) {
            if (!graph.contains(service))
                plan.warnings.push_back("the service " + service + " of " + project + " has no containers");
        }
        services = reachable(reversed(graph), options.services); // nobody is left without what it needs
    }
    Ending ending(plan, graph);
    if (isWhole && options.removeOrphans) {
        for (const auto& container : observed.containers) {
            if (container.oneOff)
                ending.add("", {&container}, true, true);
        }
    }
    auto containers = byService(observed, services);
    for (const auto& service : endingOrder(graph))
        ending.add(service, containers[service], true, true);
    if (!isWhole)
        return plan;
    const auto remove = [&](Kind kind, const std::string& name) {
        StackStep step;
        step.kind = kind;
        step.name = name;
        addStep(plan, std::move(step), {&ending.removals()});
    };
    for (const auto& network : observed.networks) {
        if (network.ours)
            remove(Kind::RemoveNetwork, network.name);
    }
    for (const auto& volume : observed.volumes) {
        if (volume.ours && options.volumes)
            remove(Kind::RemoveVolume, volume.name);
    }
    return plan;
}

Result<StackPlan> planVerb(StackVerb verb, const Observed& observed, const std::set<std::string>& services,
                           unsigned /*stopTimeout*/) {
    StackPlan plan;
    const ServiceGraph graph = graphOf(observed);
    TRY(checkNamed(graph, services));
    std::set<std::string> chosen = services;
    if (services.empty()) {
        for (const auto& [service, dependencies] : graph)
            chosen.insert(service);
    }
    switch (verb) {
    case StackVerb::Start:
        planStarts(plan, observed, reachable(graph, chosen));
        break;
    case StackVerb::Restart:
        planRestarts(plan, observed, reachable(reversed(restartGraphOf(observed)), chosen));
        break;
    case StackVerb::Remove:
        planRemovals(plan, observed, chosen);
        break;
    case StackVerb::Stop: {
        Ending ending(plan, graph);
        auto containers = byService(observed, chosen);
        for (const auto& service : endingOrder(graph))
            ending.add(service, containers[service], true, false);
        break;
    }
    }
    return plan;
}

} // namespace escale
