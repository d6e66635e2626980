#include "gui/stacks/stacks_list.h"

#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/stacks/stacks_model.h"

#include <QPainter>

namespace escale::gui {
namespace {

constexpr int kHeading = 28, kTall = 48, kPadding = 12, kDot = 8;

class StackDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {120, kTall + (headingOf(index).isEmpty() ? 0 : kHeading)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Colors colors = Colors::current();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QRect area = option.rect;
        QFont small = option.font;
        small.setPixelSize(11);
        if (const QString heading = headingOf(index); !heading.isEmpty()) {
            QFont font = small;
            font.setWeight(QFont::DemiBold);
            painter->setFont(font);
            painter->setPen(colors.muted);
            painter->drawText(
                QRect(area.left() + kPadding, area.top() + 4, area.width() - 2 * kPadding, kHeading - 6),
                Qt::AlignLeft | Qt::AlignVCenter, heading);
            area.setTop(area.top() + kHeading);
        }
        const bool isCurrent = option.state & QStyle::State_Selected;
        if (isCurrent || (option.state & QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(isCurrent ? colors.selection : colors.hover);
            painter->drawRoundedRect(area.adjusted(6, 1, -6, -1), 7, 7);
        }
        if (isCurrent && (option.state & QStyle::State_HasFocus)) {
            painter->setPen(QPen(colors.accent, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(area.adjusted(7, 2, -7, -2), 6, 6);
        }
        const auto tone = static_cast<Tone>(index.data(kToneRole).toInt());
        const QRectF dot(area.left() + kPadding + 4, area.top() + 12, kDot, kDot);
        if (tone == Tone::None) {
            painter->setPen(QPen(colors.muted, 1.4));
            painter->setBrush(Qt::NoBrush);
            painter->drawEllipse(dot.adjusted(0.7, 0.7, -0.7, -0.7));
        } else {
            painter->setPen(Qt::NoPen);
            painter->setBrush(toneColor(tone));
            painter->drawEllipse(dot);
        }
        const int left = static_cast<int>(dot.right()) + 10;
        const QRect words(left, area.top(), area.right() - left - kPadding, area.height());
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        const auto draw = [&](const QRect& line, const QFont& font, const QColor& color, const QString& text,
                              Qt::TextElideMode mode) {
            painter->setFont(font);
            painter->setPen(color);
            painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                              QFontMetrics(font).elidedText(text, mode, line.width()));
        };
        draw({words.left(), words.top() + 6, words.width(), 19}, bold, colors.text,
             index.data(Qt::DisplayRole).toString(), Qt::ElideRight);
        draw({words.left(), words.top() + 25, words.width(), 16}, small, colors.muted,
             index.data(StacksModel::kDetailRole).toString(), Qt::ElideMiddle);
        painter->restore();
    }

private:
    static QString headingOf(const QModelIndex& index) {
        return index.data(StacksModel::kSectionRole).toString();
    }
};

} // namespace

StacksList::StacksList(StacksModel* model, QWidget* parent)
    : QListView(parent) {
    setObjectName(QStringLiteral("stacksPane.list"));
    setAccessibleName(tr("Stacks"));
    setModel(model);
    setItemDelegate(new StackDelegate(this));
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        const QString id = m_id;
        selectId(id);
    });
}

QString StacksList::currentId() const {
    return currentIndex().data(kIdRole).toString();
}

void StacksList::selectId(const QString& id) {
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.data(kIdRole).toString() == id)
            return setCurrentIndex(index);
    }
    m_id = id;
}

void StacksList::setFilter(const QString& text) {
    for (int row = 0; row < model()->rowCount(); ++row)
        setRowHidden(row, !text.isEmpty() &&
                              !model()->index(row, 0).data().toString().contains(text, Qt::CaseInsensitive));
}

void StacksList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (!current.isValid())
        return;
    m_id = currentId();
    Q_EMIT currentIdChanged(m_id);
}

} // namespace escale::gui
