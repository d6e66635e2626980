#include "gui/images/images_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/job_panel.h"
#include "gui/common/table.h"
#include "gui/containers/action_notice.h"
#include "gui/containers/run_dialog.h"
#include "gui/images/image_actions.h"
#include "gui/images/image_tabs.h"
#include "gui/images/images_model.h"
#include "gui/images/usage_view.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <set>

namespace escale::gui {

ImagesPane::ImagesPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_model(new ImagesModel(this))
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::ImageList> a) { m_client.listImages(guard, std::move(a)); },
          [this](const Result<dbus::ImageList>& list) { takeList(list); })
    , m_stack(new TableStack(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_notice(new ActionNotice(this))
    , m_usage(new UsageView(client, this))
    , m_job(new JobPanel(QStringLiteral("imagesPane"), this)) {
    setObjectName(QStringLiteral("imagesPane"));
    setAcceptDrops(true);
    buildActions(accounts);
    buildTable();
    buildLayout();
    connect(&m_client, &EngineClient::imagesChanged, this, [this] { m_reader.refresh(); });
    connect(&m_stack->table(), &Table::currentIdChanged, this, &ImagesPane::takeCurrent);
    connect(&m_stack->table(), &Table::activated, this, &ImagesPane::askRun);
    connect(&m_stack->empty(), &EmptyState::actionRequested, this, &ImagesPane::registryRequested);
    connect(&m_stack->empty(), &EmptyState::secondRequested, m_actions->action(ImageActions::Load),
            &QAction::trigger);
    m_stack->empty().set(QStringLiteral("images"), tr("Reading the images…"), {});
    takeCurrent();
    if (m_client.state() == EngineClient::State::Ready)
        m_reader.refresh();
}

ImagesPane::~ImagesPane() = default;

void ImagesPane::buildActions(RegistryAccounts& accounts) {
    m_actions = new ImageActions({m_client, accounts, *m_model, *m_error, *m_confirmation, *m_notice, this});
    connect(m_actions, &ImageActions::runRequested, this, &ImagesPane::askRun);
    connect(m_actions, &ImageActions::begun, m_job, &JobPanel::follow);
    connect(m_actions, &ImageActions::usersRequested, this, &ImagesPane::showUsers);
    connect(m_actions, &ImageActions::usageToggled, this, &ImagesPane::showUsage);
    connect(m_actions, &ImageActions::selectRequested, this, &ImagesPane::select);
}

void ImagesPane::buildTable() {
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("imagesPane.table"));
    table.setAccessibleName(tr("Images"));
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setSource(m_model, ImagesModel::Repository);
    const std::pair<int, int> widths[] = {{ImagesModel::Repository, 300}, {ImagesModel::Tag, 130},
                                          {ImagesModel::Digest, 150},     {ImagesModel::Size, 100},
                                          {ImagesModel::Layers, 90},      {ImagesModel::Created, 150},
                                          {ImagesModel::Shared, 100},     {ImagesModel::Unique, 100}};
    for (const auto& [column, width] : widths)
        table.setColumnWidth(column, width);
    table.addActions(m_actions->all());
    connect(table.selectionModel(), &QItemSelectionModel::selectionChanged, this, &ImagesPane::takeCurrent);
    showUsage(false);
}

void ImagesPane::buildLayout() {
    m_tools = toolRow(
        {actionButton(m_actions->action(ImageActions::Load), QStringLiteral("imagesPane.load"), this),
         actionButton(m_actions->action(ImageActions::Usage), QStringLiteral("imagesPane.usageButton"), this),
         actionButton(m_actions->action(ImageActions::Remove), QStringLiteral("imagesPane.remove"), this),
         actionButton(m_actions->action(ImageActions::Run), QStringLiteral("imagesPane.run"), this, true)},
        this);
    m_tools->findChild<QToolButton*>(QStringLiteral("imagesPane.load"))->setText(tr("Load…"));
    connect(m_usage, &UsageView::read, this,
            [this](const DiskUsage& usage) { m_model->setUsage(usage.images); });
    connect(m_usage, &UsageView::pruneRequested, m_actions->action(ImageActions::Prune), &QAction::trigger);

    auto* lower = card(this);
    m_details = new ImageTabs(m_client, lower);
    connect(m_details, &ImageTabs::containerRequested, this, &ImagesPane::containerRequested);
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_details);
    m_splitter = new QSplitter(this);
    stackUp({m_error, m_confirmation, m_notice, m_usage}, m_splitter, m_stack, lower);
    layout()->addWidget(m_job);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({190, 430});
}

QString ImagesPane::title() const {
    return tr("Images");
}

QString ImagesPane::summary() const {
    if (m_model->rowCount() == 0)
        return {};
    return tr("%n image(s)", nullptr, m_model->rowCount()) + QStringLiteral(" · ") + formatBytes(m_totalSize);
}

QString ImagesPane::filterHint() const {
    return tr("Filter images");
}
void ImagesPane::setFilter(const QString& text) {
    m_stack->table().setFilter(text);
}
void ImagesPane::focusContent() {
    m_stack->table().setFocus(Qt::OtherFocusReason);
}

const dbus::Image* ImagesPane::current() const {
    return m_model->find(m_stack->table().currentId());
}

void ImagesPane::showEvent(QShowEvent* event) {
    Pane::showEvent(event);
    takeCurrent();
}

void ImagesPane::takeList(const Result<dbus::ImageList>& list) {
    if (!list) {
        m_error->show(list.error(), tr("Read the list of images"), tr("Try again"),
                      [this] { m_reader.refresh(); });
        return;
    }
    m_model->setImages(*list);
    // A layer or an image under two names counts once.
    std::set<QString> counted;
    m_totalSize = 0;
    for (const dbus::Image& image : *list) {
        for (const dbus::ImageLayer& layer : image.layers) {
            if (counted.insert(layer.diffId).second)
                m_totalSize += layer.size;
        }
    }
    Table& table = m_stack->table();
    if (list->isEmpty()) {
        m_stack->empty().set(
            QStringLiteral("images"), tr("No images yet"),
            tr("Pull one from a registry: it stays on this machine, and containers start from it."),
            tr("Open the registry"), tr("Load an archive…"));
        m_stack->showEmpty();
    } else {
        m_stack->showTable();
        if (!table.currentIndex().isValid())
            table.setCurrentIndex(table.proxy().index(0, 0));
    }
    m_splitter->widget(1)->setVisible(!list->isEmpty());
    if (!m_awaited.isEmpty() && m_model->find(m_awaited) != nullptr)
        table.selectId(std::exchange(m_awaited, {}));
    takeCurrent();
    Q_EMIT summaryChanged();
}

void ImagesPane::takeCurrent() {
    const Table& table = m_stack->table();
    QStringList ids;
    for (const QModelIndex& row : table.selectionModel()->selectedRows())
        ids.append(row.data(kIdRole).toString());
    // The current one first: it is what dialogs begin with.
    if (const QString id = table.currentId(); ids.removeOne(id))
        ids.prepend(id);
    m_actions->setSelection(ids);
    m_details->setImage(current());
}

void ImagesPane::select(const QString& id) {
    if (m_model->find(id) != nullptr)
        m_stack->table().selectId(id);
    else
        m_awaited = id;
}

void ImagesPane::showUsers(const QString& id) {
    m_stack->table().selectId(id);
    m_details->showUsers();
}

// With its columns, which are of use only then.
void ImagesPane::showUsage(bool shown) {
    m_usage->setVisible(shown);
    Table& table = m_stack->table();
    for (const int column : {ImagesModel::Shared, ImagesModel::Unique, ImagesModel::Users})
        table.setColumnHidden(column, !shown);
    for (const int column : {ImagesModel::Layers, ImagesModel::Digest})
        table.setColumnHidden(column, shown);
}

static QStringList archivesOf(const QMimeData* data) {
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

void ImagesPane::dragEnterEvent(QDragEnterEvent* event) {
    if (!archivesOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ImagesPane::dropEvent(QDropEvent* event) {
    m_actions->load(archivesOf(event->mimeData()));
    event->acceptProposedAction();
}

void ImagesPane::askRun() {
    const dbus::Image* image = current();
    if (image == nullptr)
        return;
    // Not exec(): the main loop goes on, and the dialog ends with the window.
    auto* dialog = new RunDialog(familiarName(ImagesModel::idOf(*image)), m_model->images(),
                                 RunDialog::engineOf(m_client), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    connect(dialog, &RunDialog::started, this, &ImagesPane::followRun);
    connect(dialog, &RunDialog::created, this, &ImagesPane::started);
    dialog->open();
}

void ImagesPane::followRun(const QString& id, const QString& image, Job* job) {
    m_error->dismiss();
    const auto end = [this, id, image, job] {
        if (job->isDone())
            Q_EMIT started(id);
        else if (!job->isCancelled())
            m_error->show(job->error(), tr("Run %1").arg(familiarName(image)));
    };
    if (!job->isRunning())
        return end();
    connect(job, &Job::ended, this, end);
}

} // namespace escale::gui
