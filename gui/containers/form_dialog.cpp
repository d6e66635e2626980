#include "gui/containers/form_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/containers/option_field.h"
#include "gui/containers/run_form.h"
#include "gui/containers/run_pages.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTabWidget>

namespace escale::gui {

static constexpr QSize kSize(900, 680); // fits a screen of 1024 × 700 below a title bar

FormDialog::FormDialog(const QString& objectName, const QString& doIt, QWidget* parent)
    : QDialog(parent)
    , m_doIt(doIt)
    , m_form(new RunForm(this))
    , m_error(new ErrorBanner(this))
    , m_tabs(new QTabWidget(this))
    , m_pages(makeRunPages(*m_form, *m_error, m_tabs))
    , m_problem(label({}, "problem", this))
    , m_show(new QPushButton(tr("Sho&w it"), this))
    , m_submit(primaryButton(doIt, objectName + QStringLiteral(".accept"), this)) {
    setObjectName(objectName);
    buildLayout(objectName);
    connect(m_form, &RunForm::changed, this, &FormDialog::showProblem);
    connect(m_show, &QPushButton::clicked, this, &FormDialog::goToProblem);
    connect(m_submit, &QPushButton::clicked, this, [this] { submit(); });
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(shortcut, &QShortcut::activated, m_submit, &QPushButton::click);
}

void FormDialog::buildLayout(const QString& objectName) {
    resize(kSize);
    setMinimumSize(640, 480);
    m_tabs->setObjectName(objectName + QStringLiteral(".tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setIconSize(QSize(16, 16));
    for (OptionPage* page : m_pages)
        m_tabs->addTab(page, page->title());
    m_problem->setObjectName(objectName + QStringLiteral(".problem"));
    m_problem->setWordWrap(true);
    m_show->setObjectName(objectName + QStringLiteral(".showProblem"));
    m_show->setAutoDefault(false);
    m_submit->setDefault(true);
    m_submit->setToolTip(tr("Ctrl+Enter"));
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(objectName + QStringLiteral(".cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_problem, 1);
    buttons->addWidget(m_show);
    buttons->addSpacing(8);
    buttons->addWidget(cancel);
    auto* more = new QHBoxLayout;
    more->setSpacing(8);
    buttons->addLayout(more);
    buttons->addWidget(m_submit);
    m_buttons = more;
    auto* below = new QVBoxLayout;
    below->setSpacing(12);
    m_below = below;
    auto* lower = new QVBoxLayout;
    lower->setContentsMargins(20, 12, 20, 16);
    lower->setSpacing(12);
    lower->addWidget(m_error);
    lower->addLayout(below);
    lower->addLayout(buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs, 1);
    column->addWidget(line(this));
    column->addLayout(lower);
}

void FormDialog::addBelow(QWidget* widget) {
    m_below->addWidget(widget);
}

void FormDialog::addButton(QPushButton* button, bool follows) {
    if (follows)
        m_followers.append(button);
    button->setAutoDefault(false);
    m_buttons->addWidget(button);
    setTabOrder(button, m_submit);
}

void FormDialog::setDoIt(const QString& words) {
    m_doIt = words;
    if (!m_busy)
        m_submit->setText(words);
}

void FormDialog::setBusy(bool busy) {
    m_busy = busy;
    m_submit->setText(busy ? tr("One moment…") : m_doIt);
    showProblem();
}

void FormDialog::showProblem() {
    const QList<OptionProblem> problems = m_form->problems();
    QString words = otherProblem();
    if (!problems.isEmpty()) {
        const OptionField* field = m_form->field(problems.first().key);
        words = tr("%1: %2").arg(field->title(), problems.first().message);
    }
    m_problem->setText(words);
    m_show->setVisible(!problems.isEmpty());
    m_submit->setEnabled(words.isEmpty() && !m_busy);
    for (QPushButton* button : std::as_const(m_followers))
        button->setEnabled(m_submit->isEnabled());
    for (int i = 0; i < m_pages.size(); ++i) {
        const bool wrong = std::any_of(problems.begin(), problems.end(), [&](const OptionProblem& problem) {
            return m_pages[i]->isAncestorOf(m_form->field(problem.key));
        });
        m_tabs->setTabIcon(i, wrong ? icon(QStringLiteral("warning")) : QIcon());
        m_tabs->setTabToolTip(i, wrong ? tr("Something here is wrong.") : QString());
    }
}

void FormDialog::goToProblem() {
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

} // namespace escale::gui
