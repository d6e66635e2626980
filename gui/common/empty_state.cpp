#include "gui/common/empty_state.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace escale::gui {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(label({}, "heading", this))
    , m_text(label({}, "muted", this))
    , m_action(primaryButton({}, QStringLiteral("emptyState.action"), this))
    , m_second(new QPushButton(this)) {
    m_icon->setAlignment(Qt::AlignCenter);
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_title->setObjectName(QStringLiteral("emptyState.title"));
    m_second->setObjectName(QStringLiteral("emptyState.second"));
    m_action->hide();
    m_second->hide();
    setFocusProxy(m_action);
    connect(m_second, &QPushButton::clicked, this, &EmptyState::secondRequested);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_action);
    buttons->addWidget(m_second);
    buttons->addStretch();
    column->addLayout(buttons);
    column->addStretch(3);
}

void EmptyState::set(const QString& iconName, const QString& title, const QString& text,
                     const QString& action, const QString& second) {
    m_iconName = iconName;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_second->setText(second);
    m_second->setVisible(!second.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    fitText();
    drawIcon();
}

// A layout that centres a label ignores its height for its width, so both are set here.
void EmptyState::fitText() {
    const int room = std::clamp(width() - 32, 120, 400);
    m_text->setMinimumSize(0, 0); // heightForWidth is never less than it
    m_text->setFixedSize(room, std::max(0, m_text->heightForWidth(room)));
}

void EmptyState::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitText();
}

QString EmptyState::title() const {
    return m_title->text();
}

void EmptyState::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QWidget::changeEvent(event);
}

void EmptyState::drawIcon() {
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(
            icon(m_iconName, QPalette::PlaceholderText).pixmap(QSize(48, 48), devicePixelRatioF()));
}

} // namespace escale::gui
