#include "engine/stack/stack_order.h"

#include <algorithm>

namespace escale {
namespace {

void visit(const ServiceGraph& graph, const std::string& service, std::set<std::string>& seen,
           std::vector<std::string>& order) {
    const auto node = graph.find(service);
    if (node == graph.end() || !seen.insert(service).second)
        return;
    for (const auto& other : node->second)
        visit(graph, other, seen, order);
    order.push_back(service);
}

} // namespace

std::vector<std::string> dependencyOrder(const ServiceGraph& graph) {
    std::vector<std::string> order;
    std::set<std::string> seen;
    for (const auto& [service, dependencies] : graph)
        visit(graph, service, seen, order);
    return order;
}

std::set<std::string> reachable(const ServiceGraph& graph, const std::set<std::string>& from) {
    std::vector<std::string> order;
    std::set<std::string> seen;
    for (const auto& service : from)
        visit(graph, service, seen, order);
    return seen;
}

ServiceGraph reversed(const ServiceGraph& graph) {
    ServiceGraph result;
    for (const auto& [service, dependencies] : graph) {
        result[service];
        for (const auto& other : dependencies) {
            if (graph.contains(other))
                result[other].insert(service);
        }
    }
    return result;
}

ServiceGraph graphOf(const Observed& observed) {
    ServiceGraph graph;
    for (const auto& container : observed.containers) {
        if (container.oneOff)
            continue;
        auto& dependencies = graph[container.service];
        for (const auto& dependency : container.dependencies)
            dependencies.insert(dependency.service);
    }
    return graph;
}

// Docker Compose names the service and the number as what is replaced; the name before both is the same.
bool isLeftover(const Observed& observed, const ObservedContainer& container) {
    return !container.replaces.empty() &&
           std::any_of(observed.containers.begin(), observed.containers.end(), [&](const auto& other) {
               return other.id == container.replaces ||
                      (other.service == container.service && other.number == container.number &&
                       container.name.ends_with('_' + other.name));
           });
}

void append(StepNumbers& numbers, const StepNumbers& more) {
    const auto middle = numbers.insert(numbers.end(), more.begin(), more.end());
    std::inplace_merge(numbers.begin(), middle, numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

std::size_t addStep(StackPlan& plan, StackStep step, std::initializer_list<const StepNumbers*> after) {
    for (const StepNumbers* numbers : after)
        append(step.after, *numbers);
    plan.steps.push_back(std::move(step));
    return plan.steps.size() - 1;
}

StackStep stepOn(StackStep::Kind kind, const ObservedContainer& container, std::string why) {
    StackStep step;
    step.kind = kind;
    step.service = container.service;
    step.number = container.number;
    step.container = container.id;
    step.name = container.name;
    step.why = std::move(why);
    return step;
}

const StepNumbers& StartOrder::startsOf(const std::string& service) const {
    static const StepNumbers kNone;
    const auto found = m_starts.find(service);
    return found == m_starts.end() ? kNone : found->second;
}

StepNumbers StartOrder::waitFor(const std::vector<StackDependency>& dependencies) {
    StepNumbers after;
    for (const auto& dependency : dependencies) {
        if (!m_starts.contains(dependency.service))
            continue;
        const StepNumbers& starts = startsOf(dependency.service);
        if (dependency.condition != DependsOn::Started || (!dependency.required && !starts.empty()))
            append(after, {wait(dependency.service, dependency.condition, dependency.required)});
        else
            append(after, starts);
    }
    return after;
}

std::size_t StartOrder::wait(const std::string& service, DependsOn condition, bool required) {
    const auto [place, isNew] = m_waits.try_emplace({service, condition, required}, 0);
    if (isNew) {
        StackStep step;
        step.kind = StackStep::Kind::Wait;
        step.service = step.name = service;
        step.condition = condition;
        step.required = required;
        place->second = addStep(m_plan, std::move(step), {&startsOf(service)});
    }
    return place->second;
}

} // namespace escale
