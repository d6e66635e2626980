#include "gui/containers/state_note.h"

#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QLabel>

using namespace escale;
using namespace escale::gui;

class StateNoteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrongIsExplained() {
        StateNote note;
        dbus::Container container = test::container(QStringLiteral("a"), QStringLiteral("exited"), 137);
        container.oomKilled = true;
        note.setContainer(&container);
        QVERIFY(!note.isHidden());
        QCOMPARE(note.accessibleName(), QStringLiteral("name-a: ran out of memory (137)"));
        QVERIFY(note.findChild<QLabel*>(QStringLiteral("stateNote.text"))
                    ->text()
                    .contains(QStringLiteral("Raise the memory limit")));
    }

    void whatIsRightNeedsNoWords() {
        StateNote note;
        const dbus::Container running = test::container(QStringLiteral("a"));
        const dbus::Container stopped = test::container(QStringLiteral("a"), QStringLiteral("exited"), 143);
        for (const dbus::Container* container :
             {&running, &stopped, static_cast<const dbus::Container*>(nullptr)}) {
            note.setContainer(container);
            QVERIFY(note.isHidden());
        }
    }
};

ESCALE_TEST(StateNoteTest)
#include "state_note_test.moc"
