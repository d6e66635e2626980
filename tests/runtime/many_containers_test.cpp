// A thousand idle containers at once on a small machine: no limit of the runtime's own, nothing that grows
// with their number, nothing left behind.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "tests/support/crowd.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>

#include <filesystem>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;

class ManyContainersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        runtime({"--help"});
        SKIP_UNLESS(m_output.contains("\n  list "), "the runtime has no list yet");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); // detached containers fall to us, as to any engine
    }

    void cleanupTestCase() {
        for (const auto& id :
             listDirectory(m_folder.path().toStdString() + "/state").value_or(std::vector<std::string>()))
            runtime({"delete", "--force", QString::fromStdString(id)}); // what a failed test has left
    }

    void aCrowdStartsAndStops() {
        const int count = test::crowdOf(1000);
        makeBundle();
        for (int i = 0; i < count; ++i)
            QVERIFY2(runtime({"run", "--detach", "--bundle", m_folder.path(), name(i)}), qPrintable(m_error));
        QVERIFY(runtime({"list", "--quiet"}));
        QCOMPARE(m_output.count('\n'), count);
        QVERIFY(runtime({"state", name(count / 2)}));
        QVERIFY2(m_output.contains("\"running\""), m_output.constData());
        for (int i = 0; i < count; ++i)
            QVERIFY2(runtime({"delete", "--force", name(i)}), qPrintable(m_error));
        QVERIFY(runtime({"list", "--quiet"}));
        QCOMPARE(m_output, QByteArray());
    }

private:
    static QString name(int number) { return QString("many-%1").arg(number); }

    bool runtime(const QStringList& words) {
        QProcess process;
        process.setStandardInputFile(QProcess::nullDevice());
        const QString out = m_folder.path() + "/out";
        const QString err = m_folder.path() + "/err";
        process.setStandardOutputFile(out); // files: a container keeps what it was given
        process.setStandardErrorFile(err);
        process.start(ESCALE_BIN "/escale-runtime",
                      QStringList{"--root", m_folder.path() + "/state"} + words);
        process.waitForFinished(60000);
        m_output = QByteArray::fromStdString(readFile(out.toStdString()).value_or(""));
        m_error = QString::fromStdString(readFile(err.toStdString()).value_or(""));
        while (::waitpid(-1, nullptr, WNOHANG) > 0) { // containers that have ended fall to us
        }
        return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }

    void makeBundle() {
        const std::string root = m_folder.path().toStdString() + "/rootfs";
        for (const char* folder : {"bin", "proc", "dev"})
            std::filesystem::create_directories(root + "/" + folder);
        std::filesystem::copy_file("/bin/busybox", root + "/bin/sleep");
        const auto config = Json::parse(R"({"ociVersion": "1.2.0", "root": {"path": "rootfs"},
            "process": {"user": {"uid": 0, "gid": 0}, "cwd": "/", "args": ["/bin/sleep", "100000"], "noNewPrivileges": true},
            "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                       {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"}],
            "linux": {"namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"},
                                     {"type": "mount"}, {"type": "cgroup"}]}})");
        VERIFY_RESULT(writeFileAtomically(m_folder.path().toStdString() + "/config.json", config->dump()));
    }

    QTemporaryDir m_folder;
    QByteArray m_output;
    QString m_error;
};

ESCALE_TEST(ManyContainersTest)
#include "many_containers_test.moc"
