// The list every pane shows: one row a thing, aligned columns, sortable, with a page for when it is empty. A
// model gives raw values for sorting under kSortRole, and may give a status colour and a fixed-width font by
// the roles below.
#pragma once

#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace escale::gui {

class EmptyState;

enum ItemRole : int {
    kSortRole = Qt::UserRole, // the raw value behind the text
    kIdRole,                  // QString: what names the row's thing
    kToneRole,                // Tone: draws a dot before the text
    kMonospaceRole,           // bool: ids and digests
    kElideMiddleRole,         // bool: its end tells as much as its beginning: image names, paths
};

enum class Tone : int { None, Good, Busy, Bad, Idle };

/// Draws rows with air, status dots with their words and fixed-width ids; a tooltip shows what does not fit.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
    /// Background, selection and the mark of the current row; answers with the room for the content. `option`
    /// becomes the one to draw it with.
    QRect paintGround(QPainter* painter, QStyleOptionViewItem& option, const QModelIndex& index) const;
    static void paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                          const QRect& area, const QString& text);
};

/// What a tone looks like in the palette in force.
QColor toneColor(Tone tone);

class Table : public QTreeView {
    Q_OBJECT
public:
    explicit Table(QWidget* parent = nullptr);
    /// With a proxy of its own, which it takes; a tree when its model is one.
    Table(QSortFilterProxyModel* proxy, QWidget* parent);
    /// Puts the proxy between and sorts by a column.
    void setSource(QAbstractItemModel* model, int sortColumn, Qt::SortOrder order = Qt::AscendingOrder);
    /// That column takes what room the others leave; they keep their widths.
    void giveRoomTo(int column);
    /// Rows whose first columns contain the text, in any column.
    virtual void setFilter(const QString& text);
    [[nodiscard]] QSortFilterProxyModel& proxy() { return *m_proxy; }
    /// kIdRole of the current row, or nothing.
    [[nodiscard]] QString currentId() const;
    /// The source model's row of the current row; -1 without one.
    [[nodiscard]] int currentRow() const;
    virtual void selectId(const QString& id);

Q_SIGNALS:
    void currentIdChanged(const QString& id);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    QSortFilterProxyModel* m_proxy;
};

/// A table, or the empty state instead of it.
class TableStack : public QStackedWidget {
    Q_OBJECT
public:
    explicit TableStack(QWidget* parent = nullptr);
    TableStack(Table* table, QWidget* parent); // takes it
    [[nodiscard]] Table& table() { return *m_table; }
    [[nodiscard]] EmptyState& empty() { return *m_empty; }
    void showTable();
    void showEmpty();

private:
    Table* m_table;
    EmptyState* m_empty;
};

} // namespace escale::gui
