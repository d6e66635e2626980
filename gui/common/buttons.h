// The kinds of buttons and labels, so that all panes have the same ones. The style sheet draws them by their
// properties.
#pragma once

#include <QString>
#include <QVariant>

class QAction;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QWidget;

namespace escale::gui {

/// A small icon without a frame; its words are tooltip and accessible name.
QToolButton* flatButton(const QString& iconName, const QString& words, QWidget* parent);
/// A framed button for an action shared with menus.
QToolButton* actionButton(QAction* action, const QString& objectName, QWidget* parent, bool primary = false);
/// The one button of its surroundings that does what people came for.
QPushButton* primaryButton(const QString& text, const QString& objectName, QWidget* parent);

/// role: "paneTitle", "heading", "muted" or "section" (style.qss).
QLabel* label(const QString& text, const char* role, QWidget* parent);
/// What is typed narrows a list, or finds: with the sign for it, and a button that empties it.
QLineEdit* searchField(const QString& objectName, QWidget* parent);
/// Gives a widget another property that the style sheet draws it by; one never set is false, or empty.
void setLook(QWidget* widget, const char* property, const QVariant& value);
/// A rounded surface.
QFrame* card(QWidget* parent);
QFrame* line(QWidget* parent);

} // namespace escale::gui
