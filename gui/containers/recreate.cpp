#include "gui/containers/recreate.h"

#include "gui/client/engine_client.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/mount_option.h"
#include "gui/containers/state_text.h"

#include <QRandomGenerator>

#include <algorithm>

namespace escale::gui {
namespace {

const QString kName = QStringLiteral("name");

// Four hexadecimal digits: two people's leftovers of one name do not meet.
QString asideName(const QString& name) {
    return QStringLiteral("%1-old-%2")
        .arg(name)
        .arg(QRandomGenerator::global()->bounded(0x10000), 4, 16, QLatin1Char('0'));
}

Error saying(ErrorCode code, const QString& message, const QString& hint = {}) {
    return {code, message.toStdString(), hint.toStdString(), {}};
}

} // namespace

Recreate::Calls Recreate::callsOf(EngineClient& client) {
    const auto job = [&client](auto method) {
        return [&client, method](const QString& id, QObject* guard, const Answer<>& answer) {
            (client.*method)(id, guard, [guard, answer](const Result<Job*>& started) {
                whenEnded(started, guard, answer);
            });
        };
    };
    Calls calls;
    calls.stop = job(&EngineClient::stop);
    calls.start = job(&EngineClient::start);
    calls.remove = [&client](const QString& id, QObject* guard, const Answer<>& answer) {
        client.removeContainer(id, true, guard, [guard, answer](const Result<Job*>& started) {
            whenEnded(started, guard, answer);
        });
    };
    calls.rename = [&client](const QString& id, const QString& name, QObject* guard, Answer<> answer) {
        client.rename(id, name, guard, std::move(answer));
    };
    calls.run = [&client](const RunRequest& request, QObject* guard, const Answer<QString>& answer) {
        client.run(request, guard, [guard, answer](const Result<std::pair<QString, Job*>>& taken) {
            if (!taken)
                return answer(fail(taken.error()));
            whenEnded(taken->second, guard, [answer, id = taken->first](const Result<>& ran) {
                ran ? answer(id) : answer(fail(ran.error()));
            });
        });
    };
    calls.create = [&client](const RunRequest& request, QObject* guard, const Answer<QString>& answer) {
        client.create(request, guard, answer);
    };
    calls.volumes = [&client](const QString& id, QObject* guard, const Answer<QStringList>& answer) {
        client.listVolumes(guard, [id, answer](const Result<dbus::VolumeList>& volumes) {
            volumes ? answer(anonymousMounts(*volumes, id)) : answer(fail(volumes.error()));
        });
    };
    calls.inspect = [&client](const QString& id, QObject* guard, const Answer<dbus::Container>& answer) {
        client.inspect(id, guard, [answer](const Result<ContainerDetails>& details) {
            details ? answer(details->container) : answer(fail(details.error()));
        });
    };
    return calls;
}

Recreate::Times Recreate::timesFor(const QVariantMap& options) {
    const auto of = [&options](const char* key, qulonglong unset) {
        const qulonglong value = options.value(QLatin1String(key)).toULongLong();
        return value != 0 ? value : unset;
    };
    // Docker's defaults: three probes, each 30 seconds after the one before and at most as long.
    const qulonglong needed =
        of("health-start-period", 0) +
        of("health-retries", 3) * (of("health-interval", 30'000) + of("health-timeout", 30'000));
    Times times;
    times.healthy = static_cast<int>(std::clamp<qulonglong>(needed, 120'000, 3'600'000));
    return times;
}

Recreate::Recreate(dbus::Container old, RunRequest request, Calls calls, Times times, QObject* parent)
    : QObject(parent)
    , m_old(std::move(old))
    , m_request(std::move(request))
    , m_calls(std::move(calls))
    , m_times(times)
    , m_aside(asideName(m_old.name))
    , m_wasAlive(isAlive(m_old)) {
    m_poll.setSingleShot(true);
    m_poll.setInterval(times.poll);
    connect(&m_poll, &QTimer::timeout, this, &Recreate::check);
    if (m_request.options.value(kName).toString().isEmpty())
        m_request.options.insert(kName, m_old.name);
}

void Recreate::go(Step step) {
    m_step = step;
    Q_EMIT progressed(step);
}

// What follows a call on the way up: an error, or a cancel that came meanwhile, turns round.
template <class T, class Then>
Answer<T> Recreate::next(Then then) {
    return [this, then](const Result<T>& result) {
        if (!result)
            return rollBack(result.error());
        then(result);
    };
}

bool Recreate::stopsHere() {
    if (m_cancelled)
        rollBack(Error{ErrorCode::Cancelled, {}, {}, {}});
    return m_cancelled;
}

void Recreate::start() {
    if (m_old.removeWhenStopped) {
        const Error error =
            saying(ErrorCode::WrongState,
                   tr("“%1” is removed when it stops, so it could not be kept until the new one is up")
                       .arg(m_old.name),
                   tr("Run a new container with the changes, then stop this one."));
        Q_EMIT ended(Outcome{{}, fail(error)});
        return;
    }
    go(Step::Stopping);
    if (!m_wasAlive)
        return putAside();
    m_calls.stop(m_old.id, this, next<void>([this](const Result<>&) {
                     if (!stopsHere())
                         putAside();
                 }));
}

void Recreate::putAside() {
    go(Step::PuttingAside);
    m_calls.rename(m_old.id, m_aside, this, next<void>([this](const Result<>&) {
                       m_isAside = true;
                       if (!stopsHere())
                           keepVolumes();
                   }));
}

// What only the old container's own volumes hold is not left behind.
void Recreate::keepVolumes() {
    const auto goOn = [this] { m_wasAlive ? runNew() : makeNew(); };
    if (!m_calls.volumes)
        return goOn();
    m_calls.volumes(m_old.id, this, next<QStringList>([this, goOn](const Result<QStringList>& volumes) {
                        const QString key = QStringLiteral("mounts");
                        m_request.options.insert(
                            key, withVolumes(m_request.options.value(key).toStringList(), *volumes));
                        if (m_request.options.value(key).toStringList().isEmpty())
                            m_request.options.remove(key);
                        if (!stopsHere())
                            goOn();
                    }));
}

void Recreate::makeNew() {
    go(Step::Making);
    m_calls.create(m_request, this, next<QString>([this](const Result<QString>& id) {
                       m_new = *id;
                       if (!stopsHere())
                           removeOld();
                   }));
}

void Recreate::runNew() {
    go(Step::Starting);
    m_calls.run(m_request, this, next<QString>([this](const Result<QString>& id) {
                    m_new = *id;
                    if (stopsHere())
                        return;
                    go(Step::Waiting);
                    m_waited.start();
                    check();
                }));
}

void Recreate::check() {
    m_calls.inspect(m_new, this, next<dbus::Container>([this](const Result<dbus::Container>& container) {
                        if (!stopsHere())
                            takeState(*container);
                    }));
}

void Recreate::takeState(const dbus::Container& container) {
    // A task that is done is as good as one that runs.
    if (container.state == QLatin1String("exited") && container.exitCode == 0 && container.health.isEmpty())
        return removeOld();
    if (!isRunning(container) || container.restartCount > 0)
        return rollBack(saying(
            ErrorCode::WrongState,
            tr("the new container did not stay up: it ended with exit code %1").arg(container.exitCode),
            QString::fromStdString(container.error.toStdString())));
    if (container.health == QLatin1String("unhealthy"))
        return rollBack(saying(ErrorCode::WrongState, tr("the new container's health check failed")));
    const qint64 waited = m_waited.elapsed();
    const bool checked = !container.health.isEmpty();
    if (checked ? container.health == QLatin1String("healthy") : waited >= m_times.settle)
        return removeOld();
    if (checked && waited >= m_times.healthy)
        return rollBack(
            saying(ErrorCode::Timeout, tr("the new container did not become healthy within %n second(s)",
                                          nullptr, m_times.healthy / 1000)));
    m_poll.start();
}

void Recreate::removeOld() {
    go(Step::Removing);
    m_calls.remove(m_old.id, this, [this](const Result<>& removed) {
        if (removed || removed.error().code == ErrorCode::NotFound) {
            Q_EMIT ended(Outcome{m_new, {}});
            return;
        }
        Error error = removed.error();
        error.message = tr("the new container is there, but the old one is, too, as “%1”: %2")
                            .arg(m_aside, QString::fromStdString(error.message))
                            .toStdString();
        Q_EMIT ended(Outcome{m_new, fail(error), true});
    });
}

void Recreate::putBack(const QString& aside, const QString& newId, bool wasAlive) {
    m_isAside = !aside.isEmpty();
    m_aside = aside;
    m_new = newId;
    m_wasAlive = wasAlive;
    rollBack(Error{ErrorCode::Cancelled, {}, {}, {}});
}

bool Recreate::canCancel() const {
    return !m_cancelled && m_step != Step::Removing && m_step != Step::RollingBack;
}

void Recreate::cancel() {
    if (!canCancel())
        return;
    m_cancelled = true;
    // Between two looks nothing is under way; else the answer that is awaited turns round.
    if (m_poll.isActive()) {
        m_poll.stop();
        rollBack(Error{ErrorCode::Cancelled, {}, {}, {}});
    }
}

// On the way down every step is tried whatever became of the one before, and every error is told.
void Recreate::rollBack(const Error& why) {
    m_why = why;
    go(Step::RollingBack);
    if (m_new.isEmpty())
        return renameBack();
    m_calls.remove(m_new, this, [this](const Result<>& removed) {
        if (!removed && removed.error().code != ErrorCode::NotFound)
            m_undoErrors.append(removed.error());
        renameBack();
    });
}

void Recreate::renameBack() {
    if (!m_isAside)
        return startAgain();
    m_calls.rename(m_old.id, m_old.name, this, [this](const Result<>& renamed) {
        m_isAside = !renamed;
        if (!renamed)
            m_undoErrors.append(renamed.error());
        startAgain();
    });
}

void Recreate::startAgain() {
    if (!m_wasAlive)
        return finish();
    m_calls.start(m_old.id, this, [this](const Result<>& started) {
        // A stop that failed has left it running.
        if (!started && started.error().code != ErrorCode::WrongState)
            m_undoErrors.append(started.error());
        finish();
    });
}

void Recreate::finish() {
    Error error = m_why;
    if (!m_undoErrors.isEmpty()) {
        QStringList undone;
        for (const Error& undo : std::as_const(m_undoErrors)) {
            undone.append(QString::fromStdString(undo.message));
            error.addCause(undo);
        }
        const QString cause = m_why.code == ErrorCode::Cancelled ? tr("it was cancelled")
                                                                 : QString::fromStdString(m_why.message);
        error.message = tr("%1. Going back failed, too: %2. The old container is there as “%3”")
                            .arg(cause, undone.join(QStringLiteral("; ")), m_isAside ? m_aside : m_old.name)
                            .toStdString();
        error.hint = tr("Look at both in the list; rename and start the old one by hand.").toStdString();
        if (error.code == ErrorCode::Cancelled)
            error.code = m_undoErrors.first().code; // a cancel that worked is no error: this one is
    } else if (m_why.code != ErrorCode::Cancelled) {
        error.message = tr("%1. The old container is back in its place")
                            .arg(QString::fromStdString(m_why.message))
                            .toStdString();
    }
    Q_EMIT ended(Outcome{{}, fail(error), !m_undoErrors.isEmpty()});
}

} // namespace escale::gui
