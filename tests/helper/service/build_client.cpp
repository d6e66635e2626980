#include "tests/helper/service/build_client.h"

#include "engine/base/file.h"
#include "engine/build/context_sender.h"

#include <QDBusUnixFileDescriptor>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace escale::test {

UniqueFd memoryFile(const std::string& content) {
    UniqueFd file(::memfd_create("file", MFD_CLOEXEC));
    (void)writeAll(file.get(), content, "memory");
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

ContextFolder& ContextFolder::write(const std::string& name, const std::string& content) {
    const std::string file = path() + "/" + name;
    (void)makeDirectories(file.substr(0, file.rfind('/')));
    (void)writeFileAtomically(file, content, 0644);
    return *this;
}

BuildClient::Running::~Running() {
    if (m_cancellation)
        m_cancellation->cancel();
    if (m_sender.joinable())
        m_sender.join();
}

BuildClient::Running BuildClient::start(const std::string& dockerfile, const ContextFolder& context,
                                        const QVariantMap& options, uid_t user) {
    Running running;
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        qFatal("no socket pair");
    const UniqueFd theirs(ends[1]);
    const UniqueFd file = memoryFile(dockerfile);
    auto folder = openFile(context.path(), O_RDONLY | O_DIRECTORY);
    running.m_cancellation = std::make_unique<Cancellation>();
    running.m_sender = std::thread([socket = std::make_shared<UniqueFd>(ends[0]),
                                    folder = std::make_shared<UniqueFd>(*std::move(folder)),
                                    cancellation = running.m_cancellation.get()] {
        const IgnoreFile nothing;
        (void)sendContext(socket->get(), folder->get(), nothing, {}, *cancellation);
    });
    running.reply = ask("Build",
                        {QVariant::fromValue(QDBusUnixFileDescriptor(file.get())),
                         QVariant::fromValue(QDBusUnixFileDescriptor(theirs.get())), options},
                        user);
    return running;
}

FinishedBuild BuildClient::build(const std::string& dockerfile, const ContextFolder& context,
                                 const QVariantMap& options, uid_t user) {
    const Running running = start(dockerfile, context, options, user);
    FinishedBuild finished;
    finished.id = running.id();
    if (running.reply.type() != QDBusMessage::ReplyMessage) {
        qWarning("%s", qPrintable(running.reply.errorMessage()));
        return finished;
    }
    finished.status = m_machine.ended(user, running.job());
    if (finished.status.state != QLatin1String("done"))
        qInfo("%s: %s", qPrintable(finished.status.state), qPrintable(finished.status.errorMessage));
    finished.result = Json::parse(finished.status.result.toStdString()).value_or(Json());
    return finished;
}

QDBusMessage BuildClient::ask(const char* member, const QVariantList& arguments, uid_t user) {
    return call(m_machine.as(user), QStringLiteral("org.escale.Engine1.Builds"), QLatin1String(member),
                arguments);
}

std::vector<BuildEvent> BuildClient::events(const QString& id, uid_t user) {
    const auto reply = ask("OpenEvents", {id}, user);
    const auto passed = reply.arguments().value(0).value<QDBusUnixFileDescriptor>();
    std::vector<BuildEvent> found;
    const std::string text = readFd(passed.fileDescriptor()).value_or("");
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        if (auto event = parseBuildEvent(std::string_view(text).substr(begin, end - begin)))
            found.push_back(*std::move(event));
        begin = end + 1;
    }
    return found;
}

BuildEvent BuildClient::finished(const QString& id, const std::string& text) {
    std::string step;
    for (const BuildEvent& event : events(id)) {
        if (event.kind == BuildEvent::Kind::Step && event.text.starts_with(text))
            step = event.step;
        if (event.kind == BuildEvent::Kind::Finished && !step.empty() && event.step == step)
            return event;
    }
    return {};
}

dbus::BuildList BuildClient::list(uid_t user) {
    return qdbus_cast<dbus::BuildList>(ask("List", {}, user).arguments().value(0));
}

dbus::BuildCache BuildClient::cache(uid_t user) {
    return qdbus_cast<dbus::BuildCache>(ask("ListCache", {}, user).arguments().value(0));
}

bool BuildClient::runs(const QString& image, const char* script) {
    const QStringList command{QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromUtf8(script)};
    const auto reply = m_machine.ask(kUser, "Run", {image, command, QVariantMap()});
    if (reply.type() != QDBusMessage::ReplyMessage) {
        qInfo("%s", qPrintable(reply.errorMessage()));
        return false;
    }
    const QString id = reply.arguments().value(0).toString();
    if (m_machine.ended(kUser, reply.arguments().value(1)).state != QLatin1String("done"))
        return false;
    (void)QTest::qWaitFor([&] { return m_machine.container(kUser, id).state == QLatin1String("exited"); },
                          20'000);
    const bool good = m_machine.container(kUser, id).exitCode == 0;
    m_machine.remove(kUser, id);
    return good;
}

} // namespace escale::test
