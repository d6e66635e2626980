// The containers and, below, the selected one's log, usage and details.
#pragma once

#include "gui/common/list_reader.h"
#include "gui/common/pane.h"
#include "helper/dbus/types.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

class QAction;
class QSplitter;

namespace escale::gui {

class Confirmation;
class ContainerTabs;
class ContainersModel;
class ContainersTable;
class EngineClient;
class ErrorBanner;
class Job;
class TableStack;

class ContainersPane : public Pane {
    Q_OBJECT
public:
    explicit ContainersPane(EngineClient& client, QWidget* parent = nullptr);
    ~ContainersPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget* tools() override { return m_tools; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;
    /// Selects that container as soon as the list has it.
    void select(const QString& id);

Q_SIGNALS:
    void imagesRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildActions();
    void buildLayout();
    void takeList(const Result<dbus::ContainerList>& list);
    void takeCurrent();
    void updateActions();
    void pollStats();
    void stop();
    void start();
    void remove();
    void follow(const QString& id, const QString& what, const Result<Job*>& job);
    [[nodiscard]] const dbus::Container* current() const;

    EngineClient& m_client;
    ContainersModel* m_model;
    ListReader<dbus::ContainerList> m_reader;
    ContainersTable* m_table;
    TableStack* m_stack;
    QSplitter* m_splitter;
    ContainerTabs* m_tabs;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    QWidget* m_tools;
    QAction *m_stop, *m_start, *m_remove, *m_copyId;
    QTimer m_statsTimer, m_timesTimer;
    QElapsedTimer m_clock;
    QString m_wanted;     // to be selected when it comes
    QSet<QString> m_busy; // a job of ours works on them
    bool m_polling = false;
};

} // namespace escale::gui
