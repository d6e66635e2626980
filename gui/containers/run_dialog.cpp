#include "gui/containers/run_dialog.h"

#include "engine/image/reference.h"
#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/containers/command_line.h"
#include "gui/containers/option_field.h"
#include "gui/containers/run_form.h"
#include "gui/containers/run_pages.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTabWidget>

namespace escale::gui {

RunDialog::RunDialog(const QString& name, dbus::ImageList images, Runner runner, QWidget* parent)
    : QDialog(parent)
    , m_images(std::move(images))
    , m_runner(std::move(runner))
    , m_form(new RunForm(this))
    , m_error(new ErrorBanner(this))
    , m_tabs(new QTabWidget(this))
    , m_pages(makeRunPages(*m_form, *m_error, m_tabs))
    , m_line(new CommandLine(this))
    , m_problem(label({}, "problem", this))
    , m_show(new QPushButton(tr("Sho&w it"), this))
    , m_run(primaryButton(tr("&Run"), QStringLiteral("runDialog.accept"), this)) {
    setObjectName(QStringLiteral("runDialog"));
    setWindowTitle(tr("Run %1").arg(name));
    buildLayout();
    connect(m_form, &RunForm::changed, this, &RunDialog::takeChange);
    connect(m_line, &CommandLine::entered, m_form, &RunForm::setRequest);
    connect(m_line, &CommandLine::problemChanged, this, &RunDialog::showProblem);
    connect(m_show, &QPushButton::clicked, this, &RunDialog::goToProblem);
    connect(m_run, &QPushButton::clicked, this, &RunDialog::run);
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(shortcut, &QShortcut::activated, m_run, &QPushButton::click);
    RunRequest request;
    request.image = name;
    m_form->setRequest(request);
    m_form->field(QStringLiteral("name"))->setFocus();
}

void RunDialog::buildLayout() {
    resize(900, 680);
    setMinimumSize(640, 480);
    m_tabs->setObjectName(QStringLiteral("runDialog.tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setIconSize(QSize(16, 16));
    for (OptionPage* page : m_pages)
        m_tabs->addTab(page, page->title());
    m_problem->setObjectName(QStringLiteral("runDialog.problem"));
    m_problem->setWordWrap(true);
    m_show->setObjectName(QStringLiteral("runDialog.showProblem"));
    m_show->setAutoDefault(false);
    m_run->setDefault(true);
    m_run->setToolTip(tr("Ctrl+Enter"));
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("runDialog.cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_problem, 1);
    buttons->addWidget(m_show);
    buttons->addSpacing(8);
    buttons->addWidget(cancel);
    buttons->addWidget(m_run);
    auto* lower = new QVBoxLayout;
    lower->setContentsMargins(20, 12, 20, 16);
    lower->setSpacing(12);
    lower->addWidget(m_error);
    lower->addWidget(m_line);
    lower->addLayout(buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs, 1);
    column->addWidget(line(this));
    column->addLayout(lower);
}

void RunDialog::takeImage() {
    const QString name = request().image;
    if (name == m_shownImage)
        return;
    m_shownImage = name;
    const auto found = std::find_if(m_images.begin(), m_images.end(), [&name](const dbus::Image& image) {
        return name == image.repository + u':' + image.tag || name == image.repository + u'@' + image.digest;
    });
    showImage(*m_form, found == m_images.end() ? nullptr : &*found);
}

void RunDialog::takeChange() {
    takeImage();
    m_line->setRequest(m_form->request());
    showProblem();
}

void RunDialog::showProblem() {
    const QList<OptionProblem> problems = m_form->problems();
    QString words;
    if (!problems.isEmpty()) {
        const OptionField* field = m_form->field(problems.first().key);
        words = tr("%1: %2").arg(field->title(), problems.first().message);
    } else if (!m_line->problem().isEmpty()) {
        words = tr("The command cannot be read.");
    }
    m_problem->setText(words);
    m_show->setVisible(!problems.isEmpty());
    m_run->setEnabled(words.isEmpty() && !m_running);
    for (int i = 0; i < m_pages.size(); ++i) {
        const bool wrong = std::any_of(problems.begin(), problems.end(), [&](const OptionProblem& problem) {
            return m_pages[i]->isAncestorOf(m_form->field(problem.key));
        });
        m_tabs->setTabIcon(i, wrong ? icon(QStringLiteral("warning")) : QIcon());
    }
}

void RunDialog::goToProblem() {
    const QList<OptionProblem> problems = m_form->problems();
    if (problems.isEmpty())
        return;
    OptionField* field = m_form->field(problems.first().key);
    for (OptionPage* page : m_pages) {
        if (!page->isAncestorOf(field))
            continue;
        m_tabs->setCurrentWidget(page);
        page->ensureWidgetVisible(field);
    }
    field->setFocus(Qt::OtherFocusReason);
}

RunRequest RunDialog::request() const {
    RunRequest request = m_form->request();
    if (const auto reference = Reference::parse(request.image.toStdString()))
        request.image = QString::fromStdString(reference->toString());
    return request;
}

void RunDialog::run() {
    m_running = true;
    m_error->dismiss();
    m_run->setText(tr("Starting…"));
    showProblem();
    const RunRequest request = this->request();
    m_runner(request, this, [this, request](const Result<std::pair<QString, Job*>>& taken) {
        m_running = false;
        m_run->setText(tr("&Run"));
        showProblem();
        if (!taken)
            return m_error->show(taken.error(), tr("Run %1").arg(m_form->request().image));
        accept();
        Q_EMIT started(taken->first, request.image, taken->second);
    });
}

} // namespace escale::gui
