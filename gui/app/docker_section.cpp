#include "gui/app/docker_section.h"

#include "gui/app/docker_socket.h"
#include "gui/common/buttons.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>

namespace escale::gui {
namespace {

DockerContext ownContext() {
    return DockerContext(DockerContext::folder());
}

} // namespace

DockerSection::DockerSection(QWidget* parent)
    : QWidget(parent)
    , m_state(label(tr("Asking…"), "", this))
    , m_start(new QPushButton(tr("&Start"), this))
    , m_known(new QCheckBox(tr("Show Escale to doc&ker, as the context “escale”"), this))
    , m_current(new QCheckBox(tr("&Use it where no other context is named"), this))
    , m_note(label({}, "muted", this)) {
    setObjectName(QStringLiteral("settingsDialog.docker"));
    m_state->setObjectName(QStringLiteral("settingsDialog.dockerState"));
    m_start->setObjectName(QStringLiteral("settingsDialog.dockerStart"));
    m_start->setAutoDefault(false);
    m_start->setAccessibleName(tr("Start the socket for the docker command line"));
    m_start->setToolTip(QStringLiteral("systemctl --user enable --now escale-docker-api.socket"));
    m_known->setObjectName(QStringLiteral("settingsDialog.dockerKnown"));
    m_known->setToolTip(QStringLiteral("docker context create escale"));
    m_current->setObjectName(QStringLiteral("settingsDialog.dockerCurrent"));
    m_current->setToolTip(QStringLiteral("docker context use escale"));
    m_note->setObjectName(QStringLiteral("settingsDialog.dockerNote"));
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto* state = new QHBoxLayout;
    state->addWidget(m_state, 1);
    state->addWidget(m_start);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(state);
    column->addWidget(m_known);
    column->addWidget(m_current);
    column->addWidget(m_note);

    connect(m_start, &QPushButton::clicked, this, [this] { perform(startDockerSocket); });
    connect(m_known, &QCheckBox::clicked, this, [this](bool wanted) {
        perform(
            [wanted] { return wanted ? ownContext().add(DockerContext::socket()) : ownContext().remove(); });
    });
    connect(m_current, &QCheckBox::clicked, this,
            [this](bool wanted) { perform([wanted] { return ownContext().setCurrent(wanted); }); });
    m_start->hide();
    perform([] { return Result<void>(); });
}

DockerSection::Findings DockerSection::find(const std::function<Result<void>()>& work) {
    Findings findings;
    findings.done = work();
    findings.context = ownContext().state();
    findings.answers = dockerSocketAnswers(DockerContext::socket());
    findings.canStart = hasServiceManager();
    return findings;
}

void DockerSection::perform(std::function<Result<void>()> work) {
    QWidget* const focused = QApplication::focusWidget();
    m_pressed = focused != nullptr && isAncestorOf(focused) ? focused : nullptr;
    for (QWidget* one : std::initializer_list<QWidget*>{m_start, m_known, m_current})
        one->setEnabled(false);
    QThreadPool::globalInstance()->start([self = QPointer(this), work = std::move(work)] {
        const auto findings = std::make_shared<Findings>(find(work));
        QMetaObject::invokeMethod(qApp, [self, findings] {
            if (self != nullptr)
                self->take(*findings);
        });
    });
}

void DockerSection::take(const Findings& findings) {
    const auto context = findings.context.value_or(DockerContext::State());
    m_state->setText(findings.answers ? tr("Escale answers docker.")
                                      : tr("Escale does not answer docker yet."));
    m_start->setVisible(!findings.answers && findings.canStart);
    m_start->setEnabled(true);
    m_known->setChecked(context.exists);
    m_known->setEnabled(findings.context.has_value());
    m_current->setChecked(context.isCurrent);
    m_current->setEnabled(context.exists);
    if (m_pressed != nullptr)
        (m_pressed == m_start && m_start->isHidden() ? m_known : m_pressed.data())->setFocus();
    tell(findings);
}

// The first of what keeps docker from Escale.
void DockerSection::tell(const Findings& findings) {
    QString note;
    if (!findings.done)
        note = QString::fromStdString(findings.done.error().text());
    else if (!findings.context)
        note = QString::fromStdString(findings.context.error().text());
    else if (!findings.answers && !findings.canStart)
        note = tr("No systemd looks after this session, so start it yourself: %1")
                   .arg(QStringLiteral("/usr/libexec/escale/escale-docker-api &"));
    else if (findings.context->isCurrent && qEnvironmentVariableIsSet("DOCKER_HOST"))
        note = tr("DOCKER_HOST is set, and counts more than any context.");
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    // A window does not grow by itself with lines that wrap.
    m_note->setMinimumHeight(note.isEmpty() ? 0 : m_note->heightForWidth(width()));
    setMinimumHeight(layout()->sizeHint().height());
    window()->adjustSize();
}

} // namespace escale::gui
