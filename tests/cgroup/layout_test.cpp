#include "engine/base/file.h"
#include "engine/cgroup/cgroup.h"
#include "engine/cgroup/layout.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

class LayoutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAHybridMountTable() {
        const auto layout =
            detect("30 1 0:25 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
                   "31 1 0:26 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
                   "32 1 0:27 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd\n"
                   "33 1 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
                   "34 1 0:25 / /other/memory rw,relatime - cgroup cgroup rw,memory\n"
                   "35 1 0:40 / /tmp rw shared:4 - tmpfs tmpfs rw\n");
        VERIFY_RESULT(layout);
        QCOMPARE(layout->hierarchies().size(), std::size_t(3));
        QCOMPARE(layout->find("memory")->mountPoint, std::string("/sys/fs/cgroup/memory"));
        QCOMPARE(layout->find("cpuacct")->mountPoint, std::string("/sys/fs/cgroup/cpu,cpuacct"));
        QCOMPARE(layout->unified()->mountPoint, std::string("/sys/fs/cgroup/unified"));
        QVERIFY(layout->find("pids") == nullptr);
    }

    void saysUnsupportedWithoutCgroups() {
        const auto layout = detect("35 1 0:40 / /tmp rw shared:4 - tmpfs tmpfs rw\n");
        QVERIFY(!layout);
        QCOMPARE(layout.error().code, ErrorCode::Unsupported);
    }

    void refusesPathsThatLeaveTheHierarchy_data() {
        QTest::addColumn<QString>("path");
        for (const char* path :
             {"", "/", "escale/x", "/escale/../x", "/escale/./x", "/escale//x", "/escale/x/"})
            QTest::newRow(path) << QString(path);
    }
    void refusesPathsThatLeaveTheHierarchy() {
        QFETCH(QString, path);
        QVERIFY(!validateCgroupPath(path.toStdString()));
    }

private:
    static Result<CgroupLayout> detect(const std::string& table) {
        const QTemporaryDir folder;
        const std::string file = folder.path().toStdString() + "/mountinfo";
        TRY(writeFileAtomically(file, table));
        return CgroupLayout::detect(file);
    }
};

ESCALE_TEST(LayoutTest)
#include "layout_test.moc"
