#include "gui/common/log_view.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>

using namespace escale::gui;

class LogViewTest : public QObject {
    Q_OBJECT

    static QList<LogLine> lines(int count) {
        QList<LogLine> made;
        for (int i = 0; i < count; ++i)
            made.append({QStringLiteral("line %1").arg(i), QStringLiteral("2026-01-02T03:04:05.678901234Z"),
                         i % 10 == 9});
        return made;
    }
    static QPlainTextEdit* text(LogView& view) {
        return view.findChild<QPlainTextEdit*>(QStringLiteral("logView.text"));
    }
    static QToolButton* button(LogView& view, const char* name) {
        return view.findChild<QToolButton*>(QStringLiteral("logView.") + QString::fromLatin1(name));
    }

private Q_SLOTS:
    void showsLinesInOrder() {
        LogView view;
        view.append(lines(3));
        QTRY_VERIFY(view.isIdle());
        QCOMPARE(text(view)->toPlainText(), QStringLiteral("line 0\nline 1\nline 2"));
    }

    void keepsABoundedNumber() {
        LogView view;
        for (int i = 0; i < 12; ++i)
            view.append(lines(10'000));
        QTRY_VERIFY_WITH_TIMEOUT(view.isIdle(), 60'000);
        QCOMPARE(view.lineCount(), LogView::kMostLines);
        QVERIFY(text(view)->blockCount() <= LogView::kMostLines);
    }

    void aFloodLeavesTurnsToOthers() {
        // Given 50 000 lines at once, each turn of the event loop stays short.
        LogView view;
        view.resize(800, 500);
        view.show();
        view.append(lines(50'000));
        QElapsedTimer clock;
        qint64 longest = 0;
        int turns = 0;
        while (!view.isIdle()) {
            clock.start();
            QCoreApplication::processEvents();
            longest = std::max(longest, clock.elapsed());
            ++turns;
        }
        QVERIFY(turns > 5);
        qInfo("longest turn: %lld ms in %d turns", static_cast<long long>(longest), turns);
    }

    void asksTheReaderToWait() {
        LogView view;
        QSignalSpy throttle(&view, &LogView::throttle);
        view.append(lines(10'000));
        QCOMPARE(throttle.count(), 1);
        QVERIFY(throttle[0][0].toBool());
        QTRY_VERIFY(view.isIdle());
        QVERIFY(!throttle.last()[0].toBool());
    }

    void clearStaysCleared() {
        LogView view;
        view.append(lines(5));
        QTRY_VERIFY(view.isIdle());
        QTest::mouseClick(button(view, "clear"), Qt::LeftButton);
        view.append({{QStringLiteral("later"), {}, false}});
        QTRY_VERIFY(view.isIdle());
        QCOMPARE(text(view)->toPlainText(), QStringLiteral("later"));
    }

    void pauseHoldsLinesBackAndLosesNone() {
        LogView view;
        QTest::mouseClick(button(view, "pause"), Qt::LeftButton);
        view.append(lines(2));
        QTest::qWait(30);
        QVERIFY(text(view)->toPlainText().isEmpty());
        QTest::mouseClick(button(view, "pause"), Qt::LeftButton);
        QTRY_COMPARE(text(view)->toPlainText(), QStringLiteral("line 0\nline 1"));
    }

    void onlyMatchingLinesShow() {
        LogView view;
        view.append(lines(20));
        view.findChild<QLineEdit*>(QStringLiteral("logView.find"))->setText(QStringLiteral("line 1"));
        QTest::mouseClick(button(view, "onlyMatching"), Qt::LeftButton);
        QTRY_VERIFY(view.isIdle());
        QCOMPARE(text(view)->blockCount(), 11); // 1 and 10 to 19
    }

    void timeStampsCanBeShown() {
        LogView view;
        view.append(lines(1));
        QTest::mouseClick(button(view, "times"), Qt::LeftButton);
        QTRY_VERIFY(view.isIdle());
        QVERIFY(text(view)->toPlainText().contains(QLatin1String(".678  line 0")));
    }
};

ESCALE_TEST(LogViewTest)
#include "log_view_test.moc"
