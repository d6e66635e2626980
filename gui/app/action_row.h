// One action in the drawer: what, how far, Cancel; once it ended its outcome, and why and what to do when it
// failed. It opens to show what the action is (ActionDetails).
#pragma once

#include <QWidget>

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace escale::gui {

class Action;
class ActionDetails;
class ElidedLabel;
class JobSteps;

class ActionRow : public QWidget {
    Q_OBJECT
public:
    explicit ActionRow(Action& action, QWidget* parent = nullptr);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void openChanged();

private:
    void update();
    void updateSteps();

    Action& m_action;
    QGridLayout* m_grid;
    QToolButton* m_toggle;
    ElidedLabel* m_title;
    QLabel* m_words;
    QLabel* m_problem;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    ActionDetails* m_details = nullptr; // made when it is looked at
    JobSteps* m_steps = nullptr;        // of a job that has any
};

} // namespace escale::gui
