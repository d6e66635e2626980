// Folders and files of this machine in containers: as their owner, and with nobody else's rights.
#include "engine/base/file.h"
#include "engine/base/open_as_user.h"
#include "engine/container/bind_source.h"
#include "engine/volume/mount_spec.h"
#include "tests/container/container_machine.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class ContainerBindTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;
    std::unique_ptr<QTemporaryDir> m_files;
    gid_t m_group = 0; // of Alice

    Containers& containers() { return *m_machine->containers; }

    std::string path(const std::string& name) {
        return m_files->filePath(QString::fromStdString(name)).toStdString();
    }
    std::string folder(const std::string& name, uid_t uid = kAlice, mode_t mode = 0755) {
        const std::string made = path(name);
        ::mkdir(made.c_str(), 0700);
        ::chown(made.c_str(), uid, uid == kAlice ? m_group : uid);
        ::chmod(made.c_str(), mode);
        return made;
    }
    std::string file(const std::string& name, const std::string& text, uid_t uid = kAlice,
                     mode_t mode = 0644) {
        const std::string made = path(name);
        (void)writeFileAtomically(made, text, mode);
        ::chown(made.c_str(), uid, uid == kAlice ? m_group : uid);
        return made;
    }
    static std::string bind(const std::string& source, const std::string& more = {}) {
        return "type=bind,source=" + source + ",target=/data" + more;
    }
    std::string says(const std::string& script, const std::string& mount, const MountSources& sources = {},
                     uid_t owner = kAlice) {
        const auto id = m_machine->create(
            owner, {"sh", "-c", script}, [&](ContainerOptions& o) { o.mounts = {mount}; }, sources);
        if (!id)
            return id.error().text();
        if (const auto started = containers().start(owner, *id, {}); !started)
            return started.error().text();
        if (!m_machine->awaitExit(owner, *id))
            return "no end";
        return m_machine->output(owner, *id) + m_machine->output(owner, *id, "stderr");
    }
    MountSources opened(const std::string& what) {
        MountSources sources;
        sources.binds.emplace_back(::open(what.c_str(), O_PATH | O_CLOEXEC));
        return sources;
    }
    static struct stat statOf(const std::string& what) {
        struct stat info {};
        ::lstat(what.c_str(), &info);
        return info;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        const auto alice = credentialsOf(kAlice);
        VERIFY_RESULT(alice);
        m_group = alice->gid;
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
        VERIFY_RESULT(commitBusybox(*m_machine->store, 0));
    }
    void init() {
        m_files = std::make_unique<QTemporaryDir>();
        ::chmod(m_files->path().toLocal8Bit().constData(), 0755);
    }
    void cleanup() {
        if (!m_machine)
            return;
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
        VERIFY_RESULT(m_machine->removeContainers(0));
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
    }

    void whatTheContainersRootMakesIsItsOwnersOnTheHost() {
        const auto home = folder("home", kAlice, 0700);
        QCOMPARE(says("stat -c '%u %g' /data; echo hello > /data/file; mkdir /data/folder", bind(home),
                      opened(home)),
                 std::string("0 0\n"));
        for (const char* name : {"/file", "/folder"}) {
            QCOMPARE(statOf(home + name).st_uid, kAlice);
            QCOMPARE(statOf(home + name).st_gid, m_group);
        }
    }
    void whatItsOtherUsersMakeIsNobodysOnTheHost() {
        const auto home = folder("home");
        QCOMPARE(says("touch /data/file; chown 1000:50 /data/file; stat -c '%u %g' /data/file", bind(home)),
                 std::string("1000 50\n"));
        const auto base = m_machine->store->idRangeOf(kAlice);
        VERIFY_RESULT(base);
        QCOMPARE(statOf(home + "/file").st_uid, *base + 1000);
        QCOMPARE(statOf(home + "/file").st_gid, *base + 50);
    }
    void rootsOwnFoldersAreShiftedAsAWhole() {
        const auto etc = folder("etc", 0, 0700);
        file("etc/of-bob", "x", kBob, 0600);
        QCOMPARE(says("stat -c '%u' /data /data/of-bob; cat /data/of-bob", bind(etc), {}, 0),
                 std::string("0\n1001\nx"));
    }
    void aFolderThatTheOwnerMayNotSearchIsRefused() {
        const auto bobs = folder("bobs", kBob, 0700);
        const auto output = says("ls /data", bind(bobs));
        QVERIFY2(output.find("is not yours to use") != std::string::npos, output.c_str());
        QVERIFY(says("ls /data", bind(bobs), opened(bobs)).find("is not yours to use") != std::string::npos);
    }
    void whatLiesInSuchAFolderIsRefused() {
        const auto inner = folder("bobs", kBob, 0700) + "/inner";
        ::mkdir(inner.c_str(), 0777);
        ::chmod(inner.c_str(), 0777);
        // Also when somebody with more rights has opened it for them.
        for (const bool isOpened : {false, true}) {
            const auto output = says("ls /data", bind(inner), isOpened ? opened(inner) : MountSources());
            QVERIFY2(output.find("Permission denied") != std::string::npos, output.c_str());
        }
    }
    void filesOfOthersStayClosedInside() {
        const auto home = folder("home");
        file("home/of-bob", "secret", kBob, 0600);
        folder("home/bobs", kBob, 0700);
        file("home/bobs/inner", "secret", kBob, 0644);
        file("home/of-root", "secret", 0, 0600);
        const auto output = says(
            "cat /data/of-bob /data/bobs/inner /data/of-root; chown 0 /data/of-bob; rm -f /data/bobs/inner",
            bind(home));
        QCOMPARE(output.find("secret"), std::string::npos);
        QVERIFY2(output.find("Permission denied") != std::string::npos, output.c_str());
        QCOMPARE(statOf(home + "/of-bob").st_uid, kBob);
        QVERIFY(exists(home + "/bobs/inner"));
    }
    void whatEverybodyMayDoInFoldersOfOthersTheContainerMayToo() {
        const auto shared = folder("shared", 0, 01777); // as /tmp
        file("shared/of-root", "x", 0, 0666);
        QCOMPARE(says("echo mine > /data/file; echo changed > /data/of-root; stat -c %u /data/of-root; "
                      "rm -f /data/of-root; chown 0 /data/of-root 2>&1 | grep -c .",
                      bind(shared)),
                 std::string("65534\n1\nrm: can't remove '/data/of-root': Operation not permitted\n"));
        QCOMPARE(statOf(shared + "/file").st_uid, kAlice);
        QCOMPARE(statOf(shared + "/of-root").st_uid, 0U);
        QCOMPARE(readFile(shared + "/of-root").value_or(""), std::string("changed\n"));
    }
    void aSetIdProgramOfTheHostStaysWithoutIt() {
        const auto home = folder("home");
        QVERIFY(says("grep -c ' /data .*nosuid,nodev' /proc/self/mountinfo", bind(home)).starts_with("1"));
    }
    void theDescriptorMustBeWhatStandsAtItsPath() {
        const auto old = folder("old");
        const auto sources = opened(old);
        ::rmdir(old.c_str());
        const auto output = says("ls /data", bind(old), sources);
        QVERIFY2(output.find("passed for") != std::string::npos, output.c_str());
        const auto pipe = opened("/proc/self/ns/mnt");
        QVERIFY(says("ls /data", bind("/proc/self/ns/mnt"), pipe).find("passed for") != std::string::npos);
    }
    void whatIsMountedInAnotherNamespaceIsRefused() {
        const auto home = folder("home");
        MountSources sources;
        std::thread([&] { // as a sandbox would
            ::unshare(CLONE_FS | CLONE_NEWNS);
            ::mount("tmpfs", home.c_str(), "tmpfs", 0, "mode=0777");
            sources = opened(home);
        })
            .join();
        const auto output = says("ls /data", bind(home), sources);
        QVERIFY2(output.find("is not what stands at") != std::string::npos, output.c_str());
    }
    void theRecordSaysWhereTheDescriptorLeads() {
        const auto real = folder("real");
        QCOMPARE(::symlink(real.c_str(), path("link").c_str()), 0);
        const auto id = m_machine->create(
            kAlice, {"true"}, [&](ContainerOptions& o) { o.mounts = {bind(path("link"))}; },
            opened(path("link")));
        VERIFY_RESULT(id);
        QCOMPARE(containers().find(kAlice, *id)->options.mounts.front(), bind(real));
    }
    void aLinkThatCameLaterIsNotFollowed() {
        const auto home = folder("home");
        const auto id =
            m_machine->create(kAlice, {"true"}, [&](ContainerOptions& o) { o.mounts = {bind(home)}; });
        VERIFY_RESULT(id);
        ::rename(home.c_str(), path("away").c_str());
        QCOMPARE(::symlink(folder("other").c_str(), home.c_str()), 0);
        const auto started = containers().start(kAlice, *id, {});
        QVERIFY(!started);
        QVERIFY2(started.error().message.find("leads to") != std::string::npos,
                 started.error().text().c_str());
    }
    void aMissingSourceIsAnErrorThatSaysWhatToDo() {
        const auto id =
            m_machine->create(kAlice, {"true"}, [&](ContainerOptions& o) { o.mounts = {bind(path("no"))}; });
        QCOMPARE(id.error().code, ErrorCode::NotFound);
        QVERIFY(id.error().hint.find("Make it first") != std::string::npos);
    }
    void aMissingSourceIsMadeOnRequestAsItsOwner() {
        const auto home = folder("home");
        const auto mount = parseVolumeFlag(home + "/a/b:/data:Z");
        VERIFY_RESULT(mount);
        QCOMPARE(says("touch /data/x", mountText(*mount)), std::string());
        QCOMPARE(statOf(home + "/a/b").st_uid, kAlice);
        QCOMPARE(statOf(home + "/a/b/x").st_uid, kAlice);
        // Not where the owner may make nothing.
        QVERIFY(says("true", bind("/etc/escale-test-no", ",bind-create-src")).find("Permission denied") !=
                std::string::npos);
    }
    void readOnlyHoldsForWhatIsMountedBelow() {
        const auto home = folder("home");
        const auto below = folder("home/below");
        QCOMPARE(::mount("tmpfs", below.c_str(), "tmpfs", 0, "mode=0777"), 0);
        const std::string script = "touch /data/x; touch /data/below/x";
        const auto output = says(script, bind(home, ",readonly"));
        QVERIFY2(output.find("/data/x: Read-only") != std::string::npos, output.c_str());
        QVERIFY2(output.find("/data/below/x: Read-only") != std::string::npos, output.c_str());
        QCOMPARE(says(script, bind(home, ",readonly,bind-recursive=writable")),
                 std::string("touch: /data/x: Read-only file system\n"));
        QCOMPARE(says("ls /data/below", bind(home, ",bind-nonrecursive")), std::string());
        QCOMPARE(::umount2(below.c_str(), MNT_DETACH), 0);
    }
    void aReadOnlyFileSystemStaysSo() {
        const auto home = folder("home");
        QCOMPARE(::mount("tmpfs", home.c_str(), "tmpfs", MS_RDONLY, "mode=0777"), 0);
        QVERIFY(says("touch /data/x", bind(home)).find("Read-only") != std::string::npos);
        QCOMPARE(::umount2(home.c_str(), MNT_DETACH), 0);
    }
    void aSlaveSeesWhatIsMountedLater() {
        const auto home = folder("home");
        QCOMPARE(::mount("tmpfs", home.c_str(), "tmpfs", 0, "mode=0755"), 0);
        QCOMPARE(::mount(nullptr, home.c_str(), nullptr, MS_SHARED, nullptr), 0);
        ::mkdir((home + "/later").c_str(), 0755);
        const auto id = m_machine->run(
            kAlice, {"sh", "-c", "until ls /data/later/here 2>/dev/null; do usleep 1000; done"},
            [&](ContainerOptions& o) { o.mounts = {bind(home, ",bind-propagation=rslave")}; });
        VERIFY_RESULT(id);
        QCOMPARE(::mount("tmpfs", (home + "/later").c_str(), "tmpfs", 0, "mode=0755"), 0);
        VERIFY_RESULT(writeFileAtomically(home + "/later/here", "x", 0644));
        QVERIFY(m_machine->awaitExit(kAlice, *id));
        QCOMPARE(m_machine->output(kAlice, *id), std::string("/data/later/here\n"));
        QCOMPARE(::umount2((home + "/later").c_str(), MNT_DETACH), 0);
        QCOMPARE(::umount2(home.c_str(), MNT_DETACH), 0);
    }
    void aPrivateOneDoesNot() {
        const auto home = folder("home");
        QCOMPARE(::mount("tmpfs", home.c_str(), "tmpfs", 0, "mode=0755"), 0);
        QCOMPARE(::mount(nullptr, home.c_str(), nullptr, MS_SHARED, nullptr), 0);
        QVERIFY(says("grep ' /data ' /proc/self/mountinfo", bind(home)).find("master:") == std::string::npos);
        QCOMPARE(::umount2(home.c_str(), MNT_DETACH), 0);
    }
    void aFileIsMounted() {
        const auto source = file("config", "of the host");
        QCOMPARE(says("cat /data; echo changed > /data", bind(source), opened(source)),
                 std::string("of the host"));
        QCOMPARE(readFile(source).value_or(""), std::string("changed\n"));
    }
    void aFileInThePlaceOfOurs() {
        const auto source = file("hosts", "127.0.0.1 mine\n");
        QCOMPARE(says("cat /etc/hosts", "type=bind,target=/etc/hosts,source=" + source),
                 std::string("127.0.0.1 mine\n"));
    }
    void aDeviceIsRefused() {
        QVERIFY(says("true", bind("/dev/null")).find("option devices") != std::string::npos);
    }
    void whatCannotBeShiftedIsShownAsItIs() {
        const auto output = says("ls /data/self/status; stat -c %u /data/1", bind("/proc"));
        QVERIFY2(output.find("/data/self/status\n65534\n") != std::string::npos ||
                     output.find("65534") != std::string::npos,
                 output.c_str());
    }
    void theSameIdsAsThisMachinesWhereNothingIsShifted() {
        const auto home = folder("home");
        const auto ran = m_machine->runToEnd(kAlice, {"sh", "-c", "stat -c %u /data; touch /data/x"},
                                             [&](ContainerOptions& o) {
                                                 o.mounts = {bind(home)};
                                                 o.userns = "host";
                                             });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("1000\n"));
        QCOMPARE(statOf(home + "/x").st_uid, 0U);
    }
    void itStartsAgainByTheRecordedPath() {
        const auto home = folder("home", kAlice, 0700);
        const auto id = m_machine->create(
            kAlice, {"sh", "-c", "echo x >> /data/file"},
            [&](ContainerOptions& o) { o.mounts = {bind(home)}; }, opened(home));
        VERIFY_RESULT(id);
        for (int run = 0; run < 2; ++run) {
            VERIFY_RESULT(containers().start(kAlice, *id, {}));
            QVERIFY(m_machine->awaitExit(kAlice, *id));
        }
        QCOMPARE(readFile(home + "/file").value_or(""), std::string("x\nx\n"));
        ::chown(home.c_str(), kBob, kBob);
        QCOMPARE(containers().start(kAlice, *id, {}).error().code, ErrorCode::PermissionDenied);
    }
};

ESCALE_TEST(ContainerBindTest)
#include "container_bind_test.moc"
