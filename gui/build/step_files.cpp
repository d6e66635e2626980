#include "gui/build/step_files.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/containers/files_table.h"
#include "gui/images/layer_tree_model.h"

#include <QVBoxLayout>

namespace escale::gui {

// Files of a layer up to which they are all in sight at once.
static constexpr std::size_t kFewFiles = 60;

StepFiles::StepFiles(EngineClient& client, const QString& prefix, QWidget* parent)
    : QWidget(parent)
    , m_reader(new ImageReader(client, this))
    , m_tree(new LayerTreeModel(this))
    , m_stack(new TableStack(new Table(new LayerTreeProxy, nullptr), this)) {
    Table& table = m_stack->table();
    table.setObjectName(prefix + QStringLiteral(".files"));
    table.setAccessibleName(tr("Files of the step's layer"));
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
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    connect(m_reader, &ImageReader::contentsRead, this, [this](const ImageContentsPointer& contents) {
        m_tree->setContents(contents);
        LayerQuery query;
        query.thisLayerOnly = true;
        m_tree->setQuery(query);
        if (m_tree->fileCount() <= kFewFiles)
            m_stack->table().expandAll();
        m_stack->showTable();
    });
    connect(m_reader, &ImageReader::layersFailed, this, [this](const Error& error) {
        tell(tr("The files cannot be read"), QString::fromStdString(error.message + "\n" + error.hint));
    });
    setStep(nullptr);
}

void StepFiles::setStep(const ShownStep* step) {
    const QString id = step == nullptr ? QString() : step->id;
    const QString layer = step == nullptr ? QString() : step->layer;
    if (id == m_step && layer == m_layer && !id.isEmpty())
        return;
    m_step = id;
    m_layer = layer;
    m_reader->cancel();
    m_tree->setContents(nullptr);
    m_isStale = !layer.isEmpty();
    if (m_isStale) {
        tell(tr("Reading the files…"), {});
        if (isVisible())
            read();
    } else if (step == nullptr) {
        tell(tr("No step is chosen"), tr("Choose one in the graph."));
    } else if (step->state == StepState::Done || step->state == StepState::Cached) {
        tell(tr("This step changes no file"), {});
    } else {
        tell(tr("This step has no layer"), tr("It gets one when it is done."));
    }
}

void StepFiles::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale)
        read();
}

void StepFiles::read() {
    m_isStale = false;
    m_reader->readStep(m_layer);
}

void StepFiles::tell(const QString& title, const QString& text) {
    m_stack->empty().set(QStringLiteral("file"), title, text);
    m_stack->showEmpty();
}

} // namespace escale::gui
