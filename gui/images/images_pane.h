// The images on this machine and, below, what the selected one consists of.
#pragma once

#include "gui/common/list_reader.h"
#include "gui/common/pane.h"
#include "helper/dbus/types.h"

class QAction;
class QSplitter;

namespace escale::gui {

class Confirmation;
class EngineClient;
class ErrorBanner;
class ImageTabs;
class ImagesModel;
class Job;
class TableStack;

class ImagesPane : public Pane {
    Q_OBJECT
public:
    explicit ImagesPane(EngineClient& client, QWidget* parent = nullptr);
    ~ImagesPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget* tools() override { return m_tools; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;

Q_SIGNALS:
    void registryRequested();
    /// A container was started.
    void started(const QString& containerId);
    /// Show that container.
    void containerRequested(const QString& containerId);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildActions();
    void buildLayout();
    void takeList(const Result<dbus::ImageList>& list);
    void takeCurrent();
    void askRun();
    void followRun(const QString& id, const QString& image, Job* job);
    void remove();
    void askTag();
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
    QAction *m_run, *m_remove, *m_tag, *m_copyDigest, *m_copyReference;
    quint64 m_totalSize = 0;
};

} // namespace escale::gui
