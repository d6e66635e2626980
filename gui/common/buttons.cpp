#include "gui/common/buttons.h"

#include "gui/common/icons.h"

#include <QAction>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace escale::gui {

QToolButton* flatButton(const QString& iconName, const QString& words, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setProperty("role", "flat");
    button->setIcon(icon(iconName));
    button->setIconSize(QSize(18, 18));
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QToolButton* actionButton(QAction* action, const QString& objectName, QWidget* parent, bool primary) {
    auto* button = new QToolButton(parent);
    button->setProperty("role", "button");
    button->setProperty("primary", primary);
    button->setObjectName(objectName);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize(QSize(16, 16));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    return button;
}

QPushButton* primaryButton(const QString& text, const QString& objectName, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setProperty("primary", true);
    button->setObjectName(objectName);
    return button;
}

QLabel* label(const QString& text, const char* role, QWidget* parent) {
    auto* words = new QLabel(text, parent);
    words->setProperty("role", role);
    words->setTextFormat(Qt::PlainText);
    return words;
}

QLineEdit* searchField(const QString& objectName, QWidget* parent) {
    auto* field = new QLineEdit(parent);
    field->setObjectName(objectName);
    field->setClearButtonEnabled(true);
    field->addAction(icon(QStringLiteral("search"), QPalette::PlaceholderText), QLineEdit::LeadingPosition);
    return field;
}

void setLook(QWidget* widget, const char* property, const QVariant& value) {
    const QVariant before = widget->property(property);
    if ((before.isValid() ? before : QVariant(value.metaType())) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QFrame* card(QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", "card");
    return frame;
}

QFrame* line(QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", "line");
    frame->setFixedHeight(1);
    return frame;
}

} // namespace escale::gui
