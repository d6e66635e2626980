#include "gui/build/build_graph_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace escale::gui {
namespace {

constexpr qreal kMargin = 14, kPadding = 8, kBetweenSteps = 6, kBetweenStages = 16, kBetweenColumns = 36;
constexpr qreal kTall = 44, kLow = 26; // of a step that makes files, of one that says something
constexpr qreal kLeastLane = 196, kMostLane = 340;

QString stageOf(const QString& step) {
    return step.section(u'.', 0, 0);
}

// A stage's column: behind all that it needs.
QHash<QString, int> columnsOf(const QList<ShownStage>& stages) {
    QHash<QString, int> columns;
    for (const ShownStage& stage : stages) { // a stage needs earlier ones alone
        int column = 0;
        for (const ShownStep& step : stage.steps) {
            for (const QString& input : step.inputs) {
                if (const QString other = stageOf(input); other != stage.id && columns.contains(other))
                    column = std::max(column, columns.value(other) + 1);
            }
        }
        columns.insert(stage.id, column);
    }
    return columns;
}

QPainterPath curve(const QPointF& from, const QPointF& to) {
    const qreal bend = std::max<qreal>(24, (to.x() - from.x()) / 2);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
    return path;
}

void addEdges(BuildGraphLayout& layout, const QList<ShownStage>& stages) {
    for (const ShownStage& stage : stages) {
        for (const ShownStep& step : stage.steps) {
            for (const QString& input : step.inputs) {
                if (stageOf(input) == stage.id || !layout.steps.contains(input))
                    continue;
                const QRectF from = layout.steps.value(input), to = layout.steps.value(step.id);
                layout.edges.append(
                    {input, step.id, curve({from.right(), from.center().y()}, {to.left(), to.center().y()})});
            }
        }
    }
}

} // namespace

BuildGraphLayout layOutBuild(const QList<ShownStage>& stages, qreal width) {
    BuildGraphLayout layout;
    if (stages.isEmpty())
        return layout;
    const QHash<QString, int> columns = columnsOf(stages);
    layout.columns = 1 + *std::max_element(columns.begin(), columns.end());
    const qreal room = width - 2 * kMargin - (layout.columns - 1) * kBetweenColumns;
    const qreal lane = std::clamp(std::floor(room / layout.columns), kLeastLane, kMostLane);
    QList<qreal> bottoms(layout.columns, kMargin);
    for (const ShownStage& stage : stages) {
        const int column = columns.value(stage.id);
        const QPointF corner(kMargin + column * (lane + kBetweenColumns), bottoms[column]);
        qreal y = corner.y() + kStageHead;
        for (const ShownStep& step : stage.steps) {
            const qreal height = step.makesFiles() ? kTall : kLow;
            layout.steps.insert(step.id, {corner.x() + kPadding, y, lane - 2 * kPadding, height});
            y += height + kBetweenSteps;
        }
        const QRectF whole(corner, QPointF(corner.x() + lane, y - kBetweenSteps + kPadding));
        layout.stages.insert(stage.id, whole);
        bottoms[column] = whole.bottom() + kBetweenStages;
        layout.bounds |= whole;
    }
    layout.bounds = QRectF(QPointF(), layout.bounds.bottomRight() + QPointF(kMargin, kMargin));
    addEdges(layout, stages);
    return layout;
}

QString BuildGraphLayout::stepAt(const QPointF& place) const {
    for (auto step = steps.begin(); step != steps.end(); ++step) {
        if (step.value().contains(place))
            return step.key();
    }
    return {};
}

QString BuildGraphLayout::nextFrom(const QString& id, int key, const QList<ShownStage>& shown) const {
    QStringList order;
    for (const ShownStage& stage : shown) {
        for (const ShownStep& step : stage.steps)
            order.append(step.id);
    }
    if (order.isEmpty())
        return {};
    if (!steps.contains(id))
        return order.first();
    const QRectF at = steps.value(id);
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    QString best;
    qreal least = std::numeric_limits<qreal>::max();
    for (const QString& other : std::as_const(order)) {
        const QPointF way = steps.value(other).center() - at.center();
        const qreal along = key == Qt::Key_Left    ? -way.x()
                            : key == Qt::Key_Right ? way.x()
                            : key == Qt::Key_Up    ? -way.y()
                                                   : way.y();
        const qreal aside = std::abs(isAcross ? way.y() : way.x());
        // Up and down stay in their column.
        if (along < 1 || (!isAcross && aside > 1))
            continue;
        if (const qreal distance = along * (isAcross ? 4 : 1) + aside; distance < least) {
            least = distance;
            best = other;
        }
    }
    return best;
}

} // namespace escale::gui
