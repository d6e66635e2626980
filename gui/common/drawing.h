// A drawing as data: what a view shows, made by a pure function and tested without a window; painted,
// exported and spoken here, the same way for all. Lengths are pixels at scale 1. Colours are hues, so that
// light, dark and the exported file each get their own.
#pragma once

#include "engine/base/result.h"
#include "gui/common/table.h"

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QPainterPath>
#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <QStringList>

class QPainter;

namespace escale::gui {

struct Colors;

/// One thing: what the keyboard goes to, a screen reader speaks, and a table's row stands for. Boxes may lie
/// in each other: those that come later are painted above.
struct DrawnBox {
    enum class Look {
        Outlined, // a soft ground of its hue
        Filled,   // a strong one
        Dashed,   // is not there (any more), or shared with somebody
        Faint,    // steps back
    };
    QString id; // unique; empty: it is not gone to
    QRectF rect;
    QStringList lines; // the first is its title; each is cut to the box
    QString spoken;    // whole sentences; empty: the lines
    QString toolTip;   // empty: what is spoken
    int hue = -1;      // degrees of the colour circle, 0 to 359; -1: none
    Look look = Look::Outlined;
    Tone tone = Tone::None; // a dot before the title
    qreal level = -1;       // how full it is, 0 to 1, from the left; -1: nothing to fill
    bool isCentred = false; // its lines
    bool isFixedWidth = false;
    bool isPlain = false; // its title is a line like the others: a row of a list
    qreal radius = 8;
};

struct DrawnLine {
    QPainterPath path;
    int hue = -1;
    qreal width = 1.5;
    bool isDashed = false;
    bool hasArrow = false; // at its end
    QString label;         // at its middle, on the ground's colour
};

/// A filled shape without an outline: bands between ids, ground of a lane.
struct DrawnBand {
    QPolygonF shape;
    int hue = -1;
    qreal strength = 0.25; // 0 to 1
};

struct DrawnText {
    QRectF rect;
    QString text;
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter; // with Qt::TextWordWrap as it is
    bool isMuted = false, isBold = false, isSmall = false, isFixedWidth = false;
    bool wraps = false;
    int hue = -1;
};

struct Drawing {
    QString title; // of an exported file, and of the drawing to a screen reader
    QList<DrawnBand> bands;
    QList<DrawnLine> lines;
    QList<DrawnBox> boxes;
    QList<DrawnText> texts;
    QRectF bounds; // from (0, 0); with a margin

    [[nodiscard]] const DrawnBox* box(const QString& id) const;
    /// The topmost box with an id at that place; empty: none.
    [[nodiscard]] QString boxAt(const QPointF& place) const;
    /// Which box lies next in the direction of an arrow key; the first one when `id` is none of them. Left
    /// and right also go out of a box and into it.
    [[nodiscard]] QString nextFrom(const QString& id, int key) const;
    /// Around all that is drawn, with a margin.
    void fitBounds(qreal margin = 16);
};

/// Height of the lines of a box with that many, its padding included: what a layout reckons with.
qreal boxHeight(int lines);
/// How wide a text is, as a title or as another line of a box.
qreal textWidth(const QString& text, bool isTitle = false, bool isFixedWidth = false);
constexpr qreal kBoxPadding = 10;

struct DrawingLook {
    QString current; // stands out
    QString filter;  // what does not hold it steps back
    bool hasFocus = false;
};
void paintDrawing(QPainter& painter, const Drawing& drawing, const Colors& colors,
                  const DrawingLook& look = {});

/// A whole SVG document with texts as text, in the application's palette.
QByteArray drawingSvg(const Drawing& drawing);
/// At twice its size, or as large as a picture can be.
QImage drawingImage(const Drawing& drawing);
/// SVG for a name that ends in ".svg", PNG for any other.
Result<> exportDrawing(const Drawing& drawing, const QString& file);

} // namespace escale::gui
