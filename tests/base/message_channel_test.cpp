#include "engine/base/file.h"
#include "engine/base/message_channel.h"
#include "tests/support/test_registry.h"

#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

using namespace escale;

class MessageChannelTest : public QObject {
    Q_OBJECT
    std::optional<MessageChannel> m_ours;
    std::optional<MessageChannel> m_theirs;

    /// Sends bytes as a hostile worker would, not through MessageWriter; with `fds` descriptors, all of our
    /// standard input.
    void sendRaw(std::string bytes, std::size_t fds = 0) {
        iovec part{bytes.data(), bytes.size()};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * 200)> control{};
        msghdr header{};
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        if (fds > 0) {
            header.msg_control = control.data();
            header.msg_controllen = CMSG_SPACE(sizeof(int) * fds);
            cmsghdr* const passed = CMSG_FIRSTHDR(&header);
            passed->cmsg_level = SOL_SOCKET;
            passed->cmsg_type = SCM_RIGHTS;
            passed->cmsg_len = CMSG_LEN(sizeof(int) * fds);
        }
        QCOMPARE(::sendmsg(m_theirs->fd(), &header, 0), static_cast<ssize_t>(bytes.size()));
    }
    static std::string number32(std::uint32_t value) {
        return {reinterpret_cast<const char*>(&value), sizeof value};
    }
    static std::size_t openFds() { return listDirectory("/proc/self/fd")->size(); }

private Q_SLOTS:
    void init() {
        auto channels = MessageChannel::pair();
        VERIFY_RESULT(channels);
        m_ours = std::move(channels->first);
        m_theirs = std::move(channels->second);
    }

    void bringsFieldsOverInOrder() {
        VERIFY_RESULT(
            m_theirs->send(MessageWriter(7).number(~0ULL).text("a\n").texts({"x", "", "z"}).text("")));
        auto message = m_ours->receive();
        VERIFY_RESULT(message);
        QCOMPARE(message->kind(), 7U);
        QCOMPARE(*message->number(), ~0ULL);
        QCOMPARE(*message->text(), std::string("a\n"));
        QCOMPARE(*message->texts(), (std::vector<std::string>{"x", "", "z"}));
        QCOMPARE(*message->text(), std::string());
        VERIFY_RESULT(message->end());
    }
    void needNotWait() {
        QVERIFY(!m_ours->receive(MessageChannel::Waiting::Never));
        VERIFY_RESULT(m_theirs->send(MessageWriter(7)));
        QCOMPARE(m_ours->receive(MessageChannel::Waiting::Never)->kind(), 7U);
    }
    void passesDescriptorsCloseOnExec() {
        const auto file = openFile("/dev/null", O_WRONLY);
        VERIFY_RESULT(m_theirs->send(MessageWriter(1).fd(file->get()).fd(file->get())));
        auto message = m_ours->receive();
        VERIFY_RESULT(message);
        const auto first = message->fd();
        VERIFY_RESULT(first);
        QVERIFY((::fcntl(first->get(), F_GETFD) & FD_CLOEXEC) != 0);
        QVERIFY(!message->end()); // the second is left
        VERIFY_RESULT(message->fd());
        VERIFY_RESULT(message->end());
        QCOMPARE(message->fd().error().code, ErrorCode::Untrusted);
    }
    void closesDescriptorsThatNobodyTakes() {
        const std::size_t before = openFds();
        {
            const auto file = openFile("/dev/null", O_WRONLY);
            VERIFY_RESULT(m_theirs->send(MessageWriter(1).fd(file->get())));
            VERIFY_RESULT(m_ours->receive());
        }
        QCOMPARE(openFds(), before);
    }
    void saysThatTheOtherEndHasClosed() {
        m_theirs->close();
        QCOMPARE(m_ours->receive().error().code, ErrorCode::Unreachable);
        QCOMPARE(m_ours->send(MessageWriter(1)).error().code, ErrorCode::Unreachable);
    }
    void refusesToSendWhatIsTooLong() {
        QCOMPARE(m_ours->send(MessageWriter(1).text(std::string(kLongestMessage, 'x'))).error().code,
                 ErrorCode::InvalidArgument);
        MessageWriter many(1);
        for (int i = 0; i < 17; ++i)
            many.fd(0);
        QCOMPARE(m_ours->send(many).error().code, ErrorCode::InvalidArgument);
    }
    void sendsTheLongestMessage() {
        VERIFY_RESULT(m_theirs->send(MessageWriter(1).text(std::string(kLongestMessage - 8, 'x'))));
        auto message = m_ours->receive();
        VERIFY_RESULT(message);
        QCOMPARE(message->text()->size(), kLongestMessage - 8);
    }

    void refusesAPacketThatIsTooShort() {
        sendRaw("abc");
        QCOMPARE(m_ours->receive().error().code, ErrorCode::Untrusted);
    }
    void refusesAPacketThatIsTooLongAndItsDescriptors() {
        const std::size_t before = openFds();
        const std::string bytes(kLongestMessage + 1, 'x');
        sendRaw(bytes, 1);
        QCOMPARE(m_ours->receive().error().code, ErrorCode::Untrusted);
        QCOMPARE(openFds(), before);
    }
    void refusesMoreDescriptorsThanItTakes() {
        const std::size_t before = openFds();
        const std::string bytes = number32(1);
        sendRaw(bytes, 200);
        QCOMPARE(m_ours->receive().error().code, ErrorCode::Untrusted);
        QCOMPARE(openFds(), before);
    }
    void refusesFieldsThatAreCut_data() {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("half a length") << QByteArray("\x01\x00", 2);
        QTest::newRow("length beyond the end") << QByteArray("\x05\x00\x00\x00"
                                                             "abcd",
                                                             8);
        QTest::newRow("greatest length") << QByteArray("\xff\xff\xff\xff"
                                                       "abcd",
                                                       8);
    }
    void refusesFieldsThatAreCut() {
        QFETCH(QByteArray, fields);
        sendRaw(number32(1) + fields.toStdString());
        auto message = m_ours->receive();
        VERIFY_RESULT(message);
        Message& fresh = *message;
        QCOMPARE(fresh.text().error().code, ErrorCode::Untrusted);
        QCOMPARE(fresh.texts().error().code, ErrorCode::Untrusted);
    }
    void refusesANumberThatIsCut() {
        sendRaw(number32(1) + "1234567");
        auto message = m_ours->receive();
        QCOMPARE(message->number().error().code, ErrorCode::Untrusted);
    }
    void refusesAListLongerThanAllowed() {
        sendRaw(number32(1) + number32(0xffffffff));
        QCOMPARE(m_ours->receive()->texts().error().code, ErrorCode::Untrusted);
        VERIFY_RESULT(m_theirs->send(MessageWriter(1).texts({"a", "b"})));
        QCOMPARE(m_ours->receive()->texts(1).error().code, ErrorCode::Untrusted);
    }
    void refusesATextLongerThanAllowed() {
        VERIFY_RESULT(m_theirs->send(MessageWriter(1).text("abcd")));
        QCOMPARE(m_ours->receive()->text(3).error().code, ErrorCode::Untrusted);
    }
    void refusesFieldsThatAreLeftOver() {
        VERIFY_RESULT(m_theirs->send(MessageWriter(1).text("more")));
        QCOMPARE(m_ours->receive()->end().error().code, ErrorCode::Untrusted);
    }
};
ESCALE_TEST(MessageChannelTest)

#include "message_channel_test.moc"
