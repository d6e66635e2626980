#include "gui/stacks/stack_progress.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StackProgress)
};

ShownStackStep stepOf(const QJsonObject& told) {
    ShownStackStep step;
    step.kind = told[QLatin1String("kind")].toString();
    step.service = told[QLatin1String("service")].toString();
    step.name = told[QLatin1String("name")].toString();
    step.condition = told[QLatin1String("condition")].toString();
    step.why = told[QLatin1String("why")].toString();
    step.number = told[QLatin1String("number")].toInt();
    for (const QJsonValue& each : told[QLatin1String("after")].toArray())
        step.after.append(each.toInt());
    return step;
}

ShownStackStep::State stateOf(const QString& word) {
    using State = ShownStackStep::State;
    if (word == u"running")
        return State::Running;
    if (word == u"done")
        return State::Done;
    if (word == u"failed")
        return State::Failed;
    return word == u"skipped" ? State::Skipped : State::Waiting;
}

bool isWait(const ShownStackStep& step) {
    return step.kind == u"wait" || step.kind == u"wait-ready";
}

} // namespace

void StackProgress::begin(qint64 time) {
    *this = {};
    m_state = State::Running;
    m_began = time;
}

void StackProgress::apply(const QByteArray& line) {
    const QJsonObject told = QJsonDocument::fromJson(line).object();
    const QString event = told[QLatin1String("event")].toString();
    const auto time = told[QLatin1String("time")].toInteger();
    const QString state = told[QLatin1String("state")].toString();
    if (event == u"plan") {
        m_steps.clear();
        m_planned = time;
        for (const QJsonValue& each : told[QLatin1String("steps")].toArray())
            m_steps.append(stepOf(each.toObject()));
    } else if (event == u"step") {
        const int number = told[QLatin1String("step")].toInt(-1);
        if (number < 0 || number >= m_steps.size())
            return;
        ShownStackStep& step = m_steps[number];
        step.state = stateOf(state);
        if (step.state == ShownStackStep::State::Running)
            step.began = time;
        else
            step.ended = time;
        step.error = told[QLatin1String("error")].toString();
    } else if (event == u"image") {
        const QString service = told[QLatin1String("service")].toString();
        auto image = std::find_if(m_images.begin(), m_images.end(),
                                  [&](const ShownStackImage& each) { return each.service == service; });
        if (image == m_images.end())
            image = m_images.insert(m_images.end(), {service, {}, {}, {}, time, 0});
        image->state = state;
        image->error = told[QLatin1String("error")].toString();
        image->build = told[QLatin1String("build")].toString();
        if (state != u"pulling" && state != u"building")
            image->ended = time;
    } else if (event == u"warning") {
        m_warnings.append(told[QLatin1String("text")].toString());
    } else if (event == u"end") {
        end(state == u"done" ? State::Done : state == u"cancelled" ? State::Cancelled : State::Failed, time);
    }
}

void StackProgress::end(State state, qint64 time) {
    if (m_state != State::Running)
        return;
    m_state = state;
    m_ended = time;
    for (ShownStackStep& step : m_steps) {
        if (step.state == ShownStackStep::State::Running || step.state == ShownStackStep::State::Waiting) {
            step.state = ShownStackStep::State::Skipped;
            step.ended = time;
        }
    }
    for (ShownStackImage& image : m_images) {
        if (image.ended == 0)
            image.ended = time;
    }
}

int StackProgress::doneCount() const {
    return static_cast<int>(std::count_if(m_steps.begin(), m_steps.end(), [](const ShownStackStep& step) {
        return step.state == ShownStackStep::State::Done || step.state == ShownStackStep::State::Skipped;
    }));
}

const ShownStackStep* StackProgress::lastBefore(const ShownStackStep& step) const {
    const ShownStackStep* last = nullptr;
    for (const int number : step.after) {
        if (number < 0 || number >= m_steps.size())
            continue;
        const ShownStackStep& before = m_steps[number];
        if (before.ended == 0) {
            // What is waited for says more than that somebody else waits, too.
            if (last == nullptr || last->ended != 0 || isWait(before))
                last = &before;
        } else if (last == nullptr || (last->ended != 0 && before.ended > last->ended)) {
            last = &before;
        }
    }
    return last;
}

QString StackProgress::waitsFor(const ShownStackStep& step) const {
    const ShownStackStep* before = lastBefore(step);
    if (before == nullptr)
        return {};
    if (before->service.isEmpty() || before->service == step.service)
        return before->service == step.service && !step.service.isEmpty() ? QString() : before->name;
    const QString condition = conditionText(before->condition);
    return condition.isEmpty() ? before->service : Words::tr("%1: %2").arg(before->service, condition);
}

QString StackProgress::workOn(const QString& service) const {
    for (const ShownStackImage& image : m_images) {
        if (image.service == service && image.ended == 0)
            return image.state == u"building" ? Words::tr("building its image…")
                                              : Words::tr("pulling its image…");
    }
    if (!isRunning())
        return {};
    for (const ShownStackStep& step : m_steps) {
        if (step.service == service && step.state == ShownStackStep::State::Running && !isWait(step))
            return stackStepText(step) + QStringLiteral("…");
    }
    for (const ShownStackStep& step : m_steps) {
        if (step.service != service || step.state != ShownStackStep::State::Waiting || isWait(step))
            continue;
        const QString reason = waitsFor(step);
        return reason.isEmpty() ? Words::tr("waits") : Words::tr("waits for %1").arg(reason);
    }
    return {};
}

QString StackProgress::errorOf(const QString& service) const {
    for (const ShownStackImage& image : m_images) {
        if (image.service == service && image.state == u"failed")
            return image.error.isEmpty() ? Words::tr("its image could not be had") : image.error;
    }
    for (const ShownStackStep& step : m_steps) {
        if (step.service == service && step.state == ShownStackStep::State::Failed)
            return step.error.isEmpty() ? Words::tr("%1 failed").arg(stackStepText(step)) : step.error;
    }
    return {};
}

bool StackProgress::isBusy(const QString& service) const {
    return !workOn(service).isEmpty();
}

bool StackProgress::isWaiting(const QString& service) const {
    const auto runs = [&](const ShownStackStep& step) {
        return step.service == service && step.state == ShownStackStep::State::Running && !isWait(step);
    };
    const auto pulls = [&](const ShownStackImage& image) {
        return image.service == service && image.ended == 0;
    };
    return isBusy(service) && std::none_of(m_steps.begin(), m_steps.end(), runs) &&
           std::none_of(m_images.begin(), m_images.end(), pulls);
}

QString conditionText(const QString& condition) {
    if (condition == u"service_healthy")
        return Words::tr("healthy");
    if (condition == u"service_completed_successfully")
        return Words::tr("ended well");
    return {};
}

QString stackStepText(const ShownStackStep& step) {
    const QString& kind = step.kind;
    const QString name = step.name.isEmpty() ? step.service : step.name;
    if (kind == u"create-network")
        return Words::tr("make network %1").arg(name);
    if (kind == u"remove-network")
        return Words::tr("remove network %1").arg(name);
    if (kind == u"create-volume")
        return Words::tr("make volume %1").arg(name);
    if (kind == u"remove-volume")
        return Words::tr("remove volume %1").arg(name);
    if (kind == u"create")
        return Words::tr("make %1").arg(name);
    if (kind == u"recreate")
        return Words::tr("make %1 anew").arg(name);
    if (kind == u"start")
        return Words::tr("start %1").arg(name);
    if (kind == u"stop")
        return Words::tr("stop %1").arg(name);
    if (kind == u"restart")
        return Words::tr("restart %1").arg(name);
    if (kind == u"remove")
        return Words::tr("remove %1").arg(name);
    if (kind == u"rename")
        return Words::tr("rename %1").arg(name);
    if (kind == u"wait" || kind == u"wait-ready") {
        const QString condition = conditionText(step.condition);
        return condition.isEmpty() ? Words::tr("wait for %1").arg(step.service)
                                   : Words::tr("wait for %1: %2").arg(step.service, condition);
    }
    return QStringLiteral("%1 %2").arg(kind, name);
}

QString stackStepStateText(ShownStackStep::State state) {
    switch (state) {
    case ShownStackStep::State::Waiting:
        return Words::tr("waits");
    case ShownStackStep::State::Running:
        return Words::tr("at work");
    case ShownStackStep::State::Done:
        return Words::tr("done");
    case ShownStackStep::State::Failed:
        return Words::tr("failed");
    case ShownStackStep::State::Skipped:
        return Words::tr("left out");
    }
    return {};
}

QString stackFailureHint(const QString& error) {
    const auto says = [&](const char* word) {
        return error.contains(QLatin1String(word), Qt::CaseInsensitive);
    };
    if (says("unhealthy") || says("health"))
        return Words::tr("Its log says why. Mend its health check or give it more time (start_period), then "
                         "bring the stack up again: what runs stays as it is.");
    if (says("address already in use") || says("port"))
        return Words::tr(
            "Another program has that port: choose another one under “ports”, or end that program.");
    if (says("not found") || says("manifest") || says("no such image"))
        return Words::tr("Check the image's name and tag in the file, then bring the stack up again.");
    if (says("exit") || says("ended"))
        return Words::tr(
            "Its log says why. Mend it, then bring the stack up again: what runs stays as it is.");
    return Words::tr("Mend it, then bring the stack up again: what runs stays as it is.");
}

} // namespace escale::gui
