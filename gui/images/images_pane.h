// The images on this machine and, below, what the selected one consists of.
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
class ImageActions;
class ImageTabs;
class ImagesModel;
class Job;
class JobPanel;
class RegistryAccounts;
class TableStack;
class UsageView;

class ImagesPane : public Pane {
    Q_OBJECT
public:
    /// Client and accounts outlive it.
    ImagesPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent = nullptr);
    ~ImagesPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget* tools() override { return m_tools; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;
    /// "repository:tag" or "repository@digest"; also one that is not listed yet.
    void select(const QString& id);

Q_SIGNALS:
    void registryRequested();
    /// A container was started.
    void started(const QString& containerId);
    /// Show that container.
    void containerRequested(const QString& containerId);

protected:
    void showEvent(QShowEvent* event) override;
    // Archives that are dropped are loaded.
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildActions(RegistryAccounts& accounts);
    void buildTable();
    void buildLayout();
    void takeList(const Result<dbus::ImageList>& list);
    void takeCurrent();
    void askRun();
    void followRun(const QString& id, const QString& image, Job* job);
    void showUsers(const QString& id);
    void showUsage(bool shown);
    [[nodiscard]] const dbus::Image* current() const;

    EngineClient& m_client;
    ImagesModel* m_model;
    ListReader<dbus::ImageList> m_reader;
    TableStack* m_stack;
    QSplitter* m_splitter;
    ImageTabs* m_details;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    QWidget* m_tools;
    ActionNotice* m_notice;
    UsageView* m_usage;
    JobPanel* m_job;
    ImageActions* m_actions = nullptr;
    QString m_awaited; // an image to select when it is listed
    quint64 m_totalSize = 0;
};

} // namespace escale::gui
