// What was done and what runs, at the bottom: a bar that is always there with one line, and the actions above
// it when opened, each with what it is.
#pragma once

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace escale::gui {

class Action;
class ActionHistory;
class ActionRow;
class ElidedLabel;
class EngineClient;

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
    void add(Action* action);
    void remove(Action* action);
    void fitHeight();
    void updateBar();
    void updateEngine();

    EngineClient& m_client;
    ActionHistory* m_history;
    QScrollArea* m_area;
    QVBoxLayout* m_rows;
    QWidget* m_content;
    QLabel* m_none;
    QToolButton* m_toggle;
    ElidedLabel* m_summary;
    QToolButton* m_clear;
    QLabel *m_engineDot = nullptr, *m_engine = nullptr;
    QHash<Action*, ActionRow*> m_rowOf;
};

} // namespace escale::gui
