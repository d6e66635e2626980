#include "gui/images/images_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/table.h"
#include "gui/containers/run_dialog.h"
#include "gui/images/image_tabs.h"
#include "gui/images/images_model.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QSplitter>
#include <QVBoxLayout>

#include <set>

namespace escale::gui {

ImagesPane::ImagesPane(EngineClient& client, QWidget* parent)
    : Pane(parent)
    , m_client(client)
    , m_model(new ImagesModel(this))
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::ImageList> a) { m_client.listImages(guard, std::move(a)); },
          [this](const Result<dbus::ImageList>& list) { takeList(list); }) {
    setObjectName(QStringLiteral("imagesPane"));
    buildActions();
    buildLayout();
    connect(&m_client, &EngineClient::imagesChanged, this, [this] { m_reader.refresh(); });
    connect(&m_stack->table(), &Table::currentIdChanged, this, &ImagesPane::takeCurrent);
    connect(&m_stack->table(), &Table::activated, this, &ImagesPane::askRun);
    connect(&m_stack->empty(), &EmptyState::actionRequested, this, &ImagesPane::registryRequested);
    m_stack->empty().set(QStringLiteral("images"), tr("Reading the images…"), {});
    takeCurrent();
    if (m_client.state() == EngineClient::State::Ready)
        m_reader.refresh();
}

ImagesPane::~ImagesPane() = default;

void ImagesPane::buildActions() {
    m_run = addPaneAction("run", tr("&Run…"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] { askRun(); });
    m_run->setIcon(icon(QStringLiteral("run"), QPalette::HighlightedText));
    m_remove = addPaneAction("trash", tr("Re&move…"), QKeySequence(Qt::Key_Delete), [this] { remove(); });
    m_tag = addPaneAction("rename", tr("&Tag…"), QKeySequence(Qt::CTRL | Qt::Key_T), [this] { askTag(); });
    m_copyReference = addPaneAction("copy", tr("Copy the &name with its digest"), {}, [this] {
        if (const dbus::Image* image = current())
            QApplication::clipboard()->setText(familiarName(image->repository) + QLatin1Char('@') +
                                               image->digest);
    });
    m_copyDigest = addPaneAction("copy", tr("&Copy digest"), {}, [this] {
        if (const dbus::Image* image = current())
            QApplication::clipboard()->setText(image->digest);
    });
}

void ImagesPane::buildLayout() {
    m_tools = toolRow({actionButton(m_remove, QStringLiteral("imagesPane.remove"), this),
                       actionButton(m_run, QStringLiteral("imagesPane.run"), this, true)},
                      this);
    m_error = new ErrorBanner(this);
    m_confirmation = new Confirmation(this);
    m_stack = new TableStack(this);
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("imagesPane.table"));
    table.setAccessibleName(tr("Images"));
    table.setSource(m_model, ImagesModel::Repository);
    const std::pair<int, int> widths[] = {{ImagesModel::Repository, 330}, {ImagesModel::Tag, 150},
                                          {ImagesModel::Digest, 150},     {ImagesModel::Size, 100},
                                          {ImagesModel::Layers, 90},      {ImagesModel::Created, 150}};
    for (const auto& [column, width] : widths)
        table.setColumnWidth(column, width);
    table.addActions({m_run, m_tag, m_remove, m_copyDigest, m_copyReference});

    auto* lower = card(this);
    m_details = new ImageTabs(m_client, lower);
    connect(m_details, &ImageTabs::containerRequested, this, &ImagesPane::containerRequested);
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_details);
    m_splitter = new QSplitter(this);
    stackUp({m_error, m_confirmation}, m_splitter, m_stack, lower);
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
            tr("Open the registry"));
        m_stack->showEmpty();
    } else {
        m_stack->showTable();
        if (!table.currentIndex().isValid())
            table.setCurrentIndex(table.proxy().index(0, 0));
    }
    m_splitter->widget(1)->setVisible(!list->isEmpty());
    takeCurrent();
    Q_EMIT summaryChanged();
}

void ImagesPane::takeCurrent() {
    const dbus::Image* image = current();
    for (QAction* action : {m_run, m_remove, m_tag, m_copyDigest, m_copyReference})
        action->setEnabled(image != nullptr);
    m_details->setImage(image);
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

void ImagesPane::askTag() {
    const dbus::Image* image = current();
    if (image == nullptr)
        return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("tagDialog"));
    dialog->setWindowTitle(tr("Tag the image"));
    dialog->setLabelText(tr("One more name for it, as name:tag"));
    dialog->setTextValue(familiarName(ImagesModel::idOf(*image)).section(QLatin1Char('@'), 0, 0));
    dialog->setOkButtonText(tr("Tag"));
    const QString named = image->repository + QLatin1Char('@') + image->digest;
    connect(dialog, &QInputDialog::textValueSelected, this, [this, named](const QString& text) {
        m_client.tagImage(named, text.trimmed(), this, [this](const Result<>& tagged) {
            if (tagged)
                m_error->dismiss();
            else
                m_error->show(tagged.error(), tr("Tag the image"));
        });
    });
    dialog->open();
}

void ImagesPane::remove() {
    const dbus::Image* image = current();
    if (image == nullptr)
        return;
    const QString repository = image->repository;
    // An image without a tag is known to the engine by its digest.
    const QString tag = image->tag.isEmpty() ? image->digest : image->tag;
    const QString name = familiarName(ImagesModel::idOf(*image));
    m_confirmation->ask(tr("Remove the image “%1”? It can be pulled again.").arg(name), tr("Remove"),
                        [this, repository, tag, name] {
                            m_client.removeImage(
                                repository, tag, this, [this, name](const Result<>& removed) {
                                    if (!removed)
                                        m_error->show(removed.error(), tr("Remove %1").arg(name));
                                });
                        });
}

} // namespace escale::gui
