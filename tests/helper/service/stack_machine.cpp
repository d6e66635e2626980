#include "tests/helper/service/stack_machine.h"

#include "tests/support/session_client.h"

#include <algorithm>

namespace escale::test {
namespace {

const char* stateText(StepState state) {
    constexpr const char* kTexts[] = {"waiting", "running", "done", "failed", "skipped"};
    return kTexts[static_cast<std::size_t>(state)];
}

} // namespace

void StackRecorder::plan(const StackPlan& plan) {
    m_steps = plan.steps.size();
}

void StackRecorder::step(const StackPlan& plan, std::size_t number, StepState state, const Error* /*error*/) {
    const StackStep& step = plan.steps[number];
    unsigned count = 0;
    {
        const std::lock_guard lock(m_mutex);
        count = static_cast<unsigned>(m_told.size());
        m_told.push_back(std::string(stepName(step.kind)) + ' ' + step.name + ' ' + stateText(state));
    }
    if (onTold)
        onTold(count);
}

void StackRecorder::warning(const std::string& text) {
    const std::lock_guard lock(m_mutex);
    warnings.push_back(text);
}

std::vector<std::string> StackRecorder::told() {
    const std::lock_guard lock(m_mutex);
    return m_told;
}

int StackRecorder::place(const std::string& words) {
    const std::lock_guard lock(m_mutex);
    const auto found = std::find(m_told.begin(), m_told.end(), words);
    return found == m_told.end() ? -1 : static_cast<int>(found - m_told.begin());
}

Result<void> StackMachine::open() {
    TRY(machine.open());
    limit(ContainerPlaces::kMost);
    return {};
}

void StackMachine::limit(std::size_t most) {
    m_places = std::make_unique<ContainerPlaces>(*machine.containers, most);
    m_parts = std::make_unique<StackParts>(StackParts{*machine.containers, *machine.store, *m_places});
}

StackSession StackMachine::session() {
    told = std::make_unique<StackRecorder>();
    told->onTold = std::exchange(onTold, nullptr);
    cancellation = std::make_unique<Cancellation>();
    return {*m_parts, kAlice, *told, *cancellation};
}

StackUp StackMachine::upOf(const Stack& stack, const UpOptions& options) {
    StackUp up{stack, options, waitTimeout, {}, sources};
    up.images =
        [this, &stack](const std::set<std::string>& services) -> Result<std::map<std::string, std::string>> {
        std::map<std::string, std::string> digests;
        for (const auto& service : stack.services) {
            if (!services.contains(service.name))
                continue;
            TRY_ASSIGN(const auto image, machine.store->findImage(kAlice, service.image));
            digests[service.name] = image.digest.toString();
        }
        return digests;
    };
    return up;
}

Result<StackOutcome> StackMachine::up(const Stack& stack, const UpOptions& options) {
    return session().up(upOf(stack, options));
}

Result<StackOutcome> StackMachine::down(const DownOptions& options) {
    return session().down("p", options);
}

Result<StackOutcome> StackMachine::verb(StackVerb verb, const std::set<std::string>& services) {
    return session().verb(verb, "p", services, 0);
}

std::string StackMachine::states() {
    const auto list = containers().list(kAlice);
    if (!list)
        return list.error().text();
    std::set<std::string> lines;
    for (const auto& container : *list)
        lines.insert(container.options.name + ' ' + std::string(stateName(container.state)));
    std::string text;
    for (const auto& line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

Container StackMachine::find(const std::string& name) {
    return containers().find(kAlice, name).value_or(Container());
}

std::string StackMachine::idOf(const std::string& name) {
    return find(name).id;
}

std::string StackMachine::inside(const std::string& name, const std::string& command) {
    ExecOptions options;
    options.command = {"sh", "-c", command};
    auto started = containers().exec(kAlice, name, options);
    if (!started)
        return "? " + started.error().message;
    SessionClient client(std::move(started->session));
    client.awaitEnd();
    return client.output + client.errors;
}

Result<void> StackMachine::clear() {
    DownOptions options;
    options.volumes = true;
    TRY(down(options));
    return machine.removeContainers(kAlice);
}

StackService sleeper(const std::string& name, const std::vector<StackDependency>& dependencies) {
    return shell(name, "sleep 1000", dependencies);
}

StackService shell(const std::string& name, const std::string& words,
                   const std::vector<StackDependency>& dependencies) {
    StackService service;
    service.name = name;
    service.image = kImage;
    service.options.command = {"sh", "-c", words};
    service.options.stopSignal = "SIGKILL"; // nothing is said for the others
    service.options.memoryBytes = 0;
    service.options.network = "p_default";
    service.options.networkAliases = {name};
    service.dependencies = dependencies;
    return service;
}

Stack stackNamedP(std::vector<StackService> services) {
    Stack stack;
    stack.project = "p";
    stack.workingDirectory = "/home/alice/p";
    stack.configFiles = {"/home/alice/p/compose.yaml"};
    StackNetwork network;
    network.key = "default";
    network.name = "p_default";
    stack.networks = {network};
    stack.services = std::move(services);
    return stack;
}

} // namespace escale::test
