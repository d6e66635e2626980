#include "helper/service/stack_events.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/log.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr qsizetype kMostSteps = 1000;

const char* stateText(StepState state) {
    switch (state) {
    case StepState::Running:
        return "running";
    case StepState::Done:
        return "done";
    case StepState::Failed:
        return "failed";
    case StepState::Skipped:
        return "skipped";
    case StepState::Waiting:
        break;
    }
    return "waiting";
}

/// The step of the job that a step of the plan is shown in.
QString jobStepOf(const StackStep& step) {
    using Kind = StackStep::Kind;
    const QString name = QString::fromStdString(step.name);
    if (step.kind == Kind::CreateNetwork || step.kind == Kind::RemoveNetwork)
        return QStringLiteral("network ") + name;
    if (step.kind == Kind::CreateVolume || step.kind == Kind::RemoveVolume)
        return QStringLiteral("volume ") + name;
    return step.service.empty() ? name : QString::fromStdString(step.service);
}

/// What is done now, in words.
QString phaseOf(StackStep::Kind kind) {
    using Kind = StackStep::Kind;
    switch (kind) {
    case Kind::CreateNetwork:
    case Kind::CreateVolume:
    case Kind::Create:
        return QStringLiteral("creating");
    case Kind::Recreate:
    case Kind::Rename:
        return QStringLiteral("recreating");
    case Kind::Start:
        return QStringLiteral("starting");
    case Kind::Stop:
        return QStringLiteral("stopping");
    case Kind::Restart:
        return QStringLiteral("restarting");
    case Kind::Remove:
    case Kind::RemoveNetwork:
    case Kind::RemoveVolume:
        return QStringLiteral("removing");
    case Kind::Wait:
    case Kind::WaitReady:
        break;
    }
    return QStringLiteral("waiting");
}

Json withError(Json members, const Error* error) {
    if (error != nullptr) {
        members.set("error", error->message);
        if (!error->hint.empty())
            members.set("hint", error->hint);
    }
    return members;
}

} // namespace

Result<std::shared_ptr<StackEvents>> StackEvents::make() {
    const UniqueFd made(::memfd_create("stack-events", MFD_CLOEXEC));
    if (!made)
        return failErrno("cannot make the file of a stack's events");
    // Of what is written through a memfd's first descriptor, inotify(7) tells nothing (since Linux 6.14).
    TRY_ASSIGN(UniqueFd file, openFile("/proc/self/fd/" + std::to_string(made.get()), O_WRONLY | O_APPEND));
    // Its reader must not open it anew for writing.
    if (::fchmod(file.get(), 0444) != 0)
        return failErrno("cannot make the file of a stack's events");
    return std::shared_ptr<StackEvents>(new StackEvents(std::move(file)));
}

Result<UniqueFd> StackEvents::reader() const {
    return openFile("/proc/self/fd/" + std::to_string(m_file.get()), O_RDONLY);
}

void StackEvents::tellJob(JobProgress* job) {
    const std::lock_guard lock(m_mutex);
    m_job = job;
}

void StackEvents::write(const char* event, Json members) {
    Json line;
    line.set("time", nowMilliseconds()).set("event", event);
    for (const auto& [name, value] : members.members())
        line.set(name, value);
    const std::lock_guard lock(m_mutex);
    if (const auto written = writeAll(m_file.get(), line.dump() + '\n', "events"); !written)
        logWarning("a stack's events: " + written.error().text());
}

void StackEvents::tell(const QString& id, const QString& phase, quint64 done, quint64 total) {
    const std::lock_guard lock(m_mutex);
    const auto step =
        std::find_if(m_steps.begin(), m_steps.end(), [&id](const auto& each) { return each.id == id; });
    if (step != m_steps.end())
        *step = {id, phase, done, total};
    else if (m_steps.size() < kMostSteps)
        m_steps.append({id, phase, done, total});
    if (m_job == nullptr)
        return;
    JobProgress::Report report;
    report.steps = m_steps;
    for (const auto& each : m_steps) {
        report.done += each.done;
        report.total += each.total;
    }
    m_job->report(std::move(report));
}

void StackEvents::plan(const StackPlan& plan) {
    Json steps(Json::Array{});
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const StackStep& step = plan.steps[i];
        Json after(Json::Array{});
        for (const std::size_t other : step.after)
            after.append(Json(std::uint64_t{other}));
        steps.append(Json(Json::Object{{"step", std::uint64_t{i}},
                                       {"kind", stepName(step.kind)},
                                       {"service", step.service},
                                       {"number", step.number},
                                       {"name", step.name},
                                       {"condition", step.kind == StackStep::Kind::Wait
                                                         ? std::string(dependsOnName(step.condition))
                                                         : std::string()},
                                       {"after", std::move(after)},
                                       {"why", step.why}}));
        tell(jobStepOf(step), QStringLiteral("waiting"));
    }
    write("plan", Json(Json::Object{{"steps", std::move(steps)}}));
}

void StackEvents::step(const StackPlan& plan, std::size_t number, StepState state, const Error* error) {
    const StackStep& step = plan.steps.at(number);
    write("step",
          withError(Json(Json::Object{{"step", std::uint64_t{number}}, {"state", stateText(state)}}), error));
    tell(jobStepOf(step), state == StepState::Running ? phaseOf(step.kind) : QLatin1String(stateText(state)));
}

void StackEvents::image(const std::string& service, const char* state, const std::string& build,
                        const Error* error) {
    Json members(Json::Object{{"service", service}, {"state", state}});
    if (!build.empty())
        members.set("build", build);
    write("image", withError(std::move(members), error));
    tell(QString::fromStdString(service), QLatin1String(state));
}

void StackEvents::moved(const std::string& service, quint64 done, quint64 total) {
    tell(QString::fromStdString(service), QStringLiteral("downloading"), done, total);
}

void StackEvents::container(const std::string& id) {
    write("container", Json(Json::Object{{"id", id}}));
}

void StackEvents::warning(const std::string& text) {
    write("warning", Json(Json::Object{{"text", text}}));
}

void StackEvents::end(const Error* error) {
    const char* state = error == nullptr                      ? "done"
                        : error->code == ErrorCode::Cancelled ? "cancelled"
                                                              : "failed";
    write("end", withError(Json(Json::Object{{"state", state}}), error));
}

} // namespace escale
