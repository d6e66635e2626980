#include "gui/stacks/stack_progress.h"

#include "gui/stacks/stack_timeline.h"
#include "gui/stacks/timeline_view.h"
#include "tests/gui/stack_sample_project.h"
#include "tests/support/test_registry.h"

#include <QAccessible>
#include <QTest>

using namespace escale;
using namespace escale::gui;

class StackProgressTest : public QObject {
    Q_OBJECT

    static QString s(const char* text) { return QString::fromUtf8(text); }
    static StackProgress after(qsizetype events) {
        StackProgress progress;
        progress.begin(900);
        for (const QByteArray& line : test::sampleEvents(events))
            progress.apply(line);
        return progress;
    }
    static const TimelineRow* row(const Timeline& timeline, const QString& name) {
        for (const TimelineRow& each : timeline.rows) {
            if (each.name == name)
                return &each;
        }
        return nullptr;
    }

private Q_SLOTS:
    void aPulledImageIsWorkOnItsService() {
        QCOMPARE(after(1).workOn(s("db")), s("pulling its image…"));
        QVERIFY(after(2).workOn(s("db")).isEmpty());
    }

    void stepsAreCounted() {
        QCOMPARE(after(3).doneCount(), 0);
        QCOMPARE(after(100).doneCount(), 6);
        QCOMPARE(after(100).state(), StackProgress::State::Done);
    }

    void whoWaitsSaysForWhom() {
        const StackProgress progress = after(13);
        QVERIFY(progress.isWaiting(s("web")));
        QCOMPARE(progress.workOn(s("web")), s("waits for db: healthy"));
        QVERIFY(!progress.isBusy(s("db")));
    }

    void aFailedStepTellsOfItsService() {
        StackProgress progress = after(13);
        progress.apply(R"({"time":2500,"event":"step","step":4,"state":"failed","error":"db is unhealthy"})");
        progress.apply(R"({"time":2500,"event":"step","step":5,"state":"skipped"})");
        progress.apply(R"({"time":2600,"event":"end","state":"failed"})");
        QCOMPARE(progress.errorOf(s("db")), s("db is unhealthy"));
        QVERIFY(progress.errorOf(s("web")).isEmpty());
        QCOMPARE(progress.state(), StackProgress::State::Failed);
        QVERIFY(stackFailureHint(progress.errorOf(s("db"))).contains(s("start_period")));
    }

    void whatIsNoEventIsLeftOut() {
        StackProgress progress = after(13);
        for (const char* line :
             {"", "no json", "[]", R"({"event":"step","step":99,"state":"done"})", R"({"event":"comet"})"})
            progress.apply(line);
        QCOMPARE(progress.steps().size(), 6);
    }

    void aJobThatEndsWithoutAWordEndsWhatGoesOn() {
        StackProgress progress = after(13);
        progress.end(StackProgress::State::Cancelled, 5000);
        QVERIFY(!progress.isBusy(s("web")));
        QCOMPARE(progress.ended(), 5000);
    }

    void theTimeLineShowsTheWaiting() {
        const Timeline timeline = timelineOf(after(100), 10'000);
        const TimelineRow* web = row(timeline, s("shop-web-1"));
        QVERIFY(web != nullptr);
        // Waited for the network, was made, waited for db, was started.
        QList<TimelineBar::Kind> kinds;
        for (const TimelineBar& bar : web->bars)
            kinds << bar.kind;
        using Kind = TimelineBar::Kind;
        QCOMPARE(kinds, (QList<Kind>{Kind::Waiting, Kind::Done, Kind::Waiting, Kind::Done}));
        QCOMPARE(web->bars[2].text, s("waits for db: healthy"));
        QCOMPARE(web->bars[2].from, 1720);
        QCOMPARE(web->bars[2].to, 3800);
        QCOMPARE(timeline.from, 900);
        QCOMPARE(timeline.to, 3900);
    }

    void whatGoesOnEndsNow() {
        const Timeline timeline = timelineOf(after(13), 2500);
        const TimelineRow* web = row(timeline, s("shop-web-1"));
        QVERIFY(web != nullptr && web->bars.last().isOpen);
        QCOMPARE(web->bars.last().to, 2500);
        QCOMPARE(timeline.to, 2500);
    }

    void ticksAreRound() {
        QCOMPARE(tickOf(1), 1);
        QCOMPARE(tickOf(3), 5);
        QCOMPARE(tickOf(730), 1000);
        QCOMPARE(tickOf(1300), 2000);
    }

    void oneGoesThroughTheTimeLineWithKeys() {
        TimelineView view;
        view.resize(600, 200);
        view.setTimeline(timelineOf(after(100), 10'000));
        view.show();
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.currentPart(), view.partIds().first());
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.currentPart(), view.partIds().last());
        QAccessibleInterface* whole = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(whole->child(whole->childCount() - 1)->text(QAccessible::Name).contains(s("waits for db")));
    }
};

ESCALE_TEST(StackProgressTest)
#include "stack_progress_test.moc"
