#include "helper/service/stack_session.h"

#include "engine/stack/stack_labels.h"
#include "helper/service/stack_observe.h"
#include "helper/service/stack_steps.h"

#include <algorithm>

namespace escale {
namespace {

/// Hands warnings on, and remembers them for the outcome.
class WarningKeeper : public StackListener {
public:
    explicit WarningKeeper(StackListener& listener)
        : m_listener(listener) {}
    void plan(const StackPlan& plan) override {
        m_listener.plan(plan);
        for (const auto& text : plan.warnings)
            warning(text);
    }
    void step(const StackPlan& plan, std::size_t number, StepState state, const Error* error) override {
        m_listener.step(plan, number, state, error);
    }
    void warning(const std::string& text) override {
        {
            const std::lock_guard lock(m_mutex);
            m_warnings.push_back(text);
        }
        m_listener.warning(text);
    }
    std::vector<std::string> take() { return std::move(m_warnings); }

private:
    StackListener& m_listener;
    std::mutex m_mutex;
    std::vector<std::string> m_warnings;
};

Result<void> runSteps(const StackPlan& plan, unsigned threads, StackSteps& steps, StackListener& listener,
                      const Cancellation& cancellation) {
    listener.plan(plan);
    return runPlan(
        plan, threads,
        [&](std::size_t number, const Cancellation& seen) { return steps.run(plan.steps[number], seen); },
        [&](std::size_t number, StepState state, const Error* error) {
            listener.step(plan, number, state, error);
        },
        cancellation);
}

Deadline deadlineOf(const StackUp& up) {
    if (up.waitTimeout.count() == 0)
        return std::nullopt;
    return std::chrono::steady_clock::now() + up.waitTimeout;
}

Wanted wantedOf(DependsOn condition) {
    switch (condition) {
    case DependsOn::Healthy:
        return Wanted::Healthy;
    case DependsOn::CompletedSuccessfully:
        return Wanted::Completed;
    case DependsOn::Started:
        break;
    }
    return Wanted::Started;
}

} // namespace

Json toJson(const StackOutcome& outcome) {
    return Json::Object{{"created", outcome.created},
                        {"recreated", outcome.recreated},
                        {"started", outcome.started},
                        {"stopped", outcome.stopped},
                        {"removed", outcome.removed},
                        {"unchanged", outcome.unchanged},
                        {"warnings", Json::strings(outcome.warnings)}};
}

Result<StackPlan> planNow(Containers& containers, uid_t owner, const Stack& stack,
                          const std::map<std::string, std::string>& images, const UpOptions& options) {
    TRY_ASSIGN(const Observed observed, observe(containers, owner, stack.project, &stack));
    return planUp(stack, observed, images, options);
}

Result<StackOutcome> StackSession::up(const StackUp& up) {
    WarningKeeper listener(m_listener);
    TRY_ASSIGN(const auto services, chosenServices(up.stack, up.options));
    StackWork work;
    if (up.images) {
        TRY_ASSIGN(work.images, up.images(services));
    }
    TRY(m_cancellation.check());
    work.owner = m_owner;
    work.up = &up;
    work.stopTimeout = up.options.stopTimeout;
    work.deadline = deadlineOf(up);
    TRY_ASSIGN(const Observed observed, observe(m_parts.containers, m_owner, up.stack.project, &up.stack));
    TRY_ASSIGN(const StackPlan plan, planUp(up.stack, observed, work.images, up.options));
    StackSteps steps(m_parts, std::move(work), observed, plan, listener);
    TRY(runSteps(plan, m_parts.threads, steps, listener, m_cancellation));
    StackOutcome outcome = steps.outcome();
    outcome.warnings = listener.take();
    return outcome;
}

Result<StackOutcome> StackSession::down(const std::string& project, const DownOptions& options) {
    WarningKeeper listener(m_listener);
    TRY_ASSIGN(const Observed observed, observe(m_parts.containers, m_owner, project));
    const StackPlan plan = planDown(project, observed, options);
    StackWork work;
    work.owner = m_owner;
    work.stopTimeout = options.stopTimeout;
    work.volumes = options.volumes;
    StackSteps steps(m_parts, std::move(work), observed, plan, listener);
    TRY(runSteps(plan, m_parts.threads, steps, listener, m_cancellation));
    StackOutcome outcome = steps.outcome();
    outcome.warnings = listener.take();
    return outcome;
}

Result<StackOutcome> StackSession::verb(StackVerb verb, const std::string& project,
                                        const std::set<std::string>& services, unsigned stopTimeout,
                                        bool volumes) {
    WarningKeeper listener(m_listener);
    TRY_ASSIGN(const Observed observed, observe(m_parts.containers, m_owner, project));
    TRY_ASSIGN(const StackPlan plan, planVerb(verb, observed, services, stopTimeout));
    StackWork work;
    work.owner = m_owner;
    work.stopTimeout = stopTimeout;
    work.volumes = volumes;
    StackSteps steps(m_parts, std::move(work), observed, plan, listener);
    TRY(runSteps(plan, m_parts.threads, steps, listener, m_cancellation));
    StackOutcome outcome = steps.outcome();
    outcome.warnings = listener.take();
    return outcome;
}

Result<StackOutcome> StackSession::each(const std::string& project, const std::set<std::string>& services,
                                        const std::function<Result<void>(const ObservedContainer&)>& action) {
    TRY_ASSIGN(const Observed observed, observe(m_parts.containers, m_owner, project));
    std::vector<const ObservedContainer*> chosen;
    std::set<std::string> found;
    for (const auto& container : observed.containers) {
        if (container.oneOff || (!services.empty() && !services.contains(container.service)))
            continue;
        chosen.push_back(&container);
        found.insert(container.service);
    }
    for (const auto& service : services) {
        if (!found.contains(service))
            return fail(ErrorCode::NotFound, "there is no service " + service);
    }
    const StackPlan plan{std::vector<StackStep>(chosen.size()), {}, {}};
    TRY(runPlan(
        plan, m_parts.threads,
        [&](std::size_t number, const Cancellation&) { return action(*chosen[number]); },
        [](std::size_t, StepState, const Error*) {}, m_cancellation));
    return StackOutcome();
}

// The service's own containers stay as they are; its networks and volumes, and what it depends on, come up.
Result<std::string> StackSession::makeOneOff(const StackUp& up, const OneOff& oneOff) {
    WarningKeeper listener(m_listener);
    Stack stack = up.stack;
    const auto service = std::find_if(stack.services.begin(), stack.services.end(),
                                      [&](const auto& each) { return each.name == oneOff.service; });
    if (service == stack.services.end())
        return fail(ErrorCode::NotFound, "the file has no service " + oneOff.service);
    StackUp before{stack, up.options, up.waitTimeout, up.images, up.sources};
    before.options.services = {oneOff.service};
    before.options.dependencies = oneOff.dependencies;
    before.options.scale = {{oneOff.service, 0}};
    before.options.wait = false;
    TRY_ASSIGN(const auto services, chosenServices(stack, before.options));
    StackWork work;
    if (up.images) {
        TRY_ASSIGN(work.images, up.images(services));
    }
    work.owner = m_owner;
    work.up = &before;
    work.deadline = deadlineOf(up);
    const auto images = work.images;
    TRY_ASSIGN(const Observed observed, observe(m_parts.containers, m_owner, stack.project, &stack));
    Observed others = observed;
    for (auto& container : others.containers)
        container.oneOff = container.oneOff || container.service == oneOff.service;
    TRY_ASSIGN(const StackPlan plan, planUp(stack, others, work.images, before.options));
    StackSteps steps(m_parts, std::move(work), observed, plan, listener);
    TRY(runSteps(plan, m_parts.threads, steps, listener, m_cancellation));
    for (const auto& dependency : service->dependencies) {
        if (!services.contains(dependency.service))
            continue;
        auto waited = steps.wait(dependency.service, wantedOf(dependency.condition), m_cancellation);
        if (!waited && (dependency.required || waited.error().code == ErrorCode::Cancelled))
            return fail(std::move(waited).error());
        if (!waited)
            listener.warning(waited.error().message);
    }
    ContainerOptions options = oneOff.options;
    const TextMap own = options.labels;
    const auto image = images.find(service->name);
    options.labels = containerLabels(stack, *service, image == images.end() ? std::string() : image->second);
    options.labels.insert(own.begin(), own.end());
    options.labels[stack_labels::kOneOff] = "True";
    options.labels[stack_labels::kSlug] = oneOff.slug;
    return steps.make(*service, std::move(options));
}

} // namespace escale
