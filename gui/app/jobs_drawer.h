// Work that runs or ended, at the bottom: a bar that is always there with one line, and the jobs above it
// when opened.
#pragma once

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace escale::gui {

class ElidedLabel;
class EngineClient;
class Job;

class JobsDrawer : public QWidget {
    Q_OBJECT
public:
    explicit JobsDrawer(EngineClient& client, QWidget* parent = nullptr);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void openChanged(bool open);

protected:
    void changeEvent(QEvent* event) override;

private:
    void add(Job* job);
    void remove(Job* job);
    void updateBar();
    void updateEngine();

    EngineClient& m_client;
    QScrollArea* m_area;
    QVBoxLayout* m_rows;
    QWidget* m_content;
    QLabel* m_none;
    QToolButton* m_toggle;
    ElidedLabel* m_summary;
    QToolButton* m_clear;
    QLabel *m_engineDot = nullptr, *m_engine = nullptr;
    QHash<Job*, QWidget*> m_rowOf;
};

} // namespace escale::gui
