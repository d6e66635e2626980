#include "gui/common/drawing.h"

#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <limits>

namespace escale::gui {
namespace {

constexpr int kTitlePixels = 13, kTextPixels = 12, kSmallPixels = 11;
constexpr qreal kTitleHeight = 19, kLineHeight = 16, kDot = 8, kArrow = 7;
constexpr qreal kPictureScale = 2;
constexpr qreal kMostPixels = 16000; // of a side
constexpr qreal kFaint = 0.4;

QFont fontOf(int pixels, bool isBold, bool isFixed) {
    QFont font = isFixed ? monospace(QApplication::font()) : QApplication::font();
    font.setPixelSize(pixels);
    if (isBold)
        font.setWeight(QFont::DemiBold);
    return font;
}

QColor mixed(const QColor& one, const QColor& other, qreal part) {
    const auto mix = [part](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * part)); };
    return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

// Readable on the ground in either theme.
QColor strong(int hue, const Colors& colors) {
    if (hue < 0)
        return colors.muted;
    const bool dark = colors.base.lightness() < 128;
    return QColor::fromHsl(hue % 360, dark ? 150 : 160, dark ? 165 : 95);
}

QColor groundOf(const DrawnBox& box, const Colors& colors) {
    const qreal part = box.look == DrawnBox::Look::Filled ? 0.38 : box.hue < 0 ? 0.03 : 0.12;
    return mixed(colors.base, box.hue < 0 ? colors.text : strong(box.hue, colors), part);
}

bool holds(const DrawnBox& box, const QString& filter) {
    const auto has = [&](const QString& text) { return text.contains(filter, Qt::CaseInsensitive); };
    return filter.isEmpty() || has(box.spoken) || std::any_of(box.lines.begin(), box.lines.end(), has);
}

void paintLevel(QPainter& painter, const DrawnBox& box, const Colors& colors) {
    if (box.level < 0)
        return;
    QRectF full = box.rect;
    full.setWidth(full.width() * std::clamp(box.level, 0.0, 1.0));
    painter.save();
    QPainterPath outline;
    outline.addRoundedRect(box.rect, box.radius, box.radius);
    painter.setClipPath(outline);
    const QColor ink = box.tone == Tone::Bad ? colors.red : strong(box.hue, colors);
    painter.fillRect(full, mixed(colors.base, ink, 0.45));
    painter.restore();
}

void paintLines(QPainter& painter, const DrawnBox& box, const Colors& colors) {
    const bool isRow = box.isPlain && box.lines.size() == 1 && box.rect.height() < boxHeight(2);
    qreal y = isRow ? box.rect.center().y() - kLineHeight / 2 : box.rect.top() + kBoxPadding - 3;
    for (int i = 0; i < box.lines.size(); ++i) {
        const bool isTitle = i == 0 && !box.isPlain;
        const qreal height = isTitle ? kTitleHeight : kLineHeight;
        QRectF area(box.rect.left() + kBoxPadding, y, box.rect.width() - 2 * kBoxPadding, height);
        if (i == 0 && box.tone != Tone::None) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(toneColor(box.tone));
            painter.drawEllipse(QRectF(area.left(), area.center().y() - kDot / 2, kDot, kDot));
            area.setLeft(area.left() + kDot + 6);
        }
        painter.setFont(fontOf(isTitle ? kTitlePixels : kTextPixels, isTitle, box.isFixedWidth && !isTitle));
        painter.setPen(isTitle ? colors.text : mixed(colors.text, colors.muted, 0.6));
        painter.drawText(
            area, (box.isCentred ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine,
            QFontMetricsF(painter.font()).elidedText(box.lines.at(i), Qt::ElideRight, area.width()));
        y += height;
        if (y > box.rect.bottom())
            return;
    }
}

void paintBox(QPainter& painter, const DrawnBox& box, const Colors& colors, const DrawingLook& look) {
    painter.save();
    if (box.look == DrawnBox::Look::Faint || !holds(box, look.filter))
        painter.setOpacity(kFaint);
    const bool isCurrent = !box.id.isEmpty() && box.id == look.current;
    QPen pen(box.hue < 0 ? colors.border : mixed(strong(box.hue, colors), colors.base, 0.25), 1.2);
    if (box.look == DrawnBox::Look::Dashed)
        pen.setStyle(Qt::DashLine);
    painter.setPen(Qt::NoPen);
    painter.setBrush(groundOf(box, colors));
    painter.drawRoundedRect(box.rect, box.radius, box.radius);
    paintLevel(painter, box, colors);
    if (isCurrent)
        pen = QPen(colors.accent, look.hasFocus ? 2.6 : 2);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.rect, box.radius, box.radius);
    paintLines(painter, box, colors);
    painter.restore();
}

void paintArrow(QPainter& painter, const QPainterPath& path, const QColor& ink) {
    const QPointF tip = path.pointAtPercent(1);
    const QPointF back = path.pointAtPercent(path.percentAtLength(std::max(0.0, path.length() - kArrow)));
    const QLineF way(back, tip);
    if (way.length() < 1)
        return;
    const QPointF side =
        QPointF(way.normalVector().unitVector().dx(), way.normalVector().unitVector().dy()) * (kArrow / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(QPolygonF{tip, back + side, back - side});
}

void paintLine(QPainter& painter, const DrawnLine& line, const Colors& colors) {
    const QColor ink = strong(line.hue, colors);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, line.width, line.isDashed ? Qt::DashLine : Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(line.path);
    if (line.hasArrow)
        paintArrow(painter, line.path, ink);
}

void paintLabel(QPainter& painter, const DrawnLine& line, const Colors& colors) {
    if (line.label.isEmpty())
        return;
    painter.setFont(fontOf(kSmallPixels, false, false));
    const QFontMetricsF metrics(painter.font());
    QRectF area(QPointF(), QSizeF(metrics.horizontalAdvance(line.label) + 10, metrics.height() + 2));
    area.moveCenter(line.path.pointAtPercent(0.5));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.base);
    painter.drawRoundedRect(area, 4, 4);
    painter.setPen(strong(line.hue, colors));
    painter.drawText(area, Qt::AlignCenter, line.label);
}

void paintText(QPainter& painter, const DrawnText& text, const Colors& colors) {
    painter.setFont(fontOf(text.isSmall  ? kSmallPixels
                           : text.isBold ? kTitlePixels
                                         : kTextPixels,
                           text.isBold, text.isFixedWidth));
    painter.setPen(text.hue >= 0 ? strong(text.hue, colors) : text.isMuted ? colors.muted : colors.text);
    const int flags = static_cast<int>(text.alignment) | (text.wraps ? Qt::TextWordWrap : Qt::TextSingleLine);
    painter.drawText(
        text.rect, flags,
        text.wraps ? text.text
                   : QFontMetricsF(painter.font()).elidedText(text.text, Qt::ElideRight, text.rect.width()));
}

QString translated(const char* text) {
    return QCoreApplication::translate("Drawing", text);
}

} // namespace

const DrawnBox* Drawing::box(const QString& id) const {
    const auto found =
        std::find_if(boxes.begin(), boxes.end(), [&](const DrawnBox& one) { return one.id == id; });
    return id.isEmpty() || found == boxes.end() ? nullptr : &*found;
}

QString Drawing::boxAt(const QPointF& place) const {
    const auto found = std::find_if(boxes.rbegin(), boxes.rend(), [&](const DrawnBox& one) {
        return !one.id.isEmpty() && one.rect.contains(place);
    });
    return found == boxes.rend() ? QString() : found->id;
}

QString Drawing::nextFrom(const QString& id, int key) const {
    const DrawnBox* from = box(id);
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    QString best;
    qreal least = std::numeric_limits<qreal>::max();
    for (const DrawnBox& other : boxes) {
        if (other.id.isEmpty() || other.id == id)
            continue;
        if (from == nullptr)
            return other.id;
        // Edges, not middles: a box that lies in another one is to its right, and below its top.
        const QPointF way = other.rect.topLeft() - from->rect.topLeft();
        const qreal along = key == Qt::Key_Left    ? -way.x()
                            : key == Qt::Key_Right ? way.x()
                            : key == Qt::Key_Up    ? -way.y()
                                                   : way.y();
        const qreal aside = std::abs(isAcross ? way.y() : way.x());
        if (along < 1)
            continue;
        if (const qreal distance = along + aside * 2; distance < least) {
            least = distance;
            best = other.id;
        }
    }
    return best;
}

void Drawing::fitBounds(qreal margin) {
    QRectF all;
    for (const DrawnBand& band : std::as_const(bands))
        all |= band.shape.boundingRect();
    for (const DrawnLine& line : std::as_const(lines))
        all |= line.path.boundingRect();
    for (const DrawnBox& box : std::as_const(boxes))
        all |= box.rect;
    for (const DrawnText& text : std::as_const(texts))
        all |= text.rect;
    bounds = QRectF(0, 0, all.right() + margin, all.bottom() + margin);
}

qreal boxHeight(int lines) {
    return 2 * kBoxPadding - 6 + (lines > 0 ? kTitleHeight + (lines - 1) * kLineHeight : 0);
}

qreal textWidth(const QString& text, bool isTitle, bool isFixedWidth) {
    return QFontMetricsF(fontOf(isTitle ? kTitlePixels : kTextPixels, isTitle, isFixedWidth))
        .horizontalAdvance(text);
}

void paintDrawing(QPainter& painter, const Drawing& drawing, const Colors& colors, const DrawingLook& look) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const DrawnBand& band : drawing.bands) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(colors.base, strong(band.hue, colors), band.strength));
        painter.drawPolygon(band.shape);
    }
    // Grounds first: lines lead from box to box over what they lie in, and under the words.
    for (const DrawnBox& box : drawing.boxes)
        paintBox(painter, box, colors, look);
    for (const DrawnLine& line : drawing.lines)
        paintLine(painter, line, colors);
    for (const DrawnLine& line : drawing.lines)
        paintLabel(painter, line, colors);
    for (const DrawnText& text : drawing.texts)
        paintText(painter, text, colors);
}

QByteArray drawingSvg(const Drawing& drawing) {
    QByteArray document;
    QBuffer buffer(&document);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setViewBox(drawing.bounds);
    svg.setSize(drawing.bounds.size().toSize());
    svg.setTitle(drawing.title);
    svg.setDescription(QStringLiteral("Escale"));
    QPainter painter(&svg);
    const Colors colors = Colors::current();
    painter.fillRect(drawing.bounds, colors.base);
    paintDrawing(painter, drawing, colors);
    painter.end();
    return document;
}

QImage drawingImage(const Drawing& drawing) {
    const qreal side = std::max({drawing.bounds.width(), drawing.bounds.height(), qreal(1)});
    const qreal scale = std::min(kPictureScale, kMostPixels / side);
    const Colors colors = Colors::current();
    QImage image((drawing.bounds.size() * scale).toSize().expandedTo({1, 1}),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(colors.base);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintDrawing(painter, drawing, colors);
    return image;
}

Result<> exportDrawing(const Drawing& drawing, const QString& file) {
    QByteArray content;
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        content = drawingSvg(drawing);
    } else {
        QBuffer buffer(&content);
        buffer.open(QIODevice::WriteOnly);
        drawingImage(drawing).save(&buffer, "PNG");
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size() || !out.commit())
        return fail(ErrorCode::SystemFailure,
                    translated(QT_TRANSLATE_NOOP("Drawing", "cannot write %1: %2"))
                        .arg(file, out.errorString())
                        .toStdString(),
                    translated(QT_TRANSLATE_NOOP("Drawing", "Choose another folder.")).toStdString());
    return {};
}

} // namespace escale::gui
