#include "gui/build/template_dialog.h"

#include "gui/build/dockerfile_highlighter.h"
#include "gui/build/dockerfile_text.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr QSize kSize(900, 640);
static constexpr int kListWidth = 190, kItemPadding = 14;

TemplateDialog::TemplateDialog(const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_templates(buildTemplates())
    , m_list(new QListWidget(this))
    , m_title(label({}, "heading", this))
    , m_description(label({}, "muted", this))
    , m_problem(label({}, "muted", this))
    , m_preview(new DockerfileText(this))
    , m_highlighter(new DockerfileHighlighter(m_preview->document()))
    , m_folder(new QLineEdit(folder, this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_write(primaryButton(tr("Write it"), QStringLiteral("templateDialog.accept"), this)) {
    setObjectName(QStringLiteral("templateDialog"));
    setWindowTitle(tr("New Dockerfile from a template"));
    resize(kSize);
    m_list->setObjectName(QStringLiteral("templateDialog.list"));
    m_list->setAccessibleName(tr("Templates"));
    m_list->setProperty("framed", true);
    m_list->setSpacing(2);
    for (const BuildTemplate& each : m_templates) {
        auto* item = new QListWidgetItem(QStringLiteral("  ") + each.title, m_list);
        item->setData(Qt::AccessibleTextRole, each.title);
        item->setSizeHint({0, fontMetrics().height() + kItemPadding});
    }
    m_description->setWordWrap(true);
    m_description->setMinimumWidth(1);
    m_preview->setObjectName(QStringLiteral("templateDialog.preview"));
    m_preview->setAccessibleName(tr("The template's Dockerfile"));
    m_preview->setProperty("framed", true);
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_highlighter->setSight([this] { return m_preview->sight(); });
    m_highlighter->setPalette(palette());
    m_folder->setObjectName(QStringLiteral("templateDialog.folder"));
    m_problem->setObjectName(QStringLiteral("templateDialog.problem"));
    m_cancel->setAutoDefault(false);
    m_write->setDefault(true);
    buildLayout();
    connect(m_list, &QListWidget::currentRowChanged, this, &TemplateDialog::showCurrent);
    connect(m_folder, &QLineEdit::textChanged, this, &TemplateDialog::check);
    connect(m_cancel, &QPushButton::clicked, this, &TemplateDialog::reject);
    connect(m_write, &QPushButton::clicked, this, &TemplateDialog::submit);
    m_list->setCurrentRow(0);
    check();
}

void TemplateDialog::buildLayout() {
    auto* about = new QVBoxLayout;
    about->setSpacing(6);
    about->addWidget(m_title);
    about->addWidget(m_description);
    about->addWidget(m_preview, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(14);
    m_list->setFixedWidth(kListWidth);
    middle->addWidget(m_list);
    middle->addLayout(about, 1);
    auto* choose = new QPushButton(tr("Ch&oose…"), this);
    choose->setObjectName(QStringLiteral("templateDialog.choose"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &TemplateDialog::chooseFolder);
    auto* name = new QLabel(tr("&Folder of the project"), this);
    name->setBuddy(m_folder);
    m_folder->setAccessibleName(tr("Folder of the project"));
    auto* place = new QHBoxLayout;
    place->setSpacing(8);
    place->addWidget(name);
    place->addWidget(m_folder, 1);
    place->addWidget(choose);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_write);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_error);
    column->addLayout(middle, 1);
    column->addLayout(place);
    column->addWidget(m_confirmation);
    column->addLayout(foot);
}

const BuildTemplate* TemplateDialog::current() const {
    const int row = m_list->currentRow();
    return row >= 0 && row < m_templates.size() ? &m_templates[row] : nullptr;
}

void TemplateDialog::select(const QString& name) {
    for (int row = 0; row < m_templates.size(); ++row) {
        if (m_templates[row].name == name)
            m_list->setCurrentRow(row);
    }
}

void TemplateDialog::showCurrent() {
    const BuildTemplate* chosen = current();
    if (chosen == nullptr)
        return;
    m_title->setText(chosen->title);
    m_description->setText(chosen->description);
    m_preview->setPlainText(QString::fromUtf8(chosen->dockerfile()));
    m_highlighter->setSource(std::make_shared<const DockerfileSource>(m_preview->content()));
}

void TemplateDialog::check() {
    const QString folder = m_folder->text().trimmed();
    QString problem;
    if (folder.isEmpty())
        problem = tr("Choose the folder of the project.");
    else if (!QFileInfo(folder).isDir())
        problem = tr("There is no such folder.");
    m_problem->setText(problem.isEmpty() ? tr("Dockerfile and .dockerignore are written into it.") : problem);
    m_write->setEnabled(problem.isEmpty());
}

void TemplateDialog::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose the folder of the project"), m_folder->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

void TemplateDialog::submit() {
    const QStringList there = existingTemplateFiles(m_folder->text().trimmed());
    if (there.isEmpty())
        return write(false);
    m_confirmation->ask(there.size() > 1 ? tr("The folder has a Dockerfile and a .dockerignore already.")
                                         : tr("The folder has a file named %1 already.").arg(there.front()),
                        tr("Replace"), [this] { write(true); });
}

void TemplateDialog::write(bool replaces) {
    const BuildTemplate* chosen = current();
    if (chosen == nullptr)
        return;
    m_error->dismiss();
    const QString folder = m_folder->text().trimmed();
    if (const Result<void> done = writeTemplate(*chosen, folder, replaces); !done)
        return m_error->show(done.error(), tr("Write the template"));
    Q_EMIT written(QDir(folder).filePath(QStringLiteral("Dockerfile")));
    accept();
}

// Escape answers the question first.
void TemplateDialog::reject() {
    if (m_confirmation->isVisible())
        return m_confirmation->hide();
    QDialog::reject();
}

} // namespace escale::gui
