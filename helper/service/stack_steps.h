// Does one step of a plan at a time, with the engine's containers, networks and volumes. Thread-safe.
#pragma once

#include "engine/stack/stack_plan.h"
#include "helper/service/stack_session.h"
#include "helper/service/stack_wait.h"

#include <map>
#include <mutex>
#include <string>

namespace escale {

/// What the steps of one session have in common.
struct StackWork {
    uid_t owner = 0;
    const StackUp* up = nullptr;               // of an up
    std::map<std::string, std::string> images; // by service
    unsigned stopTimeout = 0;                  // seconds; 0: each container's own
    bool volumes = false;                      // removed containers' anonymous ones go along
    Deadline deadline;                         // of waiting
};

class StackSteps {
public:
    StackSteps(const StackParts& parts, StackWork work, const Observed& observed, const StackPlan& plan,
               StackListener& listener);

    Result<void> run(const StackStep& step, const Cancellation& cancellation);
    /// Until the service's containers are so, of those that stay.
    Result<void> wait(const std::string& service, Wanted wanted, const Cancellation& cancellation);
    /// A container of the service, made with these options; `image` and what names other services is filled
    /// in.
    Result<std::string> make(const StackService& service, ContainerOptions options);
    [[nodiscard]] StackOutcome outcome() const;

private:
    Result<void> createNetwork(const std::string& name);
    Result<void> removeNetwork(const StackStep& step);
    Result<void> createVolume(const std::string& name);
    Result<void> removeVolume(const std::string& name);
    Result<void> create(const StackStep& step);
    Result<void> recreate(const StackStep& step, const Cancellation& cancellation);
    Result<void> start(const StackStep& step, const Cancellation& cancellation);
    Result<void> stop(const std::string& id, const Cancellation& cancellation);
    Result<void> restart(const StackStep& step, const Cancellation& cancellation);
    Result<void> remove(const StackStep& step);
    Result<void> waitForStep(const StackStep& step, const Cancellation& cancellation);

    [[nodiscard]] const StackService& serviceNamed(const std::string& name) const;
    [[nodiscard]] ContainerOptions optionsOf(const StackService& service, const StackStep& step) const;
    Result<void> resolve(ContainerOptions& options) const;
    Result<std::string> firstOf(const std::string& service) const;
    Result<void> inherit(const StackService& service, const Container& old, ContainerOptions& options);
    [[nodiscard]] std::string idOf(const StackStep& step) const;
    void setMember(const StackStep& step, const std::string& id);
    [[nodiscard]] std::optional<unsigned> stopTimeout() const;
    void count(unsigned StackOutcome::*number);

    const StackParts& m_parts;
    const StackWork m_work;
    StackListener& m_listener;
    std::map<std::string, const ObservedContainer*> m_observed; // by id

    mutable std::mutex m_mutex; // guards what follows
    std::map<std::string, std::map<unsigned, std::string>>
        m_members; // ids by service and number; those that stay
    StackOutcome m_outcome;
};

/// The labels that Docker Compose puts on a container of the service.
TextMap containerLabels(const Stack& stack, const StackService& service, const std::string& imageDigest);

} // namespace escale
