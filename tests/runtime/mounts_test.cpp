// The mounts of a configuration, as the container finds them.
#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <sys/mount.h>
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

Json mapping(int inside, int outside, int size) {
    Json json;
    json.set("containerID", inside).set("hostID", outside).set("size", size);
    return Json(Json::Array{json});
}

} // namespace

class MountsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void setsThePropagationOfAMount_data() {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("field"); // of mountinfo, proc_pid_mountinfo(5)
        for (const char* type : {"bind", "tmpfs"}) {
            QTest::addRow("shared %s", type) << "shared" << type << "shared:";
            QTest::addRow("rshared %s", type) << "rshared" << type << "shared:";
            QTest::addRow("unbindable %s", type) << "unbindable" << type << "unbindable";
            QTest::addRow("private %s", type) << "private" << type << "";
        }
    }
    void setsThePropagationOfAMount() {
        QFETCH(QString, option);
        QFETCH(QString, type);
        QFETCH(QString, field);
        QTemporaryDir folder;
        Bundle bundle({"/bin/grep", " /there ", "/proc/self/mountinfo"});
        bundle.append("mounts", mount("/there", type.toStdString(), folder.path().toStdString(),
                                      type == "bind" ? std::vector<std::string>{"rbind", option.toStdString()}
                                                     : std::vector<std::string>{option.toStdString()}));
        const auto run = bundle.run();
        QVERIFY2(run.code == 0, run.err.c_str());
        const auto optional = QString::fromStdString(run.out).section(" - ", 0, 0);
        if (field.isEmpty())
            QVERIFY2(!optional.contains("shared:") && !optional.contains("unbindable"), qPrintable(optional));
        else
            QVERIFY2(optional.contains(field), qPrintable(optional));
    }
    // As our engine passes what it has prepared: in no namespace, by a path of /proc.
    void attachesAMountThatIsPassedAsADescriptor() {
        QTemporaryDir folder;
        VERIFY_RESULT(writeFileAtomically(folder.filePath("file").toStdString(), "prepared", 0644));
        QCOMPARE(::chmod(folder.path().toLocal8Bit().constData(), 0755),
                 0); // the container's root is another
        const UniqueFd prepared(sys::openTree(AT_FDCWD, folder.path().toLocal8Bit().constData(),
                                              OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
        QVERIFY(prepared);
        mount_attr readOnly{};
        readOnly.attr_set = MOUNT_ATTR_RDONLY;
        QCOMPARE(sys::setMountAttributes(prepared.get(), 0, readOnly), 0);
        Bundle bundle({"/bin/sh", "-c", "cat /there/file; touch /there/x"});
        bundle.append("mounts",
                      mount("/there", "bind",
                            "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(prepared.get()),
                            {"rbind", "rprivate"}));
        const auto run = bundle.run();
        QCOMPARE(run.out, std::string("prepared"));
        QVERIFY2(run.err.find("Read-only") != std::string::npos, run.err.c_str());
    }
    void setsThePropagationOfTheRoot_data() {
        QTest::addColumn<QString>("propagation");
        QTest::addColumn<QString>("field");
        QTest::newRow("shared") << "shared"
                                << "shared:";
        QTest::newRow("rshared") << "rshared"
                                 << "shared:";
        QTest::newRow("unbindable") << "unbindable"
                                    << "unbindable";
        QTest::newRow("private") << "private"
                                 << "";
    }
    void setsThePropagationOfTheRoot() {
        QFETCH(QString, propagation);
        QFETCH(QString, field);
        // its mount point, the fifth field, is "/"
        Bundle bundle({"/bin/grep", "-E", "^[0-9]+ [0-9]+ [0-9:]+ [^ ]+ / ", "/proc/self/mountinfo"});
        bundle.set("linux/rootfsPropagation", propagation.toStdString());
        const auto run = bundle.run();
        QVERIFY2(run.code == 0, run.err.c_str());
        const auto optional = QString::fromStdString(run.out).section(" - ", 0, 0);
        QVERIFY2(field.isEmpty() ? !optional.contains("shared:") : optional.contains(field),
                 qPrintable(optional));
    }
    void fillsATmpfsFromTheRoot() {
        // Given a folder with a file, a folder, a link that leads out of the root, and owners and modes
        Bundle bundle(
            {"/bin/sh", "-c",
             "cat /data/a; cat /data/sub/b; readlink /data/out; stat -c '%a %u' /data/a /data/sub /data; "
             "grep -c ' /data tmpfs' /proc/mounts; echo new >/data/a"});
        const std::string data = bundle.root() + "/data";
        QCOMPARE(::mkdir(data.c_str(), 0750), 0);
        QCOMPARE(::mkdir((data + "/sub").c_str(), 0711), 0);
        VERIFY_RESULT(writeFileAtomically(data + "/a", "first\n", 0640));
        VERIFY_RESULT(writeFileAtomically(data + "/sub/b", "second\n"));
        QCOMPARE(::symlink("/etc/shadow", (data + "/out").c_str()), 0);
        for (const auto& path : {data, data + "/a", data + "/sub", data + "/sub/b"})
            QCOMPARE(::chown(path.c_str(), 100007, 100007), 0);
        bundle.append("mounts", mount("/data", "tmpfs", "tmpfs", {"tmpcopyup", "size=1m"}));
        const auto run = bundle.run();
        // Then the tmpfs holds the same, and the image stays as it was
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("first\nsecond\n/etc/shadow\n640 7\n711 7\n750 7\n1\n"));
        QCOMPARE(readFile(data + "/a").value_or(""), std::string("first\n"));
    }
    void beginsEmptyWhereTheRootHasNothing() {
        Bundle bundle({"/bin/sh", "-c", "ls /fresh | wc -l"});
        bundle.append("mounts", mount("/fresh", "tmpfs", "tmpfs", {"tmpcopyup"}));
        const auto run = bundle.run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("0\n"));
    }
    void mapsTheIdsOfAMountByMappingsOfItsOwn_data() {
        QTest::addColumn<bool>("userNamespace");
        QTest::addColumn<QString>("option");
        QTest::addColumn<int>("uid"); // on the host: what the mount shows 5000 as
        QTest::addColumn<int>("gid");
        QTest::addColumn<QString>("seen");
        QTest::newRow("in a user namespace") << true << "idmap" << 100042 << 100043 << "42 43\n";
        QTest::newRow("without one") << false << "ridmap" << 77 << 78 << "77 78\n";
    }
    void mapsTheIdsOfAMountByMappingsOfItsOwn() {
        QFETCH(bool, userNamespace);
        QFETCH(QString, option);
        QFETCH(int, uid);
        QFETCH(int, gid);
        QFETCH(QString, seen);
        // Given a file of the host's user 5000
        QTemporaryDir folder;
        const std::string file = folder.path().toStdString() + "/file";
        VERIFY_RESULT(writeFileAtomically(file, "x"));
        for (const auto& path : {folder.path().toStdString(), file})
            QCOMPARE(::chown(path.c_str(), 5000, 5000), 0);
        QCOMPARE(::chmod(folder.path().toStdString().c_str(), 0755), 0);
        // When a mount shows it as another's
        Bundle bundle({"/bin/stat", "-c", "%u %g", "/there/file"});
        if (!userNamespace)
            bundle.useHostIds();
        Json idmapped = mount("/there", "bind", folder.path().toStdString(), {"bind", option.toStdString()});
        idmapped.set("uidMappings", mapping(5000, uid, 1)).set("gidMappings", mapping(5000, gid, 1));
        bundle.append("mounts", idmapped);
        const auto run = bundle.run();
        if (run.err.find("may not support idmapped") != std::string::npos)
            QSKIP("the file system of the temporary folder does not support idmapped mounts");
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, seen.toStdString());
    }
    void refusesAnIdmapThatNothingExplains() {
        Bundle bundle({"/bin/true"});
        bundle.useHostIds();
        bundle.append("mounts", mount("/there", "bind", "/tmp", {"bind", "idmap"}));
        const auto run = bundle.run();
        QCOMPARE(run.code, 1);
        QVERIFY2(run.err.find("nothing says how") != std::string::npos, run.err.c_str());
    }
    void takesADestinationWithATrailingSlash() {
        Bundle bundle({"/bin/grep", "-c", " /there tmpfs", "/proc/mounts"});
        bundle.append("mounts", mount("/there//", "tmpfs", "tmpfs", {}));
        const auto run = bundle.run();
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("1\n"));
    }
    void runsWithoutPivotRoot() {
        Bundle bundle({"/bin/sh", "-c", "ls / | grep -c rootfs; readlink /proc/self/root; cat /etc/here"});
        VERIFY_RESULT(writeFileAtomically(bundle.root() + "/etc/here", "inside\n", 0644));
        const auto run = bundle.runtime({"run", "--no-pivot"});
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(run.out, std::string("0\n/\ninside\n"));
        QCOMPARE(bundle.leftovers(), std::string());
    }
};

ESCALE_TEST(MountsTest)
#include "mounts_test.moc"
