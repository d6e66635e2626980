#include "tests/helper/service/stack_client.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/message_channel.h"
#include "engine/build/context_sender.h"
#include "helper/dbus/stack_map.h"
#include "tests/helper/service/build_client.h"

#include <QDBusUnixFileDescriptor>

#include <array>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

namespace escale::test {
namespace {

std::pair<UniqueFd, UniqueFd> socketPair(int type) {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0)
        qFatal("no socket pair");
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void sendAll(TestStack& stack, UniqueFd socket) {
    const MessageChannel channel(std::move(socket));
    for (std::size_t i = 0; i < stack.descriptors.size(); ++i) {
        if (!channel.send(MessageWriter(1).number(i).fd(stack.descriptors[i].get())))
            return;
    }
    ::shutdown(channel.fd(), SHUT_WR); // what was sent stays there to be read
}

/// Until the engine has closed its end, or wants the files.
void serve(int socket, const std::string& path) {
    char wanted = 0;
    if (::recv(socket, &wanted, 1, 0) != 1)
        return;
    const auto folder = openFile(path, O_RDONLY | O_DIRECTORY);
    const Cancellation never;
    if (folder)
        (void)sendContext(socket, folder->get(), {}, {}, never);
}

} // namespace

StackService& TestStack::add(const std::string& name, const std::string& image, const Texts& command) {
    StackService service;
    service.name = name;
    service.image = image;
    service.options.command = command;
    service.options.stopTimeoutSeconds = 0;
    stack.services.push_back(std::move(service));
    return stack.services.back();
}

StackService& TestStack::find(const std::string& name) {
    for (StackService& service : stack.services) {
        if (service.name == name)
            return service;
    }
    qFatal("no such service");
}

std::uint32_t TestStack::pass(UniqueFd descriptor) {
    descriptors.push_back(std::move(descriptor));
    return static_cast<std::uint32_t>(descriptors.size() - 1);
}

void TestStack::addFile(StackService& service, const std::string& path, const std::string& content) {
    StackFile file;
    file.path = path;
    file.contentDigest = Digest::ofData(content).toString();
    file.source = pass(memoryFile(content));
    service.files.push_back(std::move(file));
}

void TestStack::addBuild(StackService& service, const std::string& dockerfile, const std::string& folder) {
    auto [ours, engines] = socketPair(SOCK_STREAM);
    StackBuild build;
    build.dockerfile = pass(memoryFile(dockerfile));
    build.context = pass(std::move(engines));
    contexts.emplace_back(std::move(ours), folder);
    service.build = build;
    builds[service.name] = {{QStringLiteral("tags"), QStringList{QString::fromStdString(service.image)}},
                            {QStringLiteral("name"), QString::fromStdString(folder)}};
}

dbus::Stack TestStack::toBus() const {
    dbus::Stack sent = stackToBus(stack);
    for (auto& service : sent.services) {
        if (!service.build.isEmpty())
            service.build.first().options = builds.at(service.name.toStdString());
    }
    return sent;
}

QDBusMessage StackClient::ask(const char* member, const QVariantList& arguments, uid_t user) {
    return call(m_machine.as(user), QStringLiteral("org.escale.Engine1.Stacks"), QLatin1String(member),
                arguments);
}

FinishedStack StackClient::finished(const QDBusMessage& reply, uid_t user) {
    FinishedStack finished{reply, {}, {}, {}};
    if (reply.type() != QDBusMessage::ReplyMessage)
        return finished;
    finished.status = m_machine.ended(user, reply.arguments().value(0));
    if (!finished.isDone())
        qInfo("%s: %s", qPrintable(finished.status.state), qPrintable(finished.status.errorMessage));
    finished.result = Json::parse(finished.status.result.toStdString()).value_or(Json());
    const auto events = reply.arguments().value(1).value<QDBusUnixFileDescriptor>();
    const std::string text = readFd(events.fileDescriptor()).value_or("");
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        finished.events.push_back(Json::parse(text.substr(begin, end - begin)).value_or(Json()));
        begin = end + 1;
    }
    return finished;
}

FinishedStack StackClient::finish(const char* member, const QVariantList& arguments, uid_t user) {
    return finished(ask(member, arguments, user), user);
}

FinishedStack StackClient::send(const char* member, TestStack& stack, const QVariantList& middle,
                                const QVariantMap& options, uid_t user, const Send& send) {
    auto [ours, engines] = socketPair(SOCK_SEQPACKET);
    QDBusUnixFileDescriptor files;
    files.giveFileDescriptor(engines.release());
    QVariantList arguments = QVariantList{QVariant::fromValue(stack.toBus()), QVariant::fromValue(files)} +
                             middle + QVariantList{options};
    files = {};
    std::vector<std::thread> threads;
    threads.emplace_back([&stack, &send, socket = std::make_shared<UniqueFd>(std::move(ours))] {
        if (send)
            send(std::move(*socket));
        else
            sendAll(stack, std::move(*socket));
        stack.descriptors.clear(); // a context's end is the engine's alone from here on
    });
    for (auto& [socket, folder] : stack.contexts)
        threads.emplace_back([socket = socket.get(), folder] { serve(socket, folder); });
    // While ours is open the other end cannot know that it is refused.
    const auto reply = ask(member, std::exchange(arguments, {}), user);
    auto done = finished(reply, user);
    for (std::thread& thread : threads)
        thread.join();
    return done;
}

FinishedStack StackClient::up(TestStack& stack, const QVariantMap& options, uid_t user) {
    return send("Up", stack, {}, options, user);
}

dbus::StackContainers StackClient::ps(const QString& project, uid_t user) {
    return qdbus_cast<dbus::StackContainers>(ask("Ps", {project}, user).arguments().value(0));
}

} // namespace escale::test
