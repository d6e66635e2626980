#include "gui/learn/layers_page.h"

#include "gui/client/engine_client.h"

namespace escale::gui {

LayersPage::LayersPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnLayers"), {}, parent)
    , m_client(client) {}

void LayersPage::refresh() {}

QString LayersPage::explanationOf(const QString&) const {
    return {};
}

} // namespace escale::gui
