// Undo for containers: what was done last, with the way back from it (way_back.h), as an action for menus and
// keys and as a notice for a moment. It says why it can no longer be done when the containers have changed
// since. What it does are calls to the engine as any other: the drawer tells them.
#pragma once

#include "gui/client/call.h"
#include "gui/containers/way_back.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

class QAction;
class QWidget;

namespace escale::gui {

class ActionNotice;
class ContainersModel;
class EngineClient;
class ErrorBanner;

class ContainerUndo : public QObject {
    Q_OBJECT
public:
    /// Its key works anywhere in `pane`, which owns the notice.
    ContainerUndo(EngineClient& client, const ContainersModel& model, ErrorBanner& error, QWidget* pane);

    [[nodiscard]] QAction* action() const { return m_action; }
    [[nodiscard]] ActionNotice* notice() const { return m_notice; }

    /// Something was done that can be undone.
    void offer(const WayBack& way);
    /// Renames a container, or changes its limits, so that it can be undone. The answers are the engine's.
    void rename(const QString& id, const QString& name, QObject* guard, Answer<> answer);
    void changeLimits(const QString& id, const QVariantMap& options, QObject* guard, Answer<> answer);
    /// The containers have changed.
    void refresh();
    /// An action works on these containers: it must end first.
    void setBusy(const QStringList& ids, bool busy);

Q_SIGNALS:
    /// The undo works on them, or no longer.
    void busyChanged(const QStringList& ids, bool busy);

private:
    struct Done {
        WayBack way;
        QHash<QString, QString> obstacles; // by container; those that were met stay
        QSet<QString> seen;                // in the list, which may not have heard of a new one yet
    };
    void look(Done& done) const;
    [[nodiscard]] QList<BulkTarget> possible(const Done& done) const;
    void takeEvents(const dbus::EventList& events);
    void checkLimits(const QString& id);
    void dropExpired();
    void undo();
    void end(const BulkOutcome& outcome);

    EngineClient& m_client;
    const ContainersModel& m_model;
    ErrorBanner& m_error;
    QAction* m_action;
    ActionNotice* m_notice;
    QList<Done> m_done; // newest last
    QSet<QString> m_busy;
    std::optional<Done> m_undone; // being undone
    int m_changing = 0;           // limits, by us
};

} // namespace escale::gui
