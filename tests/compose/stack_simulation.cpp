#include "tests/compose/stack_simulation.h"

#include "engine/container/container_options.h"

#include <algorithm>

namespace escale::test {
namespace {

using Kind = StackStep::Kind;

bool isUp(const ObservedContainer& container) {
    return isAlive(container.state) || container.state == ContainerState::Restarting;
}

bool isLeftover(const ObservedContainer& container) {
    return !container.replaces.empty() && container.name.find('_') != std::string::npos;
}

std::string sharedService(const std::string& mode) {
    return mode.starts_with("service:") ? mode.substr(8) : "";
}

std::string stepWords(const StackStep& step) {
    std::string words = std::string(stepName(step.kind)) + ' ' + step.name;
    if (step.kind == Kind::Wait)
        words += std::string(" ") + std::string(dependsOnName(step.condition)) +
                 (step.required ? "" : " optional");
    return words;
}

} // namespace

StackService service(const std::string& name, const std::vector<StackDependency>& dependencies) {
    StackService service;
    service.name = name;
    service.image = "image-" + name;
    service.options.network = "p_default";
    service.dependencies = dependencies;
    return service;
}

Stack stackOf(std::vector<StackService> services) {
    Stack stack;
    stack.project = "p";
    stack.services = std::move(services);
    StackNetwork network;
    network.key = "default";
    network.name = "p_default";
    stack.networks = {network};
    return stack;
}

ImageDigests imagesOf(const Stack& stack) {
    ImageDigests images;
    for (const auto& service : stack.services)
        images[service.name] = "sha256:" + service.image;
    return images;
}

StackService& serviceIn(Stack& stack, const std::string& name) {
    return *std::find_if(stack.services.begin(), stack.services.end(),
                         [&](const auto& service) { return service.name == name; });
}

ObservedContainer* StackSimulation::find(const std::string& nameOrId) {
    for (auto& container : observed.containers)
        if (container.id == nameOrId || container.name == nameOrId)
            return &container;
    return nullptr;
}

void StackSimulation::remove(const std::string& name) {
    std::erase_if(observed.containers, [&](const auto& container) { return container.name == name; });
}

ObservedContainer* StackSimulation::first(const std::string& service) {
    ObservedContainer* found = nullptr;
    for (auto& container : observed.containers)
        if (!container.oneOff && container.service == service &&
            (found == nullptr || container.number < found->number))
            found = &container;
    return found;
}

ObservedContainer StackSimulation::make(const Stack& stack, const StackStep& step,
                                        const ImageDigests& images) {
    const auto wanted = std::find_if(stack.services.begin(), stack.services.end(),
                                     [&](const auto& each) { return each.name == step.service; });
    ObservedContainer made;
    made.id = "id" + std::to_string(++m_lastId) + "-0123456789";
    made.name = step.name;
    made.service = step.service;
    made.number = step.number;
    made.configHash = serviceHash(stack, *wanted);
    made.imageDigest = images.at(step.service);
    made.dependencies = wanted->dependencies;
    made.createdAt = m_lastId;
    if (const auto choices = networkChoices(wanted->options);
        choices && sharedService(wanted->options.network).empty())
        for (const auto& choice : *choices)
            made.networks.push_back(choice.network);
    for (const auto* mode : {&wanted->options.network, &wanted->options.ipc, &wanted->options.pid})
        if (const auto other = sharedService(*mode); !other.empty())
            made.shares.push_back(first(other) == nullptr ? "" : first(other)->id);
    return made;
}

std::string StackSimulation::apply(const StackStep& step, const Stack& stack, const ImageDigests& images) {
    const std::string words = stepWords(step);
    const auto named = [&](auto& list) {
        return std::find_if(list.begin(), list.end(),
                            [&](const auto& each) { return each.name == step.name; });
    };
    ObservedContainer* container = nullptr;
    if (!step.container.empty()) {
        container = find(step.container);
        if (container == nullptr)
            return words + ": its container is gone";
    }
    switch (step.kind) {
    case Kind::CreateNetwork: {
        const auto network = named(stack.networks);
        if (network == stack.networks.end() || named(observed.networks) != observed.networks.end())
            return words + ": not in the stack, or there already";
        observed.networks.push_back(
            {"n" + std::to_string(++m_lastId), network->name, network->key, networkHash(*network), true});
        return {};
    }
    case Kind::RemoveNetwork:
        if (named(observed.networks) == observed.networks.end())
            return words + ": it is not there";
        for (auto& other : observed.containers) {
            if (std::erase(other.networks, step.name) > 0 && isUp(other))
                return words + ": " + other.name + " runs in it";
        }
        observed.networks.erase(named(observed.networks));
        return {};
    case Kind::CreateVolume: {
        const auto volume = named(stack.volumes);
        if (volume == stack.volumes.end() || named(observed.volumes) != observed.volumes.end())
            return words + ": not in the stack, or there already";
        observed.volumes.push_back({volume->name, volume->key, volumeHash(*volume), true});
        return {};
    }
    case Kind::RemoveVolume:
        if (named(observed.volumes) == observed.volumes.end())
            return words + ": it is not there";
        observed.volumes.erase(named(observed.volumes));
        return {};
    case Kind::Create:
    case Kind::Recreate: {
        const std::string id = step.container;
        if (const auto* other = find(step.name); other != nullptr && other->id != id)
            return words + ": the name is taken";
        ObservedContainer made = make(stack, step, images);
        for (const auto& network : made.networks)
            if (std::none_of(observed.networks.begin(), observed.networks.end(),
                             [&](const auto& each) { return each.name == network; }))
                return words + ": there is no network " + network;
        for (const auto& shared : made.shares)
            if (shared.empty())
                return words + ": what it shares is not there";
        if (step.kind == Kind::Recreate) {
            made.replaces = id;
            std::erase_if(observed.containers, [&](const auto& each) { return each.id == id; });
        }
        observed.containers.push_back(std::move(made));
        return {};
    }
    case Kind::Start:
    case Kind::Restart:
        if (container == nullptr)
            container = find(step.name);
        if (container == nullptr)
            return words + ": there is no such container";
        if (step.kind == Kind::Start && isUp(*container) && container->state != ContainerState::Paused)
            return words + ": it runs already";
        for (const auto& shared : container->shares)
            if (find(shared) == nullptr)
                return words + ": what it shares is gone";
        container->state = ContainerState::Running;
        return {};
    case Kind::Stop:
        if (!isUp(*container))
            return words + ": it does not run";
        container->state = ContainerState::Exited;
        return {};
    case Kind::Remove:
        if (isUp(*container))
            return words + ": it runs";
        remove(container->name);
        return {};
    case Kind::Rename:
        if (find(step.name) != nullptr)
            return words + ": the name is taken";
        container->name = step.name;
        return {};
    case Kind::Wait:
    case Kind::WaitReady:
        for (const auto& each : observed.containers)
            if (!each.oneOff && each.service == step.service && !isUp(each) && !isLeftover(each) &&
                !leaving.contains(each.id))
                return words + ": " + each.name + " was not started";
        return {};
    }
    return words + ": unknown";
}

std::string StackSimulation::apply(const StackPlan& plan, const Stack& stack, const ImageDigests& images) {
    for (const auto& step : plan.steps)
        if (auto problem = apply(step, stack, images); !problem.empty())
            return problem;
    return {};
}

std::string StackSimulation::up(const Stack& stack, const UpOptions& options) {
    return up(stack, imagesOf(stack), options);
}

std::string StackSimulation::up(const Stack& stack, const ImageDigests& images, const UpOptions& options) {
    const auto plan = planUp(stack, observed, images, options);
    return plan ? apply(*plan, stack, images) : plan.error().text();
}

std::string StackSimulation::down(const DownOptions& options) {
    return apply(planDown("p", observed, options), {}, {});
}

std::string wordsOf(const StackPlan& plan, bool why) {
    std::string words;
    for (const auto& step : plan.steps) {
        words += words.empty() ? "" : "\n";
        words += stepWords(step);
        if (why && !step.why.empty())
            words += ": " + step.why;
    }
    return words;
}

std::size_t stepOf(const StackPlan& plan, const std::string& words) {
    const auto found = std::find_if(plan.steps.begin(), plan.steps.end(),
                                    [&](const auto& step) { return stepWords(step) == words; });
    return static_cast<std::size_t>(found - plan.steps.begin());
}

bool comesBefore(const StackPlan& plan, const std::string& first, const std::string& second) {
    const std::size_t wanted = stepOf(plan, first);
    const std::size_t last = stepOf(plan, second);
    if (wanted == plan.steps.size() || last == plan.steps.size())
        return false;
    std::set<std::size_t> before{last};
    for (std::size_t i = last + 1; i-- > 0;) { // those that a step waits for have lower numbers
        if (before.contains(i))
            before.insert(plan.steps[i].after.begin(), plan.steps[i].after.end());
    }
    return wanted != last && before.contains(wanted);
}

} // namespace escale::test
