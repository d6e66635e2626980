// The linter's findings about one text as a table.
#pragma once

#include "engine/build/lint/lint.h"

#include <QAbstractTableModel>

namespace escale::gui {

class LintFindingsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Severity, Line, Code, Message, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setFindings(std::vector<LintFinding> findings);
    /// Lines were added below `line`, or taken away: findings behind move along.
    void shiftLines(int line, int by);
    [[nodiscard]] const std::vector<LintFinding>& findings() const { return m_findings; }
    [[nodiscard]] const LintFinding& at(int row) const { return m_findings[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<LintFinding> m_findings;
};

} // namespace escale::gui
