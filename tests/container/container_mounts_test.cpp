// Volumes and tmpfs in running containers.
#include "engine/base/file.h"
#include "engine/container/container_options.h"
#include "tests/container/container_machine.h"
#include "tests/support/failing_step.h"

#include <QTemporaryDir>

#include <csignal>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class ContainerMountsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }
    Volumes& volumes() { return containers().volumes(); }

    static ContainerMachine::Change with(Texts mounts) {
        return [mounts = std::move(mounts)](ContainerOptions& o) { o.mounts = mounts; };
    }
    // What a shell prints in a container with these mounts, standard error included.
    std::string says(const std::string& script, Texts mounts, const ContainerMachine::Change& more = {}) {
        const auto ran = m_machine->runToEnd(kAlice, {"sh", "-c", script}, [&](ContainerOptions& o) {
            o.mounts = mounts;
            o.removeWhenStopped = false;
            if (more)
                more(o);
        });
        if (!ran)
            return ran.error().text();
        return ran->output + ran->errors;
    }
    Result<std::string> sleeping(Texts mounts, const ContainerMachine::Change& more = {}) {
        return m_machine->run(kAlice, {"sleep", "1000"}, [&](ContainerOptions& o) {
            o.mounts = mounts;
            o.stopTimeoutSeconds = 0;
            if (more)
                more(o);
        });
    }
    std::size_t volumeCount() {
        const auto list = volumes().list(kAlice);
        return list ? list->size() : 999;
    }
    Texts events(const std::string& type) {
        Texts found;
        for (const auto& event : containers().events().list(kAlice, {0, 0, {"type=" + type}}))
            found.push_back(event.action);
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
    }
    void init() {
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void whatCannotBeUnmountedKeepsNobodyFromStartingAgain() {
        // Given a volume in memory whose unmounting fails
        const Texts memory{
            "type=volume,source=memory,target=/data,volume-opt=type=tmpfs,volume-opt=device=tmpfs"};
        const FailingStep failing("volume unmounting");
        // When its container ends, and its policy wants it once more
        const auto id = m_machine->run(kAlice, {"sh", "-c", "exit 3"}, [&](ContainerOptions& o) {
            o.mounts = memory;
            o.removeWhenStopped = false;
            o.restart = "on-failure";
            o.restartMaximum = 1;
        });
        VERIFY_RESULT(id);
        // Then it runs once more, and ends for good
        QTRY_COMPARE(containers().find(kAlice, *id)->restartCount, 1U);
        QTRY_COMPARE(containers().find(kAlice, *id)->state, ContainerState::Exited);
        QVERIFY(failing.reached());
    }

    void aNamedVolumeIsMadeAtFirstUseAndOutlivesItsContainers() {
        QCOMPARE(says("echo kept > /data/file", {"source=web,target=/data"}), std::string());
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
        const auto record = volumes().find(kAlice, "web");
        VERIFY_RESULT(record);
        QVERIFY(!record->isAnonymous);
        QCOMPARE(says("cat /data/file", {"source=web,target=/data"}), std::string("kept\n"));
    }
    void twoContainersSeeTheSameOwners() {
        const auto writer = sleeping({"source=web,target=/a"});
        VERIFY_RESULT(writer);
        QCOMPARE(says("touch /b/of-app; chown 1000:50 /b/of-app", {"source=web,target=/b"}), std::string());
        QCOMPARE(says("stat -c '%u %g' /c/of-app", {"source=web,target=/c"}), std::string("1000 50\n"));
    }
    void aProcessThatIsNotRootWritesWhatIsItsOwn() {
        QCOMPARE(says("mkdir /data/mine; chown app /data/mine", {"source=web,target=/data"}), std::string());
        const auto output = says("echo x > /data/mine/file; stat -c %U /data/mine/file; touch /data/not",
                                 {"source=web,target=/data"}, [](ContainerOptions& o) { o.user = "app"; });
        QCOMPARE(output, std::string("app\ntouch: /data/not: Permission denied\n"));
    }
    void anAnonymousVolumeGoesWithItsContainer() {
        const auto id = m_machine->run(kAlice, {"true"}, [](ContainerOptions& o) {
            o.mounts = {"target=/data"};
            o.removeWhenStopped = true;
        });
        VERIFY_RESULT(id);
        QVERIFY(eventually([&] { return volumeCount() == 0; }));
    }
    void anAnonymousVolumeStaysUnlessItsRemovalIsAskedFor() {
        const auto id =
            m_machine->create(kAlice, {"true"}, with({"target=/data", "source=named,target=/named"}));
        VERIFY_RESULT(id);
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
        QCOMPARE(volumeCount(), std::size_t(2));
        const auto other = m_machine->create(kAlice, {"true"}, with({"target=/data"}));
        VERIFY_RESULT(other);
        VERIFY_RESULT(containers().remove(kAlice, *other, false, true));
        QCOMPARE(volumeCount(), std::size_t(2)); // that of the first one, and the named one
    }
    void anAnonymousVolumeThatAnotherContainerHasStays() {
        const auto first = m_machine->create(kAlice, {"true"}, with({"target=/data"}));
        VERIFY_RESULT(first);
        const auto second =
            m_machine->create(kAlice, {"true"}, [&](ContainerOptions& o) { o.volumesFrom = {*first}; });
        VERIFY_RESULT(second);
        VERIFY_RESULT(containers().remove(kAlice, *first, false, true));
        QCOMPARE(volumeCount(), std::size_t(1));
        VERIFY_RESULT(containers().remove(kAlice, *second, false, true));
        QCOMPARE(volumeCount(), std::size_t(0));
    }
    void whoeverLooksIntoAnAnonymousVolumeOnceKeepsIt() {
        const auto first = m_machine->create(kAlice, {"true"}, with({"target=/data"}));
        VERIFY_RESULT(first);
        VERIFY_RESULT(containers().remove(kAlice, *first, false));
        const auto left = volumes().list(kAlice);
        VERIFY_RESULT(left);
        const auto second = m_machine->run(kAlice, {"true"}, [&](ContainerOptions& o) {
            o.mounts = {"source=" + left->front().name + ",target=/data"};
            o.removeWhenStopped = true;
        });
        VERIFY_RESULT(second);
        QVERIFY(eventually([&] { return !containers().find(kAlice, *second); }));
        QCOMPARE(volumeCount(), std::size_t(1));
    }
    void theImagesVolumesAreMadeAndFilled() {
        VERIFY_RESULT(commitBusybox(*m_machine->store, kAlice, [](NewImage& image) {
            image.tag = "volume";
            image.manifest = image.config = "volume";
            image.settings.volumes = {"/opaque", "/etc/"};
        }));
        const auto ofImage = [](ContainerOptions& o) { o.image = "docker.io/library/busybox:volume"; };
        QCOMPARE(says("cat /opaque/shown; ls /opaque; stat -c '%u %g %a' /etc/app-file", {}, ofImage),
                 std::string("of the second layershown\n1000 1000 600\n"));
        QCOMPARE(volumeCount(), std::size_t(2));
        // What is mounted there otherwise takes their place.
        QCOMPARE(says("ls /opaque", {"type=tmpfs,target=/opaque", "source=etc,target=/etc"}, ofImage),
                 std::string());
        QCOMPARE(volumeCount(), std::size_t(3));
    }
    void anEmptyVolumeIsFilledFromTheImage() {
        QCOMPARE(says("stat -c '%u %g %a' /etc/app-file; ls /etc/removed", {"source=etc,target=/etc"}),
                 std::string("1000 1000 600\nls: /etc/removed: No such file or directory\n"));
        // Once: what was changed since stays.
        QCOMPARE(says("rm /etc/app-file", {"source=etc,target=/etc"}), std::string());
        QCOMPARE(says("ls /etc", {"source=etc,target=/etc"}).find("app-file"), std::string::npos);
    }
    void nocopyLeavesItEmpty() {
        QCOMPARE(says("ls -a /opaque", {"source=web,target=/opaque,volume-nocopy"}), std::string(".\n..\n"));
    }
    void readOnlyIsReadOnly() {
        const auto output = says("echo x > /data/file", {"source=web,target=/data,readonly"});
        QVERIFY2(output.find("Read-only file system") != std::string::npos, output.c_str());
    }
    void aPartOfAVolumeIsMounted() {
        QCOMPARE(says("mkdir -p /v/a/b; echo deep > /v/a/b/file; busybox ln -s a/b /v/link; busybox ln -s "
                      "../../etc /v/out; "
                      "busybox ln -s /etc /v/absolute",
                      {"source=web,target=/v"}),
                 std::string());
        QCOMPARE(says("cat /data/file", {"source=web,target=/data,volume-subpath=a/b"}),
                 std::string("deep\n"));
        QCOMPARE(says("cat /data/file", {"source=web,target=/data,volume-subpath=link"}),
                 std::string("deep\n"));
        QCOMPARE(says("cat /data", {"source=web,target=/data,volume-subpath=a/b/file"}),
                 std::string("deep\n"));
        for (const char* way : {"out", "absolute"}) {
            const auto output =
                says("ls /data", {std::string("source=web,target=/data,volume-subpath=") + way});
            QVERIFY2(output.find("leads out of it") != std::string::npos, output.c_str());
        }
        QVERIFY(says("true", {"source=web,target=/data,volume-subpath=no/such"}).find("No such file") !=
                std::string::npos);
    }
    void whatAPartIsTakenFromIsSeenByNobodyElse() {
        QCOMPARE(says("mkdir /v/a; echo deep > /v/a/file", {"source=web,target=/v"}), std::string());
        // As systemd has it.
        QCOMPARE(::mount(nullptr, "/", nullptr, MS_REC | MS_SHARED, nullptr), 0);
        const auto output = says("cat /data/file", {"source=web,target=/data,volume-subpath=a"});
        struct statfs info {};
        ::statfs("/proc", &info);
        const bool isProc = info.f_type == PROC_SUPER_MAGIC;
        if (!isProc)
            ::umount2("/proc", MNT_DETACH);
        QCOMPARE(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
        QCOMPARE(output, std::string("deep\n"));
        QVERIFY(isProc);
    }
    void aPartOfAMachinesFolderThatItsOwnerMayNotEnterIsNotMounted() {
        const QTemporaryDir files;
        const std::string folder = files.path().toStdString();
        const auto make = [&folder](const std::string& name, uid_t uid, mode_t mode) {
            const std::string path = folder + name;
            (void)makeDirectories(path, 0700);
            ::chown(path.c_str(), uid, uid);
            ::chmod(path.c_str(), mode);
        };
        make("/closed/open", 0, 0755);
        make("/closed", 0, 0700);
        make("/mine/part", kAlice, 0700);
        make("/mine", kAlice, 0700);
        make("", 0, 0755);
        VERIFY_RESULT(writeFileAtomically(folder + "/closed/open/file", "of others", 0644));
        const std::string mount =
            "type=volume,source=shared,target=/data,volume-opt=type=none,volume-opt=o=bind,"
            "volume-opt=device=" +
            folder + ",volume-subpath=";
        const auto output = says("cat /data/file", {mount + "closed/open"});
        QVERIFY2(output.find("Permission denied") != std::string::npos, output.c_str());
        QCOMPARE(says("stat -c '%u %a' /data", {mount + "mine/part"}), std::string("0 700\n"));
    }
    void theVolumesOfAnotherContainerAreShared() {
        const auto first = m_machine->create(kAlice, {"true"}, [](ContainerOptions& o) {
            o.name = "first";
            o.mounts = {"source=web,target=/a", "source=log,target=/b", "type=tmpfs,target=/c"};
        });
        VERIFY_RESULT(first);
        const auto output = says("touch /b/x; touch /a/x && ls /c", {"source=mine,target=/b"},
                                 [](ContainerOptions& o) { o.volumesFrom = {"first:ro"}; });
        QVERIFY2(output.find("/a/x: Read-only") != std::string::npos, output.c_str());
        QCOMPARE(says("ls /b", {"source=mine,target=/b"}), std::string("x\n"));
    }
    void whatTheOtherContainerMountsOnThisMachineIsNotInherited() {
        const QTemporaryDir files;
        ::chmod(files.path().toLocal8Bit().constData(), 0755);
        const auto first = m_machine->create(
            kAlice, {"true"},
            with({"type=bind,source=" + files.path().toStdString() + ",target=/a,bind-propagation=rshared"}));
        VERIFY_RESULT(first);
        const auto second =
            m_machine->create(kAlice, {"true"}, [&](ContainerOptions& o) { o.volumesFrom = {*first}; });
        VERIFY_RESULT(second);
        const auto container = containers().find(kAlice, *second);
        VERIFY_RESULT(container);
        const auto mounts = mountsOf(container->options);
        VERIFY_RESULT(mounts);
        QCOMPARE(mounts->front().propagation, std::string("rslave"));
    }
    void whatIsNearerToTheRootIsMountedFirst() {
        QCOMPARE(says("echo deep > /a/b/c/file; ls /a; ls /a/b",
                      {"source=web,target=/a/b/c", "type=tmpfs,target=/a", "source=log,target=/a/b"}),
                 std::string("b\nc\n"));
        QCOMPARE(says("cat /data/file", {"source=web,target=/data"}), std::string("deep\n"));
    }
    void aTmpfsHasItsSizeModeAndOwner() {
        QCOMPARE(says("stat -c '%a %u %g' /t; grep -c ' /t .*size=65536k' /proc/self/mountinfo",
                      {"type=tmpfs,target=/t,tmpfs-size=64m,tmpfs-mode=1750,tmpfs-uid=1000,tmpfs-gid=50"}),
                 std::string("1750 1000 50\n1\n"));
        QCOMPARE(says("stat -c %a /t", {"type=tmpfs,target=/t"}), std::string("1777\n"));
        QVERIFY(says("touch /t/x", {"type=tmpfs,target=/t,readonly"}).find("Read-only") != std::string::npos);
    }
    void aVolumeThatAContainerHasIsNotRemoved() {
        const auto id = m_machine->create(kAlice, {"true"}, with({"source=web,target=/data"}));
        VERIFY_RESULT(id);
        const auto record = volumes().find(kAlice, "web");
        VERIFY_RESULT(record);
        QCOMPARE(volumes().remove(*record).error().code, ErrorCode::InUse);
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
        VERIFY_RESULT(volumes().remove(*record));
    }
    void aContainerThatIsNotMadeLeavesNoVolume() {
        VERIFY_RESULT(m_machine->create(kAlice, {"true"}, [](ContainerOptions& o) { o.name = "taken"; }));
        const auto before = m_machine->picture();
        const auto failed = m_machine->create(kAlice, {"true"}, [](ContainerOptions& o) {
            o.name = "taken";
            o.mounts = {"source=web,target=/a", "target=/b"};
        });
        QCOMPARE(failed.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(volumeCount(), std::size_t(0));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
    void anotherPersonsVolumeOfThatNameIsAnother() {
        VERIFY_RESULT(commitBusybox(*m_machine->store, kBob));
        QCOMPARE(says("echo hers > /data/file", {"source=web,target=/data"}), std::string());
        const auto ran = m_machine->runToEnd(kBob, {"ls", "/data"}, with({"source=web,target=/data"}));
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string());
        VERIFY_RESULT(m_machine->removeContainers(kBob));
    }
    void theRecordHasAllThatIsMountedByName() {
        const auto id = m_machine->create(kAlice, {"true"}, with({"target=/data", "src=web,dst=/web,ro"}));
        VERIFY_RESULT(id);
        const auto container = containers().find(kAlice, *id);
        VERIFY_RESULT(container);
        const auto mounts = mountsOf(container->options);
        VERIFY_RESULT(mounts);
        QCOMPARE(mounts->size(), std::size_t(2));
        QCOMPARE((*mounts)[0].source.size(), std::size_t(64));
        QCOMPARE(container->options.mounts[1], std::string("type=volume,source=web,target=/web,readonly"));
        const auto uses = volumes().usesOf(*id);
        VERIFY_RESULT(uses);
        QCOMPARE(uses->size(), std::size_t(2));
    }
    void eventsTellOfMounts() {
        QCOMPARE(says("true", {"source=web,target=/data"}), std::string());
        QVERIFY(eventually([&] { return events("volume") == Texts{"create", "mount", "unmount"}; }));
    }
    void nothingIsLeftOnTheHost() {
        const auto before = m_machine->picture();
        const auto id = m_machine->run(kAlice, {"true"}, [](ContainerOptions& o) {
            o.mounts = {"target=/data", "type=tmpfs,target=/t", "target=/etc"};
            o.network = "none"; // a bridge stays for the next container
            o.removeWhenStopped = true;
        });
        VERIFY_RESULT(id);
        QVERIFY(eventually([&] { return !containers().find(kAlice, *id); }));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
    void aNewHelperFindsThemInUseAndReleasesThem() {
        m_machine->close();
        int ends[2] = {};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const pid_t child = ::fork();
        if (child == 0) { // the helper before, which is killed
            const auto opened = m_machine->open();
            const auto id = opened ? sleeping({"source=web,target=/data",
                                               "type=volume,source=ram,target=/"
                                               "ram,volume-opt=type=tmpfs,volume-opt=device=tmpfs"})
                                   : Result<std::string>(fail(opened.error()));
            const std::string answer = id ? *id : "!" + id.error().text();
            (void)!::write(ends[1], answer.data(), answer.size());
            ::raise(SIGKILL);
        }
        ::close(ends[1]);
        const UniqueFd reading(ends[0]);
        const auto id = readFd(reading.get());
        ::waitpid(child, nullptr, 0);
        VERIFY_RESULT(id);
        QVERIFY2(id->size() == 64, id->c_str());
        VERIFY_RESULT(m_machine->open());
        const auto ram = volumes().find(kAlice, "ram");
        VERIFY_RESULT(ram);
        QCOMPARE(volumes().stateOf(*ram).state, std::string("mounted"));
        const auto restored = volumes().find(kAlice, "web");
        VERIFY_RESULT(restored);
        QCOMPARE(volumes().replace(*restored, 0, [](int) { return Result<void>(); }).error().code,
                 ErrorCode::InUse);
        VERIFY_RESULT(containers().stop(kAlice, *id, 0, {}));
        QCOMPARE(volumes().stateOf(*ram).state, std::string());
    }
};

ESCALE_TEST(ContainerMountsTest)
#include "container_mounts_test.moc"
