// What the linter found, as a list below the text: the selected one explained, with its quick fix.
#pragma once

#include "engine/build/lint/lint.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace escale::gui {

class LintFindingsModel;
class Table;

class LintPanel : public QWidget {
    Q_OBJECT
public:
    explicit LintPanel(QWidget* parent = nullptr);
    /// `note`: what could not be looked at; empty: everything was.
    void setFindings(std::vector<LintFinding> findings, const QString& note);
    [[nodiscard]] LintFindingsModel& model() { return *m_model; }
    [[nodiscard]] Table& table() { return *m_table; }
    /// The finding that is selected; null when none is.
    [[nodiscard]] const LintFinding* current() const;
    void selectLine(int line);
    /// All findings in sight; a line of words when there is none.
    [[nodiscard]] int wantedHeight() const;

Q_SIGNALS:
    void jumpRequested(const escale::LintFinding& finding);
    void fixRequested(const escale::LintFinding& finding);
    void ignoreRequested(const escale::LintFinding& finding);
    void fixAllRequested();

private:
    void buildLayout();
    void makeActions();
    void showCurrent();
    void showCounts(const QString& note);

    LintFindingsModel* m_model;
    Table* m_table;
    QLabel *m_counts, *m_why;
    QWidget* m_foot;
    QPushButton *m_apply, *m_fixAll;
    QAction *m_fixAction, *m_ignoreAction, *m_linkAction;
};

} // namespace escale::gui
