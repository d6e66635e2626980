// A pull as it goes: the whole and a bar a layer, in real bytes, with Cancel.
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace escale::gui {

class ElidedLabel;
class Job;

class PullPanel : public QFrame {
    Q_OBJECT
public:
    explicit PullPanel(QWidget* parent = nullptr);
    void follow(Job* job);
    [[nodiscard]] Job* job() const;

private:
    struct LayerRow {
        QLabel* id;
        QProgressBar* bar;
        QLabel* words;
    };
    void update();
    void addRow();

    QPointer<Job> m_job;
    ElidedLabel* m_title;
    QLabel* m_words;
    QProgressBar* m_whole;
    QPushButton* m_cancel;
    QToolButton* m_close;
    QWidget* m_layers;
    QGridLayout* m_grid;
    QList<LayerRow> m_rows;
};

} // namespace escale::gui
