// A job as it goes, in its pane: the whole and a bar a layer, in real bytes, with Cancel.
#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace escale::gui {

class ElidedLabel;
class Job;
class JobSteps;

class JobPanel : public QFrame {
    Q_OBJECT
public:
    /// `prefix` begins the names of its parts: "PREFIX.jobPanel".
    explicit JobPanel(const QString& prefix, QWidget* parent = nullptr);
    void follow(Job* job);
    [[nodiscard]] Job* job() const;

private:
    void update();

    QPointer<Job> m_job;
    ElidedLabel* m_title;
    QLabel* m_words;
    QProgressBar* m_whole;
    QPushButton* m_cancel;
    QToolButton* m_close;
    JobSteps* m_steps;
    QScrollArea* m_scroll;
};

} // namespace escale::gui
