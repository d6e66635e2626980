// A client of org.escale.Engine1.Stacks: sends a stack with its descriptors, serves the contexts that are
// asked for, waits for the job.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/json.h"
#include "engine/base/unique_fd.h"
#include "engine/stack/stack.h"
#include "tests/helper/service/helper_machine.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace escale::test {

/// A stack as it is written in a test.
struct TestStack {
    Stack stack;
    std::vector<UniqueFd> descriptors;                      // by number
    std::map<std::string, QVariantMap> builds;              // options by service
    std::vector<std::pair<UniqueFd, std::string>> contexts; // our end, the folder

    explicit TestStack(const std::string& project) { stack.project = project; }
    StackService& add(const std::string& name, const std::string& image, const Texts& command);
    StackService& find(const std::string& name);
    std::uint32_t pass(UniqueFd descriptor);
    /// A file of the service with this content.
    void addFile(StackService& service, const std::string& path, const std::string& content);
    void addBuild(StackService& service, const std::string& dockerfile, const std::string& folder);
    [[nodiscard]] dbus::Stack toBus() const;
};

struct FinishedStack {
    QDBusMessage reply;
    dbus::JobStatus status;
    Json result;
    std::vector<Json> events;
    [[nodiscard]] bool isDone() const { return status.state == QLatin1String("done"); }
    [[nodiscard]] std::string error() const {
        return reply.type() == QDBusMessage::ErrorMessage ? reply.errorMessage().toStdString()
                                                          : status.errorMessage.toStdString();
    }
};

class StackClient {
public:
    static constexpr uid_t kUser = PrivateBus::kNobody;
    explicit StackClient(HelperMachine& machine)
        : m_machine(machine) {}

    /// Sends packets on the caller's end of "files"; the default sends what the stack has.
    using Send = std::function<void(UniqueFd socket)>;
    FinishedStack up(TestStack& stack, const QVariantMap& options = {}, uid_t user = kUser);
    /// Up, Build; Scale and Run with what stands between "files" and the options.
    FinishedStack send(const char* member, TestStack& stack, const QVariantList& middle,
                       const QVariantMap& options, uid_t user = kUser, const Send& send = {});
    /// The job of a method that needs no descriptors.
    FinishedStack finish(const char* member, const QVariantList& arguments, uid_t user = kUser);
    QDBusMessage ask(const char* member, const QVariantList& arguments = {}, uid_t user = kUser);
    dbus::StackContainers ps(const QString& project, uid_t user = kUser);

private:
    FinishedStack finished(const QDBusMessage& reply, uid_t user);
    HelperMachine& m_machine;
};

} // namespace escale::test
