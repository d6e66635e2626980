// The Limits page: the tree of cgroups that a container is in, with what is used of each limit, and
// experiments with them.
#pragma once

#include "gui/learn/cgroup_reading.h"
#include "gui/learn/learn_page.h"

namespace escale::gui {

class EngineClient;
class PressPanel;

class CgroupsPage : public LearnPage {
    Q_OBJECT
public:
    explicit CgroupsPage(EngineClient& client, QWidget* parent = nullptr);
    [[nodiscard]] PressPanel& press() { return *m_press; }
    [[nodiscard]] const CgroupSnapshot& snapshot() const { return m_now; }

Q_SIGNALS:
    /// One to press in has been made, and is to be shown.
    void containerMade(const QString& container);

protected:
    void refresh() override;
    void containerChanged() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    void take(const Result<dbus::CgroupNodes>& nodes);
    void showChosen(const QString& id);

    EngineClient& m_client;
    CgroupSnapshot m_before, m_now;
    PressPanel* m_press;
};

} // namespace escale::gui
