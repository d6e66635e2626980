// A log that is put aside when it is full: by a real monitor while a program writes.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <csignal>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class LogRotationTest : public QObject {
    Q_OBJECT

    static std::string folderOf(const Bundle& bundle) { return bundle.path() + "/logs"; }
    static void startWith(Bundle& bundle, const std::vector<std::string>& more) {
        VERIFY_RESULT(makeDirectories(folderOf(bundle), 0700));
        std::vector<std::string> words{"monitor", "--log-path", folderOf(bundle) + "/container.log",
                                       "--exit-file", bundle.path() + "/exit.json"};
        words.insert(words.end(), more.begin(), more.end());
        const auto started = bundle.runtime(words);
        QVERIFY2(started.code == 0, started.err.c_str());
        QCOMPARE(bundle.runtime({"start"}).code, 0);
    }
    static std::string textOf(const std::string& path) {
        if (exists(path + ".gz"))
            return runProgram({"/bin/gzip", "-dc", path + ".gz"}).value_or("broken");
        return readFile(path, 64u << 20).value_or("");
    }
    // Every record of every file, the oldest first, as the program wrote it.
    static QByteArray everything(const Bundle& bundle, unsigned files) {
        QByteArray all;
        for (unsigned number = files; number-- > 0;) {
            const std::string path =
                folderOf(bundle) + "/container.log" + (number == 0 ? "" : "." + std::to_string(number));
            for (const auto& line : QByteArray::fromStdString(textOf(path)).split('\n')) {
                if (line.isEmpty())
                    continue;
                const auto record = Json::parse(line.toStdString());
                if (!record)
                    return "a torn record: " + line;
                all += QByteArray::fromStdString(record->at("log").toString());
            }
        }
        return all;
    }
    static QByteArray numbers(int from, int to) {
        QByteArray all;
        for (int i = from; i <= to; ++i)
            all += QByteArray::number(i) + '\n';
        return all;
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void losesAndTearsNoLine_data() {
        QTest::addColumn<bool>("compress");
        QTest::newRow("plain") << false;
        QTest::newRow("compressed") << true;
    }
    void losesAndTearsNoLine() {
        QFETCH(const bool, compress);
        Bundle bundle({"seq", "20000"});
        std::vector<std::string> more{"--log-max-size", "300000", "--log-max-file", "20"};
        if (compress)
            more.emplace_back("--log-compress");
        startWith(bundle, more);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 0);
        QCOMPARE(everything(bundle, 20), numbers(1, 20000));
        struct stat info {};
        QVERIFY(exists(folderOf(bundle) + "/container.log.1") ||
                exists(folderOf(bundle) + "/container.log.1.gz"));
        const auto names = listDirectory(folderOf(bundle)).value();
        for (const auto& name : names) {
            QCOMPARE(::stat((folderOf(bundle) + "/" + name).c_str(), &info), 0);
            QVERIFY2(info.st_size <= 300000, name.c_str());
            QCOMPARE(info.st_mode & 07777U, 0644U);
        }
    }

    void keepsAsManyFilesAsAsked() {
        Bundle bundle({"seq", "30000"});
        startWith(bundle, {"--log-max-size", "300000", "--log-max-file", "3"});
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 0);
        QCOMPARE(listDirectory(folderOf(bundle)).value(),
                 (std::vector<std::string>{"container.log", "container.log.1", "container.log.2"}));
        const auto kept = everything(bundle, 3);
        const int first = kept.left(kept.indexOf('\n')).toInt();
        QVERIFY(first > 1);
        QCOMPARE(kept, numbers(first, 30000));
    }

    void compressesAllButTheOneThatIsWritten() {
        Bundle bundle({"sh", "-c", "seq 20000; sleep 1000"});
        startWith(bundle, {"--log-max-size", "300000", "--log-max-file", "9", "--log-compress"});
        const auto isTidy = [&] {
            const auto names = listDirectory(folderOf(bundle)).value();
            for (const auto& name : names) {
                if (name != "container.log" && !name.ends_with(".gz"))
                    return false;
            }
            return everything(bundle, 9).endsWith("\n20000\n");
        };
        QTRY_VERIFY(isTidy());
        QCOMPARE(everything(bundle, 9), numbers(1, 20000));
        QVERIFY(listDirectory(folderOf(bundle)).value().size() > 3);
    }

    void oneFileIsEmptied() {
        Bundle bundle({"seq", "20000"});
        startWith(bundle, {"--log-max-size", "300000", "--log-max-file", "1"});
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 0);
        QCOMPARE(listDirectory(folderOf(bundle)).value(), std::vector<std::string>{"container.log"});
        QVERIFY(everything(bundle, 1).endsWith("\n19999\n20000\n"));
    }

    void goesOnWhereTheMonitorBeforeItDied() {
        const std::vector<std::string> more{"--log-max-size", "300000", "--log-max-file", "20",
                                            "--log-compress"};
        Bundle bundle({"sh", "-c", "seq 10000; sleep 1000"});
        startWith(bundle, more);
        QTRY_VERIFY(everything(bundle, 20).endsWith("\n10000\n"));
        const auto monitor = bundle.state().at("pid").toInteger();
        const auto parent = readFile("/proc/" + std::to_string(monitor) + "/stat").value();
        pid_t pid = 0;
        QCOMPARE(std::sscanf(parent.c_str() + parent.rfind(')') + 2, "%*c %d", &pid), 1);
        ::kill(pid, SIGKILL);
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        // Halves that it could have left.
        VERIFY_RESULT(writeFileAtomically(folderOf(bundle) + "/container.log.0.tmp", "half"));
        Bundle* same = &bundle;
        same->set("process/args", Json::strings({"sh", "-c", "seq 10001 20000"}));
        startWith(bundle, more);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 0);
        QCOMPARE(everything(bundle, 20), numbers(1, 20000));
        QTRY_VERIFY(!exists(folderOf(bundle) + "/container.log.0.tmp"));
    }

    // There is no room for another file: the one that is open grows on, and nothing is lost but what has no
    // room.
    void aFullDiskKeepsTheFileItHas() {
        Bundle bundle({"sh", "-c", "seq 10000; exit 4"});
        VERIFY_RESULT(makeDirectories(folderOf(bundle), 0700));
        // one inode for the folder, one for the log
        QCOMPARE(::mount("none", folderOf(bundle).c_str(), "tmpfs", 0, "nr_inodes=2"), 0);
        startWith(bundle, {"--log-max-size", "300000", "--log-max-file", "3"});
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 4);
        const auto kept = everything(bundle, 3);
        const auto names = listDirectory(folderOf(bundle)).value();
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        QVERIFY(QTest::qWaitFor([&] { return ::umount(folderOf(bundle).c_str()) == 0; }));
        QCOMPARE(names, std::vector<std::string>{"container.log"});
        QCOMPARE(kept, numbers(1, 10000));
    }

    void refusesLimitsThatAreNone_data() {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        QTest::newRow("size") << "--log-max-size"
                              << "10m";
        QTest::newRow("no file") << "--log-max-file"
                                 << "0";
        QTest::newRow("many files") << "--log-max-file"
                                    << "5000";
    }
    void refusesLimitsThatAreNone() {
        QFETCH(const QString, option);
        QFETCH(const QString, value);
        Bundle bundle({"true"});
        const auto started =
            bundle.runtime({"monitor", "--log-path", bundle.path() + "/log", "--exit-file",
                            bundle.path() + "/exit.json", option.toStdString(), value.toStdString()});
        QVERIFY(started.code != 0);
        QVERIFY2(started.err.find(option.toStdString()) != std::string::npos, started.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }
};

ESCALE_TEST(LogRotationTest)
#include "log_rotation_test.moc"
