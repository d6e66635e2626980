#include "gui/learn/life_text.h"
#include "gui/learn/life_view.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

namespace {

constexpr qint64 kStart = 1'767'225'600'000;
const QString kId = QStringLiteral("c1");

/// "die exitCode=143 @12.5": an action, attributes, seconds after the first one.
dbus::EventList events(const QStringList& lines) {
    dbus::EventList list;
    for (const QString& line : lines) {
        dbus::Event event;
        event.sequence = static_cast<quint64>(list.size()) + 1;
        event.type = QStringLiteral("container");
        event.id = kId;
        for (const QString& word : line.split(QLatin1Char(' '))) {
            if (word.startsWith(QLatin1Char('@')))
                event.time = kStart + std::llround(word.mid(1).toDouble() * 1000);
            else if (word.contains(QLatin1Char('=')))
                event.attributes.insert(word.section(QLatin1Char('='), 0, 0),
                                        word.section(QLatin1Char('='), 1));
            else
                event.action += (event.action.isEmpty() ? QString() : QStringLiteral(" ")) + word;
        }
        list.append(event);
    }
    return list;
}

dbus::Container container(const QString& state) {
    dbus::Container made;
    made.id = kId;
    made.name = QStringLiteral("web");
    made.state = state;
    made.started = kStart + 1000;
    return made;
}

QString waysOf(const LifeStory& story) {
    QStringList ways;
    for (const LifeTransition& way : story.transitions) {
        if (way.count > 0)
            ways.append(QStringLiteral("%1>%2:%3 x%4")
                            .arg(lifeStateName(way.from), lifeStateName(way.to), way.action)
                            .arg(way.count));
    }
    return ways.join(QStringLiteral(", "));
}

dbus::ContainerProcess process(quint32 pid, quint32 inside, quint32 parent, const char* state,
                               const char* command) {
    dbus::ContainerProcess made;
    made.pid = pid;
    made.insidePid = inside;
    made.parentPid = parent;
    made.state = QString::fromLatin1(state);
    made.command = QString::fromLatin1(command);
    return made;
}

LifeFacts facts(const dbus::Container& container, const dbus::EventList& events, const QString& policy = {}) {
    LifeFacts made;
    made.container = container;
    made.story = lifeStoryOf(container, events, policy);
    made.now = kStart + 60'000;
    return made;
}

bool says(const Drawing& drawing, const QString& words) {
    return std::any_of(drawing.texts.begin(), drawing.texts.end(),
                       [&](const DrawnText& text) { return text.text.contains(words); });
}

} // namespace

class LifeViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWaysThatItWent_data() {
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("ways");
        const auto row = [](const char* name, const QStringList& lines, const char* state, const char* policy,
                            const char* ways) {
            QTest::newRow(name) << lines << QString::fromLatin1(state) << QString::fromLatin1(policy)
                                << QString::fromLatin1(ways);
        };
        row("created", {"create @0"}, "created", "", "Nothing yet>Created:create x1");
        row("runs", {"create @0", "start @1"}, "running", "",
            "Nothing yet>Created:create x1, Created>Running:start x1");
        row("paused twice", {"create @0", "start @1", "pause @2", "unpause @3", "pause @4"}, "paused", "",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Paused:pause x2, "
            "Paused>Running:unpause x1");
        row("two runs", {"create @0", "start @1", "die exitCode=0 @2", "start @30", "die exitCode=1 @40"},
            "exited", "",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Exited:die x2, "
            "Exited>Running:start x1");
        row("by policy", {"create @0", "start @1", "die exitCode=1 @2", "start @2.1", "die exitCode=1 @3"},
            "restarting", "always",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Waiting to restart:die x2, "
            "Waiting to restart>Running:start x1");
        row("without a policy nobody tries again",
            {"create @0", "start @1", "die exitCode=1 @2", "start @2.1"}, "running", "no",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Exited:die x1, "
            "Exited>Running:start x1");
        row("stopped in spite of a policy",
            {"create @0", "start @1", "kill signal=15 grace=10 @5", "die exitCode=143 @5.2", "stop @5.2",
             "start @20"},
            "running", "always",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Exited:die x1, "
            "Exited>Running:start x1");
        row("a restart by somebody",
            {"create @0", "start @1", "kill signal=15 grace=10 @5", "die exitCode=0 @5.2", "stop @5.2",
             "start @5.4", "restart @5.4"},
            "running", "",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Exited:die x1, "
            "Exited>Running:start x1");
        row("stopped between two tries", {"create @0", "start @1", "die exitCode=1 @2", "stop @4"}, "exited",
            "always",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Waiting to restart:die x1, "
            "Waiting to restart>Exited:stop x1");
        row("its beginning is lost", {"die exitCode=0 @50", "start @60"}, "running", "",
            "Running>Exited:die x1, Exited>Running:start x1");
        row("removed", {"create @0", "start @1", "die exitCode=0 @2", "destroy @3"}, "", "",
            "Nothing yet>Created:create x1, Created>Running:start x1, Running>Exited:die x1, "
            "Exited>Removed:destroy x1");
    }
    void theWaysThatItWent() {
        QFETCH(QStringList, lines);
        QFETCH(QString, state);
        QFETCH(QString, policy);
        QFETCH(QString, ways);
        const LifeStory story = lifeStoryOf(container(state), events(lines), policy);
        QCOMPARE(waysOf(story), ways);
        // Each way that is possible is there, once.
        QCOMPARE(std::count_if(story.transitions.begin(), story.transitions.end(),
                               [](const LifeTransition& way) {
                                   return way.from == LifeState::Running && way.to == LifeState::Paused;
                               }),
                 1);
    }

    void eventsOfOthersAreLeftOut() {
        dbus::EventList all = events({"create @0", "start @1"});
        all.append(events({"die exitCode=1 @2"}));
        all.last().id = QStringLiteral("c2");
        QCOMPARE(lifeStoryOf(container(QStringLiteral("running")), all, {}).runs.last().ended, 0);
    }

    void howItEnded_data() {
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("notTold");
        QTest::newRow("it obeys")
            << QStringList{"start @1", "kill signal=15 grace=10 @5", "die exitCode=0 @5.3", "stop @5.3"}
            << "asked to stop by SIGTERM, and given 10 s|It obeyed after 300 ms|Exit code 0"
            << "SIGKILL";
        QTest::newRow("it ignores")
            << QStringList{"start @1", "kill signal=15 grace=2 @5", "kill signal=9 @7",
                           "die exitCode=137 @7.1", "stop @7.1"}
            << "given 2 s|It went on for 2.0 s all the same|SIGKILL, which no process can catch"
            << "It obeyed";
        QTest::newRow("killed at once")
            << QStringList{"start @1", "kill signal=9 @5", "die exitCode=137 @5.1"} << "It was sent SIGKILL"
            << "It obeyed|went on";
        QTest::newRow("signals by hand")
            << QStringList{"start @1", "kill signal=15 @5", "kill signal=9 @8", "die exitCode=137 @8.1"}
            << "It was sent SIGTERM|It went on for 3.0 s"
            << "asked to stop";
        QTest::newRow("a signal that ends nothing")
            << QStringList{"start @1", "kill signal=1 @5", "die exitCode=0 @8"}
            << "its program ended by itself"
            << "SIGHUP";
        QTest::newRow("by itself") << QStringList{"start @1", "die exitCode=3 @5"}
                                   << "ended by itself|Exit code 3"
                                   << "SIG";
        QTest::newRow("an older engine")
            << QStringList{"start @1", "die @5", "stop @5"} << "which signal it was sent is not known"
            << "Exit code";
        QTest::newRow("out of memory, but not the first process")
            << QStringList{"start @1", "kill signal=15 grace=10 @5", "oom @5.2", "die exitCode=0 @5.3",
                           "stop @5.3"}
            << "Meanwhile memory had run out|It obeyed|Exit code 0: exited (0)"
            << "Memory ran out:";
        QTest::newRow("out of memory")
            << QStringList{"start @1", "oom @4.9", "die exitCode=137 @5"} << "Memory ran out|Exit code 137"
            << "by itself";
    }
    void howItEnded() {
        QFETCH(QStringList, lines);
        QFETCH(QString, told);
        QFETCH(QString, notTold);
        const LifeStory story = lifeStoryOf(container(QStringLiteral("exited")), events(lines), {});
        const QString sentences = endSentences(story.runs.last()).join(QLatin1Char(' '));
        for (const QString& words : told.split(QLatin1Char('|')))
            QVERIFY2(sentences.contains(words), qPrintable(sentences));
        const QString first = endSentences(story.runs.last()).mid(0, 2).join(QLatin1Char(' '));
        for (const QString& words : notTold.split(QLatin1Char('|')))
            QVERIFY2(!first.contains(words), qPrintable(first));
    }

    void theEndIsDrawnToScale() {
        // Given: 10 s were allowed, and it obeyed after 2.5 s
        const LifeView view = lifeView(facts(container(QStringLiteral("exited")),
                                             events({"create @0", "start @1", "kill signal=15 grace=10 @5",
                                                     "die exitCode=0 @7.5", "stop @7.5"})));
        // Then: a quarter of what was allowed
        const DrawnBox* lived = view.drawing.box(QStringLiteral("end"));
        QVERIFY(lived != nullptr);
        const auto given =
            std::find_if(view.drawing.boxes.begin(), view.drawing.boxes.end(), [&](const DrawnBox& box) {
                return box.look == DrawnBox::Look::Dashed && box.rect.top() == lived->rect.top();
            });
        QVERIFY(given != view.drawing.boxes.end());
        QCOMPARE(lived->rect.width() / given->rect.width(), 0.25);
    }

    void aStopThatIsUnderWayGrows() {
        LifeFacts now = facts(container(QStringLiteral("running")),
                              events({"create @0", "start @1", "kill signal=15 grace=10 @50"}));
        now.now = kStart + 52'000;
        const qreal before = lifeView(now).drawing.box(QStringLiteral("end"))->rect.width();
        now.now = kStart + 56'000;
        const LifeView later = lifeView(now);
        QVERIFY(later.drawing.box(QStringLiteral("end"))->rect.width() > before * 2);
        QVERIFY(says(later.drawing, QStringLiteral("It is being stopped")));
    }

    void twoRunsCanBeChosen() {
        // Given
        LifeFacts two =
            facts(container(QStringLiteral("exited")),
                  events({"create @0", "start @1", "die exitCode=0 @4", "start @30", "die exitCode=1 @40"}));
        QCOMPARE(two.story.runs.size(), 2);
        QVERIFY(runTitle(two.story.runs[0], 1).startsWith(QStringLiteral("1: ")));
        QVERIFY(runTitle(two.story.runs[0], 1).endsWith(QStringLiteral("3.0 s, exited (0)")));
        // When, then
        QCOMPARE(two.shown(), &two.story.runs[1]);
        two.run = 0;
        QVERIFY(says(lifeView(two).drawing, QStringLiteral("after 3.0 s")));
        two.run = 7; // there is none
        QCOMPARE(two.shown(), &two.story.runs[1]);
    }

    void waysThatWereNotGoneAreFaint() {
        const LifeView view =
            lifeView(facts(container(QStringLiteral("running")), events({"create @0", "start @1"})));
        QCOMPARE(view.drawing.box(QStringLiteral("way:created:running"))->look, DrawnBox::Look::Outlined);
        QCOMPARE(view.drawing.box(QStringLiteral("way:running:paused"))->look, DrawnBox::Look::Faint);
        QCOMPARE(view.drawing.box(QStringLiteral("state:running"))->look, DrawnBox::Look::Filled);
        QCOMPARE(view.drawing.box(QStringLiteral("state:paused"))->look, DrawnBox::Look::Faint);
    }

    void processesStandBelowTheirParents() {
        // Given: the list comes in no such order
        LifeFacts living = facts(container(QStringLiteral("running")), events({"create @0", "start @1"}));
        living.processes = {process(30, 7, 20, "Z", ""), process(10, 1, 4, "S", "/bin/sh /bin/demo"),
                            process(20, 6, 5, "S", "sleep 30"), process(11, 2, 10, "S", "httpd")};
        // When
        const LifeView view = lifeView(living);
        // Then
        const auto rect = [&](int pid) {
            return view.drawing.box(QStringLiteral("process:%1").arg(pid))->rect;
        };
        QVERIFY(rect(11).left() > rect(10).left());
        QVERIFY(rect(11).top() > rect(10).top() && rect(11).top() < rect(20).top());
        QCOMPARE(rect(20).left(), rect(10).left()); // came by exec
        QVERIFY(rect(30).left() > rect(20).left());
        const DrawnBox* zombie = view.drawing.box(QStringLiteral("process:30"));
        QCOMPARE(zombie->tone, Tone::Bad);
        QVERIFY(zombie->spoken.contains(QStringLiteral("zombie")));
        QVERIFY(
            lifeExplanation(living, QStringLiteral("process:30")).contains(QStringLiteral("Without --init")));
        living.hasInit = true;
        QVERIFY(lifeExplanation(living, QStringLiteral("process:30")).contains(QStringLiteral("small init")));
        QVERIFY(lifeExplanation(living, {}).contains(QStringLiteral("1 zombie")));
    }

    void processesThatGoRoundInACircleAreDrawnOnce() {
        // A reading is not of one moment: numbers may have been given away meanwhile.
        LifeFacts odd = facts(container(QStringLiteral("running")), events({"create @0", "start @1"}));
        odd.processes = {process(10, 1, 4, "S", "a"), process(11, 2, 12, "S", "b"),
                         process(12, 3, 11, "S", "c")};
        QVERIFY(lifeView(odd).drawing.box(QStringLiteral("process:10")) != nullptr);
    }

    void withoutAnyEventsTheContainerSaysWhatItKnows() {
        dbus::Container old = container(QStringLiteral("exited"));
        old.finished = kStart + 9000;
        old.exitCode = 1;
        const LifeFacts known = facts(old, {});
        QCOMPARE(known.story.runs.size(), 1);
        QVERIFY(known.story.isCut);
        QVERIFY(lifeExplanation(known, {}).contains(QStringLiteral("no longer kept")));
        QVERIFY(says(lifeView(known).drawing, QStringLiteral("after 8.0 s")));
    }

    void boxesAndRowsHaveTheSameIds() {
        LifeFacts living = facts(container(QStringLiteral("running")),
                                 events({"create @0", "start @1", "pause @2", "unpause @3", "update @4"}));
        living.processes = {process(10, 1, 4, "S", "demo")};
        const LifeView view = lifeView(living);
        QSet<QString> rows;
        for (const CellsRow& row : view.rows)
            rows.insert(row.id);
        QCOMPARE(rows.size(), view.rows.size());
        for (const DrawnBox& box : view.drawing.boxes) {
            if (box.id.startsWith(u"way:") || box.id.startsWith(u"process:") || box.id.startsWith(u"event:"))
                QVERIFY2(rows.contains(box.id), qPrintable(box.id));
            if (!box.id.isEmpty())
                QVERIFY2(!lifeExplanation(living, box.id).isEmpty(), qPrintable(box.id));
            QVERIFY2(box.id.isEmpty() || view.drawing.bounds.contains(box.rect), qPrintable(box.id));
        }
    }

    void aPictureForTheEye() {
        if (!qEnvironmentVariableIsSet("ESCALE_PICTURES"))
            QSKIP("ESCALE_PICTURES names no folder");
        LifeFacts living =
            facts(container(QStringLiteral("running")),
                  events({"create @0", "start @1", "pause @12", "unpause @15", "die exitCode=1 @20",
                          "start @20.2", "kill signal=15 grace=10 @30", "kill signal=9 @40",
                          "die exitCode=137 @40.1", "stop @40.1", "start @50"}),
                  QStringLiteral("on-failure"));
        living.processes = {process(10, 1, 4, "S", "/bin/sh /bin/demo"),
                            process(11, 2, 10, "S", "httpd -p 8080 -h /srv/www"),
                            process(20, 6, 5, "S", "sleep 30"), process(30, 7, 20, "Z", "")};
        const QString folder = qEnvironmentVariable("ESCALE_PICTURES");
        QVERIFY(exportDrawing(lifeView(living).drawing, folder + QStringLiteral("/life.png")));
        living.run = 1;
        QVERIFY(exportDrawing(lifeView(living).drawing, folder + QStringLiteral("/life-stop.png")));
    }
};

ESCALE_TEST(LifeViewTest)

#include "life_view_test.moc"
