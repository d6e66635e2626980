// Another engine drives escale-runtime: podman, as it comes from the distribution, on a store of its own.
#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <filesystem>
#include <unistd.h>

using namespace escale;

class PodmanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(exists("/usr/bin/podman") && exists("/usr/bin/conmon"), "needs podman and conmon");
        importImage();
        const auto version = podman({"version", "--format", "{{.Client.Version}}"});
        QVERIFY2(version.code == 0, version.err.constData());
    }

    void cleanupTestCase() {
        if (!m_folder)
            return;
        podman({"rm", "--all", "--force", "--time", "0"});
        m_folder.reset();
    }

    void cleanup() { podman({"rm", "--all", "--force", "--time", "0"}); }

    void runReturnsTheOutputAndTheStatus() {
        const auto outcome = podman({"run", "--rm", "box", "sh", "-c", "echo out; echo err >&2; exit 7"});
        QCOMPARE(outcome.code, 7);
        QCOMPARE(outcome.out, QByteArray("out\n"));
        QCOMPARE(outcome.err, QByteArray("err\n"));
    }

    void aCommandThatIsMissingIsToldAs127() {
        const auto outcome = podman({"run", "--rm", "box", "no-such-program"});
        QCOMPARE(outcome.code, 127);
        QVERIFY2(outcome.err.contains("no-such-program"), outcome.err.constData());
    }

    void whatIsAskedForOnTheCommandLineHolds() {
        const auto outcome =
            podman({"run",
                    "--rm",
                    "--read-only",
                    "--read-only-tmpfs=false",
                    "--user",
                    "1000:1000",
                    "--cap-drop",
                    "all",
                    "--hostname",
                    "named",
                    "--workdir",
                    "/bin",
                    "--env",
                    "WORD=value",
                    "--memory",
                    "64m",
                    "--pids-limit",
                    "50",
                    "box",
                    "sh",
                    "-c",
                    "id -u; hostname; pwd; echo $WORD; grep CapEff /proc/self/status; echo x >/file"});
        QVERIFY(outcome.code != 0); // the last command's
        QCOMPARE(outcome.out, QByteArray("1000\nnamed\n/bin\nvalue\nCapEff:\t0000000000000000\n"));
        QVERIFY2(outcome.err.contains("Read-only"), outcome.err.constData());
    }

    void execRunsBesideTheProgram() {
        startIdle();
        QCOMPARE(podman({"exec", "idle", "echo", "inside"}).out, QByteArray("inside\n"));
        QCOMPARE(podman({"exec", "idle", "sh", "-c", "exit 7"}).code, 7);
        QCOMPARE(podman({"exec", "--user", "1000", "--env", "A=b", "idle", "sh", "-c", "id -u; echo $A"}).out,
                 QByteArray("1000\nb\n"));
        // It sees the container's processes: the first one is the container's.
        QVERIFY(podman({"exec", "idle", "cat", "/proc/1/cmdline"}).out.contains("trap"));
    }

    void logsKeepBothStreams() {
        podman({"run", "--name", "talks", "box", "sh", "-c", "echo out; echo err >&2"});
        const auto logs = podman({"logs", "talks"});
        QCOMPARE(logs.out, QByteArray("out\n"));
        QCOMPARE(logs.err, QByteArray("err\n"));
    }

    void stopAsksBeforeItKills() {
        startIdle();
        QCOMPARE(podman({"stop", "--time", "10", "idle"}).code, 0);
        QCOMPARE(podman({"inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", "idle"}).out,
                 QByteArray("exited 5\n"));
        QCOMPARE(podman({"logs", "idle"}).out, QByteArray("started\nasked to end\n"));
    }

    void killEndsAContainerThatDoesNotListen() {
        podman({"run", "--detach", "--name", "deaf", "box", "sleep", "1000"});
        QCOMPARE(podman({"kill", "deaf"}).code, 0);
        QCOMPARE(podman({"wait", "deaf"}).out, QByteArray("137\n"));
    }

    void pauseStopsTimeForTheContainer() {
        SKIP_UNLESS(runtimeKnows("pause"), "the runtime has no pause yet");
        startIdle();
        const auto paused = podman({"pause", "idle"});
        QVERIFY2(paused.code == 0, paused.err.constData());
        QCOMPARE(podman({"inspect", "--format", "{{.State.Status}}", "idle"}).out, QByteArray("paused\n"));
        QVERIFY(podman({"exec", "idle", "true"}).code != 0);
        const auto resumed = podman({"unpause", "idle"});
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        QCOMPARE(podman({"exec", "idle", "echo", "awake"}).out, QByteArray("awake\n"));
    }

    void statsComeFromTheContainersCgroup() {
        startIdle();
        const auto outcome = podman({"stats", "--no-stream", "--format", "{{.PIDs}} {{.MemUsage}}", "idle"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        static const QRegularExpression kLine("^[1-9][0-9]* [1-9][0-9.]*[kM]?B / ");
        QVERIFY2(kLine.match(QString::fromUtf8(outcome.out)).hasMatch(), outcome.out.constData());
    }

    void updateChangesTheLimits() {
        SKIP_UNLESS(runtimeKnows("update"), "the runtime has no update yet");
        startIdle();
        const auto outcome = podman({"update", "--memory", "64m", "idle"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        // podman's own figures go by its configuration; the kernel's file tells, v1's or v2's
        const auto limit =
            podman({"exec", "idle", "sh", "-c",
                    "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max "
                    "2>/dev/null || true"});
        QVERIFY2(limit.out.contains("67108864"), (limit.out + limit.err).constData());
    }

    void nothingOfTheRuntimeIsLeft() {
        startIdle();
        const auto id = podman({"inspect", "--format", "{{.Id}}", "idle"}).out.trimmed().toStdString();
        QVERIFY(exists(kStateRoot + id));
        QCOMPARE(podman({"rm", "--force", "--time", "0", "idle"}).code, 0);
        QVERIFY(!exists(kStateRoot + id));
    }

private:
    struct Outcome {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };

    Outcome podman(const QStringList& words) {
        const QString folder = m_folder->path();
        QStringList arguments{"--root",           folder + "/store",
                              "--runroot",        folder + "/run",
                              "--tmpdir",         folder + "/tmp",
                              "--storage-driver", "vfs",
                              "--events-backend", "none",
                              "--cgroup-manager", "cgroupfs",
                              "--runtime",        ESCALE_BIN "/escale-runtime"};
        arguments << words.first();
        if (words.first() == "run")
            arguments << "--network"
                      << "none";
        arguments << words.mid(1);
        QProcess process;
        process.setStandardInputFile(QProcess::nullDevice());
        process.start("/usr/bin/podman", arguments);
        process.waitForFinished(60000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static bool runtimeKnows(const QByteArray& command) {
        QProcess process;
        process.start(ESCALE_BIN "/escale-runtime", {"--help"});
        process.waitForFinished();
        return process.readAllStandardOutput().contains("\n  " + command + " ");
    }

    // podman cleans up after a container with the runtime's own default, whatever flags it was given before.
    const std::string kStateRoot = "/run/escale/runtime/";

    void importImage() {
        m_folder = std::make_unique<QTemporaryDir>();
        const std::string image = m_folder->path().toStdString() + "/image";
        for (const char* name : {"bin", "proc", "sys", "dev", "etc", "tmp"})
            std::filesystem::create_directories(image + "/" + name);
        std::filesystem::copy_file("/bin/busybox", image + "/bin/busybox");
        for (const char* name : {"sh", "echo", "sleep", "cat", "id", "hostname", "grep", "true"})
            std::filesystem::create_symlink("busybox", image + "/bin/" + name);
        const QString archive = m_folder->path() + "/image.tar";
        QCOMPARE(QProcess::execute("tar", {"-C", QString::fromStdString(image), "-cf", archive, "."}), 0);
        const auto imported = podman({"import", archive, "localhost/box"});
        QVERIFY2(imported.code == 0, imported.err.constData());
    }

    // A container that says that it runs, and leaves with 5 when it is asked to.
    void startIdle() {
        const auto started =
            podman({"run", "--detach", "--name", "idle", "box", "sh", "-c",
                    "trap 'echo asked to end; exit 5' TERM; echo started; while true; do sleep 0.1; done"});
        QVERIFY2(started.code == 0, started.err.constData());
        QTRY_COMPARE(podman({"logs", "idle"}).out, QByteArray("started\n")); // its trap is set
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

ESCALE_TEST(PodmanTest)
#include "podman_test.moc"
