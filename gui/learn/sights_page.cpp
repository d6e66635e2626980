#include "gui/learn/sights_page.h"

#include "gui/client/engine_client.h"

namespace escale::gui {

SightsPage::SightsPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnSights"), {}, parent)
    , m_client(client) {}

void SightsPage::refresh() {}

QString SightsPage::explanationOf(const QString&) const {
    return {};
}

} // namespace escale::gui
