#include "gui/stacks/stack_graph_paint.h"

#include "gui/common/format.h"
#include "gui/common/state_mark.h"
#include "gui/common/theme.h"
#include "gui/networks/topology_node.h"

#include <QApplication>
#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace escale::gui {
namespace {

using State = StackNode::State;
using Kind = StackNode::Kind;

constexpr qreal kRadius = 8, kMark = 14, kPadding = 11;
constexpr int kTitlePixels = 14, kTextPixels = 12, kSmallPixels = 11;
constexpr qreal kPictureWidth = 900, kPictureScale = 2;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StackGraph)
};

QFont fontOf(int pixels, bool bold = false, bool fixed = false) {
    QFont font = fixed ? monospace(QApplication::font()) : QApplication::font();
    font.setPixelSize(pixels);
    if (bold)
        font.setWeight(QFont::DemiBold);
    return font;
}

void drawElided(QPainter& painter, const QRectF& area, const QString& text,
                Qt::TextElideMode mode = Qt::ElideRight) {
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetricsF(painter.font()).elidedText(text, mode, area.width()));
}

StateMark markOf(State state) {
    switch (state) {
    case State::Healthy:
        return StateMark::Done;
    case State::Running:
        return StateMark::Full;
    case State::Ended:
        return StateMark::Ticked;
    case State::Failed:
    case State::Unhealthy:
        return StateMark::Failed;
    case State::Paused:
        return StateMark::Paused;
    case State::Working:
    case State::Starting:
        return StateMark::Turning;
    case State::Waiting:
        return StateMark::Dash;
    case State::Off:
        return StateMark::Dotted;
    default:
        return StateMark::Empty;
    }
}

bool isLoud(State state) {
    return state == State::Failed || state == State::Unhealthy || state == State::Working;
}

// "×3", "2/3"
QString countText(const StackNode& node) {
    if (node.replicas == 1)
        return {};
    return QStringLiteral("×%1").arg(node.replicas);
}

class Painting {
public:
    Painting(QPainter& painter, const StackGraph& graph, const StackLayout& layout, const StackLook& look)
        : m_painter(painter)
        , m_graph(graph)
        , m_layout(layout)
        , m_look(look)
        , m_around(look.current.isEmpty() ? QStringList() : graph.around(look.current)) {}

    void draw() {
        m_painter.setRenderHint(QPainter::Antialiasing);
        for (const StackLayout::Line& line : m_layout.lines) // what is tied to the current one lies on top
            if (!touches(line))
                drawLine(line);
        for (const StackLayout::Line& line : m_layout.lines)
            if (touches(line))
                drawLine(line);
        for (const StackNode& node : m_graph.nodes) {
            m_painter.setOpacity(opacityOf(node));
            if (node.kind == Kind::Service)
                drawService(node);
            else if (node.kind == Kind::Network)
                drawNetwork(node);
            else
                drawVolume(node);
        }
        m_painter.setOpacity(1);
        for (const StackLayout::Line& line : m_layout.lines)
            drawLabel(line);
    }

private:
    [[nodiscard]] const StackEdge& edgeOf(const StackLayout::Line& line) const {
        return m_graph.edges[line.edge];
    }
    [[nodiscard]] bool touches(const StackLayout::Line& line) const {
        const StackEdge& edge = edgeOf(line);
        return !m_look.current.isEmpty() && (edge.from == m_look.current || edge.to == m_look.current);
    }
    [[nodiscard]] qreal opacityOf(const StackNode& node) const {
        const bool matches = m_look.filter.isEmpty() ||
                             node.name.contains(m_look.filter, Qt::CaseInsensitive) ||
                             node.image.contains(m_look.filter, Qt::CaseInsensitive);
        if (!matches)
            return 0.3;
        return node.state == State::Off ? 0.6 : 1;
    }
    [[nodiscard]] qreal opacityOf(const StackLayout::Line& line) const {
        const StackNode* from = m_graph.node(edgeOf(line).from);
        const qreal own = from == nullptr ? 1 : opacityOf(*from);
        return m_around.isEmpty() || touches(line) ? own : own * 0.55;
    }

    void drawLine(const StackLayout::Line& line) {
        const StackEdge& edge = edgeOf(line);
        const bool isCurrent = touches(line);
        m_painter.setOpacity(opacityOf(line));
        QColor color = isCurrent ? m_colors.accent : m_colors.muted;
        if (edge.kind == StackEdge::Kind::Joins)
            color = topologyHue(m_graph.node(edge.to)->hue);
        QPen pen(color, isCurrent ? 2.2 : 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (edge.kind == StackEdge::Kind::Mounts)
            pen.setStyle(Qt::DotLine);
        else if (!edge.isRequired || edge.isOff)
            pen.setStyle(Qt::DashLine);
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(line.path);
        const QPointF tip = line.path.currentPosition();
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(color);
        if (edge.kind == StackEdge::Kind::Depends)
            m_painter.drawPolygon(QPolygonF({tip, tip + QPointF(-4, -7), tip + QPointF(4, -7)}));
        else if (edge.kind == StackEdge::Kind::Joins)
            m_painter.drawEllipse(tip, 3, 3);
    }

    void drawLabel(const StackLayout::Line& line) {
        const StackEdge& edge = edgeOf(line);
        if (edge.label.isEmpty())
            return;
        m_painter.setOpacity(opacityOf(line));
        m_painter.setFont(fontOf(kSmallPixels));
        const qreal width = QFontMetricsF(m_painter.font()).horizontalAdvance(edge.label) + 14;
        const QRectF pill(line.label.x() - width / 2, line.label.y() - 9, width, 18);
        m_painter.setPen(QPen(touches(line) ? m_colors.accent : m_colors.border, 1));
        m_painter.setBrush(m_colors.window);
        m_painter.drawRoundedRect(pill, 9, 9);
        m_painter.setPen(m_colors.text);
        m_painter.drawText(pill, Qt::AlignCenter, edge.label);
        m_painter.setOpacity(1);
    }

    // The frame and ground of any node.
    void drawGround(const StackNode& node, const QRectF& box, qreal radius) {
        const bool isCurrent = node.id == m_look.current;
        const QColor color = stackStateColor(node.state);
        const bool isService = node.kind == Kind::Service;
        m_painter.setBrush(isService && node.state == State::Failed ? m_colors.redSoft
                           : isCurrent                              ? m_colors.selection
                                                                    : m_colors.base);
        const qreal width = isCurrent ? 2 : 1;
        QPen frame(isCurrent                         ? m_colors.accent
                   : isService && isLoud(node.state) ? color
                                                     : m_colors.border,
                   width);
        if (node.isExternal || (isService && (node.state == State::Absent || node.state == State::Off)))
            frame.setStyle(isCurrent ? Qt::SolidLine : Qt::DashLine);
        m_painter.setPen(frame);
        const qreal in = width / 2;
        m_painter.drawRoundedRect(box.adjusted(in, in, -in, -in), radius, radius);
    }

    void drawService(const StackNode& node) {
        QRectF box = m_layout.nodes.value(node.id);
        if (node.replicas > 1) { // a second sheet behind it
            m_painter.setPen(QPen(m_colors.border, 1));
            m_painter.setBrush(m_colors.window);
            m_painter.drawRoundedRect(box.translated(4, 4).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
        }
        drawGround(node, box, kRadius);
        const QColor color = stackStateColor(node.state);
        const QRectF mark(box.left() + kPadding, box.top() + 12, kMark, kMark);
        paintStateMark(m_painter, m_colors, mark, markOf(node.state), color, m_look.turn);
        const qreal left = mark.right() + 8, right = box.right() - kPadding;
        qreal end = right;
        m_painter.setFont(fontOf(kSmallPixels, true));
        if (const QString count = countText(node); !count.isEmpty()) {
            const qreal width = QFontMetricsF(m_painter.font()).horizontalAdvance(count) + 12;
            const QRectF pill(right - width, box.top() + 10, width, 18);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(m_colors.hover);
            m_painter.drawRoundedRect(pill, 9, 9);
            m_painter.setPen(m_colors.text);
            m_painter.drawText(pill, Qt::AlignCenter, count);
            end = pill.left() - 6;
        }
        m_painter.setFont(fontOf(kTitlePixels, true));
        m_painter.setPen(m_colors.text);
        drawElided(m_painter, {left, box.top() + 9, end - left, 20}, node.name);
        m_painter.setFont(fontOf(kTextPixels));
        m_painter.setPen(node.state == State::Off || node.state == State::Absent ? m_colors.muted : color);
        drawElided(m_painter, {left, box.top() + 29, right - left, 17}, node.words);
        m_painter.setPen(m_colors.muted);
        m_painter.setFont(fontOf(kSmallPixels, false, true));
        drawElided(m_painter, {left, box.top() + 46, right - left, 16}, node.image, Qt::ElideMiddle);
        if (!node.ports.isEmpty()) {
            m_painter.setPen(m_colors.accent);
            drawElided(m_painter, {left, box.top() + 62, right - left, 16},
                       node.ports.join(QStringLiteral("  ")));
        }
    }

    // Upright, with its name along it.
    void drawNetwork(const StackNode& node) {
        const QRectF box = m_layout.nodes.value(node.id);
        const bool isCurrent = node.id == m_look.current;
        const QColor hue = topologyHue(node.hue);
        QColor soft = hue;
        soft.setAlphaF(isCurrent ? 0.30F : 0.14F);
        m_painter.setBrush(m_colors.base);
        m_painter.setPen(Qt::NoPen);
        m_painter.drawRoundedRect(box, 6, 6);
        m_painter.setBrush(soft);
        QPen frame(isCurrent ? m_colors.accent : hue, isCurrent ? 2 : 1.2);
        if (node.isExternal)
            frame.setStyle(Qt::DashLine);
        m_painter.setPen(frame);
        m_painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 6, 6);
        m_painter.save();
        m_painter.translate(box.center());
        m_painter.rotate(-90);
        m_painter.setFont(fontOf(kTextPixels, true));
        m_painter.setPen(m_colors.text);
        const QRectF along(-box.height() / 2 + 6, -box.width() / 2, box.height() - 12, box.width());
        m_painter.drawText(
            along, Qt::AlignCenter | Qt::TextSingleLine,
            QFontMetricsF(m_painter.font()).elidedText(node.name, Qt::ElideMiddle, along.width()));
        m_painter.restore();
    }

    void drawVolume(const StackNode& node) {
        const QRectF box = m_layout.nodes.value(node.id);
        drawGround(node, box, box.height() / 2);
        // A drum.
        const QRectF drum(box.left() + 14, box.center().y() - 7, 12, 14);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_colors.muted, 1.3));
        m_painter.drawEllipse(QRectF(drum.left(), drum.top(), drum.width(), 5));
        QPainterPath sides(QPointF(drum.left(), drum.top() + 2.5));
        sides.lineTo(drum.left(), drum.bottom() - 2.5);
        sides.arcTo(QRectF(drum.left(), drum.bottom() - 5, drum.width(), 5), 180, 180);
        sides.lineTo(drum.right(), drum.top() + 2.5);
        m_painter.drawPath(sides);
        m_painter.setPen(m_colors.text);
        m_painter.setFont(fontOf(kTextPixels));
        drawElided(m_painter, {drum.right() + 8, box.top(), box.right() - drum.right() - 20, box.height()},
                   node.name, Qt::ElideMiddle);
    }

    QPainter& m_painter;
    const StackGraph& m_graph;
    const StackLayout& m_layout;
    const StackLook& m_look;
    const Colors m_colors = Colors::current();
    QStringList m_around;
};

} // namespace

QColor stackStateColor(State state) {
    const Colors colors = Colors::current();
    switch (state) {
    case State::Healthy:
    case State::Running:
        return colors.green;
    case State::Failed:
    case State::Unhealthy:
        return colors.red;
    case State::Waiting:
    case State::Paused:
    case State::Starting:
        return colors.amber;
    case State::Working:
        return colors.accent;
    default:
        return colors.muted;
    }
}

void paintStack(QPainter& painter, const StackGraph& graph, const StackLayout& layout,
                const StackLook& look) {
    Painting(painter, graph, layout, look).draw();
}

QByteArray stackSvg(const StackGraph& graph, const QString& title) {
    const StackLayout layout = layOut(graph, kPictureWidth);
    QByteArray document;
    QBuffer buffer(&document);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setViewBox(layout.bounds);
    svg.setSize(layout.bounds.size().toSize());
    svg.setTitle(title);
    svg.setDescription(QStringLiteral("Escale"));
    QPainter painter(&svg);
    painter.fillRect(layout.bounds, Colors::current().base);
    paintStack(painter, graph, layout, {});
    painter.end();
    return document;
}

QImage stackImage(const StackGraph& graph) {
    const StackLayout layout = layOut(graph, kPictureWidth);
    QImage image((layout.bounds.size() * kPictureScale).toSize().expandedTo({1, 1}),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Colors::current().base);
    QPainter painter(&image);
    painter.scale(kPictureScale, kPictureScale);
    paintStack(painter, graph, layout, {});
    return image;
}

Result<> exportStack(const StackGraph& graph, const QString& title, const QString& file) {
    QByteArray content;
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        content = stackSvg(graph, title);
    } else {
        QBuffer buffer(&content);
        buffer.open(QIODevice::WriteOnly);
        stackImage(graph).save(&buffer, "PNG");
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size() || !out.commit())
        return fail(ErrorCode::SystemFailure,
                    Words::tr("cannot write %1: %2").arg(file, out.errorString()).toStdString());
    return {};
}

} // namespace escale::gui
