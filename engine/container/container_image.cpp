#include "engine/container/container_image.h"

#include <algorithm>

namespace escale {

void setVariable(std::vector<std::string>& environment, const std::string& variable) {
    const std::string name = variable.substr(0, variable.find('=') + 1); // with the sign
    const auto former = std::find_if(environment.begin(), environment.end(),
                                     [&](const std::string& each) { return each.starts_with(name); });
    if (former != environment.end())
        *former = variable;
    else
        environment.push_back(variable);
}

void setLabel(std::vector<std::pair<std::string, std::string>>& labels, const std::string& name,
              const std::string& value) {
    const auto former =
        std::find_if(labels.begin(), labels.end(), [&](const auto& each) { return each.first == name; });
    if (former != labels.end())
        former->second = value;
    else
        labels.emplace_back(name, value);
}

ImageConfig committedConfig(ImageConfig image, const ContainerOptions& options) {
    if (options.entrypoint) {
        image.entrypoint = *options.entrypoint;
        image.command.clear();
    }
    if (!options.command.empty())
        image.command = options.command;
    for (const auto& variable : options.environment)
        setVariable(image.environment, variable);
    for (const auto& [name, value] : options.labels)
        setLabel(image.labels, name, value);
    if (!options.workingDirectory.empty())
        image.workingDir = options.workingDirectory;
    if (!options.user.empty())
        image.user = options.user;
    if (!options.stopSignal.empty())
        image.stopSignal = options.stopSignal;
    if (!options.healthCommand.empty())
        image.health.command = options.healthCommand;
    const auto time = [](std::uint64_t& into, std::uint64_t given) { into = given != 0 ? given : into; };
    time(image.health.interval, options.healthInterval);
    time(image.health.timeout, options.healthTimeout);
    time(image.health.startPeriod, options.healthStartPeriod);
    time(image.health.startInterval, options.healthStartInterval);
    if (options.healthRetries != 0)
        image.health.retries = options.healthRetries;
    return image;
}

} // namespace escale
