// Edits a container and updates its image: both end in a new container in its place when need be (Recreate),
// one at a time. Tells how it goes in a RecreateNotice, errors in the pane's banner.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/containers/recreate.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace escale::gui {

class ErrorBanner;
class RecreateNotice;

class ContainerChanges : public QObject {
    Q_OBJECT
public:
    /// Dialogs and the notice belong to `pane`.
    ContainerChanges(EngineClient& client, ErrorBanner& error, QWidget* pane);
    [[nodiscard]] RecreateNotice* notice() const { return m_notice; }

    /// Opens the form filled from the container.
    void edit(const QString& id);
    /// Pulls its image, and recreates it when there is a newer one under that name.
    void updateImage(const QString& id);

Q_SIGNALS:
    /// The container is being replaced, or no longer.
    void busyChanged(const QString& id, bool busy);
    /// A new container is there.
    void made(const QString& id);

private:
    void openForm(const QString& id, const RunRequest* wanted);
    void runCopy(const RunRequest& request);
    void pull(const ContainerDetails& details);
    void takeImage(const ContainerDetails& details, Job& job);
    void recreateEdited(const QString& id, const RunRequest& request);
    void recreate(const dbus::Container& old, const RunRequest& request, const QString& what,
                  const QString& whenDone, std::function<void()> again);
    void finish(const QString& id, const QString& newId);
    [[nodiscard]] bool isFree();

    EngineClient& m_client;
    ErrorBanner& m_error;
    QWidget* m_pane;
    RecreateNotice* m_notice;
    QPointer<Recreate> m_recreate;
    QPointer<Job> m_pull;
    QString m_busy; // the container that is being replaced
};

} // namespace escale::gui
