// A question asked in place, before something that cannot be undone: the row of buttons appears where the
// action was.
#pragma once

#include <QFrame>
#include <QPointer>

#include <functional>

class QLabel;
class QPushButton;

namespace escale::gui {

class Confirmation : public QFrame {
    Q_OBJECT
public:
    explicit Confirmation(QWidget* parent = nullptr);
    /// Shows the question; `act` runs once when it is confirmed. Escape or Keep hides it.
    void ask(const QString& question, const QString& yes, std::function<void()> act);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void close();

    QLabel* m_question;
    QPushButton* m_yes;
    QPushButton* m_no;
    std::function<void()> m_act;
    QPointer<QWidget> m_before; // had the keyboard
};

} // namespace escale::gui
