// A drawing as data, and how it is shown, exported and told.
#include "gui/common/drawing_view.h"
#include "gui/common/theme.h"

#include "tests/support/test_registry.h"

#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class DrawingTest : public QObject {
    Q_OBJECT

    static QString u(const char* text) { return QString::fromUtf8(text); }

    // A box with two rows of small ones in it, and one beside it.
    static Drawing sample() {
        Drawing drawing;
        drawing.title = u("A sample");
        const auto add = [&](const char* id, const QRectF& rect) {
            DrawnBox box;
            box.id = u(id);
            box.rect = rect;
            box.lines = {u("my %1").arg(box.id), u("more")};
            box.hue = 200;
            drawing.boxes.append(box);
        };
        add("outer", {10, 10, 400, 200});
        for (int i = 0; i < 6; ++i)
            add(qPrintable(u("inner%1").arg(i)), QRectF(20 + (i % 3) * 130, 60 + (i / 3) * 70, 120, 60));
        add("beside", {500, 40, 120, 60});
        DrawnBox silent;
        silent.rect = QRectF(700, 40, 60, 40);
        drawing.boxes.append(silent);
        DrawnLine line;
        line.path.moveTo(410, 70);
        line.path.lineTo(500, 70);
        line.hasArrow = true;
        line.label = u("leads to");
        drawing.lines.append(line);
        drawing.bands.append({QPolygonF{{0, 220}, {100, 220}, {100, 260}}, 30});
        drawing.texts.append({QRectF(0, 270, 300, 20), u("A text below")});
        drawing.fitBounds();
        return drawing;
    }
    static QSet<QString> reachable(const Drawing& drawing) {
        QSet<QString> reached{drawing.nextFrom({}, Qt::Key_Right)};
        QStringList waiting(reached.begin(), reached.end());
        while (!waiting.isEmpty()) {
            const QString at = waiting.takeFirst();
            for (const int key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
                const QString next = drawing.nextFrom(at, key);
                if (!next.isEmpty() && !reached.contains(next)) {
                    reached.insert(next);
                    waiting.append(next);
                }
            }
        }
        return reached;
    }

private Q_SLOTS:
    void theKeyboardReachesEveryBoxWithAnId() {
        const Drawing drawing = sample();
        const QSet<QString> reached = reachable(drawing);
        for (const DrawnBox& box : drawing.boxes)
            QVERIFY2(box.id.isEmpty() || reached.contains(box.id), qPrintable(box.id));
        QVERIFY(!reached.contains(QString()));
    }

    void theTopmostBoxIsTheOneThatIsMeant() {
        const Drawing drawing = sample();
        QCOMPARE(drawing.boxAt({30, 70}), u("inner0"));
        QCOMPARE(drawing.boxAt({15, 15}), u("outer"));
        QCOMPARE(drawing.boxAt({710, 50}), QString()); // it has no id
    }

    void anSvgHasEveryTextAsText() {
        const Drawing drawing = sample();
        const QByteArray svg = drawingSvg(drawing);
        QXmlStreamReader xml(svg);
        QString text;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::Characters)
                text += xml.text();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        for (const DrawnBox& box : drawing.boxes) {
            if (!box.lines.isEmpty())
                QVERIFY2(text.contains(box.lines.first()), qPrintable(box.id));
        }
        QVERIFY(text.contains(u"leads to"));
        QVERIFY(text.contains(u"A text below"));
        QVERIFY(!svg.contains("<image"));
        QVERIFY(QSvgRenderer(svg).isValid());
    }

    void aPictureIsTwiceTheSizeAndNotBlank() {
        QTemporaryDir folder;
        const QString file = folder.filePath(u("sample.png"));
        VERIFY_RESULT(exportDrawing(sample(), file));
        const QImage image(file);
        QCOMPARE(image.size(), (sample().bounds.size() * 2).toSize());
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 3) {
            for (int x = 0; x < image.width(); x += 3)
                colors.insert(image.pixel(x, y));
        }
        QVERIFY(colors.size() > 10);
    }

    void anExportThatCannotBeWrittenSaysWhere() {
        const auto written = exportDrawing(sample(), u("/nowhere/at/all.svg"));
        QVERIFY(!written);
        QVERIFY2(written.error().text().find("/nowhere/at/all.svg") != std::string::npos,
                 written.error().text().c_str());
    }

    void aScreenReaderHearsEachBoxAndItsFrame() {
        DrawingView view;
        view.resize(900, 400);
        view.setDrawing(sample());
        view.show();
        QAccessibleInterface* whole = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(whole != nullptr);
        QCOMPARE(whole->text(QAccessible::Name), u("A sample"));
        QCOMPARE(whole->childCount(), 8);
        QCOMPARE(whole->child(0)->text(QAccessible::Name), u("my outer, more"));
        // What lies on top is what is found at a place, as with the mouse.
        const QRect inner = whole->child(1)->rect();
        QCOMPARE(whole->childAt(inner.center().x(), inner.center().y()), whole->child(1));
        whole->child(3)->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
        QCOMPARE(view.current(), u("inner2"));
        QVERIFY(whole->child(3)->state().selected);
    }

    void aClickChoosesAndADragMoves() {
        DrawingView view;
        view.resize(300, 150); // smaller than what it shows
        view.setDrawing(sample());
        view.show();
        QSignalSpy clicked(&view, &DrawingView::clicked);
        const QPoint at = view.partRect(u("inner0")).center();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(view.current(), u("inner0"));
        QCOMPARE(clicked.count(), 1);
        const int before = view.verticalScrollBar()->value();
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, at);
        const QPoint to = at - QPoint(0, 40);
        QMouseEvent move(QEvent::MouseMove, to, view.viewport()->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view.viewport(), &move);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, to);
        QVERIFY(view.verticalScrollBar()->value() > before);
        QCOMPARE(clicked.count(), 1); // it was no click
    }

    void whatIsNotThereAnyMoreIsNotCurrent() {
        DrawingView view;
        view.setDrawing(sample());
        view.setCurrent(u("beside"));
        view.setDrawing(sample());
        QCOMPARE(view.current(), u("beside"));
        Drawing less = sample();
        less.boxes.removeIf([](const DrawnBox& box) { return box.id == u"beside"; });
        view.setDrawing(less);
        QCOMPARE(view.current(), QString());
    }

    void bothThemesAreReadable() {
        const Drawing drawing = sample();
        const QPalette before = QApplication::palette();
        QList<QByteArray> documents;
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            QApplication::setPalette(palette);
            documents.append(drawingSvg(drawing));
        }
        QApplication::setPalette(before);
        QVERIFY(documents[0] != documents[1]);
    }
};

ESCALE_TEST(DrawingTest)
#include "drawing_test.moc"
