// The monitor: log, exit record, independence of who started it.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QProcess>

#include <csignal>
#include <filesystem>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class MonitorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void writesTheLogAndTheExitRecord() {
        Bundle bundle({"sh", "-c", "echo out; echo err >&2; printf unfinished; exit 5"});
        const auto answer = Json::parse(bundle.monitor().out);
        VERIFY_RESULT(answer);
        QCOMPARE(bundle.state().at("pid").toInteger(), answer->at("pid").toInteger());
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const auto exit = bundle.waitForExit();
        QCOMPARE(exit.at("exitCode").toInteger(), 5);
        QCOMPARE(exit.at("signal").toInteger(), 0);
        QVERIFY(!exit.at("oomKilled").toBool(true));
        QVERIFY(exit.at("finishedAt").toString().ends_with("Z"));
        QCOMPARE(bundle.log("stdout"), std::string("out\nunfinished"));
        QCOMPARE(bundle.log("stderr"), std::string("err\n"));
        struct stat info {};
        QCOMPARE(::stat((bundle.path() + "/log").c_str(), &info), 0);
        QCOMPARE(info.st_mode & 07777U, 0644U);
    }

    void losesNoLineOfABusyContainer() {
        Bundle bundle({"seq", "200000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QVERIFY(!bundle.waitForExit().isNull());
        const auto text = bundle.log("stdout");
        QCOMPARE(QByteArray::fromStdString(text).count('\n'), 200000);
        QVERIFY(text.ends_with("\n199999\n200000\n"));
    }

    void stdoutCanBeReopenedByTheContainersUser() {
        Bundle bundle({"sh", "-c", "echo again >/dev/stdout; echo bad >/dev/stderr"});
        bundle.set("process/user", Json::parse(R"({"uid": 1000, "gid": 1000})").value());
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 0);
        QCOMPARE(bundle.log("stdout"), std::string("again\n"));
        QCOMPARE(bundle.log("stderr"), std::string("bad\n"));
    }

    // The whole session of who started it is killed: monitor and container must not notice.
    void survivesItsCallersDeath() {
        Bundle bundle({"sh", "-c", "i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo $i; sleep 0.05; done"});
        QProcess caller;
        const QString command = QString("%1 --root %2/state monitor --bundle %2 --log-path %2/log "
                                        "--exit-file %2/exit.json %3 >%2/answer && sleep 1000")
                                    .arg(ESCALE_BIN "/escale-runtime", QString::fromStdString(bundle.path()),
                                         QString::fromStdString(bundle.id()));
        caller.start("/usr/bin/setsid", {"--wait", "/bin/busybox", "sh", "-c", command});
        QTRY_VERIFY(!readFile(bundle.path() + "/answer").value_or("").empty());
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const auto answer = Json::parse(readFile(bundle.path() + "/answer").value()).value();
        const auto monitor = static_cast<pid_t>(answer.at("monitorPid").toInteger());
        QCOMPARE(::getsid(monitor), monitor);
        QVERIFY(::getpgid(monitor) != ::getpgid(static_cast<pid_t>(caller.processId())));
        ::kill(-::getpgid(static_cast<pid_t>(caller.processId())), 0); // the group is there
        caller.kill();
        caller.waitForFinished();
        ::kill(monitor, SIGTERM); // what a service manager sends to all that is left
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 0);
        QVERIFY(bundle.log("stdout").ends_with("19\n20\n"));
    }

    void holdsNothingOfItsCaller() {
        Bundle bundle({"sleep", "1000"});
        const auto answer = Json::parse(bundle.monitor().out).value();
        const std::string folder = "/proc/" + std::to_string(answer.at("monitorPid").toInteger()) + "/fd";
        QTRY_COMPARE(std::filesystem::read_symlink(folder + "/0").string(), std::string("/dev/null"));
        QTRY_VERIFY(listDirectory(folder).value().size() <= 7); // 0-2, two pipes, the log, the signals
    }

    void aFullDiskDoesNotStopTheContainer() {
        Bundle bundle({"sh", "-c", "seq 100000; echo done >/dev/shm/x; exit 4"});
        const std::string folder = bundle.path() + "/small";
        std::filesystem::create_directory(folder);
        QCOMPARE(::mount("none", folder.c_str(), "tmpfs", 0, "size=256k"), 0);
        const auto started = bundle.runtime(
            {"monitor", "--log-path", folder + "/log", "--exit-file", bundle.path() + "/exit.json"});
        QCOMPARE(started.code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 4);
        const auto text = readFile(folder + "/log").value();
        QVERIFY(text.ends_with("\"}\n")); // whole records only
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        // The monitor ends just after it has written the exit record.
        QVERIFY(QTest::qWaitFor([&] { return ::umount(folder.c_str()) == 0; }, 5000));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    // Without a pid namespace a child may outlive the first process and hold the pipe.
    void doesNotWaitForALeftoverThatHoldsThePipe() {
        Bundle bundle({"sh", "-c", "sleep 1000 & echo over; exit 2"});
        bundle.removeNamespace("pid");
        bundle.set("mounts", Json(Json::Array{}));
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 2);
        QCOMPARE(bundle.runtime({"delete"}).code, 0); // and takes the left-over along
        QCOMPARE(bundle.leftovers(), std::string());
    }
};

ESCALE_TEST(MonitorTest)
#include "monitor_test.moc"
