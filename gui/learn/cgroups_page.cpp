#include "gui/learn/cgroups_page.h"

#include "gui/client/engine_client.h"

namespace escale::gui {

CgroupsPage::CgroupsPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnCgroups"), {}, parent)
    , m_client(client) {}

void CgroupsPage::refresh() {}

QString CgroupsPage::explanationOf(const QString&) const {
    return {};
}

} // namespace escale::gui
