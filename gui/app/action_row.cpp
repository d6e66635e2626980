#include "gui/app/action_row.h"

#include "gui/app/action_details.h"
#include "gui/app/action_history.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/common/job_steps.h"
#include "gui/common/progress.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace escale::gui {

ActionRow::ActionRow(Action& action, QWidget* parent)
    : QWidget(parent)
    , m_action(action)
    , m_grid(new QGridLayout(this))
    , m_toggle(flatButton(QStringLiteral("chevron-down"), tr("What this does"), this))
    , m_title(new ElidedLabel(this))
    , m_words(label({}, "muted", this))
    , m_problem(label({}, "muted", this))
    , m_bar(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("jobRow"));
    m_toggle->setObjectName(QStringLiteral("jobRow.toggle"));
    m_toggle->setEnabled(action.trace().has_value());
    m_cancel->setObjectName(QStringLiteral("jobRow.cancel"));
    m_problem->setWordWrap(true);
    m_bar->setFixedWidth(220);
    m_words->setMinimumWidth(200);
    auto* time = label(QLocale().toString(action.time().time(), QLocale::ShortFormat), "muted", this);
    m_grid->setContentsMargins(10, 4, 16, 4);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(2, 1);
    m_grid->addWidget(m_toggle, 0, 0);
    m_grid->addWidget(time, 0, 1);
    m_grid->addWidget(m_title, 0, 2);
    m_grid->addWidget(m_bar, 0, 3, Qt::AlignVCenter);
    m_grid->addWidget(m_words, 0, 4);
    m_grid->addWidget(m_cancel, 0, 5);
    m_grid->addWidget(m_problem, 1, 2, 1, 4);
    connect(m_toggle, &QToolButton::clicked, this, [this] { setOpen(!isOpen()); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (Job* job = m_action.job())
            job->cancel();
    });
    connect(&m_action, &Action::changed, this, &ActionRow::update);
    update();
}

bool ActionRow::isOpen() const {
    return m_details != nullptr && !m_details->isHidden();
}

void ActionRow::setOpen(bool open) {
    if (!m_action.trace())
        return;
    if (m_details == nullptr) {
        m_details = new ActionDetails(*m_action.trace(), this);
        m_grid->addWidget(m_details, 3, 1, 1, 5);
    }
    m_details->setVisible(open);
    updateSteps();
    m_toggle->setIcon(icon(open ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down")));
    Q_EMIT openChanged();
}

// The layers of a pull or a push, while someone reads.
void ActionRow::updateSteps() {
    const Job* job = m_action.job();
    const bool shown = isOpen() && job != nullptr && !job->status().steps.isEmpty();
    if (shown && m_steps == nullptr) {
        m_steps = new JobSteps(QStringLiteral("jobRow"), this);
        m_grid->addWidget(m_steps, 2, 1, 1, 5);
    }
    if (m_steps == nullptr)
        return;
    m_steps->setVisible(shown);
    if (shown)
        m_steps->show(*job);
}

void ActionRow::update() {
    const Job* job = m_action.job();
    m_title->setText(m_action.title());
    m_toggle->setAccessibleName(tr("What this does: %1").arg(m_action.title()));
    m_words->setText(m_action.words());
    // A bar for what takes time: all others are over at once.
    m_bar->setVisible(job != nullptr && job->isRunning());
    if (job != nullptr)
        showProgress(*m_bar, *job);
    m_cancel->setVisible(job != nullptr && job->isRunning());
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(m_action.title()));
    const std::optional<Error> error = m_action.error();
    if (error) {
        const QString hint =
            error->hint.empty() ? defaultHint(error->code) : QString::fromStdString(error->hint);
        const QString message = QString::fromStdString(error->message);
        m_problem->setText(hint.isEmpty() ? message : message + QLatin1Char('\n') + hint);
    }
    m_problem->setVisible(error.has_value());
    updateSteps();
}

} // namespace escale::gui
