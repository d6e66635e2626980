// All there is to know of the selected image: its layers and files, findings, configuration, history, and the
// containers that use it.
#pragma once

#include "gui/images/image_reader.h"
#include "helper/dbus/types.h"

#include <QTabWidget>

namespace escale::gui {

class ConfigTab;
class EngineClient;
class FindingsTab;
class HistoryModel;
class LayersTab;
class TableStack;
class UsedByTab;

class ImageTabs : public QTabWidget {
    Q_OBJECT
public:
    explicit ImageTabs(EngineClient& client, QWidget* parent = nullptr);
    /// Null: none is selected. The same one again reads nothing again.
    void setImage(const dbus::Image* image);
    /// The tab of the containers that use it.
    void showUsers();

    // What the reader tells; tests tell it themselves.
    void takeDetails(const ImageDetails& details);
    void takeContents(const ImageContentsPointer& contents);
    void takeFindings(const std::vector<Finding>& findings, bool isWhole);
    void takeDetailsFailure(const Error& error);
    void takeFailure(const Error& error);

Q_SIGNALS:
    void containerRequested(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void readAgain();
    void buildHistory();
    static QString referenceOf(const dbus::Image& image);

    EngineClient& m_client;
    ImageReader m_reader;
    LayersTab* m_layers;
    FindingsTab* m_findings;
    ConfigTab* m_config;
    HistoryModel* m_historyModel;
    TableStack* m_history;
    UsedByTab* m_usedBy;
    dbus::Image m_image; // its digest is empty: none
    std::optional<ImageDetails> m_details;
    bool m_isRead = false; // the reading has been begun
};

} // namespace escale::gui
