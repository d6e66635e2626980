#include "gui/containers/container_actions.h"

#include "gui/client/engine_client.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/containers/container_undo.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/state_text.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>

#include <algorithm>

namespace escale::gui {

ContainerActions::ContainerActions(EngineClient& client, const ContainersModel& model, ErrorBanner& error,
                                   Confirmation& confirmation, ContainerUndo& undo, QWidget* pane)
    : QObject(pane)
    , m_client(client)
    , m_model(model)
    , m_error(error)
    , m_confirmation(confirmation)
    , m_undo(undo) {
    const auto separate = [this] {
        auto* separator = new QAction(this);
        separator->setSeparator(true);
        m_order.append(separator);
    };
    add(Start, "run", tr("St&art"), QKeySequence(Qt::CTRL | Qt::Key_Return));
    add(Stop, "stop", tr("&Stop"), QKeySequence(Qt::CTRL | Qt::Key_Period));
    add(Restart, "restart", tr("R&estart"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    add(Pause, "pause", tr("&Pause"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    add(Unpause, "run", tr("&Unpause"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U));
    add(Kill, "signal", tr("&Kill"), {});
    separate();
    add(OpenPort, "open", tr("&Open in browser"), QKeySequence(Qt::CTRL | Qt::Key_O));
    add(Debug, "debug", tr("Debu&g terminal…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    add(Edit, "options", tr("Ed&it…"), QKeySequence(Qt::CTRL | Qt::Key_E));
    add(UpdateImage, "download", tr("Up&date image"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I));
    add(Rename, "rename", tr("Re&name"), QKeySequence(Qt::Key_F2));
    add(CopyId, "copy", tr("&Copy id"), {});
    add(CopyName, "copy", tr("Copy na&me"), {});
    separate();
    m_order.append(undo.action());
    separate();
    add(Remove, "trash", tr("&Remove…"), QKeySequence(Qt::Key_Delete));
    connect(&undo, &ContainerUndo::busyChanged, this, &ContainerActions::setBusy);
    for (QAction* action : std::as_const(m_order)) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        pane->addAction(action);
    }
    buildKillMenu(pane);
    update();
}

ContainerActions::~ContainerActions() = default;

void ContainerActions::add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("containers.action.%1").arg(static_cast<int>(kind)));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [this, kind] { trigger(kind); });
    m_actions[kind] = action;
    m_order.append(action);
}

// The signals that people send, each with what programs usually make of it.
void ContainerActions::buildKillMenu(QWidget* pane) {
    m_killMenu = std::make_unique<QMenu>(pane);
    const std::pair<const char*, QString> signals_[] = {{"KILL", tr("ends at once, cannot be caught")},
                                                        {"TERM", tr("asks to end")},
                                                        {"INT", tr("as Ctrl+C")},
                                                        {"QUIT", tr("ends with a core dump")},
                                                        {"HUP", tr("reads its configuration again")},
                                                        {"USR1", tr("the program's own")},
                                                        {"USR2", tr("the program's own")}};
    for (const auto& [name, words] : signals_) {
        const QString signal = QString::fromLatin1(name);
        QAction* action =
            m_killMenu->addAction(tr("SIG%1: %2", "a signal and what it does").arg(signal, words));
        connect(action, &QAction::triggered, this, [this, signal] { kill(signal); });
    }
    m_actions[Kill]->setMenu(m_killMenu.get());
    m_portMenu = std::make_unique<QMenu>(pane);
}

QList<QAction*> ContainerActions::all() const {
    return m_order;
}

bool ContainerActions::applies(Kind kind, const dbus::Container& container) {
    switch (kind) {
    case Start:
        return !isAlive(container) && container.state != QLatin1String("dead");
    case Stop:
        return isAlive(container);
    case Restart:
        return isRunning(container) || container.state == QLatin1String("exited");
    case Pause:
    case Debug:
        return isRunning(container);
    case Unpause:
        return isPaused(container);
    case Kill:
        return isRunning(container) || isPaused(container);
    default:
        return true;
    }
}

// Ports that a browser can show, of the one container that is selected: what a click on its port does, for
// the keyboard.
void ContainerActions::updatePorts() {
    m_portMenu->clear();
    const dbus::Container* container = m_selection.size() == 1 ? m_model.find(m_selection.first()) : nullptr;
    const QStringList ports =
        container != nullptr && isRunning(*container) ? container->ports : QStringList();
    for (const QString& text : ports) {
        const std::optional<PublishedPort> port = PublishedPort::parse(text);
        if (!port || !port->url().isValid())
            continue;
        const QUrl url = port->url();
        QAction* action = m_portMenu->addAction(url.toString());
        action->setToolTip(port->reach());
        connect(action, &QAction::triggered, this, [this, url] { Q_EMIT portRequested(url); });
    }
    const qsizetype count = m_portMenu->actions().size();
    m_actions[OpenPort]->setMenu(count > 1 ? m_portMenu.get() : nullptr);
    m_actions[OpenPort]->setEnabled(count > 0);
}

void ContainerActions::setSelection(const QStringList& ids) {
    m_selection = ids;
    update();
}

void ContainerActions::setBusy(const QStringList& ids, bool busy) {
    for (const QString& id : ids)
        busy ? void(m_busy.insert(id)) : void(m_busy.remove(id));
    m_undo.setBusy(ids, busy);
    update();
}

void ContainerActions::update() {
    bool possible[KindCount] = {};
    for (const QString& id : std::as_const(m_selection)) {
        const dbus::Container* container = m_model.find(id);
        if (container == nullptr)
            continue;
        const bool busy = m_busy.contains(id);
        for (int kind = 0; kind < KindCount; ++kind) {
            const bool harmless = kind == CopyId || kind == CopyName;
            possible[kind] =
                possible[kind] || ((!busy || harmless) && applies(static_cast<Kind>(kind), *container));
        }
    }
    for (const Kind kind : {Rename, Debug, Edit, UpdateImage})
        possible[kind] = possible[kind] && m_selection.size() == 1;
    for (int kind = 0; kind < KindCount; ++kind)
        m_actions[kind]->setEnabled(possible[kind]);
    updatePorts();
}

QList<BulkTarget> ContainerActions::targets(Kind kind) const {
    QList<BulkTarget> targets;
    for (const QString& id : m_selection) {
        const dbus::Container* container = m_model.find(id);
        if (container != nullptr && !m_busy.contains(id) && applies(kind, *container))
            targets.append({id, container->name});
    }
    return targets;
}

BulkAction::Act ContainerActions::act(Kind kind) const {
    switch (kind) {
    case Start:
        return jobAct(m_client, &EngineClient::start);
    case Stop:
        return jobAct(m_client, &EngineClient::stop);
    case Restart:
        return jobAct(m_client, &EngineClient::restart);
    case Pause:
        return plainAct(m_client, &EngineClient::pause);
    case Unpause:
        return plainAct(m_client, &EngineClient::unpause);
    default: {
        EngineClient* client = &m_client;
        const ContainersModel* model = &m_model;
        return [client, model, volumes = m_removesVolumes](const BulkTarget& target, QObject* guard,
                                                           const Answer<>& answer) {
            const dbus::Container* container = model->find(target.id);
            client->removeContainer(
                target.id, container != nullptr && isAlive(*container), guard,
                [guard, answer](const Result<Job*>& started) { whenEnded(started, guard, answer); }, volumes);
        };
    }
    }
}

void ContainerActions::trigger(Kind kind) {
    const QList<BulkTarget> wanted = targets(kind);
    switch (kind) {
    case Rename:
        return Q_EMIT editNameRequested();
    case Debug:
        return Q_EMIT debugRequested(wanted.first().id);
    case Edit:
        return Q_EMIT editRequested(wanted.first().id);
    case UpdateImage:
        return Q_EMIT imageUpdateRequested(wanted.first().id);
    case OpenPort:
        return m_portMenu->actions().first()->trigger();
    case CopyId:
    case CopyName:
        return copy(kind == CopyName);
    case Kill:
        return kill(QStringLiteral("KILL"));
    case Remove:
        return confirmRemoval(wanted);
    case Stop:
        return confirmEnd(kind, wanted, act(kind));
    default:
        return run(kind, wanted, act(kind));
    }
}

void ContainerActions::copy(bool names) const {
    QStringList lines;
    for (const QString& id : m_selection) {
        const dbus::Container* container = m_model.find(id);
        if (container != nullptr)
            lines.append(names ? container->name : id);
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

// A container that is removed when it stops takes its files along: then a stop destroys.
void ContainerActions::confirmEnd(Kind kind, const QList<BulkTarget>& wanted, const BulkAction::Act& act) {
    QStringList lost;
    for (const BulkTarget& target : wanted) {
        if (const dbus::Container* container = m_model.find(target.id); container->removeWhenStopped)
            lost.append(target.name);
    }
    if (lost.isEmpty())
        return run(kind, wanted, act);
    const QString question =
        lost.size() == 1
            ? tr("“%1” is removed with all files written in it when it stops. Stop it?").arg(lost.first())
            : tr("%n container(s) are removed with all files written in them when they stop. Stop them?",
                 nullptr, static_cast<int>(lost.size()));
    m_confirmation.ask(question, tr("Stop and remove"),
                       [this, kind, wanted, act] { run(kind, wanted, act); });
}

void ContainerActions::confirmRemoval(const QList<BulkTarget>& wanted) {
    if (wanted.isEmpty())
        return;
    m_removesVolumes = false;
    const auto alive = std::count_if(wanted.begin(), wanted.end(), [this](const BulkTarget& target) {
        return isAlive(*m_model.find(target.id));
    });
    const int count = static_cast<int>(wanted.size());
    QString question;
    if (count == 1)
        question = alive > 0 ? tr("“%1” is running. Kill it and remove it with all files written in it?")
                                   .arg(wanted.first().name)
                             : tr("Remove “%1” with all files written in it?").arg(wanted.first().name);
    else
        question = tr("Remove %n container(s) with all files written in them?", nullptr, count) +
                   (alive > 0 ? QLatin1Char(' ') + tr("%n of them run(s) and will be killed.", nullptr,
                                                      static_cast<int>(alive))
                              : QString());
    const quint64 asked =
        m_confirmation.ask(question, alive > 0 ? tr("Kill and remove") : tr("Remove"), [this, wanted] {
            m_removesVolumes = m_confirmation.isTaken();
            run(Remove, wanted, act(Remove));
        });
    offerVolumes(wanted, asked);
}

// Those that nobody named, and that nobody else has: left alone, they would lie about.
void ContainerActions::offerVolumes(const QList<BulkTarget>& wanted, quint64 question) {
    m_client.listVolumes(this, [this, wanted, question](const Result<dbus::VolumeList>& volumes) {
        if (!volumes)
            return;
        const auto isWanted = [&wanted](const dbus::VolumeUser& user) {
            return std::any_of(wanted.begin(), wanted.end(),
                               [&user](const BulkTarget& target) { return target.id == user.container; });
        };
        int count = 0;
        quint64 bytes = 0;
        bool counted = true;
        for (const dbus::Volume& volume : *volumes) {
            if (!volume.isAnonymous || volume.users.isEmpty() ||
                !std::all_of(volume.users.begin(), volume.users.end(), isWanted))
                continue;
            ++count;
            bytes += volume.size;
            counted = counted && volume.measured != 0;
        }
        if (count == 0)
            return;
        const QString words = tr("Also its %n anonymous volume(s), with all that is in them", nullptr, count);
        m_confirmation.offer(question, counted ? tr("%1: %2").arg(words, formatBytes(bytes)) : words);
    });
}

// The signals that usually end a container ask as a stop does.
void ContainerActions::kill(const QString& signal) {
    static const QStringList kEnding{QStringLiteral("KILL"), QStringLiteral("TERM"), QStringLiteral("INT"),
                                     QStringLiteral("QUIT")};
    EngineClient* client = &m_client;
    const BulkAction::Act act = [client, signal](const BulkTarget& target, QObject* guard,
                                                 const Answer<>& answer) {
        client->kill(target.id, signal, guard, answer);
    };
    kEnding.contains(signal) ? confirmEnd(Kill, targets(Kill), act) : run(Kill, targets(Kill), act);
}

void ContainerActions::rename(const QString& id, const QString& name) {
    const dbus::Container* container = m_model.find(id);
    if (container == nullptr)
        return;
    ContainerUndo* undo = &m_undo;
    run(Rename, {{id, container->name}},
        [undo, name](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
            undo->rename(target.id, name, guard, answer);
        });
}

// "Stop web", or "2 of 5 could not be stopped": what goes before the errors.
QString ContainerActions::headline(Kind kind, const BulkOutcome& outcome) {
    const QString failed = QString::number(outcome.failures.size());
    const QString all = QString::number(outcome.asked);
    const QString name = outcome.failures.first().name;
    const bool one = outcome.asked == 1;
    switch (kind) {
    case Start:
        return one ? tr("Start %1").arg(name) : tr("%1 of %2 could not be started").arg(failed, all);
    case Stop:
        return one ? tr("Stop %1").arg(name) : tr("%1 of %2 could not be stopped").arg(failed, all);
    case Restart:
        return one ? tr("Restart %1").arg(name) : tr("%1 of %2 could not be restarted").arg(failed, all);
    case Pause:
        return one ? tr("Pause %1").arg(name) : tr("%1 of %2 could not be paused").arg(failed, all);
    case Unpause:
        return one ? tr("Unpause %1").arg(name) : tr("%1 of %2 could not be unpaused").arg(failed, all);
    case Kill:
        return one ? tr("Send a signal to %1").arg(name)
                   : tr("%1 of %2 could not be sent a signal").arg(failed, all);
    case Rename:
        return tr("Rename %1").arg(name);
    default:
        return one ? tr("Remove %1").arg(name) : tr("%1 of %2 could not be removed").arg(failed, all);
    }
}

void ContainerActions::run(Kind kind, const QList<BulkTarget>& wanted, BulkAction::Act act) {
    if (wanted.isEmpty())
        return;
    QList<dbus::Container> before;
    for (const BulkTarget& target : wanted) {
        if (const dbus::Container* container = m_model.find(target.id))
            before.append(*container);
    }
    setBusy(idsOf(wanted), true);
    BulkAction::run(wanted, this, std::move(act), [this, kind, wanted, before](const BulkOutcome& outcome) {
        setBusy(idsOf(wanted), false);
        if (!outcome.failures.isEmpty())
            m_error.show(outcome.error(), headline(kind, outcome));
        offerUndo(kind, before, outcome.done);
    });
}

void ContainerActions::offerUndo(Kind kind, const QList<dbus::Container>& before,
                                 const QList<BulkTarget>& done) {
    QList<dbus::Container> changed;
    for (const dbus::Container& container : before) {
        if (std::any_of(done.begin(), done.end(),
                        [&container](const BulkTarget& target) { return target.id == container.id; }))
            changed.append(container);
    }
    if (const auto way = wayBackFrom(kind, changed, m_client))
        m_undo.offer(*way);
}

} // namespace escale::gui
