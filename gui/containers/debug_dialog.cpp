#include "gui/containers/debug_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/progress.h"
#include "gui/common/settings.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/debug_terminal.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kWidth = 500;

DebugDialog::Calls DebugDialog::callsOf(EngineClient& client) {
    Calls calls;
    calls.pull = [&client](const QString& reference, QObject* guard, const std::function<void(Job*)>& begun,
                           const Answer<>& answer) {
        client.pull(reference, {}, guard, [guard, begun, answer](const Result<Job*>& started) {
            if (started)
                begun(*started);
            whenEnded(started, guard, answer);
        });
    };
    calls.run = [&client](const RunRequest& request, QObject* guard, const Answer<QString>& answer) {
        client.run(request, guard, [guard, answer](const Result<std::pair<QString, Job*>>& taken) {
            if (!taken)
                return answer(fail(taken.error()));
            whenEnded(taken->second, guard, [answer, id = taken->first](const Result<>& ran) {
                ran ? answer(id) : answer(fail(ran.error()));
            });
        });
    };
    return calls;
}

DebugDialog::DebugDialog(ContainerDetails target, const dbus::ImageList& images, Calls calls, QWidget* parent)
    : QDialog(parent)
    , m_target(std::move(target))
    , m_images(images)
    , m_calls(std::move(calls))
    , m_image(new QComboBox(this))
    , m_note(label({}, "muted", this))
    , m_words(label({}, "muted", this))
    , m_error(new ErrorBanner(this))
    , m_progress(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_open(primaryButton(tr("Open the terminal"), QStringLiteral("debugDialog.open"), this)) {
    setObjectName(QStringLiteral("debugDialog"));
    setWindowTitle(tr("Debug terminal for “%1”").arg(m_target.container.name));
    setWindowModality(Qt::WindowModal);
    buildLayout();
    m_image->setCurrentText(proposedToolImage(Settings::toolImage(), m_images));
    m_image->lineEdit()->selectAll();
    connect(m_image, &QComboBox::currentTextChanged, this, &DebugDialog::update);
    connect(m_open, &QPushButton::clicked, this, &DebugDialog::submit);
    connect(m_cancel, &QPushButton::clicked, this, &DebugDialog::reject);
    m_open->setDefault(true);
    setBusy({});
    fit();
}

void DebugDialog::buildLayout() {
    auto* explanation = label(tr("A second container starts with the tools of this image. It shares the "
                                 "processes and the network of "
                                 "“%1” and sees its files; “%1” stays as it is.")
                                  .arg(m_target.container.name),
                              "text", this);
    explanation->setWordWrap(true);
    m_image->setObjectName(QStringLiteral("debugDialog.image"));
    m_image->setAccessibleName(tr("Image with the tools"));
    m_image->setEditable(true);
    m_image->setInsertPolicy(QComboBox::NoInsert);
    for (const dbus::Image& image : std::as_const(m_images)) {
        const QString name = proposedToolImage(image.repository + QLatin1Char(':') + image.tag, {});
        if (!image.tag.isEmpty())
            m_image->addItem(name);
    }
    auto* title = label(tr("&Image with the tools"), "field", this);
    title->setBuddy(m_image);
    m_note->setObjectName(QStringLiteral("debugDialog.note"));
    m_note->setWordWrap(true);
    m_progress->setAccessibleName(tr("Progress"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_words);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_open);
    auto* field = new QVBoxLayout;
    field->setSpacing(6);
    field->addWidget(title);
    field->addWidget(m_image);
    field->addWidget(m_note);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(14);
    column->addWidget(explanation);
    column->addWidget(m_error);
    column->addLayout(field);
    column->addStretch();
    column->addLayout(buttons);
    setFixedWidth(kWidth);
}

QString DebugDialog::image() const {
    return m_image->currentText().trimmed();
}

void DebugDialog::submit() {
    if (m_busy || image().isEmpty())
        return;
    m_error->dismiss();
    Settings::setToolImage(image());
    if (isHere(image(), m_images))
        run(image());
    else
        pull(image());
}

void DebugDialog::pull(const QString& image) {
    setBusy(tr("Pulling…"));
    m_calls.pull(
        image, this, [this](Job* job) { follow(job); },
        [this, image](const Result<>& pulled) {
            pulled ? run(image) : showError(pulled.error(), tr("Pull %1").arg(image));
        });
}

void DebugDialog::run(const QString& image) {
    m_starts = true;
    setBusy(tr("Starting…"));
    m_calls.run(debugRequest(m_target, image), this, [this, image](const Result<QString>& id) {
        m_starts = false;
        if (!id)
            return showError(id.error(), tr("Start %1").arg(image));
        Q_EMIT started(*id, image);
        accept();
    });
}

void DebugDialog::reject() {
    if (m_starts)
        return;
    if (m_job != nullptr && m_job->isRunning())
        m_job->cancel();
    QDialog::reject();
}

void DebugDialog::follow(Job* job) {
    m_job = job;
    const auto show = [this, job] { showProgress(*m_progress, *job); };
    connect(job, &Job::changed, this, show);
    show();
}

void DebugDialog::showError(const Error& error, const QString& what) {
    setBusy({});
    if (error.code == ErrorCode::Cancelled)
        return;
    Error told = error;
    if (error.code == ErrorCode::NotFound && error.message.find("/bin/sh") != std::string::npos) {
        told.message = tr("This image has no shell either: there is no /bin/sh in it.").toStdString();
        told.hint = tr("Choose one that has, for example busybox or debian.").toStdString();
    }
    m_error->show(told, what);
    fit();
    m_image->setFocus(Qt::OtherFocusReason);
}

// A layout presses its rows together before a dialog grows.
void DebugDialog::fit() {
    layout()->activate();
    resize(kWidth, layout()->totalHeightForWidth(kWidth));
}

void DebugDialog::setBusy(const QString& words) {
    m_busy = !words.isEmpty();
    m_words->setText(words);
    m_words->setVisible(m_busy);
    m_progress->setVisible(m_busy);
    showFraction(*m_progress, -1, "");
    m_image->setEnabled(!m_busy);
    m_cancel->setEnabled(!m_starts);
    update();
}

void DebugDialog::update() {
    m_open->setEnabled(!m_busy && !image().isEmpty());
    m_note->setText(image().isEmpty()           ? tr("Name an image that has a shell.")
                    : isHere(image(), m_images) ? tr("It is here already.")
                                                : tr("It is not here yet: it will be pulled first."));
}

} // namespace escale::gui
