// Host and containers as boxes: which namespaces each has for itself, which are shared, and what is in them.
#pragma once

#include "gui/learn/learn_page.h"

namespace escale::gui {

class EngineClient;

class NamespacesPage : public LearnPage {
    Q_OBJECT
public:
    explicit NamespacesPage(EngineClient& client, QWidget* parent = nullptr);

protected:
    void refresh() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    EngineClient& m_client;
};

} // namespace escale::gui
