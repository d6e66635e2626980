// What the selected container has changed in its files; it can be kept as an image or exported.
#pragma once

#include "helper/dbus/types.h"

#include <QWidget>

#include <array>

class QAction;
class QLineEdit;
class QToolButton;

namespace escale::gui {

class ChangesModel;
class ChangesProxy;
class EngineClient;
class ErrorBanner;
class TableStack;
class TransferBar;

class ChangesTab : public QWidget {
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

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildTable();
    void buildActions();
    QWidget* makeBar();
    void refresh();
    void showState();
    void updateActions();
    void openCurrent();
    void saveAsImage();
    void askForExport();

    EngineClient& m_client;
    ChangesModel* m_model;
    ChangesProxy* m_proxy;
    TableStack* m_stack;
    ErrorBanner* m_error;
    TransferBar* m_transfer;
    QWidget* m_bar;
    QLineEdit* m_filter;
    std::array<QToolButton*, 3> m_kinds{};
    QAction *m_refresh, *m_commit, *m_export, *m_open, *m_copyPath;
    QString m_id, m_name, m_image;
    bool m_known = false, m_reading = false;
};

} // namespace escale::gui
