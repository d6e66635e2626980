// Containers where the calls that make mounts without a place are missing or forbidden: mount(2) has to do.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

Json mount(const std::string& destination, const std::string& type, const std::string& source,
           const std::vector<std::string>& options) {
    Json json;
    json.set("destination", destination).set("type", type).set("source", source);
    json.set("options", Json::strings(options));
    return json;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class OldMountsTest : public QObject {
    Q_OBJECT

    // A bundle of the row's kind, whose shell runs `script`.
    static std::unique_ptr<Bundle> bundleThatRuns(const std::string& script) {
        QFETCH(bool, userNamespace);
        QFETCH(QByteArray, refusedWith);
        qputenv("REFUSED_WITH", refusedWith);
        auto bundle = std::make_unique<Bundle>(std::vector<std::string>{"sh", "-c", script});
        if (!userNamespace)
            bundle->useHostIds();
        return bundle;
    }

    static void rows() {
        QTest::addColumn<bool>("userNamespace");
        QTest::addColumn<QByteArray>("refusedWith");
        QTest::newRow("host ids, an old kernel") << false << QByteArray::number(ENOSYS);
        QTest::newRow("host ids, a seccomp profile") << false << QByteArray::number(EPERM);
        QTest::newRow("user namespace, an old kernel") << true << QByteArray::number(ENOSYS);
        QTest::newRow("user namespace, a seccomp profile") << true << QByteArray::number(EPERM);
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        qputenv("REFUSED_RUNTIME", QByteArray::fromStdString(runtimeProgram()));
        qputenv("ESCALE_RUNTIME", ESCALE_BIN "/without_mount_calls");
    }
    void cleanupTestCase() {
        if (qEnvironmentVariable("REFUSED_RUNTIME") == ESCALE_BIN "/escale-runtime")
            qunsetenv("ESCALE_RUNTIME");
        else
            qputenv("ESCALE_RUNTIME", qgetenv("REFUSED_RUNTIME"));
    }

    void aReadOnlyBindIsNotWritableAndAnotherIs_data() { rows(); }
    void aReadOnlyBindIsNotWritableAndAnotherIs() {
        QTemporaryDir folder;
        QVERIFY(::chmod(folder.path().toUtf8().constData(), 0777) == 0);
        const auto bundle = bundleThatRuns("touch /fixed/a; touch /free/b && ls /fixed");
        bundle->append("mounts", mount("/fixed", "bind", folder.path().toStdString(), {"rbind", "ro"}));
        bundle->append("mounts", mount("/free", "bind", folder.path().toStdString(), {"bind", "nosuid"}));
        const auto run = bundle->run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("b\n"));
        QVERIFY2(contains(run.err, "Read-only file system"), run.err.c_str());
    }

    void aFileIsBoundOnATargetThatIsMade_data() { rows(); }
    void aFileIsBoundOnATargetThatIsMade() {
        const auto bundle = bundleThatRuns("cat /etc/bound; grep ' /etc/bound ' /proc/self/mountinfo");
        VERIFY_RESULT(writeFileAtomically(bundle->path() + "/source", "of the host\n"));
        QVERIFY(::chmod((bundle->path() + "/source").c_str(), 0644) == 0);
        // When access times are kept is the host's word there: mount(2) cannot change it in a user namespace.
        QFETCH(bool, userNamespace);
        bundle->append("mounts", mount("/etc/bound", "bind", bundle->path() + "/source",
                                       {"bind", "ro", "nosuid", "nodev", "noexec",
                                        userNamespace ? "private" : "noatime"}));
        const auto run = bundle->run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QVERIFY2(run.out.starts_with("of the host\n"), run.out.c_str());
        QVERIFY2(contains(run.out,
                          userNamespace ? " ro,nosuid,nodev,noexec," : " ro,nosuid,nodev,noexec,noatime "),
                 run.out.c_str());
    }

    void aTmpfsHasItsOptions_data() { rows(); }
    void aTmpfsHasItsOptions() {
        const auto bundle =
            bundleThatRuns("stat -c %a /data; grep ' /data ' /proc/self/mountinfo; touch /data/a /fixed/b");
        bundle->append("mounts", mount("/data", "tmpfs", "tmpfs", {"noexec", "mode=1750", "size=64k"}));
        bundle->append("mounts", mount("/fixed", "tmpfs", "tmpfs", {"ro"}));
        const auto run = bundle->run();
        QVERIFY2(run.out.starts_with("1750\n"), (run.out + run.err).c_str());
        QVERIFY2(contains(run.out, " rw,noexec,relatime ") && contains(run.out, "size=64k"), run.out.c_str());
        QVERIFY2(contains(run.err, "/fixed/b") && !contains(run.err, "/data/a"), run.err.c_str());
    }

    void aMaskedFileAndFolderAreEmpty_data() { rows(); }
    void aMaskedFileAndFolderAreEmpty() {
        const auto bundle = bundleThatRuns("cat /etc/secret; ls /secrets; touch /secrets/a 2>/dev/null || "
                                           "echo refused; cat /proc/keys");
        std::filesystem::create_directory(bundle->root() + "/secrets");
        for (const char* file : {"/etc/secret", "/secrets/one"}) {
            VERIFY_RESULT(writeFileAtomically(bundle->root() + file, "secret"));
            QVERIFY(::chmod((bundle->root() + file).c_str(), 0644) == 0);
        }
        bundle->append("linux/maskedPaths", "/etc/secret");
        bundle->append("linux/maskedPaths", "/secrets");
        const auto run = bundle->run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("refused\n"));
    }

    void aReadOnlyPathAndAReadOnlyRootCannotBeWritten_data() { rows(); }
    void aReadOnlyPathAndAReadOnlyRootCannotBeWritten() {
        const auto bundle = bundleThatRuns("echo 1 >/proc/sys/kernel/hostname; touch /etc/a /dev/shm/b");
        bundle->set("root/readonly", true);
        const auto run = bundle->run();
        QVERIFY2(contains(run.err, "/proc/sys/kernel/hostname: Read-only file system"), run.err.c_str());
        QVERIFY2(contains(run.err, "/etc/a: Read-only file system"), run.err.c_str());
        QVERIFY2(!contains(run.err, "/dev/shm/b"), run.err.c_str());
    }

    void devicesWork_data() { rows(); }
    void devicesWork() {
        const auto bundle = bundleThatRuns(
            "head -c 3 /dev/zero | wc -c; echo a >/dev/null; stat -c '%F %t:%T' /dev/null /dev/full");
        const auto run = bundle->run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("3\ncharacter special file 1:3\ncharacter special file 1:7\n"));
    }

    // CVE-2021-30465 and its like: the image's links lead where they lead for the container.
    void aLinkInTheImageStaysInside_data() { rows(); }
    void aLinkInTheImageStaysInside() {
        QTemporaryDir victim;
        const auto bundle = bundleThatRuns("true");
        const std::string outside = victim.path().toStdString();
        std::filesystem::create_directory_symlink(outside, bundle->root() + "/link");
        bundle->append("mounts", mount("/link/made", "tmpfs", "tmpfs", {}));
        const auto run = bundle->run();
        QVERIFY2(run.code == 0 || contains(run.err, "/link/made"), run.err.c_str());
        QVERIFY(!exists(outside + "/made"));
    }

    void noMountOfTheHostIsLeftInside_data() { rows(); }
    void noMountOfTheHostIsLeftInside() {
        const auto bundle = bundleThatRuns("cut -d ' ' -f 5 /proc/self/mountinfo | grep -v -e '^/proc' -e "
                                           "'^/dev' -e '^/sys'; [ -d /proc/1/root/rootfs ] || echo gone");
        const auto run = bundle->run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("/\ngone\n"));
    }

    void hooksSeeTheMounts_data() { rows(); }
    void hooksSeeTheMounts() {
        QFETCH(bool, userNamespace);
        const auto bundle = bundleThatRuns("cat /made/by");
        SKIP_UNLESS(!userNamespace, "the hook's shell may not search this folder as the container's root");
        bundle->append("mounts", mount("/made", "tmpfs", "tmpfs", {}));
        Json hook;
        hook.set("path", "/bin/sh");
        hook.set("args", Json::strings({"sh", "-c", "echo hook >rootfs/made/by"}));
        bundle->append("hooks/createContainer", hook);
        const auto run = bundle->run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("hook\n"));
    }

    void execJoinsAndDeleteLeavesNothing_data() { rows(); }
    void execJoinsAndDeleteLeavesNothing() {
        const auto bundle = bundleThatRuns("sleep 100");
        start(*bundle);
        const auto joined = exec(*bundle, {}, {"sh", "-c", "echo $(hostname); ls /dev/pts/ptmx"});
        QVERIFY2(joined.code == 0, joined.err.c_str());
        QCOMPARE(joined.out, std::string("box\n/dev/pts/ptmx\n"));
        const auto deleted = bundle->runtime({"delete", "--force"});
        QVERIFY2(deleted.code == 0, deleted.err.c_str());
        QCOMPARE(bundle->leftovers(), std::string());
    }

    void whatOnlyTheNewCallsCanDoIsRefused_data() {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("call");
        QTest::newRow("recursive flags") << "rro"
                                         << "mount_setattr(2)";
        QTest::newRow("idmap") << "idmap"
                               << "mount_setattr(2)";
        QTest::newRow("shared with the host") << "rshared"
                                              << "mount_setattr(2)";
    }
    void whatOnlyTheNewCallsCanDoIsRefused() {
        QFETCH(QString, option);
        QFETCH(QString, call);
        qputenv("REFUSED_WITH", QByteArray::number(ENOSYS));
        QTemporaryDir folder;
        Bundle bundle({"true"});
        bundle.append("mounts",
                      mount("/there", "bind", folder.path().toStdString(), {"rbind", option.toStdString()}));
        const auto run = bundle.run();
        QVERIFY(run.code != 0);
        QVERIFY2(contains(run.err, call.toStdString()), run.err.c_str());
    }
};

ESCALE_TEST(OldMountsTest)
#include "old_mounts_test.moc"
