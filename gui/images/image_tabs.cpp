#include "gui/images/image_tabs.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/images/config_tab.h"
#include "gui/images/findings_tab.h"
#include "gui/images/findings_view.h"
#include "gui/images/history_model.h"
#include "gui/images/layers_tab.h"
#include "gui/images/used_by_tab.h"

#include <QTabBar>

namespace escale::gui {

ImageTabs::ImageTabs(EngineClient& client, QWidget* parent)
    : QTabWidget(parent)
    , m_client(client)
    , m_reader(client)
    , m_layers(new LayersTab(this))
    , m_findings(new FindingsTab(this))
    , m_config(new ConfigTab(this))
    , m_historyModel(new HistoryModel(this))
    , m_history(new TableStack(this))
    , m_usedBy(new UsedByTab(client, this)) {
    setObjectName(QStringLiteral("imagesPane.tabs"));
    setDocumentMode(true);
    tabBar()->setDrawBase(false);
    buildHistory();
    addTab(m_layers, tr("Layers"));
    addTab(m_findings, tr("Findings"));
    addTab(m_config, tr("Config"));
    addTab(m_history, tr("History"));
    addTab(m_usedBy, tr("Used by"));
    connect(&m_reader, &ImageReader::detailsRead, this, &ImageTabs::takeDetails);
    connect(&m_reader, &ImageReader::detailsFailed, this, &ImageTabs::takeDetailsFailure);
    connect(&m_reader, &ImageReader::contentsRead, this, &ImageTabs::takeContents);
    connect(&m_reader, &ImageReader::findingsRead, this, &ImageTabs::takeFindings);
    connect(&m_reader, &ImageReader::layersFailed, this, &ImageTabs::takeFailure);
    connect(m_layers, &LayersTab::retryRequested, this, &ImageTabs::readAgain);
    connect(m_usedBy, &UsedByTab::containerRequested, this, &ImageTabs::containerRequested);
    for (FindingsView* view : {&m_findings->view(), &m_config->view()}) {
        connect(view, &FindingsView::pathRequested, this, [this](std::size_t layer, const std::string& path) {
            setCurrentWidget(m_layers);
            m_layers->showPath(layer, path);
        });
    }
    connect(&m_client, &EngineClient::stateChanged, this, [this] {
        if (m_client.state() == EngineClient::State::Ready && isVisible() && !m_isRead)
            readAgain();
    });
    setImage(nullptr);
}

void ImageTabs::buildHistory() {
    Table& table = m_history->table();
    table.setObjectName(QStringLiteral("imagesPane.history"));
    table.setAccessibleName(tr("History"));
    table.setSource(m_historyModel, HistoryModel::Step);
    const std::pair<int, int> widths[] = {{HistoryModel::Step, 64},
                                          {HistoryModel::Layer, 76},
                                          {HistoryModel::Created, 130},
                                          {HistoryModel::Comment, 150}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    table.giveRoomTo(HistoryModel::Instruction);
}

// By the digest: a tag may lead to another image by now.
QString ImageTabs::referenceOf(const dbus::Image& image) {
    return image.repository + QLatin1Char('@') + image.digest;
}

void ImageTabs::setImage(const dbus::Image* image) {
    const bool isSame = image != nullptr && image->digest == m_image.digest;
    m_image = image != nullptr ? *image : dbus::Image();
    m_usedBy->setImage(image);
    if (isSame) { // under another name, perhaps
        if (m_details)
            m_config->setDetails(m_image, *m_details);
        return;
    }
    m_details.reset();
    m_reader.cancel();
    m_isRead = false;
    m_layers->setImage(image);
    m_config->setImage(image);
    m_historyModel->setHistory({});
    m_history->showEmpty();
    const QString symbol = QStringLiteral("clock");
    if (image == nullptr) {
        m_findings->clear(tr("No image selected"));
        return m_history->empty().set(symbol, tr("No image selected"), tr("Select one above."));
    }
    m_findings->clear(tr("Reading the layers…"));
    m_history->empty().set(symbol, tr("Reading the history…"), {});
    if (isVisible())
        readAgain();
}

void ImageTabs::showUsers() {
    setCurrentWidget(m_usedBy);
}

void ImageTabs::readAgain() {
    if (m_image.digest.isEmpty() || m_client.state() != EngineClient::State::Ready)
        return;
    m_isRead = true;
    m_reader.read(referenceOf(m_image));
}

void ImageTabs::showEvent(QShowEvent* event) {
    QTabWidget::showEvent(event);
    if (!m_isRead)
        readAgain();
}

void ImageTabs::takeDetails(const ImageDetails& details) {
    m_details = details;
    m_layers->setDetails(details);
    m_config->setDetails(m_image, details);
    m_historyModel->setHistory(details.history);
    if (m_historyModel->rowCount() > 0)
        return m_history->showTable();
    m_history->empty().set(QStringLiteral("clock"), tr("No history"),
                           tr("The image does not tell how it was made."));
    m_history->showEmpty();
}

void ImageTabs::takeContents(const ImageContentsPointer& contents) {
    m_layers->setContents(contents);
    m_findings->setContents(contents);
}

void ImageTabs::takeFindings(const std::vector<Finding>& findings, bool isWhole) {
    m_findings->setFindings(findings, isWhole);
}

void ImageTabs::takeDetailsFailure(const Error& error) {
    const QString title = tr("The configuration cannot be read"),
                  text = QString::fromStdString(error.message);
    m_config->view().empty().set(QStringLiteral("warning"), title, text);
    m_history->empty().set(QStringLiteral("warning"), title, text);
}

void ImageTabs::takeFailure(const Error& error) {
    m_layers->setError(error);
    m_findings->clear(tr("The layers cannot be read"), QString::fromStdString(error.message));
}

} // namespace escale::gui
