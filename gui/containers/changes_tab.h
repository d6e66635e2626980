// What the selected container has changed in its files; it can be kept as an image or exported.
#pragma once

#include "gui/containers/container_tab.h"

#include <array>

class QAction;
class QToolButton;

namespace escale::gui {

class ChangesModel;
class ChangesProxy;
class Table;
class TransferBar;

class ChangesTab : public ContainerTab {
    Q_OBJECT
public:
    explicit ChangesTab(EngineClient& client, QWidget* parent = nullptr);
    void setContainer(const dbus::Container* container);
    void take(const dbus::FileChanges& changes);
    [[nodiscard]] ChangesModel& model() { return *m_model; }
    /// Writes the archive of the whole file system to that file.
    void exportTo(const QString& file);

Q_SIGNALS:
    /// Show this file among the others.
    void fileRequested(const QString& path);

private:
    void buildTable();
    void buildActions();
    void buildTools();
    void read() override;
    void showState();
    void updateActions();
    void openCurrent();
    void saveAsImage();
    void askForExport();

    ChangesModel* m_model;
    ChangesProxy* m_proxy;
    Table* m_table;
    TransferBar* m_transfer;
    std::array<QToolButton*, 3> m_kinds{};
    QAction *m_refresh, *m_commit, *m_export, *m_open, *m_copyPath;
    QString m_name, m_image;
    bool m_known = false;
};

} // namespace escale::gui
