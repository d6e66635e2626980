#include "gui/containers/way_back.h"

#include "gui/client/engine_client.h"
#include "gui/containers/option_changes.h"
#include "gui/containers/state_text.h"

#include <QCoreApplication>
#include <QSet>

#include <memory>

namespace escale::gui {
namespace {

using Kind = ContainerActions::Kind;

class Words {
    Q_DECLARE_TR_FUNCTIONS(WayBack)
public:
    static QString what(Kind kind, const QString& name, int count) {
        switch (kind) {
        case Kind::Start:
            return count == 1 ? tr("start %1").arg(name) : tr("start %n container(s)", nullptr, count);
        case Kind::Stop:
            return count == 1 ? tr("stop %1").arg(name) : tr("stop %n container(s)", nullptr, count);
        case Kind::Pause:
            return count == 1 ? tr("pause %1").arg(name) : tr("pause %n container(s)", nullptr, count);
        default:
            return count == 1 ? tr("unpause %1").arg(name) : tr("unpause %n container(s)", nullptr, count);
        }
    }
    static QString told(Kind kind, const QString& name, int count) {
        switch (kind) {
        case Kind::Start:
            return count == 1 ? tr("“%1” was started.").arg(name)
                              : tr("%n container(s) were started.", nullptr, count);
        case Kind::Stop:
            return count == 1 ? tr("“%1” was stopped.").arg(name)
                              : tr("%n container(s) were stopped.", nullptr, count);
        case Kind::Pause:
            return count == 1 ? tr("“%1” was paused.").arg(name)
                              : tr("%n container(s) were paused.", nullptr, count);
        default:
            return count == 1 ? tr("“%1” goes on.").arg(name) : tr("%n container(s) go on.", nullptr, count);
        }
    }
    static QString startedSince(const QString& name) { return tr("%1 was started since").arg(name); }
    static QString endedSince(const QString& name) { return tr("%1 has ended since").arg(name); }
    static QString unpausedSince(const QString& name) { return tr("%1 was unpaused since").arg(name); }
    static QString pausedSince(const QString& name) { return tr("%1 was paused since").arg(name); }
    static QString renamedSince(const QString& name) { return tr("it was renamed to %1 since").arg(name); }
    static QString changedSince(const QString& name) { return tr("%1 was changed since").arg(name); }
    static QString rename(const QString& from) { return tr("rename %1").arg(from); }
    static QString renamed(const QString& from, const QString& to) {
        return tr("“%1” is called “%2” now.").arg(from, to);
    }
    static QString change(const QString& name) { return tr("change the limits of %1").arg(name); }
    static QString changed(const QString& name) { return tr("The limits of “%1” were changed.").arg(name); }
};

// The list may lag behind the action: a container that is as it was before is no obstacle.
QString obstacleTo(Kind kind, const dbus::Container& before, qint64& startedBy, const dbus::Container& now) {
    const bool sameRun = now.started == before.started;
    switch (kind) {
    case Kind::Stop:
        return sameRun ? QString() : Words::startedSince(now.name);
    case Kind::Start:
        if (sameRun)
            return {};
        if (startedBy == 0)
            startedBy = now.started; // the run that the action began
        if (!isAlive(now))
            return Words::endedSince(now.name);
        return now.started == startedBy || now.restartCount > 0 ? QString() : Words::startedSince(now.name);
    default:
        return !sameRun       ? Words::startedSince(now.name)
               : isAlive(now) ? QString()
                              : Words::endedSince(now.name);
    }
}

// A container that was paused when it was stopped is paused again.
BulkAction::Act startAgain(EngineClient& client, const QHash<QString, dbus::Container>& before) {
    return [start = jobAct(client, &EngineClient::start), pause = plainAct(client, &EngineClient::pause),
            before](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        if (!isPaused(before[target.id]))
            return start(target, guard, answer);
        start(target, guard, [target, guard, answer, pause](const Result<>& started) {
            started ? pause(target, guard, answer) : answer(started);
        });
    };
}

} // namespace

BulkAction::Act jobAct(EngineClient& client,
                       void (EngineClient::*method)(const QString&, QObject*, Answer<Job*>)) {
    return [&client, method](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        (client.*method)(target.id, guard,
                         [guard, answer](const Result<Job*>& started) { whenEnded(started, guard, answer); });
    };
}

BulkAction::Act plainAct(EngineClient& client,
                         void (EngineClient::*method)(const QString&, QObject*, Answer<>)) {
    return [&client, method](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        (client.*method)(target.id, guard, answer);
    };
}

std::optional<WayBack> wayBackFrom(Kind kind, const QList<dbus::Container>& before, EngineClient& client) {
    WayBack way;
    QHash<QString, dbus::Container> byId;
    for (const dbus::Container& container : before) {
        const bool isLost = container.removeWhenStopped && (kind == Kind::Start || kind == Kind::Stop);
        if (isLost)
            continue;
        way.targets.append({container.id, container.name});
        byId.insert(container.id, container);
    }
    switch (kind) {
    case Kind::Start:
        way.act = jobAct(client, &EngineClient::stop);
        break;
    case Kind::Stop:
        way.act = startAgain(client, byId);
        break;
    case Kind::Pause:
        way.act = plainAct(client, &EngineClient::unpause);
        break;
    case Kind::Unpause:
        way.act = plainAct(client, &EngineClient::pause);
        break;
    default:
        return std::nullopt;
    }
    if (way.targets.isEmpty())
        return std::nullopt;
    const int count = static_cast<int>(way.targets.size());
    way.what = Words::what(kind, way.targets.first().name, count);
    way.told = Words::told(kind, way.targets.first().name, count);
    way.obstacle = [kind, byId, runs = std::make_shared<QHash<QString, qint64>>(),
                    settled = std::make_shared<QSet<QString>>()](const dbus::Container& now) -> QString {
        const dbus::Container& was = byId[now.id];
        if (const QString why = obstacleTo(kind, was, (*runs)[now.id], now); !why.isEmpty())
            return why;
        if (kind != Kind::Pause && kind != Kind::Unpause)
            return {};
        // Paused and going on look alike but for the state: once it was seen, another one is a change.
        const bool asLeft = isPaused(now) == (kind == Kind::Pause);
        if (asLeft)
            settled->insert(now.id);
        if (asLeft || !settled->contains(now.id))
            return {};
        return kind == Kind::Pause ? Words::unpausedSince(now.name) : Words::pausedSince(now.name);
    };
    return way;
}

WayBack wayBackFromRename(const QString& id, const QString& before, const QString& after,
                          EngineClient& client) {
    WayBack way;
    way.what = Words::rename(before);
    way.told = Words::renamed(before, after);
    way.targets = {{id, after}};
    way.obstacle = [before, after](const dbus::Container& now) {
        return now.name == after || now.name == before ? QString() : Words::renamedSince(now.name);
    };
    way.act = [&client, before](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        client.rename(target.id, before, guard, answer);
    };
    return way;
}

WayBack wayBackFromUpdate(const ContainerDetails& before, const QVariantMap& options, EngineClient& client) {
    WayBack way;
    const QVariantMap former = inForce(before.options, options.keys());
    way.what = Words::change(before.container.name);
    way.told = Words::changed(before.container.name);
    way.targets = {{before.container.id, before.container.name}};
    way.obstacle = [](const dbus::Container&) { return QString(); };
    way.limitsObstacle = [options](const ContainerDetails& now) {
        return inForce(now.options, options.keys()) == options ? QString()
                                                               : Words::changedSince(now.container.name);
    };
    way.act = [&client, former](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        client.update(target.id, former, guard, answer);
    };
    return way;
}

} // namespace escale::gui
