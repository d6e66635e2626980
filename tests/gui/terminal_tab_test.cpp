#include "gui/client/engine_client.h"
#include "gui/client/session.h"
#include "gui/common/empty_state.h"
#include "gui/common/terminal_view.h"
#include "gui/common/theme.h"
#include "gui/containers/container_shells.h"
#include "gui/containers/terminal_tab.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractButton>
#include <QApplication>
#include <QSignalSpy>
#include <QTabBar>

#include <sys/socket.h>

using namespace escale;
using namespace escale::gui;

// Without an engine: what a shell is told comes over a socket pair of the test's.
class TerminalTabTest : public QObject {
    Q_OBJECT

    std::unique_ptr<EngineClient> m_client;
    std::unique_ptr<TerminalTab> m_tab;
    UniqueFd m_monitor;

    static dbus::Container container(const char* id, const char* state = "running") {
        return test::container(QString::fromLatin1(id), QString::fromLatin1(state));
    }
    void show(const dbus::Container& shown) { m_tab->setContainer(&shown); }
    // A shell that runs, with the other end in our hands.
    Shell* runningShell(const ShellRequest& request = {}) {
        Shell* shell = m_tab->shells()->open(request);
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            return nullptr;
        m_monitor.reset(ends[1]);
        shell->use(std::make_unique<Session>(UniqueFd(ends[0])));
        return shell;
    }
    void say(FrameType type, const QByteArray& payload) {
        const auto header = makeFrameHeader(type, std::size_t(payload.size()));
        const QByteArray frame = QByteArray(header.data(), header.size()) + payload;
        QCOMPARE(::send(m_monitor.get(), frame.constData(), std::size_t(frame.size()), MSG_NOSIGNAL),
                 ssize_t(frame.size()));
    }
    void exitWith(std::uint32_t code) {
        const auto number = makeNumber(code);
        say(FrameType::Exited, QByteArray(number.data(), number.size()));
    }
    // The payloads of the frames of that type that were sent.
    QByteArray heard(FrameType type) {
        QByteArray bytes(65536, '\0');
        bytes.resize(std::max<qsizetype>(
            ::recv(m_monitor.get(), bytes.data(), std::size_t(bytes.size()), MSG_DONTWAIT), 0));
        QByteArray payloads;
        while (bytes.size() >= 8) {
            const qsizetype length = quint8(bytes[6]) << 8 | quint8(bytes[7]);
            if (bytes[0] == char(type))
                payloads += bytes.mid(8, length);
            bytes.remove(0, 8 + length);
        }
        return payloads;
    }
    QString emptyTitle() { return static_cast<EmptyState*>(m_tab->currentWidget())->title(); }

private Q_SLOTS:
    void init() {
        m_client = std::make_unique<EngineClient>();
        m_tab = std::make_unique<TerminalTab>(*m_client);
        m_tab->resize(700, 300);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    }
    void cleanup() {
        m_tab.reset();
        m_client.reset();
        m_monitor.reset();
    }

    void saysWhatToDoWhenTheContainerDoesNotRun() {
        show(container("a", "exited"));
        QCOMPARE(emptyTitle(), QStringLiteral("The container does not run"));
        show(container("a", "paused"));
        QCOMPARE(emptyTitle(), QStringLiteral("The container is paused"));
        m_tab->setContainer(nullptr);
        QCOMPARE(emptyTitle(), QStringLiteral("No container selected"));
    }

    void shellsLiveOnWhileAnotherContainerIsSelected() {
        show(container("a"));
        const QPointer<Shell> shell = runningShell();
        show(container("b"));
        QCOMPARE(m_tab->shells()->count(), 0);
        say(FrameType::Output, "meanwhile");
        QTRY_COMPARE(shell->view().screen().allText(), QStringLiteral("meanwhile"));
        show(container("a"));
        QCOMPARE(m_tab->shells()->current(), shell.data());
        QVERIFY(shell->isVisible());
    }

    void shellsAreClosedWithTheirContainer() {
        show(container("a"));
        const QPointer<Shell> shell = runningShell();
        Q_EMIT m_client->happened(
            {{1, 0, QStringLiteral("container"), QStringLiteral("destroy"), QStringLiteral("a"), {}}});
        QTRY_VERIFY(shell.isNull());
        QCOMPARE(::recv(m_monitor.get(), nullptr, 0, MSG_DONTWAIT), ssize_t(0)); // hung up or empty
        QVERIFY(m_tab->shells() == nullptr);
    }

    void whatIsTypedReachesTheContainer() {
        show(container("a"));
        Shell* shell = runningShell();
        QVERIFY(shell->view().hasFocus());
        QTest::keyClicks(&shell->view(), QStringLiteral("ls\r"));
        QCOMPARE(heard(FrameType::Input), QByteArray("ls\r"));
    }

    void tellsItsSizeAndItsChanges() {
        show(container("a"));
        Shell* shell = runningShell();
        const auto sizeNow = [shell] {
            const QSize size = shell->view().screen().size();
            const auto bytes =
                makeSize(static_cast<std::uint16_t>(size.height()), static_cast<std::uint16_t>(size.width()));
            return QByteArray(bytes.data(), bytes.size());
        };
        QCOMPARE(heard(FrameType::Resize), sizeNow());
        m_tab->resize(900, 500);
        QByteArray all;
        QTRY_COMPARE((all += heard(FrameType::Resize)).right(4), sizeNow());
    }

    void saysInWordsHowItEnded_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("well") << 0 << "The program has ended. Enter starts it again.";
        QTest::newRow("failed") << 3 << "The program has ended: failed (3). Enter starts it again.";
        QTest::newRow("killed") << 137
                                << "The program has ended: killed by SIGKILL (137). Enter starts it again.";
    }
    void saysInWordsHowItEnded() {
        QFETCH(const int, code);
        QFETCH(const QString, words);
        show(container("a"));
        Shell* shell = runningShell();
        QCOMPARE(shell->outcome(), QString());
        exitWith(std::uint32_t(code));
        QTRY_COMPARE(shell->outcome(), words);
        QVERIFY(!shell->isRunning());
    }

    void enterBeginsAgain() {
        show(container("a"));
        Shell* shell = runningShell();
        exitWith(0);
        QTRY_VERIFY(!shell->outcome().isEmpty());
        QTest::keyClick(&shell->view(), Qt::Key_A);
        QVERIFY(!shell->outcome().isEmpty());
        QTest::keyClick(&shell->view(), Qt::Key_Return);
        QVERIFY(shell->outcome().isEmpty()); // it asks the engine again
    }

    void aButtonBeginsAgain() {
        show(container("a"));
        Shell* shell = runningShell();
        exitWith(0);
        QTRY_VERIFY(!shell->outcome().isEmpty());
        shell->findChild<QAbstractButton*>(QStringLiteral("shell.again"))->click();
        QVERIFY(shell->outcome().isEmpty());
        QVERIFY(shell->view().hasFocus());
    }

    void anImageWithoutAShellIsToldInWords() {
        const Error error{ErrorCode::NotFound, "cannot find \"/bin/sh\": no such file or directory", {}, {}};
        QVERIFY(QString::fromStdString(shellError(error, {}).message)
                    .contains(QStringLiteral("This image has no shell")));
        ShellRequest named;
        named.program = QStringLiteral("/bin/other");
        QCOMPARE(shellError(error, named).message, error.message);
    }

    // Of a container that is called name-a.
    Shell* debugShell() {
        ShellRequest request;
        request.kind = ShellRequest::Kind::Debug;
        request.debugger = QStringLiteral("beef");
        request.target = QStringLiteral("name-a");
        return runningShell(request);
    }

    void aDebugTerminalIsOfferedWhereNoShellIsOpen() {
        show(container("a"));
        ContainerShells* shells = m_tab->shells();
        QVERIFY(shells->findChild<QAbstractButton*>(QStringLiteral("emptyState.second"))->isVisible());
        auto* button = shells->findChild<QAbstractButton*>(QStringLiteral("shells.debug"));
        QVERIFY(button->isVisible() && button->isEnabled());
        runningShell();
        show(container("a", "exited"));
        QVERIFY(!button->isEnabled());
    }

    void aDebugTerminalHasATabWithTheTargetsName() {
        show(container("a"));
        debugShell();
        auto* bar = m_tab->findChild<QTabBar*>(QStringLiteral("shells.bar"));
        QCOMPARE(bar->tabText(0), QStringLiteral("debug: name-a"));
    }

    void closingADebugTerminalHangsUp() {
        show(container("a"));
        debugShell();
        heard(FrameType::Resize);
        m_tab->shells()->closeShell(0);
        QTRY_COMPARE(::recv(m_monitor.get(), nullptr, 0, MSG_DONTWAIT), ssize_t(0));
        char byte = 0;
        QTRY_COMPARE(::recv(m_monitor.get(), &byte, 1, MSG_DONTWAIT),
                     ssize_t(0)); // the end, not "nothing yet"
    }

    void aDebugTerminalEndsInWords() {
        show(container("a"));
        Shell* shell = debugShell();
        exitWith(0);
        QTRY_COMPARE(shell->outcome(),
                     QStringLiteral("The debug terminal has ended, and its container is removed. Enter opens "
                                    "another one."));
        show(container("a", "paused")); // that ends nothing
        show(container("a", "exited")); // long after
        QVERIFY(!shell->outcome().contains(QStringLiteral("has stopped")));
    }

    void aDebugTerminalSaysThatItsTargetHasStopped_data() {
        QTest::addColumn<bool>("listFirst");
        QTest::newRow("the list tells it first") << true;
        QTest::newRow("the session tells it first") << false;
    }
    void aDebugTerminalSaysThatItsTargetHasStopped() {
        QFETCH(const bool, listFirst);
        show(container("a"));
        Shell* shell = debugShell();
        if (listFirst)
            show(container("a", "exited"));
        exitWith(137);
        QTRY_VERIFY(!shell->outcome().isEmpty());
        if (!listFirst)
            show(container("a", "exited"));
        QCOMPARE(shell->outcome(), QStringLiteral("“name-a” has stopped, and the debug terminal with it."));
        QVERIFY(!shell->findChild<QAbstractButton*>(QStringLiteral("shell.again"))->isVisible());
    }

    void severalShellsHaveATabEach() {
        show(container("a"));
        ContainerShells* shells = m_tab->shells();
        Shell* first = shells->open({});
        Shell* second = shells->open({});
        QCOMPARE(shells->current(), second);
        QTest::keyClick(&second->view(), Qt::Key_PageUp, Qt::ControlModifier);
        QCOMPARE(shells->current(), first);
        auto* bar = shells->findChild<QTabBar*>(QStringLiteral("shells.bar"));
        auto* close = qobject_cast<QAbstractButton*>(bar->tabButton(0, QTabBar::RightSide));
        QVERIFY(close != nullptr && close->isVisible());
        QVERIFY(bar->tabRect(0).contains(close->geometry()));
        close->click();
        QCOMPARE(shells->count(), 1);
        QCOMPARE(shells->current(), second);
    }

    void whatWasWrittenStaysWhenTheContainerStops() {
        show(container("a"));
        Shell* shell = runningShell();
        say(FrameType::Output, "last words");
        exitWith(137);
        QTRY_VERIFY(!shell->outcome().isEmpty());
        show(container("a", "exited"));
        QVERIFY(shell->isVisible());
    }

    void aPipeGetsWholeLinesAndEcho() {
        show(container("a"));
        ShellRequest request;
        request.kind = ShellRequest::Kind::Attach;
        request.terminal = false;
        Shell* shell = runningShell(request);
        QTest::keyClicks(&shell->view(), QStringLiteral("hallo"));
        QTest::keyClick(&shell->view(), Qt::Key_Backspace);
        QVERIFY(heard(FrameType::Input).isEmpty());
        QTest::keyClick(&shell->view(), Qt::Key_Return);
        QCOMPARE(heard(FrameType::Input), QByteArray("hall\n"));
        say(FrameType::Output, "one\ntwo\n");
        QTRY_COMPARE(shell->view().screen().allText(), QStringLiteral("hall\none\ntwo"));
    }
};

ESCALE_TEST(TerminalTabTest)
#include "terminal_tab_test.moc"
