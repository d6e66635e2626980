// "Press here": experiments with the limits of a container. At the left what it uses of one resource, with
// the limit as a line that can be moved; at the right what one sees, in words.
#pragma once

#include "gui/common/time_range.h"
#include "gui/learn/burner.h"
#include "helper/dbus/types.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace escale::gui {

class EngineClient;
class LimitEditor;
class UsageChart;
enum class LimitKind;

class PressPanel : public QWidget {
    Q_OBJECT
public:
    /// Object names begin with "learnCgroups.".
    explicit PressPanel(EngineClient& client, QWidget* parent = nullptr);
    void setContainer(const dbus::Container& container);
    /// A reading of the container's cgroup; what is shown follows it.
    void take(const CgroupSnapshot& snapshot);
    /// Which resource is shown.
    void showKind(PressKind kind);
    [[nodiscard]] PressKind kind() const { return m_kind; }
    [[nodiscard]] const PressStory& story() const { return m_story; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool isPressing() const { return m_burner.isRunning(); }

Q_SIGNALS:
    /// While somebody presses, more often than the page reads by itself.
    void readingWanted();
    void failed(const escale::Error& error, const QString& what);
    /// The container to press in runs.
    void demoRuns(const QString& container);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void look();
    QWidget* buildButtons();
    QWidget* buildChart(PressKind kind);
    void addEditor(UsageChart* chart, PressKind kind, LimitKind limit, const QString& name);
    void press(PressKind kind);
    void takeEnd();
    void change(PressKind kind, LimitKind limit, double value);
    void runDemo();
    void drawLimits();
    void updateState();
    void showWords();
    [[nodiscard]] QString whyNot(PressKind kind) const;

    EngineClient& m_client;
    Burner m_burner;
    PressStory m_story;
    TimeRange m_range;
    QTimer m_fast;
    dbus::Container m_container;
    PressKind m_kind = PressKind::Cpu;
    bool m_hasProgram = false, m_hasLooked = false, m_isLooking = false, m_isMakingDemo = false;
    int m_after = 0; // readings that are still wanted soon after the end
    QPushButton* m_buttons[4] = {};
    UsageChart* m_charts[4] = {};
    LimitEditor* m_editors[4] = {}; // none for the disk
    QPushButton *m_stop = nullptr, *m_demo = nullptr;
    QStackedWidget* m_stack;
    QLabel *m_why, *m_words;
};

} // namespace escale::gui
