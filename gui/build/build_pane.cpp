#include "gui/build/build_pane.h"

#include "gui/build/build_form.h"
#include "gui/build/build_page.h"
#include "gui/build/cache_tab.h"
#include "gui/build/current_build.h"
#include "gui/build/history_tab.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"

#include <QAction>
#include <QFileInfo>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

BuildPane::BuildPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent)
    : Pane(parent)
    , m_page(new BuildPage(client, accounts, this))
    , m_history(new HistoryTab(client, this))
    , m_cache(new CacheTab(client, this))
    , m_tabs(new QTabWidget(this))
    , m_confirmation(new Confirmation(this))
    , m_tools(nullptr) {
    setObjectName(QStringLiteral("buildPane"));
    m_tabs->setObjectName(QStringLiteral("buildPane.pages"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Pages of the pane"));
    m_tabs->addTab(m_page, tr("Dockerfile"));
    m_tabs->addTab(m_history, tr("History"));
    m_tabs->addTab(m_cache, tr("Cache"));
    m_tools = toolRow({actionButton(m_page->saveAction(), QStringLiteral("buildPane.save"), this),
                       actionButton(m_page->cancelAction(), QStringLiteral("buildPane.cancel"), this),
                       actionButton(m_page->buildAction(), QStringLiteral("buildPane.build"), this, true)},
                      this);
    addActions({m_page->buildAction(), m_page->cancelAction(), m_page->saveAction()});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 0, 20, 16);
    column->setSpacing(10);
    column->addWidget(m_confirmation);
    column->addWidget(m_tabs, 1);
    connect(m_page, &BuildPage::stateChanged, this, &Pane::summaryChanged);
    connect(m_page, &BuildPage::imageRequested, this, &BuildPane::imageRequested);
    connect(m_history, &HistoryTab::imageRequested, this, &BuildPane::imageRequested);
    connect(m_history, &HistoryTab::againRequested, this, [this](const BuildSettings& settings) {
        showPage(*m_page);
        m_page->setSettings(settings);
    });
    connect(m_history, &HistoryTab::failedStepRequested, this, [this](const QString& build) {
        showPage(*m_page);
        m_page->openFailedStep(build);
    });
}

BuildPane::~BuildPane() = default;

void BuildPane::showPage(QWidget& page) {
    m_tabs->setCurrentWidget(&page);
}

QString BuildPane::title() const {
    return tr("Build");
}

QString BuildPane::summary() const {
    const QString folder = QFileInfo(m_page->form().settings().folder).fileName();
    if (!m_page->current().isBusy())
        return folder;
    return tr("%1 is being built").arg(folder);
}

QString BuildPane::filterHint() const {
    return tr("Filter steps and builds");
}

void BuildPane::setFilter(const QString& text) {
    m_page->setFilter(text);
    m_history->setFilter(text);
    m_cache->setFilter(text);
}

void BuildPane::focusContent() {
    if (m_tabs->currentWidget() == m_history)
        m_history->focusContent();
    else if (m_tabs->currentWidget() == m_cache)
        m_cache->focusContent();
    else
        m_page->focusContent();
}

bool BuildPane::mayClose() {
    if (m_mayClose || !m_page->isModified())
        return true;
    m_confirmation->ask(tr("The Dockerfile is not saved. Close without saving it?"), tr("Do not save"),
                        [this] {
                            m_mayClose = true;
                            Q_EMIT closeRequested();
                        });
    return false;
}

} // namespace escale::gui
