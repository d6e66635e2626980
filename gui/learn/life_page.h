// A container's life: its states by what has happened, its processes as a tree, and how it was stopped.
#pragma once

#include "gui/learn/learn_page.h"

namespace escale::gui {

class EngineClient;

class LifePage : public LearnPage {
    Q_OBJECT
public:
    explicit LifePage(EngineClient& client, QWidget* parent = nullptr);

protected:
    void refresh() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    EngineClient& m_client;
};

} // namespace escale::gui
