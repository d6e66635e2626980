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

    void saysThemAgainAsMountTakesThem_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const QStringList& words, const char* type, const char* text) {
            QTest::newRow(name) << words << QString(type) << QString(text);
        };
        row("a bind is private", {"bind"}, "bind", "bind,private");
        row("below, too", {"rbind", "rslave", "rro", "nosuid"}, "", "rbind,ro,nosuid,rro,rslave");
        row("cleared", {"bind", "rw", "exec", "shared"}, "", "bind,rw,exec,shared");
        row("the file system's first", {"nosuid", "mode=755", "strictatime"}, "tmpfs",
            "mode=755,nosuid,strictatime");
        row("one word of time", {"bind", "relatime"}, "", "bind,relatime,private");
        row("a copy", {"tmpcopyup", "size=1m"}, "tmpfs", "size=1m,tmpcopyup");
        row("none", {"defaults"}, "proc", "");
    }
    void saysThemAgainAsMountTakesThem() {
        QFETCH(QStringList, words);
        QFETCH(QString, type);
        QFETCH(QString, text);
        std::vector<std::string> options;
        for (const auto& word : words)
            options.push_back(word.toStdString());
        const auto sorted = spec::sortMountOptions(options, type.toStdString());
        QCOMPARE(QString::fromStdString(spec::mountOptionText(sorted)), text);
    }

    void readsPropagationAndRecursiveFlags() {
        const auto options = spec::sortMountOptions({"rbind", "rslave", "rro"}, "");
        QCOMPARE(options.propagation, std::uint64_t(MS_SLAVE));
        QCOMPARE(options.recursiveSet, std::uint64_t(MOUNT_ATTR_RDONLY));
    }
};

ESCALE_TEST(MountOptionsTest)
#include "mount_options_test.moc"
