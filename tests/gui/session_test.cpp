#include "gui/client/session.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>

#include <sys/socket.h>

using namespace escale;
using gui::Session;

class SessionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Session> m_session;
    UniqueFd m_monitor;

    void sendFrame(FrameType type, const QByteArray& payload) {
        const auto header = makeFrameHeader(type, std::size_t(payload.size()));
        sendBytes(QByteArray(header.data(), header.size()) + payload);
    }
    void sendBytes(const QByteArray& bytes) {
        QCOMPARE(::send(m_monitor.get(), bytes.constData(), std::size_t(bytes.size()), MSG_NOSIGNAL),
                 ssize_t(bytes.size()));
    }
    // What the monitor can read now.
    QByteArray received() {
        QByteArray all(1 << 20, '\0');
        const auto got = ::recv(m_monitor.get(), all.data(), std::size_t(all.size()), MSG_DONTWAIT);
        all.resize(std::max<qsizetype>(got, 0));
        return all;
    }

private Q_SLOTS:
    void init() {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        m_monitor.reset(ends[1]);
        m_session = std::make_unique<Session>(UniqueFd(ends[0]));
    }
    void cleanup() {
        m_session.reset();
        m_monitor.reset();
    }

    void framesWhatIsTypedAndTheSize() {
        m_session->send("ls\r");
        m_session->resize({80, 24});
        m_session->endInput();
        QCOMPARE(received(), QByteArray("\0\0\0\0\0\0\0\3ls\r"
                                        "\3\0\0\0\0\0\0\4\0\x18\0\x50"
                                        "\4\0\0\0\0\0\0\0",
                                        11 + 12 + 8));
    }

    void tellsOutputAndErrorsApart() {
        QSignalSpy output(m_session.get(), &Session::output);
        QSignalSpy errors(m_session.get(), &Session::errors);
        sendFrame(FrameType::Output, "one ");
        sendFrame(FrameType::Output, "two");
        sendFrame(FrameType::Error, "oh");
        QTRY_COMPARE(errors.count(), 1);
        QCOMPARE(errors[0][0].toByteArray(), QByteArray("oh"));
        QByteArray all;
        for (const auto& arguments : output)
            all += arguments.first().toByteArray();
        QCOMPARE(all, QByteArray("one two"));
    }

    void aFrameMayComeInPieces() {
        QSignalSpy output(m_session.get(), &Session::output);
        const auto header = makeFrameHeader(FrameType::Output, 4);
        sendBytes(QByteArray(header.data(), 5));
        QTest::qWait(20);
        sendBytes(QByteArray(header.data() + 5, 3) + "ab");
        QTest::qWait(20);
        QCOMPARE(output.count(), 0);
        sendBytes("cd");
        QTRY_COMPARE(output.count(), 1);
        QCOMPARE(output[0][0].toByteArray(), QByteArray("abcd"));
    }

    void endsWithTheExitCodeOnce() {
        QSignalSpy output(m_session.get(), &Session::output);
        QSignalSpy exited(m_session.get(), &Session::exited);
        QSignalSpy lost(m_session.get(), &Session::lost);
        sendFrame(FrameType::Output, "last");
        const auto code = makeNumber(137);
        sendFrame(FrameType::Exited, QByteArray(code.data(), code.size()));
        m_monitor.reset();
        QTRY_COMPARE(exited.count(), 1);
        QCOMPARE(exited[0][0].toInt(), 137);
        QCOMPARE(output.count(), 1);
        QTest::qWait(20);
        QCOMPARE(lost.count(), 0);
        QVERIFY(!m_session->isOpen());
    }

    void tellsThatItWasDetached() {
        QSignalSpy detached(m_session.get(), &Session::detached);
        sendFrame(FrameType::Detached, {});
        QTRY_COMPARE(detached.count(), 1);
    }

    void isLostWhenTheOtherEndGoes() {
        QSignalSpy lost(m_session.get(), &Session::lost);
        m_monitor.reset();
        QTRY_COMPARE(lost.count(), 1);
        m_session->send("into the void"); // does no harm
    }

    void isLostWhenNoFramesCome() {
        QSignalSpy lost(m_session.get(), &Session::lost);
        sendBytes("HTTP/1.1 200 OK");
        QTRY_COMPARE(lost.count(), 1);
    }

    void aLongPasteWaitsForTheSocket() {
        const QByteArray paste(3'000'000, 'p');
        m_session->send(paste);
        QVERIFY(m_session->waiting() > 0); // nobody reads yet, and we are still here
        qsizetype frames = 0;
        qsizetype got = 0;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                got += received().size();
                frames = (paste.size() + kLongestPayload - 1) / kLongestPayload;
                return got == paste.size() + frames * qsizetype(kFrameHeaderSize);
            }(),
            10'000);
        QCOMPARE(m_session->waiting(), 0);
    }

    void mayBeDeletedByWhoHearsIt() {
        connect(m_session.get(), &Session::output, this, [this] { m_session.reset(); });
        sendFrame(FrameType::Output, "bye");
        sendFrame(FrameType::Error, "ignored");
        QTRY_VERIFY(m_session == nullptr);
    }
};

ESCALE_TEST(SessionTest)
#include "session_test.moc"
