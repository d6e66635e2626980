#include "gui/client/call.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace escale;
using namespace escale::gui;

class ErrorBannerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatFailedAndWhatToDo() {
        ErrorBanner banner;
        banner.show(Error{ErrorCode::NotFound, "no such tag", "Check the tag.", {}},
                    QStringLiteral("Pull debian:13"));
        QVERIFY(banner.isVisible());
        QCOMPARE(banner.message(), QStringLiteral("Pull debian:13: no such tag"));
        QCOMPARE(banner.hint(), QStringLiteral("Check the tag."));
        QCOMPARE(banner.accessibleName(), banner.message());
    }

    void anErrorWithoutAHintGetsOne() {
        ErrorBanner banner;
        banner.show(Error{ErrorCode::NoSpace, "cannot write: No space left on device", {}, {}});
        QVERIFY(!banner.hint().isEmpty());
    }

    void whatThePersonCancelledIsNoError() {
        ErrorBanner banner;
        banner.show(Error{ErrorCode::Cancelled, "cancelled", {}, {}});
        QVERIFY(banner.isHidden());
    }

    void theActionRunsOnceAndDismisses() {
        ErrorBanner banner;
        int runs = 0;
        banner.show(Error{ErrorCode::Unreachable, "no route", {}, {}}, {}, QStringLiteral("Try again"),
                    [&] { ++runs; });
        QTest::mouseClick(banner.findChild<QPushButton*>(QStringLiteral("errorBanner.action")),
                          Qt::LeftButton);
        QCOMPARE(runs, 1);
        QVERIFY(banner.isHidden());
    }

    void dismissHidesIt() {
        ErrorBanner banner;
        banner.show(Error{ErrorCode::Internal, "defect", {}, {}});
        QTest::mouseClick(banner.findChild<QToolButton*>(QStringLiteral("errorBanner.dismiss")),
                          Qt::LeftButton);
        QVERIFY(banner.isHidden());
    }

    void anErrorFromTheBusKeepsItsCodeMessageAndHint() {
        const QDBusMessage message =
            QDBusMessage::createError(QStringLiteral("org.escale.Error.InUse"),
                                      QStringLiteral("image x is in use\nRemove container y first."));
        const Error error = errorFrom(QDBusError(message));
        QCOMPARE(error.code, ErrorCode::InUse);
        QCOMPARE(error.message, std::string("image x is in use"));
        QCOMPARE(error.hint, std::string("Remove container y first."));
    }

    void aMissingHelperIsUnreachable() {
        const QDBusMessage message = QDBusMessage::createError(
            QStringLiteral("org.freedesktop.DBus.Error.Spawn.ServiceNotFound"), QStringLiteral("no helper"));
        QCOMPARE(errorFrom(QDBusError(message)).code, ErrorCode::Unreachable);
    }

    void aQuestionRunsOnlyWhenConfirmed() {
        Confirmation confirmation;
        int runs = 0;
        confirmation.ask(QStringLiteral("Remove?"), QStringLiteral("Remove"), [&] { ++runs; });
        QTest::keyClick(&confirmation, Qt::Key_Escape);
        QCOMPARE(runs, 0);
        QVERIFY(confirmation.isHidden());
        confirmation.ask(QStringLiteral("Remove?"), QStringLiteral("Remove"), [&] { ++runs; });
        QTest::mouseClick(confirmation.findChild<QPushButton*>(QStringLiteral("confirmation.yes")),
                          Qt::LeftButton);
        QCOMPARE(runs, 1);
    }
};

ESCALE_TEST(ErrorBannerTest)
#include "error_banner_test.moc"
