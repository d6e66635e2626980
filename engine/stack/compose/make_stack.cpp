#include "engine/stack/compose/make_stack.h"

#include "engine/container/container_options.h"
#include "engine/stack/compose/make_service.h"

#include <algorithm>

namespace escale::compose {
namespace {

constexpr unsigned kMostReplicas = 1000; // of a stack: checkStack

unsigned replicasOf(const Part& service) {
    const auto scale = service["scale"].integer(0, kMostReplicas);
    const auto replicas = service["deploy"]["replicas"].integer(0, kMostReplicas);
    return static_cast<unsigned>(scale.value_or(replicas.value_or(1)));
}

void makeMode(const Part& service) {
    const Part mode = service["deploy"]["mode"];
    const std::string text = mode.text();
    if (text == "replicated-job" || text == "global-job")
        mode.refuse("jobs", "they are a swarm's",
                    "Use restart: \"no\", and depends_on with "
                    "service_completed_successfully.");
    else if (text == "global")
        mode.leaveOut("the mode global", "there is one machine: it means one container");
}

/// What Run would refuse, told before anything is done; the options' own words are in the message.
void checkAsRun(const Part& service, const StackService& made) {
    ContainerOptions options = made.options;
    options.image = made.image;
    // "service:NAME" becomes a container's id when it is made.
    for (std::string* word : {&options.network, &options.ipc, &options.pid}) {
        if (word->starts_with("service:"))
            word->replace(0, std::string_view("service").size(), "container");
    }
    for (std::string& word : options.volumesFrom) {
        for (const std::string_view prefix : {"service:", "container:"}) {
            if (word.starts_with(prefix))
                word.erase(0, prefix.size());
        }
    }
    constexpr unsigned kMostCpus = 4096; // the engine knows how many there are
    if (const auto good = checkOptions(options, {kMostCpus, 0}); !good)
        service.error(good.error().message, good.error().hint);
}

/// What several services use is looked at with each of them.
void tellOnce(Problems& problems) {
    std::set<std::pair<std::string, std::string>> told;
    std::erase_if(problems, [&told](const Problem& problem) {
        return !told.emplace(problem.path, problem.what).second;
    });
}

void makeService(Making& making, const std::string& name) {
    const Part service = making.root()["services"][name];
    StackService& made = making.made.stack.services.emplace_back();
    const auto errors = [&making] {
        return std::count_if(making.made.problems.begin(), making.made.problems.end(),
                             [](const Problem& p) { return p.severity == Problem::Severity::Error; });
    };
    const auto before = errors();
    made.name = name;
    made.options.name = service.text("container_name");
    made.replicas = replicasOf(service);
    makeMode(service);
    makeImage(making, service, made);
    makeProgram(making, service, made.options);
    makeLife(service, made.options);
    makeLimits(service, made.options);
    makeSecurity(making, service, made.options);
    makeNetworking(making, service, made);
    makeMounts(making, service, made);
    makeFiles(making, service, made);
    makeHooks(making, service, made);
    made.dependencies = dependenciesOf(making.project, name);
    if (errors() == before)
        checkAsRun(service, made);
}

} // namespace

std::uint32_t Making::addSource(StackSource source) {
    made.sources.push_back(std::move(source));
    return static_cast<std::uint32_t>(made.sources.size() - 1);
}

const std::string* Making::variable(const std::string& name) const {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : &found->second.value;
}

Texts environmentOf(const Making& making, const Part& part) {
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : part.entries()) {
        if (value) {
            values[name] = value.text();
        } else if (const std::string* found = making.variable(name); found != nullptr) {
            values[name] = *found;
        }
    }
    for (const Part& item : part.items()) {
        const std::string text = item.text();
        const auto equals = text.find('=');
        const std::string name = text.substr(0, equals);
        if (equals != std::string::npos) {
            values[name] = text.substr(equals + 1);
        } else if (const std::string* found = making.variable(name); found != nullptr) {
            values[name] = *found;
        }
    }
    Texts environment;
    for (const auto& [name, value] : values)
        environment.push_back(name + '=' + value);
    return environment;
}

MadeStack makeStack(const Project& project, const Variables& variables, const ReadFile& read) {
    Making making{project, variables, read, {}};
    Stack& stack = making.made.stack;
    stack.project = project.name;
    stack.workingDirectory = project.directory;
    stack.configFiles = project.files;
    stack.environmentFiles = project.environmentFiles;
    for (const std::string& name : serviceNames(project)) {
        if (project.enabled.count(name) != 0)
            makeService(making, name);
        else
            stack.disabled.push_back(name);
    }
    makeLinks(making);
    leaveMachineNetworksOut(stack);
    tellOnce(making.made.problems);
    stack.config = configText(project);
    return std::move(making.made);
}

} // namespace escale::compose
