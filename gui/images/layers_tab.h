// The layers of the selected image and, beside them, the files of the selected layer.
#pragma once

#include "gui/images/image_reader.h"
#include "helper/dbus/types.h"

#include <QSet>
#include <QWidget>

#include <array>

class QLabel;
class QLineEdit;
class QSplitter;
class QToolButton;

namespace escale::gui {

class ErrorBanner;
class LayersModel;
class LayerTreeModel;
class Table;
class TableStack;

class LayersTab : public QWidget {
    Q_OBJECT
public:
    explicit LayersTab(QWidget* parent = nullptr);
    /// Null: none. What was known of another image is forgotten.
    void setImage(const dbus::Image* image);
    void setDetails(const ImageDetails& details);
    void setContents(const ImageContentsPointer& contents);
    void setError(const Error& error);
    /// Opens the folders above that path of a layer (base first) and selects it.
    void showPath(std::size_t layer, const std::string& path);

    [[nodiscard]] LayersModel& layers() { return *m_layers; }
    [[nodiscard]] LayerTreeModel& tree() { return *m_tree; }

Q_SIGNALS:
    void retryRequested();

private:
    void buildLayers();
    void buildFiles();
    QWidget* makeBar();
    QToolButton* choice(const QString& text, const QString& name);
    void applyQuery();
    void keepOpen();
    void showState();
    void expandFound();

    LayersModel* m_layers;
    LayerTreeModel* m_tree;
    QSplitter* m_splitter;
    Table* m_table;
    TableStack* m_files;
    ErrorBanner* m_error;
    QLineEdit* m_filter;
    QLabel* m_told;
    QToolButton *m_thisLayer = nullptr, *m_allLayers = nullptr;
    std::array<QToolButton*, 4> m_kinds{};
    ImageContentsPointer m_contents;
    QSet<LayerStack::NodeId> m_open; // folders that the person has opened
    QString m_digest;
    bool m_isRenewing = false, m_hasFailed = false;
};

} // namespace escale::gui
