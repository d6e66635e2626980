// A client of org.escale.Engine1.Builds: sends a context, waits for the job, reads the events.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/json.h"
#include "engine/build/build_events.h"
#include "tests/helper/service/helper_machine.h"

#include <QTemporaryDir>
#include <QVariantMap>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace escale::test {

/// A folder with the build's files.
class ContextFolder {
public:
    ContextFolder& write(const std::string& name, const std::string& content);
    [[nodiscard]] std::string path() const { return m_folder.path().toStdString(); }

private:
    QTemporaryDir m_folder;
};

struct FinishedBuild {
    QString id;
    dbus::JobStatus status;
    Json result; // of the job
    [[nodiscard]] QString image() const { return QString::fromStdString(result.at("image").toString()); }
};

class BuildClient {
public:
    static constexpr uid_t kUser = PrivateBus::kNobody;
    explicit BuildClient(HelperMachine& machine)
        : m_machine(machine) {}

    /// A build under way; the context is sent on a thread until this goes.
    class Running {
    public:
        Running(Running&&) = default;
        ~Running();
        QDBusMessage reply;
        [[nodiscard]] QString id() const { return reply.arguments().value(0).toString(); }
        [[nodiscard]] QVariant job() const { return reply.arguments().value(1); }

    private:
        friend class BuildClient;
        Running() = default;
        std::unique_ptr<Cancellation> m_cancellation;
        std::thread m_sender;
    };
    Running start(const std::string& dockerfile, const ContextFolder& context,
                  const QVariantMap& options = {}, uid_t user = kUser);
    FinishedBuild build(const std::string& dockerfile, const ContextFolder& context,
                        const QVariantMap& options = {}, uid_t user = kUser);
    QDBusMessage ask(const char* member, const QVariantList& arguments = {}, uid_t user = kUser);
    std::vector<BuildEvent> events(const QString& id, uid_t user = kUser);
    /// The end of a step, by how its text begins.
    BuildEvent finished(const QString& id, const std::string& text);
    dbus::BuildList list(uid_t user = kUser);
    dbus::BuildCache cache(uid_t user = kUser);
    /// What the container of this command prints on its way to an exit code of 0; "" otherwise.
    bool runs(const QString& image, const char* script);

private:
    HelperMachine& m_machine;
};

/// A file without a name that holds this.
UniqueFd memoryFile(const std::string& content);

} // namespace escale::test
