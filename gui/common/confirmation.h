// A question asked in place, before something that cannot be undone: the row of buttons appears where the
// action was.
#pragma once

#include <QFrame>
#include <QPointer>

#include <functional>

class QCheckBox;
class QLabel;
class QPushButton;

namespace escale::gui {

class Confirmation : public QFrame {
    Q_OBJECT
public:
    explicit Confirmation(QWidget* parent = nullptr);
    /// Shows the question; `act` runs once when it is confirmed. Escape or Keep hides it.
    /// Answers with the question's number.
    quint64 ask(const QString& question, const QString& yes, std::function<void()> act);
    /// Something more to be done along with it, by choice; nothing when another question is shown by now.
    void offer(quint64 question, const QString& choice);
    /// While `act` runs: the choice was taken.
    [[nodiscard]] bool isTaken() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void close();

    QLabel* m_question;
    QPushButton* m_yes;
    QPushButton* m_no;
    QCheckBox* m_choice;
    quint64 m_number = 0;
    std::function<void()> m_act;
    QPointer<QWidget> m_before; // had the keyboard
};

} // namespace escale::gui
