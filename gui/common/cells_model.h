// A table of ready texts, for what is made anew as a whole: rows that stay keep their place and the
// selection.
#pragma once

#include "gui/common/table.h"

#include <QAbstractTableModel>
#include <QList>
#include <QString>
#include <QStringList>

namespace escale::gui {

struct Cell {
    QString text;
    QVariant sort = {};   // the raw value behind it; invalid: the text
    QString toolTip = {}; // empty: the text
    Tone tone = Tone::None;
    bool isMonospace = false;
    bool elidesMiddle = false;
    bool operator==(const Cell&) const = default;
};

struct CellsRow {
    QString id; // unique
    QList<Cell> cells;
    bool operator==(const CellsRow&) const = default;
};

class CellsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit CellsModel(QStringList columns, QObject* parent = nullptr);
    /// Takes all rows away.
    void setColumns(const QStringList& columns);
    void setRows(const QList<CellsRow>& rows);
    [[nodiscard]] const QList<CellsRow>& rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_columns;
    QList<CellsRow> m_rows;
};

} // namespace escale::gui
