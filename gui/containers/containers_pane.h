// The containers by stack and, below, the selected one's log, usage and details.
#pragma once

#include "gui/common/pane.h"
#include "helper/dbus/types.h"

#include <QTimer>

class QSplitter;

namespace escale {
struct Error;
}

namespace escale::gui {

class Confirmation;
class ContainerActions;
class ContainerChanges;
class ContainerTabs;
class ContainerUndo;
class ContainersFeed;
class ContainersModel;
class ContainersTable;
class EngineClient;
class ErrorBanner;
class StateNote;
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
    [[nodiscard]] bool mayClose() override;
    /// Selects that container as soon as the list has it.
    void select(const QString& id);

Q_SIGNALS:
    void imagesRequested();
    /// A Compose file of those is wanted.
    void composeRequested(const QStringList& ids);
    /// What this container is made of is to be shown.
    void learnRequested(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildList();
    void buildTools();
    void buildLayout();
    void takeList();
    void takeError(const Error& error);
    void takeCurrent();
    void takeSelection();
    void showWhatThereIs();
    void pollStats();
    void closeIfWanted();
    void openPort(const QUrl& url);

    EngineClient& m_client;
    ContainersModel* m_model;
    ContainersFeed* m_feed;
    ContainersTable* m_table;
    TableStack* m_stack;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    ContainerUndo* m_undo;
    ContainerActions* m_actions;
    ContainerChanges* m_changes;
    QSplitter* m_splitter = nullptr;
    StateNote* m_note = nullptr;
    ContainerTabs* m_tabs = nullptr;
    QWidget* m_tools = nullptr;
    QAction *m_compose = nullptr, *m_learn = nullptr;
    QTimer m_statsTimer, m_timesTimer;
    QString m_wanted; // to be selected when it comes
    QString m_last;   // the container that was shown last
    QString m_filter;
    bool m_polling = false;
    bool m_listed = false; // the list has been read
    bool m_closeLater = false;
};

} // namespace escale::gui
