#include "gui/containers/replacement_note.h"

#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QStandardPaths>

using namespace escale;
using namespace escale::gui;

class ReplacementNoteTest : public QObject {
    Q_OBJECT

    static QString u(const char* text) { return QString::fromUtf8(text); }
    static QString folder() {
        return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u("/escale/replacing");
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QDir(folder()).removeRecursively(); }
    void cleanupTestCase() {
        QDir(folder()).removeRecursively();
        QStandardPaths::setTestModeEnabled(false);
    }

    void whatAWindowHasLeftIsFound() {
        // Given a note of a window that ended in the middle,
        {
            ReplacementNote note({u("1"), u("web"), u("web-old-0a1b"), true});
            note.begin();
            // while it lives, no other window takes it;
            QVERIFY(ReplacementNote::leftBehind().empty());
        }
        // then the next one finds it, once.
        std::vector<ReplacementNote> notes = ReplacementNote::leftBehind();
        QCOMPARE(notes.size(), 1U);
        QVERIFY(ReplacementNote::leftBehind().empty());
        const auto& words = notes.front().words();
        QCOMPARE(words.id + words.name + words.aside, u("1webweb-old-0a1b"));
        QVERIFY(words.wasAlive);
        // And when it is dealt with, nobody does.
        notes.front().forget();
        notes.clear();
        QVERIFY(ReplacementNote::leftBehind().empty());
    }

    void halfANoteIsNone() {
        QVERIFY(QDir().mkpath(folder()));
        QFile half(folder() + u("/1"));
        QVERIFY(half.open(QIODevice::WriteOnly) && half.write("{\"name") > 0);
        half.close();
        QVERIFY(ReplacementNote::leftBehind().empty());
        QVERIFY(!half.exists());
    }

    void theContainersSayWhatIsLeft_data() {
        QTest::addColumn<dbus::ContainerList>("containers");
        QTest::addColumn<QString>("left");
        const auto named = [](const char* id, const char* name, const char* state) {
            dbus::Container container = test::container(u(id), u(state));
            container.name = u(name);
            return container;
        };
        using List = dbus::ContainerList;
        QTest::newRow("old one gone") << List{named("2", "web", "running")} << u("nothing");
        QTest::newRow("back, and runs") << List{named("1", "web", "running")} << u("nothing");
        QTest::newRow("renamed by hand") << List{named("1", "other", "exited")} << u("nothing");
        QTest::newRow("only stopped") << List{named("1", "web", "exited")} << u("stopped");
        QTest::newRow("put aside") << List{named("1", "web-old", "exited")} << u("aside");
        QTest::newRow("both are there")
            << List{named("1", "web-old", "exited"), named("2", "web", "running")} << u("aside, new 2");
    }
    void theContainersSayWhatIsLeft() {
        QFETCH(const dbus::ContainerList, containers);
        const auto left = leftoverOf({u("1"), u("web"), u("web-old"), true}, containers);
        const QString words = !left                   ? u("nothing")
                              : !left->isAside        ? u("stopped")
                              : left->newId.isEmpty() ? u("aside")
                                                      : u("aside, new ") + left->newId;
        QTEST(words, "left");
    }
};

ESCALE_TEST(ReplacementNoteTest)
#include "replacement_note_test.moc"
