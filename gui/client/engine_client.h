// The engine as the GUI sees it: every call is asynchronous, typed and guarded (call.h), every list says when
// it must be read again. Nothing else in gui/ talks D-Bus. GUI thread.
#pragma once

#include "gui/client/call.h"
#include "gui/client/job.h"
#include "helper/dbus/types.h"

#include <QDBusConnection>
#include <QObject>
#include <QVariantMap>

#include <memory>

class QDBusUnixFileDescriptor;
class OrgEscaleEngine1Interface;
class OrgEscaleEngine1ImagesInterface;
class OrgEscaleEngine1ContainersInterface;

namespace escale::gui {

/// What a container is to be: the options are those of Containers.Run (helper/dbus/org.escale.Engine1.xml),
/// with exactly the types named there (memory: quint64, pids: qint64, labels: dbus::TextMap …).
struct RunRequest {
    QString image;
    QStringList command; // empty: the image's own
    QVariantMap options; // unset: the engine's default
};

class EngineClient : public QObject {
    Q_OBJECT
public:
    enum class State { Connecting, Ready, Unreachable };

    explicit EngineClient(QObject* parent = nullptr);
    ~EngineClient() override;

    /// Opens the bus and greets the engine; the answer is a stateChanged. Also what Retry does.
    void open();
    [[nodiscard]] State state() const { return m_state; }
    /// Why the engine is unreachable.
    [[nodiscard]] const Error& problem() const { return m_problem; }
    [[nodiscard]] Jobs& jobs() { return m_jobs; }

    void listImages(QObject* guard, Answer<dbus::ImageList> answer);
    void pull(const QString& reference, const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    void removeImage(const QString& repository, const QString& tag, QObject* guard, Answer<> answer);

    void listContainers(QObject* guard, Answer<dbus::ContainerList> answer);
    /// Answers with the container's id; the job goes on.
    void run(const RunRequest& request, QObject* guard, Answer<std::pair<QString, Job*>> answer);
    void start(const QString& id, QObject* guard, Answer<Job*> answer);
    void stop(const QString& id, QObject* guard, Answer<Job*> answer);
    void removeContainer(const QString& id, bool force, QObject* guard, Answer<Job*> answer);
    void openLog(const QString& id, QObject* guard, Answer<QDBusUnixFileDescriptor> answer);
    void stats(const QStringList& ids, QObject* guard, Answer<dbus::StatsList> answer);

Q_SIGNALS:
    void stateChanged();
    // Read the list again; also sent when the engine came (back).
    void imagesChanged();
    void containersChanged();

private:
    void greet();
    void setState(State state, Error problem = {});
    void takeChange(const QString& kind, const QStringList& ids);
    void listJobs();
    void followRunning(const dbus::JobSummaries& jobs);
    // A call that may ask the person for a password; waits as long as a person may take.
    QDBusPendingCall interactive(const char* interface, const char* method, const QVariantList& arguments);
    void jobCall(const QDBusPendingCall& pending, QObject* guard, Answer<Job*> answer);

    State m_state = State::Connecting;
    Error m_problem;
    QDBusConnection m_connection{QString()};
    Jobs m_jobs;
    std::unique_ptr<OrgEscaleEngine1Interface> m_engine;
    std::unique_ptr<OrgEscaleEngine1ImagesInterface> m_images;
    std::unique_ptr<OrgEscaleEngine1ContainersInterface> m_containers;
    QObject* m_watcher = nullptr;
};

} // namespace escale::gui
