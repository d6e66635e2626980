#include "gui/learn/press_panel.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/chart_canvas.h"
#include "gui/common/format.h"
#include "gui/common/usage_chart.h"
#include "gui/containers/limit_editor.h"
#include "gui/containers/state_text.h"
#include "gui/learn/limits_demo.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

#include <cmath>

namespace escale::gui {
namespace {

constexpr int kFast = 400; // milliseconds between readings while somebody presses
constexpr int kReadingsAfter = 5;
constexpr qint64 kSpan = 60'000;
constexpr int kWordsWidth = 320, kChartHeight = 90, kHeight = 260;
constexpr double kMostProcesses = 1000; // what the program starts

using Line = ChartLine;
using Tint = ChartLine::Tint;
using Shape = ChartLine::Shape;

int indexOf(PressKind kind) {
    return static_cast<int>(kind);
}

QString nameOf(PressKind kind) {
    static const char* const kNames[] = {"cpu", "memory", "processes", "disk"};
    return QString::fromLatin1(kNames[indexOf(kind)]);
}

QString memoryText(double bytes) {
    return bytes <= 0 ? QStringLiteral("0") : formatMemory(static_cast<quint64>(bytes));
}

QString rateText(double bytes) {
    return bytes <= 0 ? QStringLiteral("0") : formatRate(static_cast<quint64>(bytes));
}

QString countText(double count) {
    return QLocale().toString(std::round(count), 'f', 0);
}

} // namespace

PressPanel::PressPanel(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_burner(client)
    , m_stack(new QStackedWidget(this))
    , m_why(label({}, "muted", this))
    , m_words(label({}, "clear", this)) {
    setObjectName(QStringLiteral("learnCgroups.press"));
    m_range.setSpan(kSpan);
    m_why->setObjectName(QStringLiteral("learnCgroups.why"));
    m_why->setWordWrap(true);
    m_why->setFixedWidth(kWordsWidth);
    m_words->setObjectName(QStringLiteral("learnCgroups.story"));
    m_words->setAccessibleName(tr("What one sees"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* words = new QScrollArea(this);
    words->setWidgetResizable(true);
    words->setFrameShape(QFrame::NoFrame);
    words->setWidget(m_words);
    words->setFixedWidth(kWordsWidth);
    words->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* beside = new QVBoxLayout;
    beside->setSpacing(6);
    beside->addWidget(m_why);
    beside->addWidget(words, 1);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(16);
    row->addWidget(m_stack, 1);
    row->addLayout(beside);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(line(this));
    column->addWidget(buildButtons());
    column->addLayout(row, 1);
    for (const PressKind kind : kPressKinds)
        m_stack->addWidget(buildChart(kind));
    m_fast.setInterval(kFast);
    connect(&m_fast, &QTimer::timeout, this, &PressPanel::readingWanted);
    connect(&m_burner, &Burner::ended, this, &PressPanel::takeEnd);
    connect(&m_burner, &Burner::failed, this,
            [this](const Error& error) { Q_EMIT failed(error, tr("Press against the limit")); });
    updateState();
}

QWidget* PressPanel::buildButtons() {
    auto* tools = new QWidget(this);
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(6);
    row->addWidget(label(tr("Press here:"), "heading", tools));
    const QString names[] = {tr("Processor"), tr("Memory"), tr("Processes"), tr("Disk")};
    for (const PressKind kind : kPressKinds) {
        auto* button = new QPushButton(names[indexOf(kind)], tools);
        button->setObjectName(QStringLiteral("learnCgroups.press.%1").arg(nameOf(kind)));
        button->setCheckable(true);
        button->setAccessibleName(tr("Press: %1").arg(names[indexOf(kind)]));
        connect(button, &QPushButton::clicked, this, [this, kind] { press(kind); });
        m_buttons[indexOf(kind)] = button;
        row->addWidget(button);
    }
    row->addSpacing(10);
    m_stop = new QPushButton(tr("Stop"), tools);
    m_stop->setObjectName(QStringLiteral("learnCgroups.stop"));
    m_stop->setToolTip(tr("Ends what presses; it ends by itself after half a minute"));
    connect(m_stop, &QPushButton::clicked, this, [this] { m_burner.stop(); });
    row->addWidget(m_stop);
    row->addStretch();
    m_demo = new QPushButton(tr("Run a demo container with limits"), tools);
    m_demo->setObjectName(QStringLiteral("learnCgroups.demo"));
    m_demo->setToolTip(
        tr("64 MiB of memory, half a processor, 64 processes; made of the image that comes with Escale"));
    connect(m_demo, &QPushButton::clicked, this, &PressPanel::runDemo);
    row->addWidget(m_demo);
    return tools;
}

QWidget* PressPanel::buildChart(PressKind kind) {
    const UsageChart::Look looks[] = {
        {tr("Processor"),
         {{tr("Used"), Tint::Accent, Shape::Filled}, {tr("Held back"), Tint::Amber}},
         formatPercent,
         formatPercent,
         formatPercent(8888.8),
         5},
        {tr("Memory"),
         {{tr("Of processes"), Tint::Accent, Shape::Stacked},
          {tr("Page cache"), Tint::Green, Shape::Stacked},
          {tr("Kernel and other"), Tint::Muted, Shape::Stacked}},
         memoryText,
         memoryText,
         memoryText(888.8 * 1024 * 1024),
         1 << 20,
         Figures::Binary},
        {tr("Processes"),
         {{tr("Processes and threads"), Tint::Accent, Shape::Filled}},
         countText,
         countText,
         countText(88888),
         5},
        {tr("Disk"),
         {{tr("Read"), Tint::Accent}, {tr("Written"), Tint::Amber, Shape::Filled}},
         rateText,
         rateText,
         rateText(888'800'000),
         1000}};
    auto* chart = new UsageChart(looks[indexOf(kind)], m_range, m_stack);
    chart->setObjectName(QStringLiteral("learnCgroups.chart.%1").arg(nameOf(kind)));
    chart->canvas().setMinimumHeight(kChartHeight);
    m_charts[indexOf(kind)] = chart;
    const QString name = QStringLiteral("learnCgroups.limit.%1").arg(nameOf(kind));
    if (kind == PressKind::Cpu)
        addEditor(chart, kind, LimitKind::Cpu, name);
    else if (kind == PressKind::Memory)
        addEditor(chart, kind, LimitKind::Memory, name);
    else if (kind == PressKind::Processes)
        addEditor(chart, kind, LimitKind::Processes, name);
    return chart;
}

void PressPanel::addEditor(UsageChart* chart, PressKind kind, LimitKind limit, const QString& name) {
    auto* editor = new LimitEditor(limit, machineMost(limit), name, chart);
    m_editors[indexOf(kind)] = editor;
    chart->addBelow(editor);
    connect(editor, &LimitEditor::requested, this,
            [this, kind, limit](double value) { change(kind, limit, value); });
}

void PressPanel::setContainer(const dbus::Container& container) {
    const bool isOther = container.id != m_container.id || container.started != m_container.started ||
                         isRunning(container) != isRunning(m_container);
    m_container = container;
    if (!isOther)
        return;
    m_burner.stop();
    m_story.clear();
    m_range.reset();
    m_range.setSpan(kSpan);
    for (const PressKind kind : kPressKinds) {
        m_charts[indexOf(kind)]->clear();
        m_charts[indexOf(kind)]->setMarks({});
        m_charts[indexOf(kind)]->setLimit(std::nullopt);
        if (LimitEditor* editor = m_editors[indexOf(kind)])
            editor->setContainer(container.id);
    }
    m_hasProgram = m_hasLooked = m_isLooking = false;
    updateState();
}

// When it is first seen running.
void PressPanel::look() {
    m_hasLooked = m_isLooking = true;
    m_burner.look(m_container.id, this, [this, id = m_container.id](bool found) {
        if (id != m_container.id)
            return;
        m_isLooking = false;
        m_hasProgram = found;
        updateState();
    });
}

// Charts would like to be taller than the tree above.
QSize PressPanel::sizeHint() const {
    return {QWidget::sizeHint().width(), std::max(kHeight, minimumSizeHint().height())};
}

void PressPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_burner.isRunning())
        m_fast.start();
}

void PressPanel::hideEvent(QHideEvent* event) {
    m_fast.stop();
    QWidget::hideEvent(event);
}

void PressPanel::take(const CgroupSnapshot& snapshot) {
    const dbus::CgroupNode* node = snapshot.itself();
    if (node == nullptr)
        return;
    if (!m_hasLooked && isRunning(m_container))
        look();
    m_story.take(snapshot.time, readingOf(*node));
    for (const PressKind kind : kPressKinds) {
        const QList<double> values = m_story.values(kind);
        UsageChart* chart = m_charts[indexOf(kind)];
        if (!values.isEmpty())
            chart->add(snapshot.time, values);
        chart->showValues();
        chart->setMarks(m_story.marks(kind));
    }
    drawLimits();
    m_range.setNow(snapshot.time);
    if (!m_burner.isRunning() && m_fast.isActive() && --m_after <= 0)
        m_fast.stop();
    updateState();
}

void PressPanel::drawLimits() {
    const CgroupReading& reading = m_story.reading();
    const auto finite = [](double limit) { return std::isinf(limit) ? 0.0 : limit; };
    m_editors[indexOf(PressKind::Cpu)]->setLimit(finite(m_story.limit(PressKind::Cpu)) / 100);
    m_editors[indexOf(PressKind::Memory)]->setLimit(finite(m_story.limit(PressKind::Memory)));
    m_editors[indexOf(PressKind::Processes)]->setLimit(finite(m_story.limit(PressKind::Processes)));
    m_editors[indexOf(PressKind::Memory)]->setUsed(reading.memory.value_or(0));
    m_editors[indexOf(PressKind::Processes)]->setUsed(reading.pids.value_or(0));
    const ValueText texts[] = {formatPercent, memoryText, countText, rateText};
    for (const PressKind kind : kPressKinds) {
        const double limit = m_story.limit(kind);
        const bool none = std::isinf(limit);
        m_charts[indexOf(kind)]->setLimit(none ? std::nullopt : std::optional(limit),
                                          none ? QString() : tr("limit %1").arg(texts[indexOf(kind)](limit)));
    }
}

void PressPanel::showKind(PressKind kind) {
    m_kind = kind;
    m_stack->setCurrentIndex(indexOf(kind));
    updateState();
}

void PressPanel::press(PressKind kind) {
    showKind(kind);
    if (m_burner.isRunning() || !whyNot(kind).isEmpty())
        return updateState();
    m_story.begin(kind, QDateTime::currentMSecsSinceEpoch());
    m_burner.start(m_container.id, kind);
    m_after = kReadingsAfter;
    m_fast.start();
    updateState();
}

void PressPanel::takeEnd() {
    m_story.end();
    updateState();
}

void PressPanel::change(PressKind kind, LimitKind limit, double value) {
    QVariantMap options = limitOptions(limit, value);
    // A container that has a limit of swap of its own refuses one of memory above it.
    if (limit == LimitKind::Memory && m_container.labels.contains(limitsDemoLabel()))
        options.insert(QStringLiteral("memory-swap"), QVariant(static_cast<qlonglong>(value)));
    m_client.update(m_container.id, options, this,
                    [this, kind, id = m_container.id](const Result<void>& done) {
                        if (id != m_container.id)
                            return;
                        LimitEditor* editor = m_editors[indexOf(kind)];
                        if (done) {
                            editor->accept();
                        } else {
                            editor->reject();
                            Q_EMIT failed(done.error(), tr("Change the limit"));
                        }
                        Q_EMIT readingWanted();
                    });
}

void PressPanel::runDemo() {
    m_isMakingDemo = true;
    updateState();
    runLimitsDemo(m_client, this, [this](const Result<QString>& id) {
        m_isMakingDemo = false;
        updateState();
        if (id)
            Q_EMIT demoRuns(*id);
        else
            Q_EMIT failed(id.error(), tr("Run a demo container with limits"));
    });
}

QString PressPanel::whyNot(PressKind kind) const {
    if (!isRunning(m_container))
        return tr("The container does not run.");
    if (!m_hasLooked || m_isLooking)
        return tr("Is there a program to press with?");
    if (!m_hasProgram)
        return tr(
            "This container has no program to press with: images made of escale/demo have one (/bin/burn).");
    if (!m_story.hasReading())
        return tr("The limits are being read.");
    const double limit = m_story.limit(kind);
    if (kind == PressKind::Memory && std::isinf(limit))
        return tr("Without a limit of memory the whole machine would run short. Set one first, below.");
    if (kind == PressKind::Processes && limit > kMostProcesses)
        return tr("Set a limit of at most %1 processes first, below: no more are started here.")
            .arg(countText(kMostProcesses));
    return {};
}

void PressPanel::updateState() {
    const bool isPressing = m_burner.isRunning();
    const bool canPress = isRunning(m_container) && m_hasProgram;
    for (const PressKind kind : kPressKinds) {
        QPushButton* button = m_buttons[indexOf(kind)];
        const QString why = whyNot(kind);
        button->setChecked(kind == m_kind && (isPressing || canPress));
        button->setEnabled(canPress && !isPressing);
        button->setToolTip(why);
        if (LimitEditor* editor = m_editors[indexOf(kind)])
            editor->setEnabled(isRunning(m_container));
    }
    m_stop->setEnabled(isPressing);
    m_demo->setEnabled(!m_isMakingDemo);
    const QString why = isPressing ? QString() : whyNot(m_kind);
    m_why->setText(m_isMakingDemo ? tr("The demo image is loaded, and a container is started…") : why);
    m_why->setVisible(!m_why->text().isEmpty());
    showWords();
}

void PressPanel::showWords() {
    QString html;
    const auto paragraph = [&html](const QString& text, bool isStrong) {
        html += QStringLiteral("<p style='margin-top:0;margin-bottom:6px'>") +
                (isStrong ? QStringLiteral("<b>") : QString()) + text.toHtmlEscaped() +
                (isStrong ? QStringLiteral("</b>") : QString()) + QStringLiteral("</p>");
    };
    if (m_burner.isRunning()) {
        const QString does[] = {
            tr("Two loops run that do nothing, as fast as they can."),
            tr("A program fills the page cache, then takes 4 MiB of memory more again and again."),
            tr("A program starts processes until it may not any more."),
            tr("A program writes to the disk, past the page cache.")};
        paragraph(does[indexOf(m_kind)], true);
    }
    for (const QString& sentence : m_story.sentences(m_kind))
        paragraph(sentence, false);
    if (m_words->text() != html)
        m_words->setText(html);
}

} // namespace escale::gui
