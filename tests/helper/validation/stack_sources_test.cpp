// Descriptors of a stack, sent as no good client sends them.
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/message_channel.h"
#include "helper/validation/stack_sources.h"
#include "tests/support/test_registry.h"

#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace escale;

namespace {

UniqueFd fileOf(const std::string& content) {
    UniqueFd file(::memfd_create("file", MFD_CLOEXEC));
    (void)writeAll(file.get(), content, "memory");
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

/// One file and one bind mount: the sources 0 and 1.
StackOrder order() {
    StackOrder order;
    StackService service;
    service.name = "web";
    service.files = {{"/f", 0, 0, 0444, 0, Digest::ofData("hello").toString()}};
    service.binds = {1};
    order.stack.services.push_back(service);
    order.sources = {{0, StackSourceKind::Content}, {1, StackSourceKind::Path}};
    return order;
}

} // namespace

class StackSourcesTest : public QObject {
    Q_OBJECT
    Cancellation m_never;
    StackSources m_sources;
    /// What the engine says of what `send` has sent.
    Result<void> receive(StackSources& sources, const std::function<void(const MessageChannel&)>& send,
                         std::chrono::milliseconds patience = std::chrono::seconds(20)) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return failErrno("no sockets");
        const MessageChannel ours((UniqueFd(ends[0])));
        send(ours);
        return sources.receive(UniqueFd(ends[1]), 0, order(), m_never, patience);
    }
    static void sendFile(const MessageChannel& to, std::uint64_t number, int fd, std::uint32_t kind = 1) {
        (void)to.send(MessageWriter(kind).number(number).fd(fd));
    }

private Q_SLOTS:
    void whatIsSentIsThere() {
        const UniqueFd folder(::open("/", O_PATH | O_CLOEXEC));
        const auto done = receive(m_sources, [&](const MessageChannel& to) {
            sendFile(to, 1, folder.get());
            sendFile(to, 0, fileOf("hello").get());
            ::shutdown(to.fd(), SHUT_WR);
        });
        VERIFY_RESULT(done);
        // As often as a container is made
        for (int i = 0; i < 2; ++i) {
            const auto mounts = m_sources.mountSources(order().stack.services[0]);
            VERIFY_RESULT(mounts);
            QCOMPARE(mounts->binds.size(), std::size_t{1});
            QCOMPARE(mounts->secrets.at(0).content, std::string("hello"));
        }
    }
    void whatIsWrongIsRefused_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"missing", "twice", "unknown", "another kind", "no descriptor", "a folder",
                                 "opened for reading", "other content", "junk"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void whatIsWrongIsRefused() {
        QFETCH(QString, what);
        const UniqueFd folder(::open("/", O_PATH | O_CLOEXEC));
        const UniqueFd readable(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        StackSources sources;
        const auto done = receive(sources, [&](const MessageChannel& to) {
            const UniqueFd hello = fileOf(what == QLatin1String("other content") ? "bye" : "hello");
            const bool isFolder = what == QLatin1String("a folder");
            if (what != QLatin1String("missing"))
                sendFile(to, 0, isFolder ? readable.get() : hello.get());
            if (what == QLatin1String("twice"))
                sendFile(to, 0, hello.get());
            if (what == QLatin1String("unknown"))
                sendFile(to, UINT64_C(1) << 32U, hello.get());
            if (what == QLatin1String("another kind"))
                sendFile(to, 1, folder.get(), 2);
            else if (what == QLatin1String("no descriptor"))
                (void)to.send(MessageWriter(1).number(1));
            else if (what == QLatin1String("junk"))
                (void)!::send(to.fd(), "junk", 4, MSG_NOSIGNAL);
            else
                sendFile(to, 1, what == QLatin1String("opened for reading") ? readable.get() : folder.get());
            ::shutdown(to.fd(), SHUT_WR);
        });
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::InvalidArgument);
    }
    void whoSendsNothingIsNotWaitedForForEver() {
        StackSources sources;
        const auto done = receive(
            sources, [](const MessageChannel&) {}, std::chrono::milliseconds(20));
        // The socket is closed with the channel: that is the end, too
        QVERIFY(!done);
    }
    void whoKeepsTheSocketOpenHasSoMuchTime() {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), 0);
        const UniqueFd ours(ends[0]);
        StackSources sources;
        const auto done =
            sources.receive(UniqueFd(ends[1]), 0, order(), m_never, std::chrono::milliseconds(20));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Timeout);
    }
    void aHelperThatEndsDoesNotWait() {
        std::array<int, 2> ends{};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), 0);
        const UniqueFd ours(ends[0]);
        Cancellation ending;
        ending.cancel();
        StackSources sources;
        const auto done = sources.receive(UniqueFd(ends[1]), 0, order(), ending);
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Cancelled);
    }
};
ESCALE_TEST(StackSourcesTest)

#include "stack_sources_test.moc"
