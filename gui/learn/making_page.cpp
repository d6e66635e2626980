#include "gui/learn/making_page.h"

#include "gui/client/engine_client.h"

namespace escale::gui {

MakingPage::MakingPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnMaking"), {}, parent)
    , m_client(client) {}

void MakingPage::refresh() {}

QString MakingPage::explanationOf(const QString&) const {
    return {};
}

} // namespace escale::gui
