// The steps of a job, a row each: the layers of a pull or a push, in real bytes.
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QProgressBar;

namespace escale::gui {

class Job;

class JobSteps : public QWidget {
    Q_OBJECT
public:
    /// `prefix` begins the names of its parts: "PREFIX.layer.0".
    explicit JobSteps(QString prefix, QWidget* parent = nullptr);
    void show(const Job& job);
    /// What `rows` of them take, in pixels.
    static int heightOf(qsizetype rows);

private:
    struct Row {
        QLabel* id;
        QProgressBar* bar;
        QLabel* words;
    };
    void addRow();

    QString m_prefix;
    QGridLayout* m_grid;
    QList<Row> m_rows;
};

} // namespace escale::gui
