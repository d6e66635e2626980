#include "gui/containers/health_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
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
    : ContainerTab(client, QStringLiteral("health"), parent)
    , m_model(new HealthModel(this))
    , m_page(new QSplitter(Qt::Vertical, this))
    , m_state(label({}, "heading", this))
    , m_count(label({}, "muted", this))
    , m_check(new ElidedLabel(this))
    , m_table(new Table(this))
    , m_output(new QPlainTextEdit(this)) {
    build();
    readEvery(kInterval);
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
    tools().addWidget(m_state);
    tools().addWidget(m_count);
    tools().addWidget(m_check, 1);
    auto* lower = new QWidget(this);
    auto* lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 0, 0, 0);
    lowerColumn->setSpacing(0);
    lowerColumn->addWidget(line(lower));
    lowerColumn->addWidget(m_output, 1);
    m_page->addWidget(m_table);
    m_page->addWidget(lower);
    m_page->setStretchFactor(0, 3);
    m_page->setStretchFactor(1, 2);
    m_page->setChildrenCollapsible(false);
    addPage(m_page);
}

void HealthTab::setContainer(const dbus::Container* container) {
    const QString health = container != nullptr ? container->health : QString();
    const bool other = takeId(container);
    if (other) {
        m_model->setProbes({});
        m_check->setText({});
    }
    const bool changed = other || health != m_health;
    m_health = health;
    m_running = container != nullptr && isRunning(*container);
    showState();
    if (changed && isVisible())
        read();
}

void HealthTab::showState() {
    const int probes = m_model->rowCount();
    showTools(probes > 0);
    if (probes == 0)
        return m_health.isEmpty()
                   ? showEmpty(
                         tr("No health check"),
                         tr("A health check is a command that is executed in the container now and then and "
                            "tells whether it does its work. Give one when you run a container (--health-cmd "
                            "in its docker line), or a HEALTHCHECK in the image's Dockerfile."))
               : m_running
                   ? showEmpty(tr("No probe yet"), tr("The first one shows up here as soon as it has ended."))
                   : showEmpty(tr("The container does not run"),
                               tr("Start it with the button above, then its health is checked."));
    showPage(m_page);
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
    if (m_id.isEmpty() || !m_check->text().isEmpty())
        return;
    m_client.inspect(m_id, this, [this, id = m_id](const ::escale::Result<ContainerDetails>& details) {
        if (details && id == m_id)
            takeCheck(details->options, details->image);
    });
}

void HealthTab::read() {
    if (m_health.isEmpty())
        return;
    askCheck();
    ask<dbus::HealthProbes>(&EngineClient::health, tr("Read the probes"),
                            [this](const dbus::HealthProbes& probes) { take(probes); });
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

void HealthTab::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showState();
}

} // namespace escale::gui
