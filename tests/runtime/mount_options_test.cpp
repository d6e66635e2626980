#include "engine/runtime/spec/mount_options.h"
#include "tests/support/test_registry.h"

#include <sys/mount.h>

using namespace escale;

class MountOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsFlagsFromTheFileSystemsOwnOptions() {
        const auto options =
            spec::sortMountOptions({"nosuid", "strictatime", "mode=755", "newinstance"}, "tmpfs");
        QCOMPARE(options.attributesSet, std::uint64_t(MOUNT_ATTR_NOSUID | MOUNT_ATTR_STRICTATIME));
        QCOMPARE(options.filesystem, (std::vector<std::string>{"mode=755", "newinstance"}));
        QVERIFY(!options.bind);
    }

    void knowsBindsByOptionAndByType() {
        QVERIFY(spec::sortMountOptions({"rbind"}, "").recursive);
        QVERIFY(spec::sortMountOptions({}, "bind").bind);
        QVERIFY(!spec::sortMountOptions({"bind"}, "bind").recursive);
    }

    void letsTheLastOfTwoOppositesWin() {
        QCOMPARE(spec::sortMountOptions({"ro", "rw"}, "bind").attributesSet, std::uint64_t(0));
        QCOMPARE(spec::sortMountOptions({"rw", "ro"}, "bind").attributesSet,
                 std::uint64_t(MOUNT_ATTR_RDONLY));
    }

    void readsPropagationAndRecursiveFlags() {
        const auto options = spec::sortMountOptions({"rbind", "rslave", "rro"}, "");
        QCOMPARE(options.propagation, std::uint64_t(MS_SLAVE));
        QCOMPARE(options.recursiveSet, std::uint64_t(MOUNT_ATTR_RDONLY));
    }
};

ESCALE_TEST(MountOptionsTest)
#include "mount_options_test.moc"
