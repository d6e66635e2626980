#include "gui/build/step_panel.h"

#include "gui/build/step_costs_model.h"
#include "gui/build/step_files.h"
#include "gui/build/step_text.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/format.h"
#include "gui/common/log_view.h"
#include "gui/common/table.h"
#include "gui/common/terminal_view.h"
#include "gui/containers/shell.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

StepPanel::StepPanel(EngineClient& client, const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_instruction(new ElidedLabel(this))
    , m_figures(label({}, "muted", this))
    , m_tabs(new QTabWidget(this))
    , m_log(new LogView(this))
    , m_files(new StepFiles(client, prefix, this))
    , m_costs(new StepCostsModel(this))
    , m_table(new Table(this)) {
    setObjectName(prefix + QStringLiteral(".panel"));
    m_instruction->setObjectName(prefix + QStringLiteral(".instruction"));
    QFont bold = monospace(font());
    bold.setBold(true);
    m_instruction->setFont(bold);
    m_figures->setObjectName(prefix + QStringLiteral(".figures"));
    m_log->setLogName(tr("build"));
    buildCosts(prefix);
    m_tabs->setObjectName(prefix + QStringLiteral(".tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_log, tr("Log"));
    m_tabs->addTab(m_files, tr("Files of its layer"));
    m_tabs->addTab(m_table, tr("What each step costs"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 12, 2);
    head->setSpacing(12);
    head->addWidget(m_instruction, 1);
    head->addWidget(m_figures);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_tabs, 1);
    reset();
}

void StepPanel::buildCosts(const QString& prefix) {
    m_table->setObjectName(prefix + QStringLiteral(".costs"));
    m_table->setAccessibleName(tr("What each step costs"));
    m_table->setSource(m_costs, StepCostsModel::Step);
    const std::pair<int, int> widths[] = {{StepCostsModel::Step, 120},
                                          {StepCostsModel::State, 130},
                                          {StepCostsModel::Time, 190},
                                          {StepCostsModel::Size, 190}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->giveRoomTo(StepCostsModel::Instruction);
    auto* shares = new ShareDelegate(m_table);
    m_table->setItemDelegateForColumn(StepCostsModel::Time, shares);
    m_table->setItemDelegateForColumn(StepCostsModel::Size, shares);
    connect(m_table, &Table::currentIdChanged, this, [this](const QString& step) {
        if (!m_isRenewing && !step.isEmpty())
            Q_EMIT stepRequested(step);
    });
}

void StepPanel::reset() {
    m_step.clear();
    m_logEnd = 0;
    m_log->reset();
    m_log->setPlaceholder(tr("What the steps write is shown here."));
    m_files->setStep(nullptr);
    m_costs->setSteps({}, 0);
    showHead(nullptr);
}

QString StepPanel::interestingStep(const BuildModel& model) {
    QString best;
    qint64 latest = -1;
    for (const ShownStep* step : model.steps()) {
        if (step->state == StepState::Failed)
            return step->id;
        const bool runs = step->state == StepState::Running;
        const qint64 weight = step->started + (runs ? (qint64(1) << 60) : 0);
        if ((runs || model.logEnd(step->id) > 0) && weight > latest) {
            latest = weight;
            best = step->id;
        }
    }
    return best;
}

void StepPanel::show(const BuildModel& model, const QString& wanted) {
    const QString id = wanted.isEmpty() ? interestingStep(model) : wanted;
    const ShownStep* step = model.step(id);
    showHead(step);
    showStepLog(model, id);
    m_files->setStep(step);
    m_isRenewing = true;
    m_costs->setSteps(model.stages(), QDateTime::currentMSecsSinceEpoch());
    if (step != nullptr && m_table->currentId() != id)
        m_table->selectId(id);
    m_isRenewing = false;
}

void StepPanel::showHead(const ShownStep* step) {
    const QString text = step == nullptr ? tr("No step is chosen.") : step->text;
    m_instruction->setText(text);
    QString figures;
    if (step != nullptr) {
        figures = stepFigures(*step, QDateTime::currentMSecsSinceEpoch());
        if (step->line > 0)
            figures = tr("line %1 · %2").arg(step->line).arg(figures);
    }
    m_figures->setText(figures);
}

void StepPanel::showStepLog(const BuildModel& model, const QString& id) {
    if (id != m_step) {
        m_step = id;
        m_logEnd = 0;
        m_log->reset();
        if (model.isLogCut(id))
            m_log->setSkipped();
    }
    const ShownStep* step = model.step(id);
    m_log->setPlaceholder(step == nullptr                     ? tr("What the steps write is shown here.")
                          : step->state == StepState::Waiting ? tr("This step has not begun.")
                          : step->state == StepState::Cached
                              ? tr("Taken from the cache: an earlier build has "
                                   "made the same.")
                              : tr("This step has written nothing."));
    if (model.logEnd(id) == m_logEnd)
        return;
    m_log->append(model.logFrom(id, m_logEnd));
    m_logEnd = model.logEnd(id);
}

void StepPanel::showLog() {
    m_tabs->setCurrentWidget(m_log);
}

void StepPanel::openTerminal(const QString& container, const QString& words) {
    delete m_terminal;
    ShellRequest request;
    request.kind = ShellRequest::Kind::Debug; // the container goes with its terminal
    request.debugger = container;
    request.target = tr("failed step");
    auto* shell = new Shell(m_client, container, request, m_tabs);
    m_terminal = shell;
    const int tab = m_tabs->addTab(shell, tr("Terminal in the failed step"));
    QToolButton* close = flatButton(QStringLiteral("close"), tr("Close the terminal"), m_tabs);
    close->setIconSize(QSize(12, 12));
    m_tabs->tabBar()->setTabButton(tab, QTabBar::RightSide, close);
    connect(close, &QToolButton::clicked, this, [this, shell] {
        shell->deleteLater();
        m_tabs->removeTab(m_tabs->indexOf(shell));
        m_terminal = nullptr;
    });
    m_tabs->setCurrentIndex(tab);
    shell->view().screen().feed("\x1b[2m" + words.toUtf8() + "\x1b[22m\r\n");
    shell->start();
    shell->setFocus(Qt::OtherFocusReason);
}

} // namespace escale::gui
