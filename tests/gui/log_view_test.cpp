#include "gui/common/error_banner.h"
#include "gui/common/log_saver.h"
#include "gui/common/log_search_bar.h"
#include "gui/common/log_view.h"
#include "tests/support/test_registry.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

using namespace escale::gui;

static constexpr qint64 kTime = 1767323045678901234; // 2026-01-02T03:04:05.678901234Z

class LogViewTest : public QObject {
    Q_OBJECT

    static QList<LogLine> lines(int count, int first = 0) {
        QList<LogLine> made;
        for (int i = first; i < first + count; ++i)
            made.append({QStringLiteral("line %1").arg(i), kTime + i, i % 10 == 9});
        return made;
    }
    static QToolButton* button(LogView& view, const char* name) {
        return view.findChild<QToolButton*>(QStringLiteral("logView.") + QString::fromLatin1(name));
    }
    static QAction* action(LogView& view, const char* name) {
        return view.findChild<QAction*>(QStringLiteral("logView.") + QString::fromLatin1(name));
    }
    static QString labelText(LogView& view, const char* name) {
        return view.findChild<QLabel*>(QStringLiteral("logView.") + QString::fromLatin1(name))->text();
    }
    static void search(LogView& view, const char* text) {
        QTest::keyClick(&view.text(), Qt::Key_F, Qt::ControlModifier);
        view.findChild<QLineEdit*>(QStringLiteral("logView.find"))->setText(QString::fromLatin1(text));
    }
    static QStringList shown(const LogView& view) {
        QStringList texts;
        for (qint64 place = view.rows().begin(); place < view.rows().end(); ++place)
            texts.append(view.store().plainText(view.rows().lineAt(place)));
        return texts;
    }
    static QString copied(LogView& view) {
        QApplication::clipboard()->clear();
        QTest::keyClick(&view.text(), Qt::Key_C, Qt::ControlModifier);
        return QApplication::clipboard()->text();
    }
    static std::unique_ptr<LogView> shownView(const QList<LogLine>& content) {
        auto view = std::make_unique<LogView>();
        view->resize(700, 400);
        view->show();
        (void)QTest::qWaitForWindowActive(view.get()); // for the focus
        view->text().setFocus();
        view->append(content);
        return view;
    }

private Q_SLOTS:
    void showsLinesInOrder() {
        const auto view = shownView(lines(3));
        QCOMPARE(shown(*view),
                 QStringList({QStringLiteral("line 0"), QStringLiteral("line 1"), QStringLiteral("line 2")}));
    }

    void saysThatOldLinesWereDropped() {
        LogView view({100, 1 << 20}, nullptr);
        view.append(lines(90));
        QVERIFY(!labelText(view, "count").contains(QLatin1String("last")));
        view.append(lines(90, 90));
        QCOMPARE(view.lineCount(), 100);
        QVERIFY(labelText(view, "count").startsWith(QLatin1String("the last 100 ")));
    }

    void aFloodLeavesTurnsToOthers() {
        // Given a million lines as the follower brings them, no turn is long: also not with drawing.
        const auto view = shownView({});
        const QList<LogLine> slice = lines(500);
        QElapsedTimer all, turn;
        qint64 longest = 0;
        all.start();
        for (int i = 0; i < 2000; ++i) {
            turn.start();
            view->append(slice);
            QCoreApplication::processEvents();
            longest = std::max(longest, turn.nsecsElapsed());
        }
        QCOMPARE(view->lineCount(), 1'000'000);
        const double each = static_cast<double>(view->store().memorySize() - view->store().textSize()) / 1e6;
        qInfo("appended in %lld ms, longest turn %.1f ms; %.1f MB of text, %.1f bytes a line beside it",
              static_cast<long long>(all.elapsed()), static_cast<double>(longest) / 1e6,
              static_cast<double>(view->store().textSize()) / 1e6, each);
        QVERIFY(each < 26);
        for (const char* what : {"wrapped", "scrolled"}) {
            turn.start();
            if (*what == 'w')
                view->text().setWrapping(true);
            else
                view->text().verticalScrollBar()->setValue(700'000);
            QCoreApplication::processEvents();
            qInfo("%s in %.1f ms", what, static_cast<double>(turn.nsecsElapsed()) / 1e6);
        }
        QVERIFY(view->rows().at(700'000).place == 700'000);
    }

    // --- following

    void scrollingUpPausesAndEndResumes() {
        const auto view = shownView(lines(200));
        QScrollBar* bar = view->text().verticalScrollBar();
        QCOMPARE(bar->value(), bar->maximum());
        auto* resume = view->findChild<QPushButton*>(QStringLiteral("logView.resume"));
        QVERIFY(!resume->isVisible());
        // When somebody scrolls up, new lines do not move what is read, and are counted.
        bar->setValue(50);
        QVERIFY(resume->isVisible());
        view->append(lines(12, 200));
        QCOMPARE(bar->value(), 50);
        QVERIFY2(resume->text().contains(QLatin1String("12")), qPrintable(resume->text()));
        // The End key goes to the end and on along with it.
        QTest::keyClick(&view->text(), Qt::Key_End);
        QVERIFY(!resume->isVisible());
        view->append(lines(5, 212));
        QCOMPARE(bar->value(), bar->maximum());
        // So does the button.
        bar->setValue(50);
        QTest::mouseClick(resume, Qt::LeftButton);
        QCOMPARE(bar->value(), bar->maximum());
        QVERIFY(view->text().isFollowing());
    }

    void whatIsReadStaysWhenOldLinesGo() {
        LogView view({100, 1 << 20}, nullptr);
        view.resize(700, 200);
        view.show();
        view.append(lines(100));
        view.text().verticalScrollBar()->setValue(40);
        const qint64 top = view.text().topLine();
        view.append(lines(20, 100));
        QCOMPARE(view.text().topLine(), top);
    }

    // --- searching

    void findsForwardAndBackward() {
        const auto view = shownView(lines(120));
        view->text().verticalScrollBar()->setValue(0);
        search(*view, "LINE 1");
        QTRY_COMPARE(labelText(*view, "matches"), QStringLiteral("1 of 31")); // 1, 10 to 19, 100 to 119
        QTest::keyClick(&view->text(), Qt::Key_F3);
        QCOMPARE(labelText(*view, "matches"), QStringLiteral("2 of 31"));
        QCOMPARE(view->text().currentLine(), 10);
        QTest::keyClick(&view->text(), Qt::Key_F3, Qt::ShiftModifier);
        QTest::keyClick(&view->text(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(labelText(*view, "matches"), QStringLiteral("31 of 31")); // round
        const QPoint at = view->text().pointOf({119, 0});
        QVERIFY(view->text().viewport()->rect().contains(at));
        // Escape ends it: nothing is marked any more.
        QTest::keyClick(view->findChild<QLineEdit*>(QStringLiteral("logView.find")), Qt::Key_Escape);
        QVERIFY(!view->findChild<LogSearchBar*>()->isVisible());
        QVERIFY(view->text().hasFocus());
    }

    void aWrongExpressionIsSaidBeneath() {
        const auto view = shownView(lines(20));
        search(*view, "line (1");
        QTRY_COMPARE(labelText(*view, "matches"), QStringLiteral("Not found"));
        QTest::mouseClick(button(*view, "regex"), Qt::LeftButton);
        auto* error = view->findChild<QLabel*>(QStringLiteral("logView.searchError"));
        QVERIFY(error->isVisible());
        search(*view, "line (1|2)$");
        QVERIFY(!error->isVisible());
        QTRY_VERIFY(labelText(*view, "matches").endsWith(QLatin1String("of 2")));
    }

    void onlyMatchingLinesShow() {
        const auto view = shownView(lines(20));
        search(*view, "line 1");
        QTest::mouseClick(button(*view, "onlyMatching"), Qt::LeftButton);
        QTRY_VERIFY(view->isIdle());
        QCOMPARE(shown(*view).size(), 11); // 1 and 10 to 19
        view->append(lines(1, 100) + lines(1, 2));
        QTRY_COMPARE(shown(*view).last(), QStringLiteral("line 100"));
        QTest::mouseClick(button(*view, "onlyMatching"), Qt::LeftButton);
        QCOMPARE(shown(*view).size(), 22);
    }

    void whatIsReadStaysInSightWhenOthersAreLeftOut() {
        const auto view = shownView(lines(5000));
        view->text().verticalScrollBar()->setValue(3000);
        view->findChild<QComboBox*>(QStringLiteral("logView.streams"))->setCurrentIndex(2);
        QTRY_COMPARE(shown(*view).size(), 500);
        QCOMPARE(view->text().topLine(), 3009);
        view->findChild<QComboBox*>(QStringLiteral("logView.streams"))->setCurrentIndex(0);
        QCOMPARE(view->text().topLine(), 3009);
    }

    void keysWorkBesideThoseOfAPaneAround() {
        // Given a pane that has Ctrl+F too, the log's own wins while the log has the focus.
        QWidget pane;
        QAction other;
        other.setShortcut(QKeySequence(QStringLiteral("Ctrl+F")));
        other.setShortcutContext(Qt::WindowShortcut);
        pane.addAction(&other);
        QSignalSpy others(&other, &QAction::triggered);
        auto* view = new LogView(&pane);
        pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        view->text().setFocus();
        QTest::keyClick(&view->text(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(view->findChild<LogSearchBar*>()->isVisible());
        QVERIFY(others.isEmpty());
        view->text().setFocus();
        QTest::keyClick(&view->text(), Qt::Key_Escape);
        QVERIFY(!view->findChild<LogSearchBar*>()->isVisible());
    }

    void oneStreamShows() {
        const auto view = shownView(lines(20));
        view->findChild<QComboBox*>(QStringLiteral("logView.streams"))->setCurrentIndex(2);
        QTRY_COMPARE(shown(*view), QStringList({QStringLiteral("line 9"), QStringLiteral("line 19")}));
        view->findChild<QComboBox*>(QStringLiteral("logView.streams"))->setCurrentIndex(1);
        QTRY_COMPARE(shown(*view).size(), 18);
    }

    // --- looks

    void longLinesWrap() {
        const auto view = shownView({{QString(1000, QLatin1Char('x')), kTime, false}});
        QCOMPARE(view->rows().rowCount(), 1);
        QVERIFY(view->text().horizontalScrollBar()->maximum() > 0);
        QTest::mouseClick(button(*view, "wrap"), Qt::LeftButton);
        const qint64 rows = view->rows().rowCount();
        QVERIFY(rows > 5);
        QCOMPARE(view->text().horizontalScrollBar()->maximum(), 0);
        view->resize(400, 400); // narrower
        QTRY_VERIFY(view->rows().rowCount() > rows);
    }

    void coloursAreDrawn() {
        // A line of blocks on green paper, beside one without.
        const auto view = shownView({{QStringLiteral("\x1b[42m          \x1b[0m"), kTime, false}});
        const QImage image = view->text().viewport()->grab().toImage();
        const QPoint at = view->text().pointOf({0, 3});
        QVERIFY(image.pixelColor(at).green() > image.pixelColor(at).red() + 50);
        QCOMPARE(image.pixelColor(view->text().pointOf({0, 10}) + QPoint(20, 0)),
                 image.pixelColor(image.width() - 5, 5));
    }

    void timeStampsCanBeShown() {
        QCOMPARE(logTimeText(kTime, LogTimes::Utc), QStringLiteral("2026-01-02 03:04:05.678Z"));
        const auto view = shownView(lines(1));
        const int before = view->text().pointOf({0, 0}).x();
        view->text().setTimes(LogTimes::Utc);
        QVERIFY(view->text().pointOf({0, 0}).x() > before + 100);
        QCOMPARE(view->text().spokenLine(0), QStringLiteral("2026-01-02 03:04:05.678Z line 0"));
    }

    void theTextGrows() {
        const auto view = shownView(lines(5));
        const int before = view->text().pointOf({4, 0}).y();
        QTest::keyClick(&view->text(), Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(view->text().pointOf({4, 0}).y() > before);
        QTest::keyClick(&view->text(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(view->text().pointOf({4, 0}).y(), before);
    }

    // --- selecting and copying

    void copiesAcrossLines() {
        const auto view = shownView({{QStringLiteral("\x1b[31mfirst\x1b[0m line"), kTime, false},
                                     {QStringLiteral("second"), kTime, false},
                                     {QStringLiteral("third"), kTime, false}});
        QWidget* area = view->text().viewport();
        QTest::mousePress(area, Qt::LeftButton, Qt::NoModifier, view->text().pointOf({0, 6}));
        const QPoint end = view->text().pointOf({2, 2});
        QMouseEvent move(QEvent::MouseMove, end, area->mapToGlobal(end), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(area, &move);
        QTest::mouseRelease(area, Qt::LeftButton, Qt::NoModifier, view->text().pointOf({2, 2}));
        QCOMPARE(copied(*view), QStringLiteral("line\nsecond\nth"));
        QTest::keyClick(&view->text(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(copied(*view), QStringLiteral("first line\nsecond\nthird"));
    }

    void copiesWhatIsShownOnly() {
        const auto view = shownView(lines(20));
        view->findChild<QComboBox*>(QStringLiteral("logView.streams"))->setCurrentIndex(2);
        QTRY_COMPARE(shown(*view).size(), 2);
        QTest::keyClick(&view->text(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(copied(*view), QStringLiteral("line 9\nline 19"));
    }

    void theKeyboardMovesACurrentLine() {
        const auto view = shownView(lines(5));
        QTest::keyClick(&view->text(), Qt::Key_Home);
        QTest::keyClick(&view->text(), Qt::Key_Down);
        QTest::keyClick(&view->text(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(copied(*view), QStringLiteral("line 1\nline 2"));
        // What a screen reader asks for.
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&view->text());
        QVERIFY(accessible != nullptr);
        QVERIFY(accessible->textInterface() != nullptr);
        QCOMPARE(accessible->textInterface()->text(0, 100), QStringLiteral("line 2"));
    }

    // --- clearing and saving

    void clearStaysCleared() {
        const auto view = shownView(lines(5));
        QTest::mouseClick(button(*view, "clear"), Qt::LeftButton);
        view->append(lines(1, 5));
        QCOMPARE(shown(*view), QStringList(QStringLiteral("line 5")));
        // Also when the log is read from its beginning again,
        view->restart();
        view->append(lines(7));
        QCOMPARE(shown(*view), QStringList({QStringLiteral("line 5"), QStringLiteral("line 6")}));
        // until another one is chosen.
        view->reset();
        view->append(lines(7));
        QCOMPARE(shown(*view).size(), 7);
    }

    void savesWhatIsShown() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("saved.log"));
        const auto view = shownView(lines(20));
        view->findChild<QComboBox*>(QStringLiteral("logView.streams"))->setCurrentIndex(2);
        QTRY_COMPARE(shown(*view).size(), 2);
        action(*view, "saveTimes")->setChecked(true);
        QSignalSpy finished(&view->saver(), &LogSaver::finished);
        view->saveShown(path);
        QTRY_COMPARE(finished.count(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(),
                 QByteArray("2026-01-02 03:04:05.678Z  line 9\n2026-01-02 03:04:05.678Z  line 19\n"));
    }

    void saysWhyItCannotSave() {
        const auto view = shownView(lines(1));
        view->saveShown(QStringLiteral("/nonexistent/saved.log"));
        auto* banner = view->findChild<ErrorBanner*>();
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(button(*view, "save")->isEnabled());
        view->saveWhole(QStringLiteral("/nonexistent/saved.log"),
                        escale::fail(escale::ErrorCode::NotFound, "no such container"));
        QVERIFY2(banner->message().contains(QLatin1String("no such container")),
                 qPrintable(banner->message()));
    }
};

ESCALE_TEST(LogViewTest)
#include "log_view_test.moc"
