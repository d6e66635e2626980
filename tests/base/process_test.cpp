#include "engine/base/process.h"
#include "engine/base/subprocess.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace escale;

class ProcessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSignals_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("number");
        QTest::newRow("empty") << "" << -1;
        QTest::newRow("negative") << "-1" << -1;
        QTest::newRow("wrong side") << "RTMIN-1" << -1;
        QTest::newRow("long") << "SIGQUIT" << SIGQUIT;
        QTest::newRow("short") << "INT" << SIGINT;
        QTest::newRow("number") << "15" << 15;
        QTest::newRow("real-time") << "SIGRTMIN+3" << SIGRTMIN + 3;
        QTest::newRow("from the end") << "RTMAX-1" << SIGRTMAX - 1;
        QTest::newRow("unknown") << "SIGNOTHING" << -1;
        QTest::newRow("zero") << "0" << -1;
        QTest::newRow("too large") << "65" << -1;
        QTest::newRow("beyond real-time") << "SIGRTMIN+99" << -1;
        QTest::newRow("garbage") << "15x" << -1;
    }
    void readsSignals() {
        QFETCH(const QString, text);
        QFETCH(const int, number);
        const auto signal = parseSignal(text.toStdString());
        QCOMPARE(signal ? *signal : -1, number);
    }

    void tellsProcessesApartByStartTime() {
        auto child = Subprocess::start({.arguments = {"/bin/sleep", "60"}});
        VERIFY_RESULT(child);
        const pid_t pid = child->pid();
        const auto once = processStartTime(pid);
        VERIFY_RESULT(once);
        QCOMPARE(processStartTime(pid).value(), *once);
        QVERIFY(*once > processStartTime(1).value());
    }

    void takesAZombieForEnded() {
        auto child = Subprocess::start({.arguments = {"/bin/sleep", "60"}});
        VERIFY_RESULT(child);
        const pid_t pid = child->pid();
        VERIFY_RESULT(child->signal(SIGKILL));
        QTRY_VERIFY(!processStartTime(pid));
        QCOMPARE(processStartTime(pid).error().code, ErrorCode::NotFound);
        VERIFY_RESULT(child->wait());
        QCOMPARE(processStartTime(pid).error().code, ErrorCode::NotFound);
    }
};

ESCALE_TEST(ProcessTest)

#include "process_test.moc"
