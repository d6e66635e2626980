// What the loader says of a project's files as a table.
#pragma once

#include "engine/stack/compose/make_stack.h"

#include <QAbstractTableModel>

namespace escale::gui {

/// A problem whose place is of the text that is written now.
struct ComposeProblem {
    compose::Problem::Severity severity = compose::Problem::Severity::Error;
    QString file;               // absolute; empty: no file's
    int line = 0;               // from 1; 0: nowhere
    int column = 0, length = 0; // as Place
    QString path;               // "services.web.ports[0]"
    QString what, hint;
};

/// Of both, the gravest first where they stand in one place; each once.
std::vector<ComposeProblem> problemsOf(const compose::Loaded& loaded, const compose::MadeStack* made);

/// The one behind (before) a place of a file, of problems in the order of problemsOf(), and round; -1: there
/// are none. `line`, `column` from 1.
int nextProblem(const std::vector<ComposeProblem>& problems, const QString& file, int line, int column,
                bool isBackwards);

QString severityText(compose::Problem::Severity severity);
/// As rich text for a bubble.
QString problemTip(const ComposeProblem& problem);

class ComposeProblemsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Severity, Place, Message, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setProblems(std::vector<ComposeProblem> problems);
    /// Lines were added below `line` of a file, or taken away: what stands behind moves along.
    void shiftLines(const QString& file, int line, int by);
    [[nodiscard]] const std::vector<ComposeProblem>& problems() const { return m_problems; }
    [[nodiscard]] const ComposeProblem& at(int row) const {
        return m_problems[static_cast<std::size_t>(row)];
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant sortValue(int row, int column) const;

    std::vector<ComposeProblem> m_problems;
};

} // namespace escale::gui
