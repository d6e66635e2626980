#include "gui/containers/name_delegate.h"

#include "gui/common/theme.h"
#include "gui/containers/containers_model.h"

#include <QLineEdit>
#include <QPainter>
#include <QRegularExpressionValidator>

namespace escale::gui {

static constexpr int kSign = 10; // pixels, at scale 1
static constexpr int kSignRoom = 18;

static void paintSign(QPainter& painter, const QRectF& box, StateShape shape, const QColor& color) {
    const double unit = box.width() / 10;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.6 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const auto at = [&](double x, double y) { return QPointF(box.left() + x * unit, box.top() + y * unit); };
    switch (shape) {
    case StateShape::Stack: // three sheets
        painter.drawPolygon(QPolygonF({at(5, 0.4), at(9.6, 2.8), at(5, 5.2), at(0.4, 2.8)}));
        painter.drawPolyline(QPolygonF({at(0.4, 5.2), at(5, 7.6), at(9.6, 5.2)}));
        painter.drawPolyline(QPolygonF({at(0.4, 7.4), at(5, 9.8), at(9.6, 7.4)}));
        return;
    case StateShape::Running:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(box.adjusted(unit, unit, -unit, -unit));
        return;
    case StateShape::Debug: // a prompt
        painter.drawPolyline(QPolygonF({at(1, 1.8), at(4.4, 5), at(1, 8.2)}));
        painter.drawLine(at(5.4, 8.4), at(9, 8.4));
        return;
    case StateShape::Paused:
        painter.setPen(QPen(color, 2.2 * unit, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(at(3, 1.6), at(3, 8.4));
        painter.drawLine(at(7, 1.6), at(7, 8.4));
        return;
    case StateShape::Restarting: // an arc with a head
        painter.drawArc(box.adjusted(unit, unit, -unit, -unit), 60 * 16, 290 * 16);
        painter.drawPolyline(QPolygonF({at(4.9, 0.2), at(7.3, 1.6), at(6.0, 4.0)}));
        return;
    case StateShape::Stopped: // an empty ring
        painter.drawEllipse(box.adjusted(1.4 * unit, 1.4 * unit, -1.4 * unit, -1.4 * unit));
        return;
    case StateShape::Failed: // a triangle with a mark
        painter.drawPolygon(QPolygonF({at(5, 0.8), at(9.6, 9), at(0.4, 9)}));
        painter.drawLine(at(5, 4), at(5, 5.6));
        painter.drawPoint(at(5, 7.4));
        return;
    }
}

void NameDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                         const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    QRect area = paintGround(painter, option, index);
    const auto tone = static_cast<Tone>(index.data(kToneRole).toInt());
    painter->save();
    paintSign(*painter, QRectF(area.left(), area.center().y() - kSign / 2.0 + 0.5, kSign, kSign),
              static_cast<StateShape>(index.data(kShapeRole).toInt()), toneColor(tone));
    painter->restore();
    area.setLeft(area.left() + kSignRoom);
    paintText(painter, option, index, area, option.text);
}

QWidget* NameDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                    const QModelIndex& index) const {
    auto* field = new QLineEdit(parent);
    field->setObjectName(QStringLiteral("containersPane.rename"));
    field->setAccessibleName(tr("New name of %1").arg(index.data(Qt::EditRole).toString()));
    // What the engine takes as a name (Docker's rule).
    static const QRegularExpression rule(QStringLiteral("[a-zA-Z0-9][a-zA-Z0-9_.-]*"));
    field->setValidator(new QRegularExpressionValidator(rule, field));
    field->setMaxLength(128);
    return field;
}

void NameDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                        const QModelIndex&) const {
    editor->setGeometry(option.rect.adjusted(kSignRoom - 2, 1, 0, -1));
}

} // namespace escale::gui
