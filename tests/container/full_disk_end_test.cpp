// A container that ends while the disk is full: a small tmpfs holds the engine's state.
#include "engine/base/file.h"
#include "tests/container/container_machine.h"

#include <QTest>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/xattr.h>

using namespace escale;
using namespace escale::test;

class FullDiskEndTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
    }

    void recordsTheEndAndRemoves() {
        // Given a running container, and a disk without a free byte
        ContainerMachine machine;
        const std::string state = machine.stateFolder();
        VERIFY_RESULT(makeDirectories(state, 0700));
        if (::mount("tmpfs", state.c_str(), "tmpfs", 0, "size=24m,mode=700") != 0)
            QSKIP("this machine lets nobody mount a tmpfs");
        SKIP_UNLESS(::setxattr(state.c_str(), "user.test", "", 0, 0) == 0,
                    "this kernel's tmpfs keeps no user.* attributes (Linux 6.6 does): layers need them");
        VERIFY_RESULT(machine.open());
        const auto id = machine.run(kAlice, {"sleep", "600"});
        VERIFY_RESULT(id);
        fill(state + "/filler");

        // When it is stopped
        VERIFY_RESULT(machine.containers->stop(kAlice, *id, 0, {}));

        // Then it counts as stopped, and can be removed
        const auto found = machine.containers->find(kAlice, *id);
        VERIFY_RESULT(found);
        QCOMPARE(std::string(stateName(found->state)), std::string("exited"));
        VERIFY_RESULT(machine.containers->remove(kAlice, *id, false));
        QVERIFY(machine.containers->list(kAlice)->empty());

        VERIFY_RESULT(machine.containers->purge());
        machine.close();
        QCOMPARE(::umount2(state.c_str(), MNT_DETACH), 0);
    }

private:
    static void fill(const std::string& path) {
        const auto file = openFile(path, O_WRONLY | O_CREAT, 0600);
        VERIFY_RESULT(file);
        const std::string block(4096, 'x');
        while (::write(file->get(), block.data(), block.size()) > 0) {
        }
        QCOMPARE(errno, ENOSPC);
    }
};

ESCALE_TEST(FullDiskEndTest)

#include "full_disk_end_test.moc"
