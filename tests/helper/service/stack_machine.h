// Stacks of an engine on a throw-away folder, brought up and down without a bus.
#pragma once

#include "helper/service/stack_observe.h"
#include "helper/service/stack_session.h"
#include "tests/container/container_machine.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace escale::test {

/// Keeps what it is told, as "start p-web-1 done".
class StackRecorder : public StackListener {
public:
    void plan(const StackPlan& plan) override;
    void step(const StackPlan& plan, std::size_t number, StepState state, const Error* error) override;
    void warning(const std::string& text) override;

    /// When it was told; -1: never.
    int place(const std::string& words);
    [[nodiscard]] std::size_t steps() const { return m_steps; }
    std::vector<std::string> told();
    std::vector<std::string> warnings;
    /// Called with each, by its number from 0.
    std::function<void(unsigned)> onTold;

private:
    std::mutex m_mutex;
    std::size_t m_steps = 0;
    std::vector<std::string> m_told;
};

class StackMachine {
public:
    Result<void> open();
    /// How many containers somebody may have.
    void limit(std::size_t most);
    Containers& containers() { return *machine.containers; }

    /// Of kAlice.
    Result<StackOutcome> up(const Stack& stack, const UpOptions& options = {});
    Result<StackOutcome> down(const DownOptions& options = {});
    Result<StackOutcome> verb(StackVerb verb, const std::set<std::string>& services = {});
    /// "p-db-1 running", a line each, by name.
    std::string states();
    std::string idOf(const std::string& name);
    Container find(const std::string& name);
    /// What the command prints in the container; "?" when it cannot be run.
    std::string inside(const std::string& name, const std::string& command);
    /// Everything of the project p.
    Result<void> clear();

    ContainerMachine machine;
    std::unique_ptr<StackRecorder> told; // of the last session
    std::unique_ptr<Cancellation> cancellation;
    std::function<void(unsigned)> onTold; // of the next
    std::function<Result<MountSources>(const StackService&)> sources;
    std::chrono::seconds waitTimeout{0};

    StackUp upOf(const Stack& stack, const UpOptions& options);
    StackSession session();

private:
    std::unique_ptr<ContainerPlaces> m_places;
    std::unique_ptr<StackParts> m_parts;
};

/// It sleeps, in the network p_default.
StackService sleeper(const std::string& name, const std::vector<StackDependency>& dependencies = {});
/// It runs the shell's words.
StackService shell(const std::string& name, const std::string& words,
                   const std::vector<StackDependency>& dependencies = {});
Stack stackNamedP(std::vector<StackService> services);

} // namespace escale::test
