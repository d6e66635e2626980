// The image's layers and the container's own, from the side: which one a file comes from, what hides it.
#pragma once

#include "gui/learn/learn_page.h"

namespace escale::gui {

class EngineClient;

class LayersPage : public LearnPage {
    Q_OBJECT
public:
    explicit LayersPage(EngineClient& client, QWidget* parent = nullptr);

protected:
    void refresh() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;

private:
    EngineClient& m_client;
};

} // namespace escale::gui
