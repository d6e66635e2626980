#include "gui/common/table.h"

#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/common/theme.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace escale::gui {

// Room around a row's text, in pixels at scale 1.
static constexpr int kRowPadding = 9;
static constexpr int kCellMargin = 8;
static constexpr int kDot = 8;
static constexpr int kSortArrow = 9; // the header keeps room for it (style.qss)

QColor toneColor(Tone tone) {
    const Colors colors = Colors::current();
    switch (tone) {
    case Tone::Good:
        return colors.green;
    case Tone::Busy:
        return colors.amber;
    case Tone::Bad:
        return colors.red;
    case Tone::Idle:
    case Tone::None:
        break;
    }
    return colors.muted;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(option.fontMetrics.height() + 2 * kRowPadding);
    size.rwidth() += 2 * kCellMargin + (index.data(kToneRole).isValid() ? 2 * kDot : 0);
    return size;
}

void RowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(kMonospaceRole).toBool())
        option->font = monospace(option->font);
}

QRect RowDelegate::paintGround(QPainter* painter, QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    initStyleOption(&option, index);
    QStyleOptionViewItem ground = option;
    ground.text.clear();
    ground.icon = {};
    ground.state &= ~QStyle::State_HasFocus;
    ground.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, ground.widget);

    // The current row of the list that has the keyboard carries a mark at its left edge. The option's palette
    // has the style sheet's soft colour for accent, so it is not asked.
    const auto* view = qobject_cast<const QTreeView*>(option.widget);
    if (view != nullptr && view->hasFocus() &&
        index.siblingAtColumn(0) == view->currentIndex().siblingAtColumn(0) &&
        view->header()->visualIndex(index.column()) == 0) {
        painter->fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), Colors::current().accent);
    }
    return option.rect.adjusted(kCellMargin, 0, -kCellMargin, 0);
}

void RowDelegate::paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                            const QRect& area, const QString& text) {
    const QVariant foreground = index.data(Qt::ForegroundRole);
    const Qt::TextElideMode elide = index.data(kElideMiddleRole).toBool() ? Qt::ElideMiddle : Qt::ElideRight;
    painter->save();
    painter->setFont(option.font);
    painter->setPen(foreground.isValid() ? foreground.value<QBrush>().color()
                                         : option.palette.color(QPalette::Active, QPalette::Text));
    const QFontMetrics metrics(option.font);
    painter->drawText(area, static_cast<int>(option.displayAlignment) | Qt::TextSingleLine,
                      metrics.elidedText(text, elide, area.width()));
    painter->restore();
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                        const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    QRect area = paintGround(painter, option, index);
    if (option.displayAlignment.testFlag(Qt::AlignRight))
        area.setRight(area.right() - kSortArrow); // under the end of the heading
    if (const QVariant tone = index.data(kToneRole); tone.isValid()) {
        const QRectF dot(area.left(), area.center().y() - kDot / 2.0 + 0.5, kDot, kDot);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(toneColor(static_cast<Tone>(tone.toInt())));
        painter->drawEllipse(dot);
        painter->restore();
        area.setLeft(area.left() + 2 * kDot);
    }
    paintText(painter, option, index, area, option.text);
}

bool RowDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& given,
                            const QModelIndex& index) {
    if (event->type() == QEvent::ToolTip && !index.data(Qt::ToolTipRole).isValid()) {
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        const int room = view->visualRect(index).width() - 2 * kCellMargin;
        if (QFontMetrics(option.font).horizontalAdvance(option.text) <= room)
            return false;
        QToolTip::showText(event->globalPos(), option.text, view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, given, index);
}

Table::Table(QWidget* parent)
    : Table(new QSortFilterProxyModel, parent) {}

Table::Table(QSortFilterProxyModel* proxy, QWidget* parent)
    : QTreeView(parent)
    , m_proxy(proxy) {
    proxy->setParent(this);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setFrameShape(NoFrame);
    setItemDelegate(new RowDelegate(this));
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    header()->setHighlightSections(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setMinimumSectionSize(56);
    m_proxy->setSortRole(kSortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortLocaleAware(true);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setDynamicSortFilter(true);
}

void Table::setSource(QAbstractItemModel* model, int sortColumn, Qt::SortOrder order) {
    m_proxy->setSourceModel(model);
    setModel(m_proxy);
    setSortingEnabled(true);
    sortByColumn(sortColumn, order);
}

void Table::giveRoomTo(int column) {
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void Table::setFilter(const QString& text) {
    m_proxy->setFilterFixedString(text.trimmed());
}

QString Table::currentId() const {
    return selectionModel() != nullptr && currentIndex().isValid() ? currentIndex().data(kIdRole).toString()
                                                                   : QString();
}

int Table::currentRow() const {
    return currentIndex().isValid() ? m_proxy->mapToSource(currentIndex()).row() : -1;
}

void Table::selectId(const QString& id) {
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        const QModelIndex index = m_proxy->index(row, 0);
        if (index.data(kIdRole).toString() == id) {
            setCurrentIndex(index);
            scrollTo(index);
            return;
        }
    }
}

void Table::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    Q_EMIT currentIdChanged(current.isValid() ? current.data(kIdRole).toString() : QString());
}

TableStack::TableStack(QWidget* parent)
    : TableStack(new Table, parent) {}

TableStack::TableStack(Table* table, QWidget* parent)
    : QStackedWidget(parent)
    , m_table(table)
    , m_empty(new EmptyState(this)) {
    addWidget(m_empty);
    addWidget(m_table);
}

void TableStack::showTable() {
    setCurrentWidget(m_table);
}
void TableStack::showEmpty() {
    setCurrentWidget(m_empty);
}

} // namespace escale::gui
