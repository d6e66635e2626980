#include "gui/learn/namespaces_page.h"

#include "gui/client/engine_client.h"

namespace escale::gui {

NamespacesPage::NamespacesPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnNamespaces"), {}, parent)
    , m_client(client) {}

void NamespacesPage::refresh() {}

QString NamespacesPage::explanationOf(const QString&) const {
    return {};
}

} // namespace escale::gui
