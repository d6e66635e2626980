#include "gui/common/noted_field.h"

#include "gui/common/buttons.h"

#include <QCheckBox>
#include <QLabel>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kTickTop = 7; // in line with its title

NotedField::NotedField(QWidget* field, const QString& objectName, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_note(label({}, "muted", this)) {
    m_field->setParent(this);
    m_field->setObjectName(objectName);
    m_field->setAccessibleName(name);
    m_note->setObjectName(objectName + QStringLiteral(".note"));
    m_note->setWordWrap(true);
    setFocusProxy(m_field);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, qobject_cast<QCheckBox*>(field) != nullptr ? kTickTop : 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(m_field);
    column->addWidget(m_note);
    show();
}

void NotedField::setProblem(const QString& text) {
    m_problem = text;
    show();
}

void NotedField::setAdvice(const QString& text) {
    m_advice = text;
    show();
}

void NotedField::show() {
    m_note->setText(m_problem.isEmpty() ? m_advice : m_problem);
    m_note->setVisible(!m_note->text().isEmpty());
    setLook(m_note, "role", QString::fromLatin1(m_problem.isEmpty() ? "muted" : "problem"));
    setLook(m_field, "invalid", !m_problem.isEmpty());
    m_field->setAccessibleDescription(m_note->text());
}

} // namespace escale::gui
