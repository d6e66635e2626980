#include "gui/containers/state_note.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"
#include "gui/containers/state_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace escale::gui {

StateNote::StateNote(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_title(label({}, "heading", this))
    , m_text(new QLabel(this)) {
    setObjectName(QStringLiteral("stateNote"));
    m_text->setObjectName(QStringLiteral("stateNote.text"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    drawIcon();
    hide();
}

void StateNote::setContainer(const dbus::Container* container) {
    const bool wrong = container != nullptr && stateTone(*container) == Tone::Bad;
    const QString text = wrong ? stateExplanation(*container) : QString();
    setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    const QString health = healthText(*container);
    m_title->setText(tr("%1: %2", "a container and what is wrong with it")
                         .arg(container->name, health.isEmpty() ? stateText(*container) : health));
    m_text->setText(text);
    setAccessibleName(m_title->text());
    setAccessibleDescription(text);
}

void StateNote::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QFrame::changeEvent(event);
}

void StateNote::drawIcon() {
    m_icon->setPixmap(icon(QStringLiteral("warning")).pixmap(QSize(20, 20), devicePixelRatioF()));
}

} // namespace escale::gui
