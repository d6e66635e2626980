#include "gui/containers/limit_editor.h"

#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/format.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

namespace escale::gui {

static constexpr int kSettle = 300; // milliseconds

LimitEditor::LimitEditor(LimitKind kind, double most, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_scale(kind, most)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_field(new QDoubleSpinBox(this))
    , m_none(new QCheckBox(tr("No limit"), this))
    , m_command(label({}, "muted", this))
    , m_note(new ElidedLabel(this))
    , m_copy(flatButton(QStringLiteral("copy"), tr("Copy the command"), this)) {
    setObjectName(name);
    build(name);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    connect(&m_settle, &QTimer::timeout, this, &LimitEditor::send);
    connect(m_slider, &QSlider::valueChanged, this, [this](int step) { choose(m_scale.value(step)); });
    connect(m_slider, &QSlider::sliderReleased, this, [this] { m_settle.start(); });
    connect(m_field, &QDoubleSpinBox::valueChanged, this, [this](double value) { choose(value * unit()); });
    // Lifted, a limit starts where it takes nothing away.
    connect(m_none, &QCheckBox::toggled, this, [this](bool none) { choose(none ? 0 : m_scale.most()); });
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(limitCommand(m_kind, m_shown, m_id.left(12))); });
    showLimit(0);
}

void LimitEditor::build(const QString& name) {
    const QString what = m_kind == LimitKind::Cpu      ? tr("Limit of processors")
                         : m_kind == LimitKind::Memory ? tr("Limit of memory")
                                                       : tr("Limit of processes");
    const std::pair<QWidget*, const char*> named[] = {{m_slider, ".slider"}, {m_field, ".field"},
                                                      {m_none, ".none"},     {m_command, ".command"},
                                                      {m_note, ".note"},     {m_copy, ".copy"}};
    for (const auto& [widget, suffix] : named)
        widget->setObjectName(name + QString::fromLatin1(suffix));
    m_slider->setAccessibleName(what);
    m_slider->setRange(0, m_scale.steps());
    m_slider->setPageStep(std::max(1, m_scale.steps() / 10));
    m_field->setAccessibleName(what);
    m_field->setDecimals(m_kind == LimitKind::Cpu ? 2 : 0);
    m_field->setSingleStep(m_kind == LimitKind::Cpu ? 0.1 : m_kind == LimitKind::Memory ? 16 : 10);
    m_field->setRange(m_scale.least() / unit(), m_scale.most() / unit());
    m_field->setKeyboardTracking(false); // "5" on the way to "512" is no wish
    if (m_kind == LimitKind::Memory)
        m_field->setSuffix(tr(" MiB"));
    else if (m_kind == LimitKind::Cpu)
        m_field->setSuffix(tr(" CPUs"));
    m_none->setAccessibleName(tr("%1: none").arg(what));
    for (QWidget* widget : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_field)}) {
        widget->setFocusPolicy(Qt::StrongFocus);
        widget->installEventFilter(this);
    }
    m_command->setFont(monospace(font()));
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy->setIconSize(QSize(14, 14));

    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(label(tr("Limit"), "muted", this));
    row->addWidget(m_slider, 1);
    row->addWidget(m_field);
    row->addWidget(m_none);
    auto* words = new QHBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_command);
    words->addWidget(m_copy);
    words->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addLayout(words);
    column->addWidget(m_note);
}

double LimitEditor::unit() const {
    return m_kind == LimitKind::Memory ? 1 << 20 : 1;
}

bool LimitEditor::isBusy() const {
    return m_asked || m_settle.isActive() || m_slider->isSliderDown();
}

void LimitEditor::setContainer(const QString& id) {
    m_settle.stop();
    m_asked = false;
    m_id = id;
    m_inForce = m_used = 0;
    showLimit(0);
}

void LimitEditor::setLimit(double limit) {
    if (isBusy())
        return;
    m_inForce = limit;
    if (limit != m_shown)
        showLimit(limit);
}

void LimitEditor::setUsed(double used) {
    m_used = used;
    showWords();
}

void LimitEditor::accept() {
    m_asked = false;
    m_inForce = m_shown;
}

void LimitEditor::reject() {
    m_asked = false;
    showLimit(m_inForce);
    Q_EMIT previewed(m_inForce);
}

void LimitEditor::choose(double limit) {
    showLimit(limit);
    Q_EMIT previewed(limit);
    if (!m_slider->isSliderDown())
        m_settle.start();
}

void LimitEditor::send() {
    if (m_slider->isSliderDown() || m_shown == m_inForce)
        return;
    m_asked = true;
    Q_EMIT requested(m_shown);
}

void LimitEditor::showLimit(double limit) {
    m_shown = limit;
    const bool none = limit <= 0;
    const QSignalBlocker blocked[] = {QSignalBlocker(m_slider), QSignalBlocker(m_field),
                                      QSignalBlocker(m_none)};
    m_none->setChecked(none);
    m_slider->setEnabled(!none);
    m_field->setEnabled(!none);
    const double shown = none ? m_scale.most() : limit;
    if (m_scale.step(m_scale.value(m_slider->value())) != m_scale.step(shown))
        m_slider->setValue(m_scale.step(shown));
    m_field->setValue(shown / unit());
    showWords();
}

void LimitEditor::showWords() {
    const QString command = limitCommand(m_kind, m_shown, m_id.left(12));
    m_command->setText(command.isEmpty() ? tr("docker update cannot lift this limit; Escale does.")
                                         : command);
    m_copy->setVisible(!command.isEmpty());
    const bool below = m_shown > 0 && m_shown < m_used;
    m_note->setText(!below ? QString()
                    : m_kind == LimitKind::Memory
                        ? tr("Below its %1: caches are taken back first, then processes are ended.")
                              .arg(formatMemory(static_cast<quint64>(m_used)))
                        : tr("Below what it has: those go on, but no more can start."));
}

// Scrolling past is no wish for another limit.
bool LimitEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus())
        return QWidget::eventFilter(watched, event);
    event->ignore();
    return true;
}

} // namespace escale::gui
