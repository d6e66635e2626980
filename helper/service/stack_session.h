// One job of a stack, on its thread: images → what is there → plan → its steps, several at a time → wait.
// What it leaves when it is cancelled or dies, the next one recognises (engine/stack/stack_plan.h).
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/json.h"
#include "engine/container/containers.h"
#include "engine/stack/run_plan.h"
#include "engine/stack/stack_plan.h"
#include "helper/service/container_places.h"

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

/// Is told what is done; from several threads.
class StackListener {
public:
    virtual ~StackListener() = default;
    /// Before its first step. Its warnings are told by warning(), too.
    virtual void plan(const StackPlan& plan) = 0;
    virtual void step(const StackPlan& plan, std::size_t number, StepState state, const Error* error) = 0;
    virtual void warning(const std::string& text) = 0;
};

struct StackParts { // all outlive the sessions
    Containers& containers;
    Store& store;
    ContainerPlaces& places;
    unsigned threads = 8; // steps at a time, without those that wait
};

/// What is to be brought up, and where the rest of it comes from; borrowed while up() runs.
struct StackUp {
    const Stack& stack; // checked
    UpOptions options;
    std::chrono::seconds waitTimeout{0}; // of all waiting together; 0: none
    /// Pulls or builds what is needed of those services' images; each one's digest ("sha256:…"), by service.
    std::function<Result<std::map<std::string, std::string>>(const std::set<std::string>& services)> images;
    /// What a container of the service is made with; asked for each container, from several threads.
    std::function<Result<MountSources>(const StackService& service)> sources;
};

/// A container beside the replicas, for one command (`run`).
struct OneOff {
    std::string service;
    ContainerOptions options; // the service's with the caller's changes, and its name
    std::string slug;
    bool dependencies = true; // they are brought up before
};

struct StackOutcome {
    unsigned created = 0, recreated = 0, started = 0, stopped = 0, removed = 0; // containers
    unsigned unchanged = 0;                                                     // services
    std::vector<std::string> warnings;
};
/// {"created": n, …, "warnings": […]}: the job's result.
Json toJson(const StackOutcome& outcome);

class StackSession {
public:
    StackSession(const StackParts& parts, uid_t owner, StackListener& listener,
                 const Cancellation& cancellation)
        : m_parts(parts)
        , m_owner(owner)
        , m_listener(listener)
        , m_cancellation(cancellation) {}

    Result<StackOutcome> up(const StackUp& up);
    Result<StackOutcome> down(const std::string& project, const DownOptions& options);
    /// `stopTimeout`: seconds; 0: each container's own.
    Result<StackOutcome> verb(StackVerb verb, const std::string& project,
                              const std::set<std::string>& services, unsigned stopTimeout,
                              bool volumes = false);
    /// Of the project's containers of those services (empty: all), several at a time: kill, pause, unpause.
    Result<StackOutcome> each(const std::string& project, const std::set<std::string>& services,
                              const std::function<Result<void>(const ObservedContainer&)>& action);
    /// Made, not started; answers with its id. What it depends on has been brought up.
    Result<std::string> makeOneOff(const StackUp& up, const OneOff& oneOff);

private:
    const StackParts& m_parts;
    const uid_t m_owner;
    StackListener& m_listener;
    const Cancellation& m_cancellation;
};

/// What Up would do now, with the images that are here. Changes nothing.
Result<StackPlan> planNow(Containers& containers, uid_t owner, const Stack& stack,
                          const std::map<std::string, std::string>& images, const UpOptions& options);

} // namespace escale
