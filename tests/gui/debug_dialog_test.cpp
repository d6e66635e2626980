#include "gui/containers/debug_dialog.h"

#include "gui/common/error_banner.h"
#include "gui/common/settings.h"
#include "gui/containers/debug_terminal.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

// The dialog with an engine that keeps what it is asked.
struct Asked {
    QStringList pulls;
    QList<Answer<>> pulled;
    QList<RunRequest> requests;
    QList<Answer<QString>> ran;
    DebugDialog dialog;

    static ContainerDetails target() {
        ContainerDetails details;
        details.container = test::container(u("cafe"));
        details.container.name = u("web");
        return details;
    }
    Asked()
        : dialog(
              target(), {test::image(u("docker.io/library/busybox"), u("1.36"))},
              {[this](const QString& reference, QObject*, const std::function<void(Job*)>&, Answer<> answer) {
                   pulls.append(reference);
                   pulled.append(std::move(answer));
               },
               [this](const RunRequest& request, QObject*, Answer<QString> answer) {
                   requests.append(request);
                   ran.append(std::move(answer));
               }},
              nullptr) {
        dialog.show();
    }
    QComboBox* image() { return dialog.findChild<QComboBox*>(u("debugDialog.image")); }
    QPushButton* open() { return dialog.findChild<QPushButton*>(u("debugDialog.open")); }
    QString note() { return dialog.findChild<QLabel*>(u("debugDialog.note"))->text(); }
    void choose(const char* reference) {
        image()->setCurrentText(u(reference));
        open()->click();
    }
    bool saysError() { return dialog.findChild<ErrorBanner*>()->isVisible(); }
};

} // namespace

class DebugDialogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { Settings::setToolImage({}); }
    void cleanupTestCase() { Settings::setToolImage({}); }

    void offersTheImagesThatAreHere() {
        Asked asked;
        QCOMPARE(asked.image()->currentText(), u("busybox:1.36"));
        QCOMPARE(asked.image()->count(), 1);
        QCOMPARE(asked.note(), u("It is here already."));
        asked.image()->setCurrentText(u("debian:12"));
        QCOMPARE(asked.note(), u("It is not here yet: it will be pulled first."));
        asked.image()->setCurrentText(u(" "));
        QVERIFY(!asked.open()->isEnabled());
    }

    void startsAnImageThatIsHereAtOnce() {
        Asked asked;
        QSignalSpy started(&asked.dialog, &DebugDialog::started);
        asked.choose("busybox:1.36");
        QVERIFY(asked.pulls.isEmpty());
        QCOMPARE(asked.requests.size(), 1);
        QCOMPARE(asked.requests.first().image, u("busybox:1.36"));
        QCOMPARE(asked.requests.first().options.value(u("pid")).toString(), u("container:cafe"));
        asked.ran.first()(u("beef"));
        QCOMPARE(started.count(), 1);
        QCOMPARE(started.first().first().toString(), u("beef"));
        QVERIFY(!asked.dialog.isVisible());
    }

    void pullsOneThatIsNot() {
        Asked asked;
        asked.choose("debian:12");
        QCOMPARE(asked.pulls, QStringList(u("debian:12")));
        QVERIFY(asked.requests.isEmpty());
        QVERIFY(!asked.open()->isEnabled());
        asked.pulled.first()({});
        QCOMPARE(asked.requests.size(), 1);
    }

    void remembersTheChoice() {
        Asked().choose("my/tools:1");
        Asked again;
        QCOMPARE(again.image()->currentText(), u("my/tools:1"));
    }

    void staysOpenWithTheReasonWhenItFails() {
        Asked asked;
        asked.choose("debian:12");
        asked.pulled.first()(fail(ErrorCode::NotFound, "the registry has no such image"));
        QVERIFY(asked.dialog.isVisible());
        QVERIFY(asked.saysError());
        QVERIFY(asked.open()->isEnabled());
        QCOMPARE(asked.image()->currentText(), u("debian:12"));
    }

    void aPullThatWasCancelledIsNoError() {
        Asked asked;
        asked.choose("debian:12");
        asked.pulled.first()(fail(ErrorCode::Cancelled, ""));
        QVERIFY(!asked.saysError());
        QVERIFY(asked.open()->isEnabled());
    }

    void aToolImageWithoutAShellIsToldInWords() {
        Asked asked;
        asked.choose("busybox:1.36");
        asked.ran.first()(fail(ErrorCode::NotFound, "cannot find \"/bin/sh\": no such file or directory"));
        bool told = false;
        for (const QLabel* label : asked.dialog.findChildren<QLabel*>())
            told = told || label->text().contains(u("This image has no shell either"));
        QVERIFY(told);
    }

    // It would be left running with nobody at its terminal.
    void aStartIsWaitedFor() {
        Asked asked;
        asked.choose("busybox:1.36");
        QTest::keyClick(&asked.dialog, Qt::Key_Escape);
        QVERIFY(asked.dialog.isVisible());
        asked.ran.first()(fail(ErrorCode::WrongState, "the container web has just ended"));
        QTest::keyClick(&asked.dialog, Qt::Key_Escape);
        QVERIFY(!asked.dialog.isVisible());
    }
};

ESCALE_TEST(DebugDialogTest)
#include "debug_dialog_test.moc"
