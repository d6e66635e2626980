#include "gui/common/terminal_view.h"
#include "gui/common/theme.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>

using namespace escale::gui;

class TerminalViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TerminalView> m_view;
    QByteArray m_sent;
    QList<QUrl> m_opened;

    TerminalScreen& screen() { return m_view->screen(); }
    QPoint middle(int column, int line) { return m_view->cellRect(column, line).center(); }
    void drag(QPoint from, QPoint to) {
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, from);
        // QTest::mouseMove has no buttons; a view that selects does not ask for them.
        QTest::mouseMove(m_view->viewport(), to);
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, to);
    }
    static QString clipboard() { return QApplication::clipboard()->text(); }
    void copyKey() { QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier); }

public Q_SLOTS:
    void takeUrl(const QUrl& url) { m_opened.append(url); }

private Q_SLOTS:
    void init() {
        m_view = std::make_unique<TerminalView>();
        m_view->resize(640, 240);
        m_view->show();
        m_view->setFocus();
        m_sent.clear();
        m_opened.clear();
        QApplication::clipboard()->clear();
        connect(&screen(), &TerminalScreen::output, this,
                [this](const QByteArray& bytes) { m_sent += bytes; });
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_sent.clear();
    }
    void cleanup() { m_view.reset(); }

    void typedKeysArriveAsBytes() {
        QTest::keyClicks(m_view.get(), QStringLiteral("ls -l"));
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QTest::keyClick(m_view.get(), Qt::Key_Tab);
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(m_sent, QByteArray("ls -l\r\t\x1b[D"));
        QVERIFY(m_view->hasFocus()); // Tab was the program's
    }

    void theWindowsShortcutsWait() {
        // Given a window where Delete removes something, in a terminal it is a key like others.
        QShortcut shortcut(QKeySequence(Qt::Key_Delete), m_view.get());
        QSignalSpy removed(&shortcut, &QShortcut::activated);
        QTest::keyClick(m_view->windowHandle(), Qt::Key_Delete);
        QCOMPARE(m_sent, QByteArray("\x1b[3~"));
        QCOMPARE(removed.count(), 0);
    }

    void copyTakesTheSelectionWithoutTrailingBlanks() {
        screen().feed("one two   \r\nthree\r\n");
        drag(middle(4, 0), middle(30, 1));
        QCOMPARE(m_view->selectedText(), QStringLiteral("two\nthree"));
        copyKey();
        QCOMPARE(clipboard(), QStringLiteral("two\nthree"));
        QVERIFY(m_sent.isEmpty());
    }

    void aLineThatWasWrappedIsCopiedAsOne() {
        const int columns = screen().size().width();
        screen().feed(QByteArray(columns, 'a') + "bc\r\nd");
        m_view->selectAll();
        QCOMPARE(m_view->selectedText(), QString(columns, QLatin1Char('a')) + QStringLiteral("bc\nd"));
    }

    void doubleClickTakesAWordAndTripleALine() {
        screen().feed("see /usr/lib/x.so now");
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, middle(6, 0));
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, middle(6, 0));
        QCOMPARE(m_view->selectedText(), QStringLiteral("/usr/lib/x.so"));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, middle(6, 0));
        QCOMPARE(m_view->selectedText(), QStringLiteral("see /usr/lib/x.so now"));
    }

    void pasteIsBracketed() {
        screen().feed("\x1b[?2004h");
        QApplication::clipboard()->setText(QStringLiteral("a\nb"));
        QTest::keyClick(m_view.get(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_sent, QByteArray("\x1b[200~a\rb\x1b[201~"));
    }

    void scrollsBackAndStaysThere() {
        for (int i = 0; i < 100; ++i)
            screen().feed(QByteArray::number(i) + "\r\n");
        QTest::keyClick(m_view.get(), Qt::Key_PageUp, Qt::ShiftModifier);
        const int first = m_view->verticalScrollBar()->value();
        QVERIFY(first < screen().scrollbackLines());
        screen().feed("more\r\nmore\r\n");
        QCOMPARE(m_view->verticalScrollBar()->value(), first);
        QTest::keyClicks(m_view.get(), QStringLiteral("x")); // typing leads back
        QCOMPARE(m_view->verticalScrollBar()->value(), screen().scrollbackLines());
        QCOMPARE(m_sent, QByteArray("x"));
    }

    void aSelectionMovesWithItsText() {
        screen().feed("word\r\n");
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, middle(1, 0));
        for (int i = 0; i < 100; ++i)
            screen().feed("more\r\n");
        QCOMPARE(m_view->selectedText(), QStringLiteral("word"));
    }

    void ctrlClickOpensALink() {
        QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "takeUrl");
        QFile file(QStringLiteral(ESCALE_TEST_DATA "/gui/link-line.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray line = file.readAll().trimmed();
        screen().feed(line);
        const int column = static_cast<int>(line.indexOf("example"));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::NoModifier, middle(column, 0));
        QCOMPARE(m_opened.size(), 0);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, middle(column, 0));
        QDesktopServices::unsetUrlHandler(QStringLiteral("https"));
        QCOMPARE(m_opened.size(), 1);
        QCOMPARE(m_opened.first().path(), QStringLiteral("/a_(b)")); // the sentence's full stop is not in it
    }

    void zoomChangesTheSize() {
        QSignalSpy size(m_view.get(), &TerminalView::sizeChanged);
        const QSize before = screen().size();
        QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(screen().size().width() < before.width());
        QVERIFY(size.count() > 0);
        QTest::keyClick(m_view.get(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(screen().size(), before);
    }

    void anInputMethodTypes() {
        QInputMethodEvent event;
        event.setCommitString(QString(QChar(0x6F22)));
        QApplication::sendEvent(m_view.get(), &event);
        QCOMPARE(m_sent, QByteArray("\xe6\xbc\xa2"));
        QVERIFY(m_view->inputMethodQuery(Qt::ImCursorRectangle).toRect().isValid());
    }

    void deadItSendsNothing() {
        QSignalSpy pressed(m_view.get(), &TerminalView::pressedWhileDead);
        m_view->setAlive(false);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QVERIFY(m_sent.isEmpty());
        QCOMPARE(pressed.count(), 1);
    }

    void drawsColoursOfTheThemeInForce() {
        screen().feed("\x1b[41m   \x1b[0m");
        const QPoint red = middle(1, 0);
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            m_view->setPalette(palette);
            const QImage image = m_view->viewport()->grab().toImage();
            const TerminalColors colors = TerminalColors::of(palette);
            QCOMPARE(image.pixelColor(red), colors.named[1]);
            QCOMPARE(image.pixelColor(middle(10, 2)), colors.background);
        }
    }

    void textCanBeReadOnEveryBackground() {
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            const TerminalColors colors = TerminalColors::of(palette);
            for (const QColor& back : colors.named) {
                for (const QColor& front : colors.named)
                    QVERIFY(contrast(colors.readable(front, back), back) >= 2.5);
                QVERIFY(contrast(colors.readable(colors.foreground, back), back) >= 2.5);
            }
            QVERIFY(contrast(colors.foreground, colors.background) >= 7);
            // A colour that can be read stays what it is.
            QCOMPARE(colors.readable(colors.named[1], colors.background), colors.named[1]);
        }
    }

    void onlyWhatChangedIsPainted() {
        screen().feed("text");
        QTest::qWait(50);
        struct Watch : QObject {
            QRect painted;
            bool eventFilter(QObject*, QEvent* event) override {
                if (event->type() == QEvent::Paint)
                    painted |= static_cast<QPaintEvent*>(event)->rect();
                return false;
            }
        } watch;
        m_view->viewport()->installEventFilter(&watch);
        screen().feed("\x1b[5;10Hx");
        QTRY_VERIFY(!watch.painted.isEmpty());
        QVERIFY(watch.painted.width() < m_view->viewport()->width() / 2 ||
                watch.painted.height() < m_view->viewport()->height());
        QVERIFY(watch.painted.contains(m_view->cellRect(9, 4)));
    }
};

ESCALE_TEST(TerminalViewTest)
#include "terminal_view_test.moc"
