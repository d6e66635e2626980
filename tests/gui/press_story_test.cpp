#include "gui/client/run_request.h"
#include "gui/learn/limits_demo.h"
#include "gui/learn/press_story.h"
#include "tests/gui/cgroup_sample.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

namespace {

constexpr double kMebibyte = 1 << 20;

QStringList wordsOf(const PressStory& story, PressKind kind) {
    QStringList words;
    for (const ChartMark& mark : story.marks(kind))
        words.append(mark.words);
    return words;
}

} // namespace

class PressStoryTest : public QObject {
    Q_OBJECT

    CgroupReading m_reading;
    PressStory m_story;

    static QString told(const QStringList& sentences) { return sentences.join(QLatin1Char('\n')); }

private Q_SLOTS:
    void init() {
        m_reading = readingOf(test::version2(QStringLiteral("/escale/web"), QStringLiteral("itself")));
        m_story.clear();
    }

    void beforeAReadingThereIsNothingToSay() {
        for (const PressKind kind : kPressKinds) {
            QVERIFY(m_story.values(kind).isEmpty());
            QVERIFY(m_story.sentences(kind).isEmpty());
        }
    }

    void throttlingIsCountedFromWhereThePressingBegan() {
        // Given: 37 of 50 periods are long over
        m_story.take(1000, m_reading);
        m_story.begin(PressKind::Cpu, 1000);
        // When: two seconds later
        m_reading.periods += 20;
        m_reading.throttledPeriods += 19;
        m_reading.cpuSeconds = *m_reading.cpuSeconds + 1;
        m_reading.throttledSeconds += 3;
        m_story.take(3000, m_reading);
        // Then
        QCOMPARE(m_story.values(PressKind::Cpu), (QList<double>{50, 150}));
        QCOMPARE(m_story.limit(PressKind::Cpu), 50.0);
        const QString words = told(m_story.sentences(PressKind::Cpu));
        QVERIFY2(words.contains(QStringLiteral("19 of 20 periods of 100 ms")), qPrintable(words));
        QVERIFY(words.contains(QStringLiteral("0.50 processors; its limit is 0.50")));
        QCOMPARE(wordsOf(m_story, PressKind::Cpu),
                 (QStringList{QStringLiteral("begin"), QStringLiteral("throttled")}));
    }

    void memoryTellsReclaimThenTheEndOfAProcess() {
        // Given
        m_reading.fileCache = 24 * kMebibyte;
        m_story.take(1000, m_reading);
        m_story.begin(PressKind::Memory, 1000);
        QVERIFY(!told(m_story.sentences(PressKind::Memory)).contains(QStringLiteral("reclaim")));
        // When: it runs against the limit, and the kernel takes page cache back
        m_reading.fileCache = 4 * kMebibyte;
        m_reading.limitHits += 100;
        m_story.take(2000, m_reading);
        // Then
        QString words = told(m_story.sentences(PressKind::Memory));
        QVERIFY2(words.contains(QStringLiteral("100 time")) &&
                     words.simplified().contains(QStringLiteral("20 MiB")),
                 qPrintable(words));
        QVERIFY(!words.contains(QStringLiteral("OOM")));
        // When: nothing is left
        ++m_reading.oomKills;
        m_story.take(3000, m_reading);
        // Then
        words = told(m_story.sentences(PressKind::Memory));
        QVERIFY(words.contains(QStringLiteral("OOM killer")));
        QVERIFY(words.contains(QStringLiteral("so does the container")));
        QCOMPARE(wordsOf(m_story, PressKind::Memory),
                 (QStringList{QStringLiteral("begin"), QStringLiteral("reclaim"), QStringLiteral("OOM")}));
        QVERIFY(m_story.marks(PressKind::Memory).last().isBad);
    }

    void aKernelThatDoesNotCountItIsBelievedByItsCache() {
        // Given: it is full, and its page cache falls without any counter
        m_reading.fileCache = 24 * kMebibyte;
        m_story.take(1000, m_reading);
        m_story.begin(PressKind::Memory, 1000);
        m_reading.fileCache = 14 * kMebibyte;
        m_story.take(2000, m_reading);
        // Then
        QVERIFY(told(m_story.sentences(PressKind::Memory)).contains(QStringLiteral("It was full")));
        QVERIFY(wordsOf(m_story, PressKind::Memory).contains(QStringLiteral("reclaim")));
        // But one that is half empty may have let go of a file.
        m_story.clear();
        m_reading.memory = 30 * kMebibyte;
        m_story.take(1000, m_reading);
        m_story.begin(PressKind::Memory, 1000);
        m_reading.fileCache = 4 * kMebibyte;
        m_story.take(2000, m_reading);
        QVERIFY(!wordsOf(m_story, PressKind::Memory).contains(QStringLiteral("reclaim")));
    }

    void refusedProcessesAreToldAndNothingIsEnded() {
        m_story.take(1000, m_reading);
        m_story.begin(PressKind::Processes, 1000);
        m_reading.pids = 64;
        m_reading.pidsRefused += 1;
        m_story.take(2000, m_reading);
        const QString words = told(m_story.sentences(PressKind::Processes));
        QVERIFY2(words.contains(QStringLiteral("64 of 64")) && words.contains(QStringLiteral("EAGAIN")),
                 qPrintable(words));
    }

    void aDiskAtItsLimitWaits() {
        m_story.take(1000, m_reading);
        m_story.begin(PressKind::Disk, 1000);
        m_reading.bytesWritten = *m_reading.bytesWritten + 1e7;
        m_story.take(2000, m_reading);
        QCOMPARE(m_story.values(PressKind::Disk), (QList<double>{0, 1e7}));
        QVERIFY(wordsOf(m_story, PressKind::Disk).contains(QStringLiteral("waits")));
        QVERIFY(told(m_story.sentences(PressKind::Disk)).contains(QStringLiteral("has to wait")));
    }

    void anotherExperimentBeginsItsMarksAnew() {
        m_story.take(1000, m_reading);
        m_story.begin(PressKind::Memory, 1000);
        ++m_reading.oomKills;
        m_story.take(2000, m_reading);
        m_story.end();
        m_story.begin(PressKind::Memory, 9000);
        QCOMPARE(wordsOf(m_story, PressKind::Memory), QStringList{QStringLiteral("begin")});
        m_story.take(9500, m_reading);
        QVERIFY(!told(m_story.sentences(PressKind::Memory)).contains(QStringLiteral("OOM killer (")));
    }

    void readingsOutOfOrderAreDropped() {
        m_story.take(2000, m_reading);
        m_reading.pids = 99;
        m_story.take(1500, m_reading);
        QCOMPARE(m_story.values(PressKind::Processes), QList<double>{3});
    }

    void theDemoHasASmallLimitOfEachKind() {
        const RunRequest request = limitsDemo(QStringLiteral("limits-demo"), QStringLiteral("/dev/vda"));
        QCOMPARE(request.options.value(QStringLiteral("memory")).typeId(), QMetaType::ULongLong);
        QCOMPARE(request.options.value(QStringLiteral("memory")).toULongLong(), 64U << 20);
        QCOMPARE(request.options.value(QStringLiteral("cpus")).toDouble(), 0.5);
        QCOMPARE(request.options.value(QStringLiteral("pids")).toLongLong(), 64);
        QCOMPARE(request.options.value(QStringLiteral("device-write-bps")).toStringList(),
                 QStringList{QStringLiteral("/dev/vda:10000000")});
        QVERIFY(!limitsDemo(QStringLiteral("x"), {}).options.contains(QStringLiteral("device-write-bps")));
        QVERIFY(diskBelow(QStringLiteral("/proc")).isEmpty()); // on no disk
    }
};

ESCALE_TEST(PressStoryTest)

#include "press_story_test.moc"
