#include "helper/service/stack_observe.h"

#include "engine/base/json.h"
#include "engine/stack/stack_labels.h"

#include <algorithm>

namespace escale {
namespace {

namespace labels = stack_labels;

std::vector<std::string> splitAt(const std::string& text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

/// "container:ID" → ID.
void addShared(Texts& shares, const std::string& mode) {
    constexpr std::string_view kPrefix = "container:";
    if (mode.starts_with(kPrefix))
        shares.push_back(mode.substr(kPrefix.size()));
}

Result<void> observeNetworks(Containers& containers, uid_t owner, const std::string& project,
                             const Stack* stack, Observed& observed) {
    TRY_ASSIGN(const auto networks, containers.networks().list(owner));
    std::map<std::string, std::string> names; // by id
    for (const auto& record : networks) {
        const std::string& name = record.network.name;
        names[record.network.id] = name;
        const bool ours = labels::valueOf(record.labels, labels::kProject) == project;
        const bool isNamed =
            stack != nullptr && std::any_of(stack->networks.begin(), stack->networks.end(),
                                            [&](const auto& each) { return each.name == name; });
        if (ours || isNamed)
            observed.networks.push_back({record.network.id, name,
                                         labels::valueOf(record.labels, labels::kNetwork),
                                         labels::valueOf(record.labels, labels::kConfigHash), ours});
    }
    std::map<std::string, Texts> of; // by container
    TRY_ASSIGN(const auto endpoints, containers.networks().endpointsOfOwner(owner));
    for (const auto& endpoint : endpoints)
        if (const auto name = names.find(endpoint.network); name != names.end())
            of[endpoint.container].push_back(name->second);
    for (auto& container : observed.containers)
        container.networks = of[container.id];
    return {};
}

Result<void> observeVolumes(Containers& containers, uid_t owner, const std::string& project,
                            const Stack* stack, Observed& observed) {
    TRY_ASSIGN(const auto volumes, containers.volumes().list(owner));
    for (const auto& record : volumes) {
        const bool ours = labels::valueOf(record.labels, labels::kProject) == project;
        const bool isNamed =
            stack != nullptr && std::any_of(stack->volumes.begin(), stack->volumes.end(),
                                            [&](const auto& each) { return each.name == record.name; });
        if (ours || isNamed)
            observed.volumes.push_back({record.name, labels::valueOf(record.labels, labels::kVolume),
                                        labels::valueOf(record.labels, labels::kConfigHash), ours});
    }
    return {};
}

} // namespace

Result<Observed> observe(Containers& containers, uid_t owner, const std::string& project,
                         const Stack* stack) {
    Observed observed;
    TRY_ASSIGN(const auto list, containers.list(owner));
    for (const auto& container : list) {
        if (labels::valueOf(container.options.labels, labels::kProject) != project)
            continue;
        if (auto found = observedOf(container))
            observed.containers.push_back(*std::move(found));
    }
    TRY(observeNetworks(containers, owner, project, stack, observed));
    TRY(observeVolumes(containers, owner, project, stack, observed));
    return observed;
}

std::optional<ObservedContainer> observedOf(const Container& container) {
    const TextMap& all = container.options.labels;
    ObservedContainer observed;
    observed.service = labels::valueOf(all, labels::kService);
    if (observed.service.empty())
        return std::nullopt;
    observed.number = labels::numberOf(all);
    observed.id = container.id;
    observed.name = container.options.name;
    observed.state = container.state;
    observed.health = container.health;
    observed.exitCode = container.exitCode;
    observed.oneOff = labels::valueOf(all, labels::kOneOff) == "True";
    observed.configHash = labels::valueOf(all, labels::kConfigHash);
    observed.imageDigest = container.imageDigest;
    observed.replaces = labels::valueOf(all, labels::kReplace);
    observed.dependencies = dependenciesOf(labels::valueOf(all, labels::kDependsOn));
    observed.preStop = hooksOf(labels::valueOf(all, labels::kPreStop));
    observed.createdAt = container.createdAt;
    for (const auto* mode : {&container.options.network, &container.options.ipc, &container.options.pid})
        addShared(observed.shares, *mode);
    return observed;
}

// Docker Compose writes no `required`: a service that is missing is told when it is looked for.
std::string dependsOnText(const std::vector<StackDependency>& dependencies) {
    std::string text;
    for (const auto& dependency : dependencies) {
        text += text.empty() ? "" : ",";
        text += dependency.service + ':' + std::string(dependsOnName(dependency.condition)) + ':' +
                (dependency.restart ? "true" : "false");
    }
    return text;
}

std::vector<StackDependency> dependenciesOf(const std::string& text) {
    std::vector<StackDependency> dependencies;
    for (const auto& part : splitAt(text, ',')) {
        const auto words = splitAt(part, ':');
        if (words.front().empty())
            continue;
        StackDependency dependency{words[0]};
        if (words.size() > 1)
            dependency.condition = dependsOnOf(words[1]).value_or(DependsOn::Started);
        dependency.restart = words.size() > 2 && words[2] == "true";
        dependencies.push_back(std::move(dependency));
    }
    return dependencies;
}

std::string hooksText(const std::vector<StackHook>& hooks) {
    Json list = Json::Array();
    for (const auto& hook : hooks)
        list.append(Json::Object{{"command", Json::strings(hook.command)},
                                 {"user", hook.user},
                                 {"workdir", hook.workingDirectory},
                                 {"environment", Json::strings(hook.environment)},
                                 {"privileged", hook.privileged}});
    return list.dump();
}

std::vector<StackHook> hooksOf(const std::string& text) {
    std::vector<StackHook> hooks;
    const auto list = text.empty() ? Result<Json>(Json()) : Json::parse(text);
    if (!list)
        return hooks;
    for (const auto& each : list->items()) {
        const auto command = each.getStrings("command");
        const auto environment = each.getStrings("environment");
        if (!command || command->empty() || !environment)
            continue;
        hooks.push_back({*command, each.at("user").toString(), each.at("workdir").toString(), *environment,
                         each.at("privileged").toBool()});
    }
    return hooks;
}

} // namespace escale
