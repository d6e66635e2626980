#include "gui/containers/health_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/containers/health_model.h"
#include "gui/containers/state_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace escale::gui {
namespace {

constexpr int kInterval = 2000; // milliseconds

// "CMD-SHELL" and a text, or "CMD" and words.
QString commandText(QStringList check) {
    if (check.isEmpty() || check.first() == QLatin1String("NONE"))
        return {};
    check.removeFirst();
    return check.join(QLatin1Char(' '));
}

} // namespace

HealthTab::HealthTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new HealthModel(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_error(new ErrorBanner(this))
    , m_state(label({}, "heading", this))
    , m_count(label({}, "muted", this))
    , m_check(new ElidedLabel(this))
    , m_table(new Table(this))
    , m_output(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("containersPane.health"));
    build();
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &HealthTab::poll);
    setContainer(nullptr);
}

void HealthTab::build() {
    m_state->setObjectName(QStringLiteral("health.state"));
    m_check->setFont(monospace(m_check->font()));
    m_check->setMuted(true);
    m_check->setAccessibleName(tr("Command of the health check"));
    m_table->setObjectName(QStringLiteral("health.probes"));
    m_table->setAccessibleName(tr("Probes"));
    m_table->setSource(m_model, HealthModel::Time, Qt::DescendingOrder);
    const std::pair<int, int> widths[] = {
        {HealthModel::Result, 240}, {HealthModel::Time, 150}, {HealthModel::Duration, 110}};
    for (const auto& [section, width] : widths)
        m_table->setColumnWidth(section, width);
    connect(m_table, &Table::currentIdChanged, this, &HealthTab::showOutput);
    m_output->setObjectName(QStringLiteral("health.output"));
    m_output->setAccessibleName(tr("Output of the probe"));
    m_output->setReadOnly(true);
    m_output->setFrameShape(QFrame::NoFrame);
    m_output->setFont(monospace(m_output->font()));
    m_output->document()->setDocumentMargin(10);
    m_output->setPlaceholderText(tr("The probe wrote nothing"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 10, 16, 10);
    head->setSpacing(12);
    head->addWidget(m_state);
    head->addWidget(m_count);
    head->addWidget(m_check, 1);
    auto* lower = new QWidget(this);
    auto* lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 0, 0, 0);
    lowerColumn->setSpacing(0);
    lowerColumn->addWidget(line(lower));
    lowerColumn->addWidget(m_output, 1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* page = new QWidget(this);
    auto* pageColumn = new QVBoxLayout(page);
    pageColumn->setContentsMargins(0, 0, 0, 0);
    pageColumn->setSpacing(0);
    pageColumn->addLayout(head);
    pageColumn->addWidget(splitter, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto* notices = new QVBoxLayout;
    notices->setContentsMargins(12, 8, 12, 0);
    notices->addWidget(m_error);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(notices);
    column->addWidget(m_stack, 1);
}

void HealthTab::setContainer(const dbus::Container* container) {
    const QString id = container != nullptr ? container->id : QString();
    const QString health = container != nullptr ? container->health : QString();
    const bool changed = id != m_id || health != m_health;
    if (id != m_id) {
        m_model->setProbes({});
        m_error->dismiss();
        m_failed = false;
        m_check->setText({});
    }
    m_id = id;
    m_health = health;
    m_running = container != nullptr && isRunning(*container);
    showState();
    if (changed && isVisible()) {
        askCheck();
        poll();
    }
}

void HealthTab::showState() {
    const QString symbol = QStringLiteral("health");
    const int probes = m_model->rowCount();
    m_stack->setCurrentIndex(probes > 0 ? 1 : 0);
    if (m_id.isEmpty())
        return m_empty->set(symbol, tr("No container selected"), tr("Select one above."));
    if (m_health.isEmpty() && probes == 0)
        return m_empty->set(
            symbol, tr("No health check"),
            tr("A health check is a command that is executed in the container now and then and tells whether "
               "it "
               "does its work. Give one when you run a container (--health-cmd in its docker line), or a "
               "HEALTHCHECK in the image's Dockerfile."));
    if (probes == 0)
        return m_running ? m_empty->set(symbol, tr("No probe yet"),
                                        tr("The first one shows up here as soon as it has ended."))
                         : m_empty->set(symbol, tr("The container does not run"),
                                        tr("Start it with the button above, then its health is checked."));
    const Colors colors = Colors::current();
    const bool good = m_health == QLatin1String("healthy");
    const bool bad = m_health == QLatin1String("unhealthy");
    m_state->setText(good        ? tr("Healthy")
                     : bad       ? tr("Unhealthy")
                     : m_running ? tr("Starting: not healthy yet")
                                 : tr("Not checked now"));
    QPalette painted = palette();
    painted.setColor(QPalette::WindowText, good ? colors.green : bad ? colors.red : colors.amber);
    m_state->setPalette(painted);
    m_count->setText(tr("%1 of the last %n probe(s) passed", nullptr, probes).arg(m_model->goodCount()));
}

void HealthTab::takeCheck(const QVariantMap& options, const QVariantMap& image) {
    const QString key = QStringLiteral("health-command");
    const QVariantMap& source = options.contains(key) ? options : image;
    m_check->setText(commandText(source.value(key).toStringList()));
}

void HealthTab::askCheck() {
    if (m_id.isEmpty() || m_health.isEmpty() || !m_check->text().isEmpty())
        return;
    const QString id = m_id;
    m_client.inspect(id, this, [this, id](const ::escale::Result<ContainerDetails>& details) {
        if (details && id == m_id)
            takeCheck(details->options, details->image);
    });
}

void HealthTab::poll() {
    if (m_id.isEmpty() || m_health.isEmpty() || m_polling || window()->isMinimized() ||
        m_client.state() != EngineClient::State::Ready)
        return;
    m_polling = true;
    const QString id = m_id;
    m_client.health(id, this, [this, id](const ::escale::Result<dbus::HealthProbes>& probes) {
        m_polling = false;
        if (id != m_id)
            return poll();
        if (!probes) {
            if (!std::exchange(m_failed, true))
                m_error->show(probes.error(), tr("Read the probes"));
            return;
        }
        if (std::exchange(m_failed, false))
            m_error->dismiss();
        take(*probes);
    });
}

void HealthTab::take(const dbus::HealthProbes& probes) {
    // Who looks at the newest one goes on to do so.
    const bool atNewest = m_table->currentRow() <= 0;
    m_model->setProbes(probes);
    if (atNewest && m_model->rowCount() > 0)
        m_table->selectId(m_model->index(0, 0).data(kIdRole).toString());
    showState();
    showOutput();
}

void HealthTab::showOutput() {
    const int row = m_table->currentRow();
    const QString text =
        row >= 0 && row < m_model->rowCount() ? m_model->at(row).output.trimmed() : QString();
    if (text != m_output->toPlainText()) // else a selection in it would go
        m_output->setPlainText(text);
}

void HealthTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_timer.start();
    askCheck();
    poll();
}

void HealthTab::hideEvent(QHideEvent* event) {
    m_timer.stop();
    QWidget::hideEvent(event);
}

void HealthTab::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showState();
}

} // namespace escale::gui
