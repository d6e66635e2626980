#include "gui/containers/stats_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/error_banner.h"
#include "gui/containers/container_undo.h"
#include "gui/containers/limit_editor.h"
#include "gui/containers/stats_charts.h"

#include <QButtonGroup>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

namespace escale::gui {

static constexpr int kReadingTicks = 5; // limits change seldom

StatsTab::StatsTab(Source source, QWidget* parent)
    : QWidget(parent)
    , m_source(std::move(source)) {
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &StatsTab::poll);
}

StatsTab::StatsTab(EngineClient& client, ContainerUndo& undo, QWidget* parent)
    : StatsTab(Source{[&client](const QString& id, qint64 since, QObject* guard,
                                Answer<dbus::StatsPoints> answer) {
                          client.statsHistory(id, since, guard, std::move(answer));
                      },
                      [&client](const QString& id, QObject* guard, Answer<dbus::StatsList> answer) {
                          client.stats({id}, guard, std::move(answer));
                      },
                      [&undo](const QString& id, const QVariantMap& options, QObject* guard,
                              Answer<> answer) { undo.changeLimits(id, options, guard, std::move(answer)); }},
               parent) {}

void StatsTab::setContainer(const QString& id, bool running) {
    const bool other = id != m_id;
    const bool changed = other || running != m_running;
    m_id = id;
    m_running = running;
    if (other) {
        m_last = 0;
        m_asking = false;
        m_ticks = 0;
        m_range.reset();
        if (m_charts != nullptr) {
            m_charts->setContainer(id);
            m_error->dismiss();
        }
    }
    if (changed) {
        showState();
        if (isVisible())
            poll();
    }
}

void StatsTab::showEvent(QShowEvent* event) {
    build();
    QWidget::showEvent(event);
    m_timer.start();
    m_ticks = 0;
    poll();
}

void StatsTab::hideEvent(QHideEvent* event) {
    m_timer.stop();
    QWidget::hideEvent(event);
}

void StatsTab::build() {
    if (m_charts != nullptr)
        return;
    QWidget* tools = buildTools(); // first, also for the Tab key
    m_error = new ErrorBanner(this);
    m_note = label({}, "muted", this);
    m_note->setObjectName(QStringLiteral("stats.note"));
    m_charts = new StatsCharts(m_range, this);
    m_charts->setContainer(m_id);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_charts);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 6, 8);
    column->setSpacing(10);
    column->addWidget(tools);
    column->addWidget(m_error);
    column->addWidget(m_note);
    column->addWidget(m_scroll, 1);
    connect(&m_range, &TimeRange::changed, this, &StatsTab::showRange);
    connect(m_charts, &StatsCharts::limitRequested, this, &StatsTab::change);
    showState();
    showRange();
}

QWidget* StatsTab::buildTools() {
    auto* tools = new QWidget(this);
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 10, 0);
    row->setSpacing(6);
    m_spans = new QButtonGroup(this);
    const std::pair<int, QString> spans[] = {
        {1, tr("1 min")}, {5, tr("5 min")}, {15, tr("15 min")}, {60, tr("1 h")}};
    for (const auto& [minutes, words] : spans) {
        auto* button = new QPushButton(words, tools);
        button->setCheckable(true);
        button->setObjectName(QStringLiteral("stats.span%1").arg(minutes));
        m_spans->addButton(button, minutes);
        row->addWidget(button);
    }
    connect(m_spans, &QButtonGroup::idClicked, this,
            [this](int minutes) { m_range.setSpan(qint64(minutes) * 60'000); });
    m_live = new QPushButton(tr("Live"), tools);
    m_live->setObjectName(QStringLiteral("stats.live"));
    m_live->setCheckable(true);
    m_live->setToolTip(tr("Follow the newest values"));
    connect(m_live, &QPushButton::clicked, this, [this] { m_range.goLive(); });
    row->addSpacing(8);
    row->addWidget(m_live);
    row->addSpacing(8);
    m_hint = new ElidedLabel(tools);
    m_hint->setMuted(true);
    m_hint->setObjectName(QStringLiteral("stats.hint"));
    row->addWidget(m_hint, 1);
    return tools;
}

// Also while a limit is dragged: the curve is to be seen obeying.
void StatsTab::poll() {
    if (m_charts == nullptr || !m_running || m_id.isEmpty() || m_asking || window()->isMinimized())
        return;
    m_asking = true;
    m_source.history(m_id, m_last, this, [this, id = m_id](const Result<dbus::StatsPoints>& points) {
        if (id == m_id)
            takeHistory(points);
    });
    if (m_hasPerCpu || m_ticks % kReadingTicks == 0)
        askReading();
    ++m_ticks;
}

void StatsTab::askReading() {
    m_source.reading(m_id, this, [this, id = m_id, changes = m_changes](const Result<dbus::StatsList>& list) {
        if (id == m_id && changes == m_changes && list && !list->isEmpty())
            takeReading(list->first());
    });
}

void StatsTab::takeHistory(const Result<dbus::StatsPoints>& points) {
    m_asking = false;
    if (!points) {
        // Said once, and taken back when the next second has it again. A container may just have ended.
        if (!m_readFailed && m_running && points.error().code != ErrorCode::NotFound)
            m_error->show(points.error(), tr("Read what the container uses"));
        m_readFailed = true;
        return;
    }
    if (std::exchange(m_readFailed, false))
        m_error->dismiss();
    dbus::StatsPoints later;
    for (const dbus::StatsPoint& point : *points) {
        if (point.time <= m_last)
            continue; // an answer that overlaps
        later.append(point);
        m_last = point.time;
    }
    m_charts->add(later);
    if (m_last > 0)
        m_range.setNow(m_last);
    showState();
}

void StatsTab::takeReading(const dbus::ContainerStats& reading) {
    m_hasPerCpu = !reading.perCpu.isEmpty();
    m_charts->setReading(reading);
}

void StatsTab::change(LimitKind kind, double limit) {
    ++m_changes;
    m_source.update(m_id, limitOptions(kind, limit), this, [this, kind, id = m_id](const Result<void>& done) {
        if (id != m_id)
            return;
        LimitEditor& editor = m_charts->editor(kind);
        ++m_changes;
        if (!done) {
            editor.reject();
            m_error->show(done.error(), tr("Change the limit"));
        } else {
            editor.accept();
            m_error->dismiss();
        }
        askReading();
    });
}

void StatsTab::showState() {
    if (m_charts == nullptr)
        return;
    m_charts->setRunning(m_running);
    const bool nothing = m_last == 0;
    m_note->setText(m_id.isEmpty() ? tr("Choose a container to see what it uses.")
                    : m_running    ? tr("Measuring: the first values come within two seconds.")
                    : nothing ? tr("The container does not run: there is nothing to measure. Start it first.")
                              : tr("The container does not run any more: these are its last values."));
    m_note->setVisible(!m_running || nothing);
}

void StatsTab::showRange() {
    for (QAbstractButton* button : m_spans->buttons()) {
        m_spans->setExclusive(false); // a span of the wheel's is none of them
        button->setChecked(qint64(m_spans->id(button)) * 60'000 == m_range.span());
        m_spans->setExclusive(true);
    }
    m_live->setChecked(m_range.isLive());
    const auto words = [](qint64 time) {
        return QDateTime::fromMSecsSinceEpoch(time).toString(QStringLiteral("HH:mm:ss"));
    };
    m_hint->setText(m_range.isLive() ? tr("Wheel: zoom · drag: move · double click: live")
                                     : tr("%1 – %2").arg(words(m_range.from()), words(m_range.to())));
}

} // namespace escale::gui
