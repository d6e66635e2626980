#include "gui/learn/learn_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/cells_model.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/containers/state_text.h"
#include "gui/learn/cgroups_page.h"
#include "gui/learn/layers_page.h"
#include "gui/learn/life_page.h"
#include "gui/learn/making_page.h"
#include "gui/learn/namespaces_page.h"
#include "gui/learn/sights_page.h"

#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace escale::gui {

static constexpr int kListWidth = 150;

LearnPane::LearnPane(EngineClient& client, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::ContainerList> a) {
              m_client.listContainers(guard, std::move(a));
          },
          [this](const Result<dbus::ContainerList>& list) { takeContainers(list); })
    , m_rows(new CellsModel({tr("Container")}, this))
    , m_table(new Table(this))
    , m_tabs(new QTabWidget(this))
    , m_error(new ErrorBanner(this)) {
    setObjectName(QStringLiteral("learnPane"));
    m_table->setObjectName(QStringLiteral("learnPane.containers"));
    m_table->setAccessibleName(tr("Containers"));
    m_table->setSource(m_rows, 0);
    m_tabs->setObjectName(QStringLiteral("learnPane.tabs"));
    m_tabs->setDocumentMode(true);
    buildPages();
    auto* splitter = new QSplitter(this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_tabs);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kListWidth, kListWidth * 6});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 0, 20, 16);
    column->setSpacing(8);
    column->addWidget(m_error);
    column->addWidget(splitter, 1);
    connect(m_table, &Table::currentIdChanged, this, &LearnPane::takeCurrent);
    connect(&m_client, &EngineClient::containersChanged, this, [this] { m_reader.refresh(); });
    if (m_client.state() == EngineClient::State::Ready)
        m_reader.refresh();
}

void LearnPane::buildPages() {
    const auto add = [this](LearnPage* page, const QString& title) {
        m_tabs->addTab(page, title);
        connect(page, &LearnPage::startRequested, this, &LearnPane::start);
        connect(page, &LearnPage::runRequested, this, &LearnPane::imagesRequested);
    };
    add(new NamespacesPage(m_client, m_tabs), tr("Namespaces"));
    add(new SightsPage(m_client, m_tabs), tr("Who may what"));
    auto* limits = new CgroupsPage(m_client, m_tabs);
    add(limits, tr("Limits"));
    connect(limits, &CgroupsPage::containerMade, this, &LearnPane::select);
    add(new LayersPage(m_client, m_tabs), tr("Layers"));
    add(new MakingPage(m_client, m_tabs), tr("How it was made"));
    add(new LifePage(m_client, m_tabs), tr("Life"));
}

LearnPage* LearnPane::page(int index) const {
    return static_cast<LearnPage*>(m_tabs->widget(index));
}

QString LearnPane::title() const {
    return tr("Learn");
}

QString LearnPane::summary() const {
    return tr("what a container is, read from the kernel");
}

QString LearnPane::filterHint() const {
    return tr("Find in the view");
}

void LearnPane::setFilter(const QString& text) {
    for (int i = 0; i < m_tabs->count(); ++i)
        page(i)->setFilter(text);
}

void LearnPane::focusContent() {
    page(m_tabs->currentIndex())->focusContent();
}

void LearnPane::select(const QString& container) {
    m_table->selectId(container);
    m_wanted = m_table->currentId() == container ? QString() : container;
}

void LearnPane::takeContainers(const Result<dbus::ContainerList>& list) {
    if (!list)
        return m_error->show(list.error(), tr("List the containers"));
    m_error->dismiss();
    m_containers = *list;
    QList<CellsRow> rows;
    for (const dbus::Container& one : *list) {
        const QString order = (isAlive(one) ? QLatin1Char('0') : QLatin1Char('1')) + one.name;
        rows.append(
            {one.id, {{one.name, order, one.name + QLatin1Char('\n') + stateText(one), stateTone(one)}}});
    }
    const QString before = m_table->currentId();
    m_rows->setRows(rows);
    m_table->selectId(before); // another row has made the table anew
    if (!m_wanted.isEmpty())
        select(m_wanted);
    if (m_table->currentId().isEmpty() && !m_containers.isEmpty())
        m_table->setCurrentIndex(m_table->model()->index(0, 0));
    takeCurrent();
}

void LearnPane::takeCurrent() {
    const QString id = m_table->currentId();
    const auto found = std::find_if(m_containers.begin(), m_containers.end(),
                                    [&](const dbus::Container& one) { return one.id == id; });
    for (int i = 0; i < m_tabs->count(); ++i) {
        page(i)->setContainers(m_containers);
        page(i)->setContainer(found == m_containers.end() ? dbus::Container() : *found);
    }
}

void LearnPane::start(const QString& container) {
    m_client.start(container, this, [this](const Result<Job*>& job) {
        if (!job)
            m_error->show(job.error(), tr("Start the container"));
    });
}

} // namespace escale::gui
