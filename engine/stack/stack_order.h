// What planners share: orders of services, and a plan's steps with the edges between them.
#pragma once

#include "engine/stack/stack_plan.h"

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace escale {

using StepNumbers = std::vector<std::size_t>; // ascending, none of them twice
/// By service: what each depends on.
using ServiceGraph = std::map<std::string, std::set<std::string>>;

/// Each after what it depends on, by name where nothing else decides. What labels of strangers tell may go in
/// circles: they are broken.
std::vector<std::string> dependencyOrder(const ServiceGraph& graph);
/// Those, and what they lead to.
std::set<std::string> reachable(const ServiceGraph& graph, const std::set<std::string>& from);
ServiceGraph reversed(const ServiceGraph& graph);
/// As the containers' labels tell. One-offs are left out.
ServiceGraph graphOf(const Observed& observed);

/// It runs, is paused, or is about to run again.
constexpr bool isUp(ContainerState state) {
    return isAlive(state) || state == ContainerState::Restarting;
}

/// What a cancelled Recreate has left beside the container that it was to replace.
bool isLeftover(const Observed& observed, const ObservedContainer& container);

/// Adds a step that waits for all of those; answers with its number.
std::size_t addStep(StackPlan& plan, StackStep step, std::initializer_list<const StepNumbers*> after = {});
/// Their union: a sum would double with each service between two that do not run.
void append(StepNumbers& numbers, const StepNumbers& more);
StackStep stepOn(StackStep::Kind kind, const ObservedContainer& container, std::string why = {});

/// Starts in the order of dependencies, with the waiting between them.
class StartOrder {
public:
    explicit StartOrder(StackPlan& plan)
        : m_plan(plan) {}
    /// The service's containers are started by these steps; one without is there but needs none.
    void add(const std::string& service, const StepNumbers& starts) { append(m_starts[service], starts); }
    /// What a start has to wait for; dependencies on services that were not added are none.
    StepNumbers waitFor(const std::vector<StackDependency>& dependencies);
    /// The steps after which the service is as its dependents (or --wait) want it.
    std::size_t wait(const std::string& service, DependsOn condition, bool required);
    [[nodiscard]] const StepNumbers& startsOf(const std::string& service) const;

private:
    StackPlan& m_plan;
    std::map<std::string, StepNumbers> m_starts;
    std::map<std::tuple<std::string, DependsOn, bool>, std::size_t> m_waits;
};

} // namespace escale
