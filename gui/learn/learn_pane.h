// The Learn pane: what a container is, read from the kernel while one looks. Containers at the left, the
// views of the chosen one beside.
#pragma once

#include "gui/common/list_reader.h"
#include "gui/common/pane.h"
#include "helper/dbus/types.h"

class QSplitter;
class QTabWidget;

namespace escale::gui {

class CellsModel;
class EngineClient;
class ErrorBanner;
class LearnPage;
class Table;

class LearnPane : public Pane {
    Q_OBJECT
public:
    explicit LearnPane(EngineClient& client, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;
    /// Shows that container.
    void select(const QString& container);
    [[nodiscard]] QTabWidget& tabs() { return *m_tabs; }

Q_SIGNALS:
    /// There is none to show: one is to be run.
    void imagesRequested();

private:
    void buildPages();
    void takeContainers(const Result<dbus::ContainerList>& list);
    void takeCurrent();
    void start(const QString& container);
    [[nodiscard]] LearnPage* page(int index) const;

    EngineClient& m_client;
    ListReader<dbus::ContainerList> m_reader;
    dbus::ContainerList m_containers;
    QString m_wanted; // to be selected once it is in the list
    CellsModel* m_rows;
    Table* m_table;
    QTabWidget* m_tabs;
    ErrorBanner* m_error;
};

} // namespace escale::gui
