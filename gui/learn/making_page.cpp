#include "gui/learn/making_page.h"

#include "engine/inspect/made_script.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/drawing_view.h"
#include "gui/common/format.h"
#include "gui/containers/state_text.h"
#include "gui/learn/making_text.h"
#include "gui/learn/making_view.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kCommandLines = 4;
static constexpr int kCommandHeight = 140, kDrawingShare = 500;

MakingPage::MakingPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnMaking"), makingColumns(), parent)
    , m_client(client)
    , m_commandTitle(label(tr("The same by hand"), "section", this))
    , m_command(new QPlainTextEdit(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_copyScript(new QPushButton(tr("Copy the script"), this))
    , m_exportScript(
          primaryButton(tr("Export as a shell script…"), QStringLiteral("learnMaking.exportScript"), this)) {
    buildBelow();
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command->toPlainText()); });
    connect(m_copyScript, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(script()); });
    connect(m_exportScript, &QPushButton::clicked, this, &MakingPage::askExport);
    connect(&view(), &DrawingView::currentChanged, this, [this] { showCommand(chosen()); });
    connect(&table(), &Table::currentIdChanged, this, [this] { showCommand(chosen()); });
}

void MakingPage::buildBelow() {
    m_command->setObjectName(QStringLiteral("learnMaking.command"));
    m_command->setAccessibleName(tr("The same by hand"));
    m_command->setReadOnly(true);
    m_command->setFrameShape(QFrame::NoFrame);
    m_command->setFont(monospace(m_command->font()));
    m_command->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_command->setTabChangesFocus(true);
    m_command->setMinimumHeight(m_command->fontMetrics().lineSpacing() * kCommandLines + 8);
    m_copy->setObjectName(QStringLiteral("learnMaking.copy"));
    m_copyScript->setObjectName(QStringLiteral("learnMaking.copyScript"));
    m_copy->setToolTip(tr("The command of the chosen step"));
    m_exportScript->setToolTip(
        tr("All steps as one script for /bin/sh, which makes such a container by hand"));
    addTool(m_exportScript);
    addTool(m_copyScript);
    auto* below = new QWidget(this);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 4, 8, 0);
    head->setSpacing(6);
    head->addWidget(m_commandTitle, 1);
    head->addWidget(m_copy);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(1, 0, 1, 4);
    column->setSpacing(2);
    column->addWidget(line(below));
    column->addLayout(head);
    column->addWidget(m_command, 1);
    addBelow(below);
    if (auto* around = qobject_cast<QSplitter*>(below->parentWidget()))
        around->setSizes({kDrawingShare, kCommandHeight});
    showCommand({});
}

void MakingPage::containerChanged() {
    m_isRead = false;
    m_steps.clear();
    showCommand({});
}

void MakingPage::refresh() {
    if (m_isRead)
        return;
    setReading(true);
    const QString asked = container().id;
    m_client.inspectMaking(asked, this, [this, asked](const Result<MakingOf>& making) {
        if (asked != container().id)
            return;
        setReading(false);
        if (!making)
            return takeError(making.error());
        take(making->steps);
    });
}

void MakingPage::take(const dbus::MadeSteps& steps) {
    m_steps = madeStepsOf(steps);
    if (m_steps.empty())
        return takeError({ErrorCode::NotFound, {}, {}});
    m_isRead = true;
    show(makingDrawing(m_steps, container().name), makingRows(m_steps));
    showCommand(chosen());
}

void MakingPage::takeError(const Error& error) {
    if (error.code != ErrorCode::NotFound) {
        showEmpty(tr("The steps cannot be shown"), {});
        return showError(error, tr("Read how it was made"));
    }
    const bool isUp = isAlive(container());
    if (container().started == 0)
        return showEmpty(tr("%1 was never started").arg(container().name),
                         tr("A container is made when it is started: each step is written down then."),
                         tr("Start it"));
    showEmpty(
        tr("Nothing is written down of this start"),
        isUp ? tr("It was started by an older version of Escale. Stop it and start it again: each step is "
                  "written down then.")
             : tr("It was started by an older version of Escale. Start it again: each step is written down "
                  "then."),
        isUp ? QString() : tr("Start it"));
}

void MakingPage::showCommand(const QString& id) const {
    const int number = stepOf(id);
    const bool isStep = number >= 0 && static_cast<std::size_t>(number) < m_steps.size();
    const auto place = static_cast<std::size_t>(isStep ? number : 0);
    // cppcheck-suppress containerOutOfBounds
    const ShellEquivalent shell = isStep ? shellEquivalent(m_steps[place]) : ShellEquivalent();
    m_commandTitle->setText(isStep ? tr("Step %1 by hand").arg(number + 1) : tr("The same by hand"));
    m_command->setPlainText(QString::fromStdString(shell.command));
    m_command->setPlaceholderText(
        isStep ? tr("A shell has no word for this step. The script says so where it belongs.")
               : tr("Choose a step to see the command that does the same."));
    m_copy->setEnabled(!shell.command.empty());
    m_copyScript->setEnabled(!m_steps.empty());
    m_exportScript->setEnabled(!m_steps.empty());
}

QString MakingPage::script() const {
    return QString::fromStdString(
        madeScript(m_steps, {container().name.toStdString(), container().image.toStdString()}));
}

Result<> MakingPage::exportScript(const QString& file) const {
    const QByteArray content = script().toUtf8();
    QSaveFile out(file);
    // Its user's alone: the program's environment stands in it, and may hold passwords.
    const bool isWritten = out.open(QIODevice::WriteOnly) &&
                           out.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner) &&
                           out.write(content) == content.size() && out.commit();
    if (!isWritten)
        return fail(ErrorCode::SystemFailure,
                    tr("cannot write %1: %2").arg(file, out.errorString()).toStdString(),
                    tr("Choose another folder.").toStdString());
    return {};
}

void MakingPage::askExport() {
    const QString name = QStringLiteral("make-") + container().name + QStringLiteral(".sh");
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export as a shell script"), QDir::home().filePath(name), tr("Shell scripts (*.sh)"));
    if (file.isEmpty())
        return;
    if (const auto written = exportScript(file); !written)
        showError(written.error(), tr("Export the script"));
}

QString MakingPage::explanationOf(const QString& id) const {
    const int number = stepOf(id);
    return number < 0 ? makingExplanation(m_steps, container().name)
                      : stepExplanation(m_steps, static_cast<std::size_t>(number));
}

} // namespace escale::gui
