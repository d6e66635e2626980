// What is wrong with what is selected, above what is told of it; with a way out, where there is one.
#pragma once

#include <QFrame>

class QLabel;

namespace escale::gui {

class WarningNote : public QFrame {
    Q_OBJECT
public:
    /// Named "<prefix>.warning", its text "<prefix>.warningText". Hidden until there is something to tell.
    WarningNote(const QString& prefix, QWidget* parent);
    /// A button beside the text.
    void addTool(QWidget* tool);
    /// Empty: nothing is wrong.
    void tell(const QString& text);

private:
    QLabel* m_text;
};

} // namespace escale::gui
