// The container's cgroup: its limits and what it uses now, and experiments that press against them.
#pragma once

#include "gui/learn/learn_page.h"

namespace escale::gui {

class EngineClient;

class CgroupsPage : public LearnPage {
    Q_OBJECT
public:
    explicit CgroupsPage(EngineClient& client, QWidget* parent = nullptr);

protected:
    void refresh() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    EngineClient& m_client;
};

} // namespace escale::gui
