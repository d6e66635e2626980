// Edits a container and updates its image: both end in a new container in its place when need be (Recreate),
// one at a time. Tells how it goes in the notice of the undo,
// errors in the pane's banner.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/containers/recreate.h"
#include "gui/containers/replacement_note.h"

#include <QObject>
#include <QPointer>

class QAction;
class QWidget;

namespace escale::gui {

class Confirmation;
class ErrorBanner;
class ActionNotice;
class ContainerUndo;

class ContainerChanges : public QObject {
    Q_OBJECT
public:
    /// Dialogs belong to `pane`.
    ContainerChanges(EngineClient& client, ErrorBanner& error, Confirmation& confirmation,
                     ContainerUndo& undo, QWidget* pane);
    /// The name of the container that is being replaced; empty: none.
    [[nodiscard]] QString replacing() const { return m_recreate ? m_recreate->old().name : QString(); }
    /// Asks what is to become of what an earlier window has left half done.
    void lookForLeftovers();

    /// Opens the form filled from the container.
    void edit(const QString& id);
    /// Pulls its image, and recreates it when there is a newer one under that name.
    void updateImage(const QString& id);

Q_SIGNALS:
    /// The container is being replaced, or no longer.
    void busyChanged(const QStringList& ids, bool busy);
    /// A new container is there.
    void made(const QString& id);

private:
    void openForm(const QString& id, const RunRequest* wanted);
    void runCopy(const RunRequest& request);
    // What a new container is made for, in words.
    struct Purpose {
        QString title; // "Edit web", before an error
        QString whenDone;
        QString undo;                // "edit web"; empty: it is an undo itself
        std::function<void()> again; // after an error that has left all as it was; may be empty
    };
    void pull(const dbus::Container& container, const QString& reference, const QString& words,
              std::function<void(const Job& pulled)> then);
    void takeImage(const ContainerDetails& details, const Job& pulled);
    void recreateEdited(const QString& id, const RunRequest& request);
    void recreate(const ContainerDetails& old, const RunRequest& request, const Purpose& purpose);
    void follow(const QString& id, const std::function<void(const Recreate::Outcome&)>& then);
    void offerUndo(const ContainerDetails& old, const QString& newId, const Purpose& purpose);
    void goBack(const QString& id, const ContainerDetails& former);
    void askAbout(const Leftover& left);
    void confirmPutBack();
    void putBack();
    void removeOld();
    void finish(const QString& id, const QString& newId);
    [[nodiscard]] static Error inUse();
    [[nodiscard]] bool isFree();

    EngineClient& m_client;
    ErrorBanner& m_error;
    Confirmation& m_confirmation;
    ContainerUndo& m_undo;
    QWidget* m_pane;
    ActionNotice* m_notice;
    QPointer<Recreate> m_recreate;
    QPointer<Job> m_pull;
    std::optional<ReplacementNote> m_note;    // of what is under way
    std::vector<ReplacementNote> m_leftovers; // the first one is asked about
    Leftover m_left;
    QAction *m_putBack, *m_removeOld;
    QString m_busy; // the container that is being replaced
};

} // namespace escale::gui
