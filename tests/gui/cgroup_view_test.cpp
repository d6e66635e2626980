#include "gui/learn/cgroup_text.h"
#include "gui/learn/cgroup_view.h"
#include "tests/gui/cgroup_sample.h"
#include "tests/support/test_registry.h"

#include <cmath>

using namespace escale;
using namespace escale::gui;

namespace {

const QString kPath = QStringLiteral("/escale/web");

CgroupSnapshot snapshot(const dbus::CgroupNode& itself, qint64 time = 1000) {
    dbus::CgroupNode above = itself;
    above.path = QStringLiteral("/escale");
    above.relation = QStringLiteral("above");
    return {time, {above, itself}};
}

QString linesOf(const CgroupView& view, const QString& id) {
    const DrawnBox* box = view.drawing.box(id);
    return box == nullptr ? QStringLiteral("(no box)") : box->lines.join(QLatin1Char('\n'));
}

} // namespace

class CgroupViewTest : public QObject {
    Q_OBJECT

    static dbus::CgroupNode node(int version) {
        return version == 1 ? test::version1(kPath, QStringLiteral("itself"))
                            : test::version2(kPath, QStringLiteral("itself"));
    }

private Q_SLOTS:
    void bothVersionsSayTheSame_data() {
        QTest::addColumn<int>("version");
        QTest::newRow("version 1") << 1;
        QTest::newRow("version 2") << 2;
    }
    void bothVersionsSayTheSame() {
        QFETCH(int, version);
        const CgroupReading reading = readingOf(node(version));
        QCOMPARE(*reading.cpuLimit, 0.5);
        QCOMPARE(*reading.cpuSeconds, 4.0);
        QCOMPARE(reading.periods, 50U);
        QCOMPARE(reading.throttledPeriods, 37U);
        QCOMPARE(reading.throttledSeconds, 2.5);
        QCOMPARE(*reading.memory, 60.0 * 1024 * 1024);
        QCOMPARE(*reading.memoryLimit, 64.0 * 1024 * 1024);
        QCOMPARE(*reading.anonymous, 40.0 * 1024 * 1024);
        QCOMPARE(*reading.fileCache, 10.0 * 1024 * 1024);
        QCOMPARE(reading.limitHits, 12U);
        QCOMPARE(reading.oomKills, 1U);
        QCOMPARE(*reading.pids, 3.0);
        QCOMPARE(*reading.pidsLimit, 64.0);
        QCOMPARE(reading.pidsRefused, 2U);
        QCOMPARE(*reading.bytesRead, 4096.0);
        QCOMPARE(*reading.bytesWritten, 8192.0);
        QCOMPARE(*reading.writeLimit, 1e7);
        QVERIFY(std::isinf(*reading.readLimit));
    }

    void noLimitIsInfinite() {
        dbus::CgroupNode first = node(1);
        test::setValue(first, "memory.limit_in_bytes", "9223372036854771712");
        test::setValue(first, "cpu.cfs_quota_us", "-1");
        test::setValue(first, "pids.max", "max");
        dbus::CgroupNode second = node(2);
        test::setValue(second, "memory.max", "max");
        test::setValue(second, "cpu.max", "max 100000");
        test::setValue(second, "pids.max", "max");
        test::setValue(second, "io.max", "");
        for (const dbus::CgroupNode& one : {first, second}) {
            const CgroupReading reading = readingOf(one);
            QVERIFY(std::isinf(*reading.memoryLimit));
            QVERIFY(std::isinf(*reading.cpuLimit));
            QVERIFY(std::isinf(*reading.pidsLimit));
        }
        QVERIFY(std::isinf(*readingOf(second).writeLimit));
    }

    void aHybridMachinesEmptyCpuStatIsNotTaken() {
        // Given: v1 has the controllers, and v2 is mounted with a cpu.stat of its own
        dbus::CgroupNode hybrid = node(1);
        hybrid.files.prepend({QStringLiteral("cpu"), QStringLiteral("cpu.stat"),
                              QStringLiteral("usage_usec 5\nuser_usec 3"), 2});
        // Then
        QCOMPARE(readingOf(hybrid).throttledPeriods, 37U);
        QVERIFY(isHybrid(snapshot(hybrid)));
        QCOMPARE(cgroupFolder(kPath, QStringLiteral("memory"), 1, true),
                 QStringLiteral("/sys/fs/cgroup/memory/escale/web"));
        QCOMPARE(cgroupFolder(kPath, QStringLiteral("cgroup"), 2, true),
                 QStringLiteral("/sys/fs/cgroup/unified/escale/web"));
        QCOMPARE(cgroupFolder(kPath, QStringLiteral("memory"), 2, false),
                 QStringLiteral("/sys/fs/cgroup/escale/web"));
    }

    void whatIsMissingIsNotShownAsZero() {
        const dbus::CgroupNode empty{kPath, QStringLiteral("itself"), 1, {}};
        const CgroupReading reading = readingOf(empty);
        QVERIFY(!reading.memory && !reading.cpuSeconds && !reading.pids && !reading.bytesWritten);
        QVERIFY(gaugesOf(empty, nullptr, 0).isEmpty());
        const CgroupView view = cgroupView(snapshot(empty), {}, QStringLiteral("web"));
        QVERIFY(view.drawing.box(kPath) != nullptr);
    }

    void gaugesFillUpToTheirLimit() {
        const dbus::CgroupNode before = node(1);
        dbus::CgroupNode now = before;
        test::setValue(now, "cpuacct.usage", "4500000000"); // half a second of one second
        const QList<CgroupGauge> gauges = gaugesOf(now, &before, 1000);
        QCOMPARE(gauges.size(), 4);
        QCOMPARE(gauges[0].controller, QStringLiteral("cpu"));
        QCOMPARE(gauges[0].level, 1.0); // 0.5 of 0.5 processors
        QVERIFY(gauges[0].isNear);
        QCOMPARE(gauges[1].level, 60.0 / 64);
        QVERIFY(gauges[1].isNear);
        QCOMPARE(gauges[1].words.simplified(), QStringLiteral("60 MiB of 64 MiB")); // no-break spaces
        QCOMPARE(gauges[2].words, QStringLiteral("3 of 64"));
        QVERIFY(!gauges[2].isNear);
        QCOMPARE(gauges[3].controller, QStringLiteral("blkio"));
    }

    void cgroupsLieInEachOther() {
        // Given
        CgroupSnapshot all = snapshot(node(2));
        all.nodes.append(test::version2(kPath + QStringLiteral("/inner"), QStringLiteral("below"), 1));
        // When
        const CgroupView view = cgroupView(all, {}, QStringLiteral("web"));
        // Then
        const DrawnBox* root = view.drawing.box(QStringLiteral("/"));
        const DrawnBox* above = view.drawing.box(QStringLiteral("/escale"));
        const DrawnBox* own = view.drawing.box(kPath);
        const DrawnBox* below = view.drawing.box(kPath + QStringLiteral("/inner"));
        QVERIFY(root != nullptr && above != nullptr && own != nullptr && below != nullptr);
        QVERIFY(root->rect.contains(above->rect));
        QVERIFY(above->rect.contains(own->rect));
        QVERIFY(own->rect.contains(below->rect));
        QVERIFY(view.drawing.bounds.contains(root->rect));
        const DrawnBox* file = view.drawing.box(kPath + QStringLiteral("|2|memory.max"));
        QVERIFY(file != nullptr);
        QVERIFY(own->rect.contains(file->rect));
        QVERIFY(file->spoken.startsWith(QStringLiteral("memory.max: 67108864. The limit of memory.")));
    }

    void boxesAndRowsHaveTheSameIds() {
        for (const int version : {1, 2}) {
            const CgroupView view = cgroupView(snapshot(node(version)), {}, QStringLiteral("web"));
            QSet<QString> rows;
            for (const CellsRow& row : view.rows)
                rows.insert(row.id);
            QCOMPARE(rows.size(), view.rows.size()); // unique
            QSet<QString> boxes;
            for (const DrawnBox& box : view.drawing.boxes) {
                if (box.id.isEmpty())
                    continue;
                QVERIFY2(!boxes.contains(box.id), qPrintable(box.id));
                boxes.insert(box.id);
                const bool isGroup = box.id.count(QLatin1Char('|')) == 1; // controllers without a gauge
                QVERIFY2(rows.contains(box.id) || isGroup, qPrintable(box.id));
                QVERIFY(
                    !cgroupExplanation(snapshot(node(version)), {}, QStringLiteral("web"), box.id).isEmpty());
            }
            // Every file has a row with its meaning.
            for (const dbus::CgroupFile& file : node(version).files) {
                QVERIFY(rows.contains(cgroupFileId(kPath, file)));
                QVERIFY2(!cgroupFileText(file.controller, file.file, version).meaning.isEmpty(),
                         qPrintable(file.file));
            }
        }
    }

    void nearItsLimitACardIsMarked() {
        const CgroupView view = cgroupView(snapshot(node(2)), {}, QStringLiteral("web"));
        QCOMPARE(view.drawing.box(kPath + QStringLiteral("|memory"))->tone, Tone::Bad);
        QCOMPARE(view.drawing.box(kPath + QStringLiteral("|pids"))->tone, Tone::None);
        QVERIFY(linesOf(view, QStringLiteral("/escale|memory"))
                    .simplified()
                    .contains(QStringLiteral("60 MiB of 64 MiB")));
    }

    void aFileIsExplainedWithItsTwin() {
        const QString first = cgroupExplanation(snapshot(node(1)), {}, QStringLiteral("web"),
                                                kPath + QStringLiteral("|1|memory.limit_in_bytes"));
        QVERIFY(first.contains(QStringLiteral("cat /sys/fs/cgroup/memory/escale/web/memory.limit_in_bytes")));
        QVERIFY(first.contains(QStringLiteral("<code>memory.max</code>")));
        QVERIFY(first.contains(QStringLiteral("cgroup-v1/memory.rst")));
        const QString second = cgroupExplanation(snapshot(node(2)), {}, QStringLiteral("web"),
                                                 kPath + QStringLiteral("|2|memory.max"));
        QVERIFY(second.contains(QStringLiteral("<code>memory.limit_in_bytes</code>")));
    }

    void twinsPointAtEachOther() {
        // A file's twin is a file of the other version, perhaps with a word or a second file beside it.
        const QStringList all = describedCgroupFiles();
        for (const QString& file : all) {
            for (const int version : {1, 2}) {
                const QString twin = cgroupFileText(QString(), file, version).twin;
                const QString named = twin.section(QLatin1Char(' '), 0, 0).section(QLatin1Char(','), 0, 0);
                QVERIFY2(twin.isEmpty() || named.contains(QLatin1Char('*')) || all.contains(named) ||
                             named == u"memory.pressure_level",
                         qPrintable(file + QStringLiteral(" -> ") + twin));
            }
        }
    }

    void manyCgroupsBelowAreCountedNotDrawn() {
        CgroupSnapshot all = snapshot(node(2));
        for (int i = 0; i < 60; ++i)
            all.nodes.append({kPath + QStringLiteral("/n%1").arg(i), QStringLiteral("below"), 1, {}});
        const CgroupView view = cgroupView(all, {}, QStringLiteral("web"));
        QVERIFY(view.drawing.box(kPath + QStringLiteral("/n0")) != nullptr);
        QVERIFY(view.drawing.box(kPath + QStringLiteral("/n59")) == nullptr);
        QVERIFY(std::any_of(view.drawing.texts.begin(), view.drawing.texts.end(), [](const DrawnText& text) {
            return text.text.contains(QStringLiteral("52 more"));
        }));
        QVERIFY(std::any_of(view.rows.begin(), view.rows.end(),
                            [](const CellsRow& row) { return row.id == kPath + QStringLiteral("/n59"); }));
    }

    void aPictureForTheEye() {
        if (!qEnvironmentVariableIsSet("ESCALE_PICTURES"))
            QSKIP("ESCALE_PICTURES names no folder");
        CgroupSnapshot all = snapshot(node(1));
        all.nodes.append(test::version1(kPath + QStringLiteral("/inner"), QStringLiteral("below"), 1));
        QVERIFY(exportDrawing(cgroupView(all, snapshot(node(1), 0), QStringLiteral("web")).drawing,
                              qEnvironmentVariable("ESCALE_PICTURES") + QStringLiteral("/cgroups.png")));
    }
};

ESCALE_TEST(CgroupViewTest)

#include "cgroup_view_test.moc"
