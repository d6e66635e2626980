// What one step of a build is: its log, the files of its layer; what all steps cost; and a terminal in the
// one that failed. GUI thread.
#pragma once

#include "gui/build/build_model.h"

#include <QWidget>

class QLabel;
class QTabWidget;

namespace escale::gui {

class ElidedLabel;

class EngineClient;
class LogView;
class Shell;
class StepCostsModel;
class StepFiles;
class Table;

class StepPanel : public QWidget {
    Q_OBJECT
public:
    StepPanel(EngineClient& client, const QString& prefix, QWidget* parent = nullptr);
    /// `step` empty: the one that is worth looking at, which changes as the build goes on.
    void show(const BuildModel& model, const QString& step);
    /// Another build: nothing of the one before is kept.
    void reset();
    void showLog();
    /// A terminal in that container, in a tab of its own.
    void openTerminal(const QString& container, const QString& words);

    /// The step that one would look at: what runs, what failed, else the last that has written something.
    static QString interestingStep(const BuildModel& model);

Q_SIGNALS:
    /// A step was chosen among the costs.
    void stepRequested(const QString& step);
    void lineRequested(int line);

private:
    void buildCosts(const QString& prefix);
    void showHead(const ShownStep* step);
    void showStepLog(const BuildModel& model, const QString& step);

    EngineClient& m_client;
    ElidedLabel* m_instruction;
    QLabel* m_figures;
    QTabWidget* m_tabs;
    LogView* m_log;
    StepFiles* m_files;
    StepCostsModel* m_costs;
    Table* m_table;
    QWidget* m_terminal = nullptr;
    QString m_step; // whose log is shown
    qint64 m_logEnd = 0;
    bool m_isRenewing = false;
};

} // namespace escale::gui
