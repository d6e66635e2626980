#include "gui/learn/layer_trial_bar.h"

#include "gui/client/engine_client.h"
#include "gui/client/session.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <fcntl.h>

namespace escale::gui {

static constexpr qsizetype kMostSaid = 400; // characters of what the command says

LayerTrialBar::LayerTrialBar(EngineClient& client, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_line(label({}, "muted", this))
    , m_outcome(label({}, "muted", this))
    , m_confirmation(new Confirmation(this)) {
    const auto add = [&](const QString& words, const char* part, const QString& toolTip, LayerTrial trial) {
        auto* button = new QPushButton(words, this);
        button->setObjectName(name + QLatin1Char('.') + QLatin1String(part));
        button->setToolTip(toolTip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, trial] { tryIt(trial); });
        return button;
    };
    m_append = add(tr("Append a line"), "append", tr("To the file that is followed: it is copied up"),
                   LayerTrial::Append);
    m_remove = add(tr("Remove it"), "remove", tr("The file that is followed: a whiteout hides it"),
                   LayerTrial::Remove);
    m_create =
        add(tr("Create a file"), "create", tr("In the container's own layer alone"), LayerTrial::Create);
    m_line->setObjectName(name + QStringLiteral(".command"));
    m_line->setFont(monospace(m_line->font()));
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_outcome->setObjectName(name + QStringLiteral(".outcome"));
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(label(tr("Try it in the container:"), "muted", this));
    row->addWidget(m_append);
    row->addWidget(m_remove);
    row->addWidget(m_create);
    row->addSpacing(6);
    row->addWidget(m_line, 1);
    row->addWidget(m_outcome);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 6);
    column->setSpacing(6);
    column->addWidget(m_confirmation);
    column->addLayout(row);
    for (QLabel* one : {m_line, m_outcome})
        one->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_outcome->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    updateButtons();
}

LayerTrialBar::~LayerTrialBar() = default;

void LayerTrialBar::setContainer(const QString& container, const QString& why) {
    if (container != m_container) {
        m_session.reset();
        m_isRunning = false;
        m_line->clear();
        m_outcome->clear();
    }
    m_container = container;
    if (m_outcome->text() == m_why)
        m_outcome->clear();
    m_why = why;
    if (!why.isEmpty())
        m_outcome->setText(why);
    updateButtons();
}

void LayerTrialBar::setFile(const QString& path) {
    m_file = path;
    updateButtons();
}

void LayerTrialBar::setNewFile(const QString& path) {
    m_newFile = path;
}

void LayerTrialBar::updateButtons() {
    const bool can = m_why.isEmpty() && !m_isRunning && !m_container.isEmpty();
    m_append->setEnabled(can && !m_file.isEmpty());
    m_remove->setEnabled(can && !m_file.isEmpty());
    m_create->setEnabled(can);
}

void LayerTrialBar::tryIt(LayerTrial trial) {
    if (trial != LayerTrial::Remove)
        return run(trial, trial == LayerTrial::Create ? m_newFile : m_file);
    m_confirmation->ask(
        tr("Remove %1 in the container? The image keeps it; this container misses it until it is made "
           "anew.")
            .arg(m_file),
        tr("Remove"), [this, path = m_file] { run(LayerTrial::Remove, path); });
}

// As root of the container: what is shown is what layers do, not who may write.
void LayerTrialBar::run(LayerTrial trial, const QString& path) {
    m_isRunning = true;
    m_said.clear();
    m_line->setText(QStringLiteral("# ") + trialLine(trial, path));
    m_line->setToolTip(m_line->text());
    m_outcome->clear();
    updateButtons();
    m_client.exec(m_container, trialCommand(trial, path), {{QStringLiteral("user"), QStringLiteral("0")}},
                  this, [this](const Result<ExecSession>& begun) {
                      if (!begun) {
                          end({});
                          return void(Q_EMIT failed(begun.error()));
                      }
                      m_session = std::make_unique<Session>(
                          UniqueFd(::fcntl(begun->socket.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
                      connect(m_session.get(), &Session::errors, this,
                              [this](const QByteArray& said) { m_said += said; });
                      connect(m_session.get(), &Session::exited, this, [this](int code) {
                          const QString said = QString::fromUtf8(m_said).simplified().left(kMostSaid);
                          end(code == 0 ? tr("done") : said.isEmpty() ? tr("failed (%1)").arg(code) : said);
                      });
                      connect(m_session.get(), &Session::lost, this,
                              [this] { end(tr("the connection was lost")); });
                  });
}

void LayerTrialBar::end(const QString& words) {
    if (m_session)
        m_session.release()->deleteLater(); // we are inside its signal
    m_isRunning = false;
    m_outcome->setText(words);
    m_outcome->setToolTip(words);
    updateButtons();
}

} // namespace escale::gui
