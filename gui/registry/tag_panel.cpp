#include "gui/registry/tag_panel.h"

#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/empty_state.h"
#include "gui/common/facts.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/progress.h"
#include "gui/common/table.h"
#include "gui/registry/pull_cost.h"
#include "gui/registry/tag_layers_model.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

namespace escale::gui {

static constexpr int kSummaryWidth = 310, kTabsWidth = 320;

TagPanel::TagPanel(QWidget* parent)
    : QFrame(parent)
    , m_layers(new TagLayersModel(this)) {
    setProperty("role", "card");
    setObjectName(QStringLiteral("registryPane.tagPanel"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(0);
    row->addWidget(buildSummary());
    auto* border = new QFrame(this);
    border->setProperty("role", "line");
    border->setFixedWidth(1);
    row->addWidget(border);
    row->addWidget(buildTabs(), 1);
    begin({});
}

QWidget* TagPanel::buildSummary() {
    auto* summary = new QWidget(this);
    summary->setFixedWidth(kSummaryWidth);
    m_title = new ElidedLabel(summary);
    m_title->setObjectName(QStringLiteral("registryPane.chosen"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_platforms = new QComboBox(summary);
    m_platforms->setObjectName(QStringLiteral("registryPane.platform"));
    m_platforms->setAccessibleName(tr("Platform"));
    connect(m_platforms, &QComboBox::activated, this, [this] {
        m_platform = m_platforms->currentText();
        Q_EMIT platformChosen(m_platform);
    });
    m_cost = label({}, "figure", summary);
    m_cost->setObjectName(QStringLiteral("registryPane.cost"));
    m_cost->setWordWrap(true);
    m_costDetail = label({}, "muted", summary);
    m_costDetail->setObjectName(QStringLiteral("registryPane.costDetail"));
    m_costDetail->setWordWrap(true);
    m_share = progressBar(summary);
    m_share->setAccessibleName(tr("Share of the image that is here"));
    m_facts = new Facts(summary);
    m_pull = primaryButton(tr("&Pull"), QStringLiteral("registryPane.pull"), summary);
    m_pull->setIcon(icon(QStringLiteral("download"), QPalette::HighlightedText));
    m_delete = flatButton(QStringLiteral("trash"), tr("Delete this tag from the registry…"), summary);
    m_delete->setObjectName(QStringLiteral("registryPane.deleteTag"));
    connect(m_pull, &QPushButton::clicked, this, &TagPanel::pullRequested);
    connect(m_delete, &QToolButton::clicked, this, &TagPanel::deleteRequested);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_pull, 1);
    buttons->addWidget(m_delete);
    auto* column = new QVBoxLayout(summary);
    column->setContentsMargins(17, 13, 17, 15);
    column->setSpacing(9);
    column->addWidget(m_title);
    column->addWidget(m_platforms);
    column->addWidget(m_cost);
    column->addWidget(m_share);
    column->addWidget(m_costDetail);
    column->addWidget(m_facts);
    column->addStretch();
    column->addLayout(buttons);
    return summary;
}

QWidget* TagPanel::buildTabs() {
    m_layerStack = new TableStack(this);
    Table& table = m_layerStack->table();
    table.setObjectName(QStringLiteral("registryPane.layers"));
    table.setAccessibleName(tr("Layers"));
    table.setSource(m_layers, TagLayersModel::Number);
    const std::pair<int, int> widths[] = {
        {TagLayersModel::Number, 84}, {TagLayersModel::Size, 90}, {TagLayersModel::Here, 130}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    table.giveRoomTo(TagLayersModel::Instruction);
    connect(&m_layerStack->empty(), &EmptyState::actionRequested, this, &TagPanel::retryRequested);
    m_config = new Facts(this);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("registryPane.tagTabs"));
    m_tabs->setMinimumWidth(kTabsWidth); // not as wide as the longest sentence of an empty page
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(m_layerStack, tr("Layers"));
    m_tabs->addTab(m_config->inScrollArea(m_tabs), tr("Configuration"));
    return m_tabs;
}

void TagPanel::begin(const QString& name) {
    if (name != m_name)
        m_platform.clear();
    const bool isNew = name != m_name || name.isEmpty();
    m_name = name;
    m_title->setText(name.isEmpty() ? tr("Choose a tag") : name);
    m_pull->setEnabled(!name.isEmpty());
    m_delete->setEnabled(!name.isEmpty());
    if (!isNew)
        return; // another platform: what is known stays until that is read
    m_details.reset();
    m_layers->setLayers({});
    m_config->set({});
    m_layerStack->empty().set(QStringLiteral("images"), name.isEmpty() ? tr("No tag chosen") : tr("Reading…"),
                              name.isEmpty() ? tr("Its layers show here before anything is downloaded.")
                                             : QString());
    m_layerStack->showEmpty();
    showPlatforms();
    showCost();
    showFacts();
}

void TagPanel::setDetails(const TagDetails& details) {
    m_details = details;
    m_layers->setLayers(details.layers);
    m_layers->setHere(m_here.value_or(QSet<QString>()));
    if (details.platform.isEmpty()) {
        m_layerStack->empty().set(QStringLiteral("warning"), tr("Not for this machine"),
                                  tr("Choose one of the platforms to see its layers."));
        m_layerStack->showEmpty();
    } else if (details.layers.isEmpty()) {
        m_layerStack->empty().set(QStringLiteral("images"), tr("No layers"), tr("The image is empty."));
        m_layerStack->showEmpty();
    } else {
        m_layerStack->showTable();
    }
    showPlatforms();
    showCost();
    showFacts();
}

void TagPanel::setError(const Error& error) {
    m_details.reset();
    m_layers->setLayers({});
    m_config->set({});
    m_layerStack->empty().set(QStringLiteral("warning"), tr("The tag cannot be read"),
                              QString::fromStdString(error.message), tr("Try again"));
    m_layerStack->showEmpty();
    showCost();
    showFacts();
}

void TagPanel::setHere(const std::optional<QSet<QString>>& here) {
    m_here = here;
    m_layers->setHere(here.value_or(QSet<QString>()));
    showCost();
}

void TagPanel::showPlatforms() {
    m_platforms->setVisible(m_details && !m_details->platforms.isEmpty());
    if (!m_details)
        return;
    m_platforms->clear();
    m_platforms->addItems(m_details->platforms);
    const QString shown = m_platform.isEmpty() ? m_details->platform : m_platform;
    m_platforms->setCurrentIndex(static_cast<int>(m_details->platforms.indexOf(shown)));
    m_platforms->setPlaceholderText(tr("none for this machine"));
    m_platforms->setEnabled(m_details->platforms.size() > 1);
}

void TagPanel::showCost() {
    const bool known = m_details && !m_details->platform.isEmpty();
    for (QWidget* part : {static_cast<QWidget*>(m_cost), static_cast<QWidget*>(m_costDetail)})
        part->setVisible(known);
    m_share->setVisible(known && m_here);
    if (!known)
        return;
    const PullCost cost = pullCost(m_details->layers, m_here.value_or(QSet<QString>()));
    m_cost->setText(costHeadline(cost));
    m_costDetail->setText(m_here ? costDetail(cost) : tr("%n layer(s)", nullptr, cost.layers));
    showFraction(
        *m_share,
        cost.total == 0 ? 1 : static_cast<double>(cost.total - cost.needed) / static_cast<double>(cost.total),
        cost.needed == 0 ? "done" : "");
}

static QString words(const std::vector<std::string>& list) {
    QStringList all;
    for (const std::string& word : list) {
        const QString text = QString::fromStdString(word);
        all.append(text.contains(u' ') || text.isEmpty() ? u'"' + text + u'"' : text);
    }
    return all.join(u' ');
}

static QList<Fact> configFacts(const ImageConfig& config) {
    QList<Fact> facts;
    const auto add = [&facts](const QString& name, const QString& value, bool monospace = false) {
        if (!value.isEmpty())
            facts.append({name, value, monospace});
    };
    add(TagPanel::tr("Made"), formatTime(config.created));
    add(TagPanel::tr("Entrypoint"), words(config.entrypoint), true);
    add(TagPanel::tr("Command"), words(config.command), true);
    add(TagPanel::tr("User"),
        config.user.empty() ? TagPanel::tr("root (none is given)") : QString::fromStdString(config.user));
    add(TagPanel::tr("Working directory"), QString::fromStdString(config.workingDir), true);
    QStringList ports;
    for (const std::string& port : config.exposedPorts)
        ports.append(QString::fromStdString(port));
    add(TagPanel::tr("Ports"), ports.join(QStringLiteral(", ")));
    add(TagPanel::tr("Stop signal"), QString::fromStdString(config.stopSignal));
    const auto addList = [&facts](const QString& name, const QStringList& values) {
        for (qsizetype i = 0; i < values.size(); ++i)
            facts.append({i == 0 ? name : QString(), values[i], true});
    };
    QStringList variables, labels;
    for (const std::string& variable : config.environment)
        variables.append(QString::fromStdString(variable));
    for (const auto& [name, value] : config.labels)
        labels.append(QString::fromStdString(name + "=" + value));
    addList(TagPanel::tr("Environment"), variables);
    addList(TagPanel::tr("Labels"), labels);
    return facts;
}

void TagPanel::showFacts() {
    if (!m_details) {
        m_facts->set({});
        return;
    }
    QList<Fact> facts{{tr("Digest"), m_details->digest, true}};
    if (m_details->rateLimit) {
        const RateLimit& rate = *m_details->rateLimit;
        const QString left = tr("%1 of %2").arg(rate.remaining).arg(rate.limit);
        const auto hours = std::chrono::duration_cast<std::chrono::hours>(rate.window).count();
        facts.append({tr("Pulls left"),
                      hours > 0 ? tr("%1 in %n hours", nullptr, static_cast<int>(hours)).arg(left) : left});
    }
    m_facts->set(facts);
    m_config->set(m_details->platform.isEmpty() ? QList<Fact>() : configFacts(m_details->config));
}

} // namespace escale::gui
