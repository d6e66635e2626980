// The volumes of this person: a list with the files, the users and the facts of the selected one.
#pragma once

#include "gui/common/list_reader.h"
#include "gui/common/pane.h"
#include "helper/dbus/types.h"

class QSplitter;

namespace escale::gui {

class ActionNotice;
class Confirmation;
class EngineClient;
class ErrorBanner;
class JobPanel;
class Table;
class TableStack;
class TransferBar;
class VolumeActions;
class VolumeTabs;
class VolumesModel;
class VolumesProxy;
class WarningNote;

class VolumesPane : public Pane {
    Q_OBJECT
public:
    /// The client outlives it.
    explicit VolumesPane(EngineClient& client, QWidget* parent = nullptr);
    ~VolumesPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget* tools() override { return m_tools; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;
    void select(const QString& volume);

Q_SIGNALS:
    /// Show that container.
    void containerRequested(const QString& containerId);

private:
    void buildActions();
    void buildTable();
    void buildLayout();
    void takeVolumes(const Result<dbus::VolumeList>& list);
    void takeCurrent();
    void showState();

    EngineClient& m_client;
    VolumesModel* m_model;
    ListReader<dbus::VolumeList> m_volumes;
    VolumesProxy* m_proxy;
    Table* m_table;
    TableStack* m_stack;
    QSplitter* m_splitter;
    VolumeTabs* m_tabs = nullptr;
    WarningNote* m_warning = nullptr;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    ActionNotice* m_notice;
    JobPanel* m_jobs;
    TransferBar* m_transfer;
    QWidget* m_tools = nullptr;
    VolumeActions* m_actions = nullptr;
    QString m_awaited; // a volume to select when it is listed
    bool m_listed = false;
};

} // namespace escale::gui
