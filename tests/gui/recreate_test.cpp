#include "gui/containers/recreate.h"

#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QRegularExpression>
#include <QSet>

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

// An engine of two containers that notes what it is asked, and fails or waits where it is told to.
struct Scene {
    QStringList asked;
    QSet<QString> failing; // "run", "rename name-1", …: the beginning of what is asked
    QString held;          // its answer is kept
    std::function<void()> release;
    QList<dbus::Container> states; // of the new one; the last one stays
    QStringList ended;
    std::unique_ptr<Recreate> recreate;

    explicit Scene(const QString& state = u("running"))
        : Scene(test::container(u("1"), state)) {}
    explicit Scene(const dbus::Container& old) {
        states = {test::container(u("2"))};
        recreate = std::make_unique<Recreate>(old, RunRequest{u("demo"), {}, {}}, calls(),
                                              Recreate::Times{1, 20, 60});
        QObject::connect(
            recreate.get(), &Recreate::ended, recreate.get(), [this](const Recreate::Outcome& outcome) {
                ended.append(outcome.id + u("|") +
                             (outcome.done ? u("ok") : QString::fromStdString(outcome.done.error().message)));
            });
    }
    // What is asked, without the random end of the name aside.
    void note(QString what, Answer<> answer) {
        static const QRegularExpression kEnd(u("-old-[0-9a-f]{4}"));
        what.replace(kEnd, u("-old"));
        asked.append(what);
        const bool fails = std::any_of(failing.begin(), failing.end(),
                                       [&what](const QString& start) { return what.startsWith(start); });
        const Result<> result =
            fails ? Result<>(fail(ErrorCode::SystemFailure, what.toStdString() + " failed")) : Result<>();
        if (what == held)
            release = [answer, result] { answer(result); };
        else
            answer(result);
    }
    Recreate::Calls calls() {
        const auto of = [this](const char* verb) {
            return [this, verb](const QString& id, QObject*, const Answer<>& answer) {
                note(u(verb) + u(" ") + id, answer);
            };
        };
        Recreate::Calls made;
        made.stop = of("stop");
        made.start = of("start");
        made.remove = of("remove");
        made.rename = [this](const QString& id, const QString& name, QObject*, const Answer<>& answer) {
            note(u("rename ") + id + u(" ") + name, answer);
        };
        const auto makes = [this](const char* verb) {
            return [this, verb](const RunRequest& request, QObject*, const Answer<QString>& answer) {
                note(u(verb) + u(" ") + request.options.value(u("name")).toString(),
                     [answer](const Result<>& ran) { ran ? answer(u("2")) : answer(fail(ran.error())); });
            };
        };
        made.run = makes("run");
        made.create = makes("create");
        made.inspect = [this](const QString&, QObject*, const Answer<dbus::Container>& answer) {
            answer(states.size() > 1 ? states.takeFirst() : states.first());
        };
        return made;
    }
    void health(const QStringList& words) {
        states.clear();
        for (const QString& word : words) {
            states.append(test::container(u("2")));
            states.last().health = word;
        }
    }
};

const QStringList kUp{u("stop 1"), u("rename 1 name-1-old"), u("run name-1")};
const QStringList kDown{u("remove 2"), u("rename 1 name-1"), u("start 1")};

} // namespace

class RecreateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOldOneGoesWhenTheNewOneStays() {
        Scene scene;
        scene.recreate->start();
        QVERIFY(scene.ended.isEmpty()); // it must stay up for a moment
        QTRY_COMPARE(scene.ended, QStringList(u("2|ok")));
        QCOMPARE(scene.asked, kUp + QStringList(u("remove 1")));
    }

    void aHealthCheckIsWaitedFor() {
        Scene scene;
        scene.health({u("starting"), u("starting"), u("healthy")});
        scene.recreate->start();
        QTRY_COMPARE(scene.ended, QStringList(u("2|ok")));
    }

    void oneThatWasStoppedIsNotStarted_data() {
        QTest::addColumn<QString>("failing");
        QTest::addColumn<QString>("then");
        QTest::newRow("made") << u("nothing") << u("remove 1");
        QTest::newRow("not made") << u("create") << u("rename 1 name-1");
    }
    void oneThatWasStoppedIsNotStarted() {
        QFETCH(const QString, failing);
        QFETCH(const QString, then);
        Scene scene(u("exited"));
        scene.failing = {failing};
        scene.recreate->start();
        QCOMPARE(scene.asked, (QStringList{u("rename 1 name-1-old"), u("create name-1"), then}));
        QCOMPARE(scene.ended.size(), 1); // nothing is waited for
    }

    void aRunThatFailsIsUndone() {
        // Given an image that cannot be started, when it is to take the old one's place,
        Scene scene;
        scene.failing = {u("run")};
        scene.recreate->start();
        // then the old one is back and runs.
        QCOMPARE(scene.asked, kUp + kDown.mid(1));
        QCOMPARE(scene.ended, QStringList(u("|run name-1 failed. The old container is back in its place")));
    }

    void oneThatEndsAtOnceIsUndone() {
        Scene scene;
        scene.states = {test::container(u("2")), test::container(u("2"), u("exited"), 3)};
        scene.recreate->start();
        QTRY_COMPARE(scene.ended.size(), 1);
        QVERIFY2(scene.ended.first().contains(u("exit code 3")), qPrintable(scene.ended.first()));
        QCOMPARE(scene.asked, kUp + kDown);
    }

    void anUnhealthyOneIsUndone() {
        Scene scene;
        scene.health({u("starting"), u("unhealthy")});
        scene.recreate->start();
        QTRY_COMPARE(scene.ended.size(), 1);
        QVERIFY(scene.ended.first().contains(u("health check failed")));
        QCOMPARE(scene.asked, kUp + kDown);
    }

    void oneThatNeverBecomesHealthyIsUndone() {
        Scene scene;
        scene.health({u("starting")});
        scene.recreate->start();
        QTRY_COMPARE(scene.ended.size(), 1);
        QVERIFY(scene.ended.first().contains(u("did not become healthy")));
        QCOMPARE(scene.asked, kUp + kDown);
    }

    void aCancelWhileItWaitsIsUndone() {
        Scene scene;
        scene.health({u("starting")});
        scene.recreate->start();
        QVERIFY(scene.recreate->canCancel());
        scene.recreate->cancel();
        QCOMPARE(scene.asked, kUp + kDown);
        QCOMPARE(scene.ended, QStringList(u("|"))); // cancelled: no words
        QVERIFY(!scene.recreate->canCancel());
    }

    void aCancelDuringACallIsUndoneAfterIt() {
        Scene scene;
        scene.held = u("stop 1");
        scene.recreate->start();
        scene.recreate->cancel();
        QCOMPARE(scene.asked, QStringList(u("stop 1")));
        scene.release();
        QCOMPARE(scene.asked, (QStringList{u("stop 1"), u("start 1")}));
    }

    void bothErrorsAreToldWhenGoingBackFails() {
        // Given a new one that is being started when it is cancelled, and a name that cannot be given back,
        Scene worse;
        worse.held = u("run name-1");
        worse.recreate->start();
        worse.failing = {u("rename")};
        worse.held.clear();
        worse.recreate->cancel();
        worse.release();
        // then both are told, and the name under which the old one is.
        QCOMPARE(worse.ended.size(), 1);
        const QString told = worse.ended.first();
        QVERIFY2(told.contains(u("it was cancelled")) && told.contains(u("rename 1 name-1 failed")),
                 qPrintable(told));
        QVERIFY2(told.contains(u("is there as “name-1-old-")), qPrintable(told));
    }

    void anOldOneThatCannotBeRemovedIsNamed() {
        Scene scene;
        scene.failing = {u("remove")};
        scene.recreate->start();
        QTRY_COMPARE(scene.ended.size(), 1);
        QVERIFY2(scene.ended.first().startsWith(u("2|the new container is there")),
                 qPrintable(scene.ended.first()));
        QVERIFY(scene.ended.first().contains(u("name-1-old-")));
    }

    void whatAnEarlierOneHasLeftIsPutBack() {
        // Given an old one that is aside and a new one in its place, then all is as before;
        Scene scene;
        scene.recreate->putBack(u("name-1-old-abcd"), u("2"), true);
        QCOMPARE(scene.asked, kDown);
        QCOMPARE(scene.ended, QStringList(u("|")));
        // of one that was only stopped, it runs again.
        Scene stopped;
        stopped.recreate->putBack({}, {}, true);
        QCOMPARE(stopped.asked, QStringList(u("start 1")));
    }

    void oneThatIsRemovedWhenItStopsIsLeftAlone() {
        dbus::Container old = test::container(u("1"));
        old.removeWhenStopped = true;
        Scene scene(old);
        scene.recreate->start();
        QVERIFY(scene.asked.isEmpty());
        QVERIFY(scene.ended.first().contains(u("removed when it stops")));
    }

    void theTimeLimitFollowsTheCheck() {
        QCOMPARE(Recreate::timesFor({}).healthy, 180'000);
        QCOMPARE(Recreate::timesFor({{u("health-interval"), qulonglong(1000)},
                                     {u("health-timeout"), qulonglong(1000)},
                                     {u("health-start-period"), qulonglong(600'000)}})
                     .healthy,
                 606'000);
    }
};

ESCALE_TEST(RecreateTest)
#include "recreate_test.moc"
