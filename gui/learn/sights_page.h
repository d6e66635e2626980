// What one process can see of another one and do to it, and what a process may do at all: capabilities and
// system calls.
#pragma once

#include "gui/learn/learn_page.h"

namespace escale::gui {

class EngineClient;

class SightsPage : public LearnPage {
    Q_OBJECT
public:
    explicit SightsPage(EngineClient& client, QWidget* parent = nullptr);

protected:
    void refresh() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    EngineClient& m_client;
};

} // namespace escale::gui
