#include "gui/common/warning_note.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"

#include <QHBoxLayout>
#include <QLabel>

namespace escale::gui {

WarningNote::WarningNote(const QString& prefix, QWidget* parent)
    : QFrame(parent)
    , m_text(label({}, "text", this)) {
    setObjectName(prefix + QStringLiteral(".warning"));
    setProperty("role", "warningNote");
    auto* sign = new QLabel(this);
    sign->setPixmap(icon(QStringLiteral("warning")).pixmap(QSize(18, 18), devicePixelRatioF()));
    m_text->setObjectName(prefix + QStringLiteral(".warningText"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(10);
    row->addWidget(sign);
    row->addWidget(m_text, 1);
    hide();
}

void WarningNote::addTool(QWidget* tool) {
    layout()->addWidget(tool);
}

void WarningNote::tell(const QString& text) {
    if (!text.isEmpty())
        m_text->setText(text);
    setVisible(!text.isEmpty());
}

} // namespace escale::gui
