#include "gui/images/layers_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/containers/files_table.h"
#include "gui/images/layer_tree_model.h"
#include "gui/images/layers_model.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace escale::gui {

// Found files up to which all their folders are opened.
static constexpr std::size_t kMostExpanded = 1000;
// Files of a layer up to which they are all in sight at once.
static constexpr std::size_t kFewFiles = 40;

LayersTab::LayersTab(QWidget* parent)
    : QWidget(parent)
    , m_layers(new LayersModel(this))
    , m_tree(new LayerTreeModel(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_table(new Table(this))
    , m_files(new TableStack(new Table(new LayerTreeProxy, nullptr), this))
    , m_error(new ErrorBanner(this)) {
    setObjectName(QStringLiteral("imagesPane.layersTab"));
    buildLayers();
    buildFiles();
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_error);
    column->addWidget(makeBar());
    column->addWidget(m_files, 1);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({430, 570});
    m_splitter->setChildrenCollapsible(false);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_splitter);
    setImage(nullptr);
}

void LayersTab::buildLayers() {
    m_table->setObjectName(QStringLiteral("imagesPane.layers"));
    m_table->setAccessibleName(tr("Layers"));
    m_table->setSource(m_layers, LayersModel::Number);
    m_table->setColumnWidth(LayersModel::Number, 84);
    m_table->setColumnWidth(LayersModel::Size, 96);
    m_table->setColumnWidth(LayersModel::Files, 108);
    m_table->giveRoomTo(LayersModel::Instruction);
    connect(m_table, &Table::currentIdChanged, this, &LayersTab::applyQuery);
    auto* copy = new QAction(tr("&Copy the instruction"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] {
        const QModelIndex current = m_table->currentIndex();
        QApplication::clipboard()->setText(
            current.siblingAtColumn(LayersModel::Instruction).data().toString());
    });
    m_table->addAction(copy);
}

void LayersTab::buildFiles() {
    Table& table = m_files->table();
    table.setObjectName(QStringLiteral("imagesPane.files"));
    table.setAccessibleName(tr("Files of the layer"));
    table.setSource(m_tree, LayerTreeModel::Name);
    table.setItemDelegateForColumn(LayerTreeModel::Name, new FileNameDelegate(&table));
    table.setRootIsDecorated(true);
    table.setItemsExpandable(true);
    const std::pair<int, int> widths[] = {{LayerTreeModel::Change, 115},
                                          {LayerTreeModel::Size, 90},
                                          {LayerTreeModel::Mode, 105},
                                          {LayerTreeModel::Owner, 115}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    table.giveRoomTo(LayerTreeModel::Name);
    const auto remember = [this](const QModelIndex& index, bool isOpen) {
        if (m_isRenewing)
            return;
        const auto node = m_tree->nodeAt(m_files->table().proxy().mapToSource(index));
        if (isOpen)
            m_open.insert(node);
        else
            m_open.remove(node);
    };
    connect(&table, &QTreeView::expanded, this,
            [remember](const QModelIndex& index) { remember(index, true); });
    connect(&table, &QTreeView::collapsed, this,
            [remember](const QModelIndex& index) { remember(index, false); });
    auto* copy = new QAction(tr("&Copy the path"), &table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(m_files->table().currentId()); });
    table.addAction(copy);
}

QToolButton* LayersTab::choice(const QString& text, const QString& name) {
    auto* button = new QToolButton(this);
    button->setProperty("role", "flat");
    button->setFocusPolicy(Qt::StrongFocus);
    button->setText(text);
    button->setObjectName(name);
    button->setCheckable(true);
    connect(button, &QToolButton::toggled, this, &LayersTab::applyQuery);
    return button;
}

QWidget* LayersTab::makeBar() {
    auto* bar = new QWidget(this);
    m_filter = searchField(QStringLiteral("layers.filter"), bar);
    m_filter->setPlaceholderText(tr("Filter by name or path"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setMinimumWidth(150);
    connect(m_filter, &QLineEdit::textChanged, this, &LayersTab::applyQuery);
    m_thisLayer = choice(tr("This layer"), QStringLiteral("layers.this"));
    m_thisLayer->setToolTip(tr("What this layer changes"));
    m_allLayers = choice(tr("All up to it"), QStringLiteral("layers.all"));
    m_allLayers->setToolTip(tr("The file system as it is with this layer on those below"));
    auto* group = new QButtonGroup(this);
    group->addButton(m_thisLayer);
    group->addButton(m_allLayers);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_filter, 1);
    row->addWidget(m_thisLayer);
    row->addWidget(m_allLayers);
    auto* kinds = new QHBoxLayout;
    kinds->setSpacing(4);
    for (std::size_t kind = 0; kind < m_kinds.size(); ++kind) {
        auto* button = choice(LayerTreeModel::changeText(static_cast<LayerChange>(kind)),
                              QStringLiteral("layers.kind.%1").arg(kind));
        button->setToolTip(tr("Shows or hides these files"));
        button->setChecked(true);
        m_kinds.at(kind) = button;
        kinds->addWidget(button);
    }
    m_told = label({}, "muted", bar);
    m_told->setObjectName(QStringLiteral("layers.told"));
    kinds->addStretch();
    kinds->addWidget(m_told);
    auto* column = new QVBoxLayout(bar);
    column->setContentsMargins(8, 0, 12, 6);
    column->setSpacing(4);
    column->addLayout(row);
    column->addLayout(kinds);
    m_thisLayer->setChecked(true);
    return bar;
}

void LayersTab::setImage(const dbus::Image* image) {
    const QString digest = image != nullptr ? image->digest : QString();
    if (digest == m_digest && image != nullptr)
        return;
    m_digest = digest;
    m_hasFailed = false;
    m_contents.reset();
    m_open.clear();
    m_error->dismiss();
    m_tree->setContents(nullptr);
    m_layers->setLayers(image != nullptr ? image->layers : QList<dbus::ImageLayer>());
    // The top is what the image adds to its base, mostly.
    m_table->setCurrentIndex(m_table->proxy().index(m_table->proxy().rowCount() - 1, 0));
    showState();
}

void LayersTab::setDetails(const ImageDetails& details) {
    m_layers->setHistory(details.history);
}

void LayersTab::setContents(const ImageContentsPointer& contents) {
    m_error->dismiss();
    m_contents = contents;
    m_open.clear();
    m_layers->setSummaries(contents->stack);
    m_tree->setContents(contents);
    applyQuery();
}

void LayersTab::setError(const Error& error) {
    m_hasFailed = true;
    m_error->show(error, tr("Read the layers"), tr("Try again"), [this] {
        m_hasFailed = false;
        m_error->dismiss();
        showState();
        Q_EMIT retryRequested();
    });
    showState();
}

void LayersTab::applyQuery() {
    if (!m_contents || m_isRenewing || m_kinds.back() == nullptr)
        return;
    LayerQuery query;
    query.layer = static_cast<std::size_t>(std::max(m_table->currentRow(), 0));
    query.thisLayerOnly = m_thisLayer->isChecked();
    for (std::size_t kind = 0; kind < m_kinds.size(); ++kind)
        query.wanted.at(kind) = m_kinds.at(kind)->isChecked();
    query.text = m_filter->text().trimmed().toStdString();
    m_isRenewing = true;
    const auto current =
        m_tree->nodeAt(m_files->table().proxy().mapToSource(m_files->table().currentIndex()));
    m_tree->setQuery(query);
    keepOpen();
    if (!query.text.empty() || (query.thisLayerOnly && m_tree->fileCount() <= kFewFiles))
        expandFound();
    QModelIndex same = m_files->table().proxy().mapFromSource(m_tree->indexOf(current));
    if (!same.isValid())
        same = m_files->table().proxy().index(0, 0);
    m_files->table().setCurrentIndex(same);
    m_isRenewing = false;
    showState();
}

// What was open stays open where it is shown.
void LayersTab::keepOpen() {
    for (const LayerStack::NodeId node : m_open) {
        if (const QModelIndex index = m_tree->indexOf(node); index.isValid())
            m_files->table().expand(m_files->table().proxy().mapFromSource(index));
    }
}

void LayersTab::expandFound() {
    if (m_tree->fileCount() <= kMostExpanded)
        m_files->table().expandAll();
    else
        m_files->table().expandToDepth(0);
}

void LayersTab::showState() {
    // In a layer itself, what it leaves alone is not shown.
    m_kinds.back()->setVisible(m_allLayers->isChecked());
    const auto files = static_cast<int>(std::min<std::size_t>(m_tree->fileCount(), INT_MAX));
    m_told->setText(m_contents ? tr("%n file(s)", nullptr, files) + QStringLiteral(" · ") +
                                     formatBytes(m_tree->totalSize())
                               : QString());
    if (m_tree->rowCount() > 0)
        return m_files->showTable();
    EmptyState& empty = m_files->empty();
    const QString symbol = QStringLiteral("images");
    if (m_digest.isEmpty())
        empty.set(symbol, tr("No image selected"), tr("Select one above."));
    else if (m_hasFailed)
        empty.set(symbol, tr("The layers cannot be shown"), {});
    else if (!m_contents)
        empty.set(symbol, tr("Reading the layers…"), {});
    else if (!m_filter->text().trimmed().isEmpty())
        empty.set(symbol, tr("No file matches the filter"), tr("Write less into it, or choose other kinds."));
    else
        empty.set(symbol, tr("This layer changes no files of these kinds"),
                  tr("Choose other kinds, or all layers up to it."));
    m_files->showEmpty();
}

void LayersTab::showPath(std::size_t layer, const std::string& path) {
    if (!m_contents || layer >= m_contents->stack.layerCount())
        return;
    const LayerStack::NodeId node = m_contents->stack.find(path);
    if (node >= m_contents->stack.nodeCount())
        return;
    m_isRenewing = true; // one renewal for all of it
    m_filter->clear();
    for (QToolButton* kind : m_kinds)
        kind->setChecked(true);
    m_thisLayer->setChecked(true);
    m_table->setCurrentIndex(m_table->proxy().mapFromSource(m_layers->index(static_cast<int>(layer), 0)));
    m_isRenewing = false;
    applyQuery();
    Table& table = m_files->table();
    const QModelIndex index = table.proxy().mapFromSource(m_tree->indexOf(node));
    for (QModelIndex folder = index.parent(); folder.isValid(); folder = folder.parent())
        table.expand(folder);
    table.setCurrentIndex(index);
    table.scrollTo(index, QAbstractItemView::PositionAtCenter);
    table.setFocus(Qt::OtherFocusReason);
}

} // namespace escale::gui
