#include "gui/containers/container_undo.h"

#include "gui/client/engine_client.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/containers/action_notice.h"
#include "gui/containers/containers_model.h"

#include <QAction>
#include <QPointer>

#include <algorithm>

namespace escale::gui {

static constexpr qsizetype kMost = 20; // actions that are remembered

ContainerUndo::ContainerUndo(EngineClient& client, const ContainersModel& model, ErrorBanner& error,
                             QWidget* pane)
    : QObject(pane)
    , m_client(client)
    , m_model(model)
    , m_error(error)
    , m_action(new QAction(icon(QStringLiteral("undo")), tr("&Undo"), this))
    , m_notice(new ActionNotice(pane)) {
    m_action->setObjectName(QStringLiteral("containers.undo"));
    m_action->setIconText(tr("Undo")); // on the notice, which says what was done
    m_action->setShortcut(QKeySequence::Undo);
    m_action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    pane->addAction(m_action);
    connect(m_action, &QAction::triggered, this, &ContainerUndo::undo);
    connect(&client, &EngineClient::happened, this, &ContainerUndo::takeEvents);
    refresh();
}

void ContainerUndo::offer(const WayBack& way) {
    dropExpired();
    m_done.append({way, {}, {}});
    if (m_done.size() > kMost)
        m_done.removeFirst();
    refresh();
    m_notice->showBriefly(way.told, m_action);
}

void ContainerUndo::rename(const QString& id, const QString& name, QObject* guard, Answer<> answer) {
    const QString before = m_client.nameOf(id);
    m_client.rename(
        id, name, this,
        [this, id, before, name, asker = QPointer<QObject>(guard), answer](const Result<>& renamed) {
            if (renamed)
                offer(wayBackFromRename(id, before, name, m_client));
            if (asker != nullptr)
                answer(renamed);
        });
}

// What is in force now must be known before it is changed; that it cannot be known hinders no change.
void ContainerUndo::changeLimits(const QString& id, const QVariantMap& options, QObject* guard,
                                 Answer<> answer) {
    ++m_changing;
    const auto changed = [this, options, asker = QPointer<QObject>(guard),
                          answer](const Result<ContainerDetails>& before, const Result<>& updated) {
        --m_changing;
        if (updated && before)
            offer(wayBackFromUpdate(*before, options, m_client));
        if (asker != nullptr)
            answer(updated);
    };
    m_client.inspect(id, this, [this, id, options, changed](const Result<ContainerDetails>& before) {
        m_client.update(id, options, this,
                        [before, changed](const Result<>& updated) { changed(before, updated); });
    });
}

// A state that hindered it once is not taken back by a later one that looks as before.
void ContainerUndo::look(Done& done) const {
    for (const BulkTarget& target : std::as_const(done.way.targets)) {
        if (done.obstacles.contains(target.id))
            continue;
        const dbus::Container* now = m_model.find(target.id);
        if (now != nullptr)
            done.seen.insert(target.id);
        const QString why = now != nullptr                  ? done.way.obstacle(*now)
                            : done.seen.contains(target.id) ? tr("%1 is gone").arg(target.name)
                                                            : QString();
        if (!why.isEmpty())
            done.obstacles.insert(target.id, why);
    }
}

QList<BulkTarget> ContainerUndo::possible(const Done& done) const {
    QList<BulkTarget> targets;
    for (const BulkTarget& target : done.way.targets) {
        if (!done.obstacles.contains(target.id))
            targets.append(target);
    }
    return targets;
}

void ContainerUndo::dropExpired() {
    while (!m_done.isEmpty() && possible(m_done.last()).isEmpty())
        m_done.removeLast();
}

void ContainerUndo::refresh() {
    for (Done& done : m_done)
        look(done);
    if (m_done.isEmpty()) {
        m_action->setText(tr("&Undo"));
        m_action->setToolTip(tr("Nothing to undo"));
        m_action->setEnabled(false);
        return;
    }
    const Done& last = m_done.last();
    const QList<BulkTarget> targets = possible(last);
    const bool busy = std::any_of(targets.begin(), targets.end(),
                                  [this](const BulkTarget& target) { return m_busy.contains(target.id); });
    const QString words =
        tr("&Undo: %1", "“Undo: stop web”").arg(QString(last.way.what).replace(u'&', QLatin1String("&&")));
    const QString why = targets.isEmpty() ? last.obstacles.value(last.way.targets.first().id) : QString();
    m_action->setText(why.isEmpty() ? words
                                    : tr("%1 (%2)", "an action and why it cannot be done").arg(words, why));
    m_action->setToolTip(why.isEmpty() ? tr("Undo: %1").arg(last.way.what) : tr("Too late: %1").arg(why));
    m_action->setEnabled(!targets.isEmpty() && !busy && !m_undone);
}

void ContainerUndo::setBusy(const QStringList& ids, bool busy) {
    for (const QString& id : ids)
        busy ? void(m_busy.insert(id)) : void(m_busy.remove(id));
    refresh();
}

void ContainerUndo::takeEvents(const dbus::EventList& events) {
    for (const dbus::Event& event : events) {
        if (event.type == QLatin1String("container") && event.action == QLatin1String("update"))
            checkLimits(event.id);
    }
}

void ContainerUndo::checkLimits(const QString& id) {
    const auto concerns = [&id](const Done& done) {
        return done.way.limitsObstacle && done.way.targets.first().id == id;
    };
    if (m_changing > 0 || m_undone || std::none_of(m_done.begin(), m_done.end(), concerns))
        return;
    m_client.inspect(id, this, [this, id, concerns](const Result<ContainerDetails>& details) {
        // Only the newest: those before it are undone after it, and find what it leaves.
        const auto newest = std::find_if(m_done.rbegin(), m_done.rend(), concerns);
        if (!details || newest == m_done.rend())
            return;
        if (const QString why = newest->way.limitsObstacle(*details); !why.isEmpty())
            newest->obstacles.insert(id, why);
        refresh();
    });
}

void ContainerUndo::undo() {
    m_undone = m_done.takeLast();
    const QList<BulkTarget> targets = possible(*m_undone);
    m_notice->hide();
    m_error.dismiss();
    Q_EMIT busyChanged(idsOf(targets), true);
    refresh();
    BulkAction::run(targets, this, m_undone->way.act, [this, targets](const BulkOutcome& outcome) {
        Q_EMIT busyChanged(idsOf(targets), false);
        end(outcome);
    });
}

// What failed, or was not tried since the person closed the question for a password, can be tried again.
void ContainerUndo::end(const BulkOutcome& outcome) {
    Done done = *std::exchange(m_undone, std::nullopt);
    for (const BulkTarget& target : outcome.done)
        done.way.targets.removeIf([&target](const BulkTarget& one) { return one.id == target.id; });
    if (!outcome.failures.isEmpty())
        m_error.show(outcome.error(), tr("Undo: %1").arg(done.way.what));
    if (!possible(done).isEmpty())
        m_done.append(done);
    else
        dropExpired();
    refresh();
}

} // namespace escale::gui
