// What the engine really did to make the container, step by step, with the shell command that does the same.
#pragma once

#include "gui/learn/learn_page.h"

namespace escale::gui {

class EngineClient;

class MakingPage : public LearnPage {
    Q_OBJECT
public:
    explicit MakingPage(EngineClient& client, QWidget* parent = nullptr);

protected:
    void refresh() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    EngineClient& m_client;
};

} // namespace escale::gui
