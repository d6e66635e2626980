#include "gui/common/transfer_bar.h"
#include "tests/support/test_registry.h"

#include <QTest>
#include <QToolButton>

#include <optional>
#include <thread>

using namespace escale;
using namespace escale::gui;

class TransferBarTest : public QObject {
    Q_OBJECT

    static Result<void> untilCancelled(Transfer::Control& control) {
        while (!control.cancellation.isCancelled())
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return control.cancellation.check();
    }
    static Result<void> atOnce(Transfer::Control&) { return {}; }

private Q_SLOTS:
    void itsButtonCancels() {
        TransferBar bar;
        std::optional<Result<void>> outcome;
        QVERIFY(bar.begin(QStringLiteral("Upload")));
        bar.start(0, untilCancelled, [&](const Result<void>& how) { outcome = how; });
        QVERIFY(bar.isVisible());
        bar.findChild<QToolButton*>(QStringLiteral("transferBar.cancel"))->click();
        bar.refuse({ErrorCode::Internal, "nobody answers", {}, {}}); // the engine's part
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(!*outcome);
        QVERIFY(!bar.isVisible());
    }

    void oneAtATime() {
        TransferBar bar;
        QVERIFY(bar.begin(QStringLiteral("first")));
        QVERIFY(!bar.begin(QStringLiteral("second")));
        bar.stop();
        QVERIFY(bar.begin(QStringLiteral("third")));
    }

    // A small archive is written before the engine has answered: it may still say no.
    void theEnginesAnswerIsWaitedFor() {
        TransferBar bar;
        std::optional<Result<void>> outcome;
        QVERIFY(bar.begin(QStringLiteral("Upload")));
        bar.start(0, atOnce, [&](const Result<void>& how) { outcome = how; });
        QTest::qWait(100);
        QVERIFY(!outcome.has_value());
        bar.refuse({ErrorCode::PermissionDenied, "no", {}, {}});
        QVERIFY(outcome.has_value());
        QCOMPARE(outcome->error().code, ErrorCode::PermissionDenied);
    }

    void itsEndEndsTheWork() {
        const auto ended = std::make_shared<std::atomic<bool>>(false);
        {
            TransferBar bar;
            QVERIFY(bar.begin(QStringLiteral("Upload")));
            bar.start(0,
                      [ended](Transfer::Control& control) {
                          const Result<void> outcome = untilCancelled(control);
                          *ended = true;
                          return outcome;
                      },
                      {});
        }
        QVERIFY(*ended);
    }
};

ESCALE_TEST(TransferBarTest)
#include "transfer_bar_test.moc"
