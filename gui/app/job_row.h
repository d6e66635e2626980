// One job in the drawer: what, how far, Cancel; once it ended its outcome, and why and what to do when it
// failed.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace escale::gui {

class ElidedLabel;
class Job;

class JobRow : public QWidget {
    Q_OBJECT
public:
    explicit JobRow(Job& job, QWidget* parent = nullptr);

private:
    void update();

    Job& m_job;
    ElidedLabel* m_title;
    QLabel* m_words;
    QLabel* m_problem;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

} // namespace escale::gui
