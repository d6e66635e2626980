#include "gui/containers/commit_dialog.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/progress.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kWidth = 480;

CommitDialog::CommitDialog(EngineClient& client, QString id, const QString& name, const QString& image,
                           QWidget* parent)
    : QDialog(parent)
    , m_client(client)
    , m_id(std::move(id))
    , m_reference(new QLineEdit(proposal(image, name), this))
    , m_comment(new QLineEdit(this))
    , m_author(new QLineEdit(this))
    , m_pause(new QCheckBox(tr("&Pause the container while it is read"), this))
    , m_error(new ErrorBanner(this))
    , m_progress(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_save(primaryButton(tr("Save the image"), QStringLiteral("commitDialog.save"), this)) {
    setObjectName(QStringLiteral("commitDialog"));
    setWindowTitle(tr("Save “%1” as an image").arg(name));
    buildLayout(name);
    connect(m_reference, &QLineEdit::textChanged, this, &CommitDialog::updateButton);
    connect(m_save, &QPushButton::clicked, this, &CommitDialog::submit);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job != nullptr && m_job->isRunning())
            m_job->cancel();
        else
            reject();
    });
    m_save->setDefault(true);
    m_reference->selectAll();
    setBusy(false);
}

QString CommitDialog::proposal(const QString& image, const QString& name) {
    QString repository = image.section(QLatin1Char('@'), 0, 0);
    const qsizetype tag = repository.indexOf(QLatin1Char(':'), repository.lastIndexOf(QLatin1Char('/')) + 1);
    if (tag >= 0)
        repository.truncate(tag);
    const QString host = repository.section(QLatin1Char('/'), 0, 0);
    const bool hasHost = repository.contains(QLatin1Char('/')) &&
                         (host.contains(QLatin1Char('.')) || host.contains(QLatin1Char(':')) ||
                          host == QLatin1String("localhost"));
    if (hasHost)
        repository.remove(0, host.size() + 1);
    return (repository.isEmpty() ? name.toLower() : repository) + QStringLiteral(":changed");
}

void CommitDialog::buildLayout(const QString& name) {
    auto* words =
        label(tr("The image holds the container's image and all that “%1” has changed in its files. "
                 "What is in volumes stays out.")
                  .arg(name),
              "muted", this);
    words->setWordWrap(true);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(10);
    const auto addField = [&](const QString& text, QLineEdit* field, const QString& objectName) {
        const int row = grid->rowCount();
        auto* title = label(text, "field", this);
        title->setBuddy(field);
        field->setObjectName(objectName);
        field->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        grid->addWidget(title, row, 0);
        grid->addWidget(field, row, 1);
    };
    addField(tr("&Name and tag"), m_reference, QStringLiteral("commitDialog.reference"));
    addField(tr("&Comment"), m_comment, QStringLiteral("commitDialog.comment"));
    addField(tr("&Author"), m_author, QStringLiteral("commitDialog.author"));
    m_reference->setPlaceholderText(tr("for example web:patched"));
    m_comment->setPlaceholderText(tr("optional"));
    m_author->setPlaceholderText(tr("optional"));
    m_pause->setChecked(true);
    grid->addWidget(m_pause, grid->rowCount(), 1);
    m_progress->setAccessibleName(tr("Progress"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_progress, 1);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(14);
    column->addWidget(words);
    column->addWidget(m_error);
    column->addLayout(grid);
    column->addStretch();
    column->addLayout(buttons);
    setMinimumWidth(kWidth);
}

void CommitDialog::submit() {
    if (m_busy)
        return;
    setBusy(true);
    m_error->dismiss();
    QVariantMap options{{QStringLiteral("pause"), m_pause->isChecked()}};
    if (const QString author = m_author->text().trimmed(); !author.isEmpty())
        options.insert(QStringLiteral("author"), author);
    if (const QString comment = m_comment->text().trimmed(); !comment.isEmpty())
        options.insert(QStringLiteral("comment"), comment);
    m_client.commit(m_id, m_reference->text().trimmed(), options, this, [this](const Result<Job*>& job) {
        if (job)
            return follow(*job);
        setBusy(false);
        showError(job.error());
    });
}

void CommitDialog::follow(Job* job) {
    m_job = job;
    const auto show = [this] {
        if (m_job == nullptr)
            return;
        showProgress(*m_progress, *m_job);
        if (m_job->isRunning())
            return;
        setBusy(false);
        if (m_job->isDone())
            accept();
        else if (!m_job->isCancelled())
            showError(m_job->error());
    };
    connect(job, &Job::changed, this, show);
    show();
}

// With more room: a layout presses its rows together before a dialog grows.
void CommitDialog::showError(const Error& error) {
    m_error->show(error, tr("Save the image"));
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
    m_reference->setFocus(Qt::OtherFocusReason);
}

void CommitDialog::setBusy(bool busy) {
    m_busy = busy;
    m_progress->setVisible(busy);
    for (QWidget* field : {static_cast<QWidget*>(m_reference), static_cast<QWidget*>(m_comment),
                           static_cast<QWidget*>(m_author), static_cast<QWidget*>(m_pause)})
        field->setEnabled(!busy);
    updateButton();
}

void CommitDialog::updateButton() {
    m_save->setEnabled(!m_busy && !m_reference->text().trimmed().isEmpty());
}

} // namespace escale::gui
