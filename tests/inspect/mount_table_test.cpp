// The mount table as the kernel writes it, and what of it can still be reached.
#include "engine/inspect/mount_table.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <random>
#include <sstream>
#include <unistd.h>

using namespace escale;

class MountTableTest : public QObject {
    Q_OBJECT

    /// Lines "id parent target", each a mount; told as "id" or "id<by" for those that are hidden.
    static std::string hiddenOf(const std::string& table) {
        std::string text;
        std::istringstream lines(table);
        for (std::string id, parent, target; lines >> id >> parent >> target;)
            text += id + " " + parent + " 0:1 / " + target + " rw - tmpfs tmpfs rw\n";
        auto mounts = parseMountInfo(text);
        if (!mounts)
            return mounts.error().message;
        markHidden(*mounts);
        std::string told;
        for (const auto& mount : *mounts) {
            told += (told.empty() ? "" : " ") + std::to_string(mount.id);
            if (mount.isHidden)
                told += "<" + std::to_string(mount.hiddenBy);
            else if (mount.hiddenBy != 0)
                told += "?";
        }
        return told;
    }

    /// The mounts that one comes through, as the kernel looks a path up.
    static std::vector<std::uint32_t> walk(const std::vector<MountFacts>& mounts, const std::string& path) {
        std::vector<std::uint32_t> way{0};
        for (std::size_t end = 0; end != std::string::npos; end = path.find('/', end + 1)) {
            const std::string place = end == 0 ? "/" : path.substr(0, end);
            cross(mounts, place, way);
        }
        if (path != "/")
            cross(mounts, path, way);
        return way;
    }
    static void cross(const std::vector<MountFacts>& mounts, const std::string& place,
                      std::vector<std::uint32_t>& way) {
        for (bool isOn = true; isOn;) {
            isOn = false;
            std::uint32_t next = 0;
            for (const auto& mount : mounts) {
                if (mount.parent == way.back() && mount.target == place)
                    next = mount.id;
            }
            if (next != 0) {
                way.push_back(next);
                isOn = true;
            }
        }
    }

private Q_SLOTS:
    void readsALine() {
        const auto mounts = parseMountInfo("36 35 98:0 /mnt1 /mnt\\0402 rw,noatime shared:3 master:1 - ext3 "
                                           "/dev/ro\\134ot rw,errors=continue\n");
        VERIFY_RESULT(mounts);
        QCOMPARE(mounts->size(), std::size_t(1));
        const auto& mount = mounts->front();
        QCOMPARE(mount.id, 36U);
        QCOMPARE(mount.parent, 35U);
        QCOMPARE(mount.root, std::string("/mnt1"));
        QCOMPARE(mount.target, std::string("/mnt 2"));
        QCOMPARE(mount.options, std::string("rw,noatime"));
        QCOMPARE(mount.propagation, std::string("shared:3 master:1"));
        QCOMPARE(mount.type, std::string("ext3"));
        QCOMPARE(mount.source, std::string("/dev/ro\\ot"));
        QCOMPARE(mount.superOptions, std::string("rw,errors=continue"));
    }
    void readsWhatTheKernelAlsoWrites_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("told"); // root|target|propagation|type|source
        QTest::newRow("a source that is empty") << "1 0 0:1 / /a rw - tmpfs  rw"
                                                << "/|/a||tmpfs|";
        QTest::newRow("a namespace that is kept by a file")
            << "1 0 0:4 net:[4026532008] /run/netns/x rw shared:2 - nsfs nsfs rw"
            << "net:[4026532008]|/run/netns/x|shared:2|nsfs|nsfs";
        QTest::newRow("a cgroup above the namespace's root")
            << "1 0 0:4 /../.. /sys/fs/cgroup rw - cgroup2 cgroup rw"
            << "/../..|/sys/fs/cgroup||cgroup2|cgroup";
        QTest::newRow("a file that has been removed") << "1 0 0:4 /a//deleted /a rw - ext4 /dev/sda rw"
                                                      << "/a//deleted|/a||ext4|/dev/sda";
        QTest::newRow("control characters in a path") << "1 0 0:4 / /a\\012b\\011c rw - tmpfs x rw"
                                                      << "/|/a\nb\tc||tmpfs|x";
        QTest::newRow("a hash sign") << "1 0 0:4 / /a rw - tmpfs a\\043b rw"
                                     << "/|/a||tmpfs|a#b";
    }
    void readsWhatTheKernelAlsoWrites() {
        QFETCH(const QString, line);
        QFETCH(const QString, told);
        const auto mounts = parseMountInfo(line.toStdString());
        VERIFY_RESULT(mounts);
        const auto& mount = mounts->at(0);
        QCOMPARE(mount.root + "|" + mount.target + "|" + mount.propagation + "|" + mount.type + "|" +
                     mount.source,
                 told.toStdString());
    }
    void refusesWhatIsNoLineOfTheKernel_data() {
        QTest::addColumn<QString>("line");
        QTest::newRow("empty") << "\n";
        QTest::newRow("too few fields") << "1 0 0:1 / /a rw";
        QTest::newRow("no separator") << "1 0 0:1 / /a rw tmpfs tmpfs rw";
        QTest::newRow("nothing behind the separator") << "1 0 0:1 / /a rw -";
        QTest::newRow("no options of the file system") << "1 0 0:1 / /a rw - tmpfs tmpfs";
        QTest::newRow("a number that is none") << "x 0 0:1 / /a rw - tmpfs tmpfs rw";
        QTest::newRow("a number with something behind it") << "1x 0 0:1 / /a rw - tmpfs tmpfs rw";
        QTest::newRow("a number that is too large") << "4294967296 0 0:1 / /a rw - tmpfs tmpfs rw";
        QTest::newRow("a negative number") << "1 -1 0:1 / /a rw - tmpfs tmpfs rw";
        QTest::newRow("no device") << "1 0 01 / /a rw - tmpfs tmpfs rw";
        QTest::newRow("a target that is not absolute") << "1 0 0:1 / a rw - tmpfs tmpfs rw";
    }
    void refusesWhatIsNoLineOfTheKernel() {
        QFETCH(const QString, line);
        const auto mounts = parseMountInfo(line.toStdString());
        QVERIFY(!mounts);
        QCOMPARE(mounts.error().code, ErrorCode::Untrusted);
    }
    void takesTextThatEndsAnywhere() {
        const std::string text =
            "1 0 0:1 / / rw shared:1 - tmpfs  rw\n2 1 8:17 /a\\040b /c\\134 ro master:2 - ext4 "
            "/dev/x rw,errors=continue\n";
        std::size_t whole = 0;
        for (std::size_t length = 0; length <= text.size(); ++length) {
            auto mounts = parseMountInfo(std::string_view(text).substr(0, length));
            if (mounts) {
                markHidden(*mounts);
                ++whole;
            }
        }
        QVERIFY(whole > 2);
        QVERIFY(whole < text.size());
    }
    void readsTenThousandAtMost() {
        std::string text;
        for (int i = 1; i <= 10'010; ++i)
            text += std::to_string(i) + " " + std::to_string(i - 1) + " 0:1 / /a rw - tmpfs tmpfs rw\n";
        auto mounts = parseMountInfo(text);
        VERIFY_RESULT(mounts);
        QCOMPARE(mounts->size(), std::size_t(10'000));
        // One on the other, to the last.
        markHidden(*mounts);
        QVERIFY(std::all_of(mounts->begin(), mounts->end() - 1,
                            [](const auto& mount) { return mount.isHidden; }));
        QVERIFY(!mounts->back().isHidden);
    }

    void findsWhatIsHidden_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("told");
        QTest::newRow("nothing") << "1 0 / 2 1 /proc 3 1 /dev 4 3 /dev/shm"
                                 << "1 2 3 4";
        QTest::newRow("a root that is its own parent") << "1 1 / 2 1 /proc"
                                                       << "1 2";
        QTest::newRow("one on the other") << "1 0 / 2 1 /a 3 2 /a"
                                          << "1 2<3 3";
        QTest::newRow("three on each other") << "1 0 / 2 1 /a 3 2 /a 4 3 /a"
                                             << "1 2<3 3<4 4";
        QTest::newRow("what was in the lower one") << "1 0 / 2 1 /a 3 2 /a/b 4 2 /a"
                                                   << "1 2<4 3<4 4";
        QTest::newRow("what was in one that is in the lower one") << "1 0 / 2 1 /a 3 2 /a/b 4 3 /a/b/c 5 2 /a"
                                                                  << "1 2<5 3<5 4<5 5";
        QTest::newRow("a folder above") << "1 0 / 2 1 /a/b/c 3 1 /a/b"
                                        << "1 2<3 3";
        QTest::newRow("a folder above, and in the new one at the same place")
            << "1 0 / 2 1 /a/b 3 1 /a 4 3 /a/b"
            << "1 2<3 3 4";
        QTest::newRow("a folder whose name only begins alike") << "1 0 / 2 1 /a/bc 3 1 /a/b 4 1 /a-b"
                                                               << "1 2 3 4";
        QTest::newRow("names that sort before the slash") << "1 0 / 2 1 /a/x 3 1 /a 4 1 /a-b 5 1 /a/y"
                                                          << "1 2<3 3 4 5<3";
        QTest::newRow("the root on the root") << "1 0 / 2 1 /proc 3 1 / 4 3 /proc"
                                              << "1<3 2<3 3 4";
        QTest::newRow("roots on roots") << "1 0 / 2 1 /x 3 1 / 4 3 /x 5 3 /"
                                        << "1<3 2<3 3<5 4<5 5";
        QTest::newRow("a mask over a file") << "1 0 / 2 1 /proc 3 2 /proc/kcore 4 2 /proc/sys"
                                            << "1 2 3 4";
        QTest::newRow("a bind over a file twice") << "1 0 / 2 1 /etc/hosts 3 2 /etc/hosts"
                                                  << "1 2<3 3";
        QTest::newRow("a mask over a folder with a mount in it")
            << "1 0 / 2 1 /sys 3 2 /sys/firmware/efi 4 2 /sys/firmware"
            << "1 2 3<4 4";
        QTest::newRow("told before its parent") << "3 2 /a/b 2 1 /a 1 0 / 4 2 /a"
                                                << "3<4 2<4 1 4";
        QTest::newRow("the root is no mount") << "5 99 /proc 6 99 /a/b 7 99 /a"
                                              << "5 6<7 7";
        QTest::newRow("two at one place, as after a move") << "1 0 / 2 1 /a 3 1 /a 4 2 /a/b"
                                                           << "1 2<3 3 4<3";
        QTest::newRow("a loop, which no kernel tells of") << "1 2 /a 2 1 /b"
                                                          << "1 2";
        QTest::newRow("one number twice") << "1 0 / 2 1 /a 2 1 /a"
                                          << "1 2<2 2";
    }
    void findsWhatIsHidden() {
        QFETCH(const QString, table);
        QFETCH(const QString, told);
        QCOMPARE(hiddenOf(table.toStdString()), told.toStdString());
    }

    void agreesWithAWalkAlongThePath() {
        // given: tables at random, in which each mount lies somewhere in another one
        std::mt19937 random(1); // the same ones each time
        const std::vector<std::string> names{"/a", "/b", "/a-b", "/a/b"};
        for (int round = 0; round < 3000; ++round) {
            std::vector<MountFacts> mounts(1 + random() % 8);
            for (std::size_t i = 0; i < mounts.size(); ++i) {
                auto& mount = mounts[i];
                mount.id = static_cast<std::uint32_t>(i + 1);
                mount.target = "/";
                if (i == 0)
                    continue;
                const auto& parent = mounts[random() % i];
                mount.parent = parent.id;
                mount.target = random() % 4 == 0 ? parent.target
                                                 : (parent.target == "/" ? "" : parent.target) +
                                                       names[random() % names.size()];
            }
            std::shuffle(mounts.begin() + 1, mounts.end(), random);
            // when
            markHidden(mounts);
            // then: whoever is told the path comes to the mount, or to another one
            for (const auto& mount : mounts) {
                const auto way = walk(mounts, mount.target);
                const bool isReached = way.back() == mount.id;
                QCOMPARE(mount.isHidden, !isReached);
                QCOMPARE(mount.hiddenBy != 0, mount.isHidden);
                if (mount.isHidden) // by one that lies on the way
                    QVERIFY(std::count(way.begin(), way.end(), mount.hiddenBy) == 1);
            }
        }
    }

    void readsItsOwn() {
        const auto mounts = readMounts(::getpid());
        VERIFY_RESULT(mounts);
        QVERIFY(std::any_of(mounts->begin(), mounts->end(), [](const auto& mount) {
            return mount.target == "/proc" && mount.type == "proc" && !mount.isHidden;
        }));
    }
    void nobodysAreNotFound() {
        QCOMPARE(readMounts(0x3fffff).error().code, ErrorCode::NotFound);
        QCOMPARE(readMounts(-1).error().code, ErrorCode::InvalidArgument);
    }
};

ESCALE_TEST(MountTableTest)
#include "mount_table_test.moc"
