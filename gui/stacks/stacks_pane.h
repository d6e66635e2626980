// The stacks of this person: a list, and the selected one's page. A Compose file or a folder that has one may
// be dropped anywhere on it.
#pragma once

#include "gui/common/list_reader.h"
#include "gui/common/pane.h"
#include "gui/stacks/stack_place.h"
#include "helper/dbus/types.h"

class QSplitter;
class QStackedWidget;

namespace escale::gui {

class EmptyState;
class EngineClient;
class ErrorBanner;
class RegistryAccounts;
class StackPage;
class StacksList;
class StacksModel;

class StacksPane : public Pane {
    Q_OBJECT
public:
    /// Both outlive it.
    StacksPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent = nullptr);
    ~StacksPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    /// Files are written without it, too.
    [[nodiscard]] bool needsEngine() const override { return false; }
    [[nodiscard]] QWidget* tools() override { return m_tools; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;
    [[nodiscard]] bool mayClose() override;

    /// A folder or a Compose file.
    void openPath(const QString& path);
    /// A Compose file of those containers is offered.
    void convert(const QStringList& containers);
    [[nodiscard]] StackPage& page() { return *m_page; }
    [[nodiscard]] StacksModel& model() { return *m_model; }

Q_SIGNALS:
    /// Show that container.
    void containerRequested(const QString& id);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildActions();
    void buildLayout();
    QWidget* buildList();
    void browse();
    void showGallery();
    void showConversion(bool line, const QStringList& containers = {});
    void takeStacks(const Result<dbus::StackSummaries>& stacks);
    void select(const QString& id);
    /// Asks first when something is not saved.
    void leave(std::function<void()> then);
    void showPage(bool shown);
    void showMenu(const QPoint& place);

    EngineClient& m_client;
    StacksModel* m_model;
    ListReader<dbus::StackSummaries> m_reader;
    StacksList* m_list;
    StackPage* m_page;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    QWidget* m_side = nullptr;
    ErrorBanner* m_error;
    QWidget* m_tools = nullptr;
    QString m_shown; // the list's id of the stack that is shown
    bool m_mayClose = false;
};

} // namespace escale::gui
