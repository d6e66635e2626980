// What is wrong with a project, as a list below its text: counts, places, and what to do about the selected
// one.
#pragma once

#include "gui/stacks/compose_problems_model.h"

#include <QWidget>

class QLabel;

namespace escale::gui {

class Table;

class ComposeProblemsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ComposeProblemsPanel(QWidget* parent = nullptr);
    void setProblems(std::vector<ComposeProblem> problems);
    [[nodiscard]] ComposeProblemsModel& model() { return *m_model; }
    [[nodiscard]] Table& table() { return *m_table; }
    [[nodiscard]] int count(compose::Problem::Severity severity) const;
    [[nodiscard]] const ComposeProblem* current() const;
    void select(const ComposeProblem& problem);
    /// All problems in sight; a line of words when there is none.
    [[nodiscard]] int wantedHeight() const;

Q_SIGNALS:
    void jumpRequested(const escale::gui::ComposeProblem& problem);

private:
    void showCounts();
    void showCurrent();

    ComposeProblemsModel* m_model;
    Table* m_table;
    QLabel *m_counts, *m_hint;
};

} // namespace escale::gui
