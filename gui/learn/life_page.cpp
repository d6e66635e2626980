#include "gui/learn/life_page.h"

#include "gui/client/engine_client.h"

namespace escale::gui {

LifePage::LifePage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnLife"), {}, parent)
    , m_client(client) {}

void LifePage::refresh() {}

QString LifePage::explanationOf(const QString&) const {
    return {};
}

} // namespace escale::gui
