// Images are built here: the Dockerfile and its graph, earlier builds, what they have kept. GUI thread.
#pragma once

#include "gui/common/pane.h"

class QTabWidget;

namespace escale::gui {

class BuildPage;
class CacheTab;
class Confirmation;
class EngineClient;
class HistoryTab;
class RegistryAccounts;

class BuildPane : public Pane {
    Q_OBJECT
public:
    BuildPane(EngineClient& client, RegistryAccounts& accounts, QWidget* parent = nullptr);
    ~BuildPane() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QWidget* tools() override { return m_tools; }
    [[nodiscard]] QString filterHint() const override;
    void setFilter(const QString& text) override;
    void focusContent() override;
    [[nodiscard]] bool mayClose() override;

    [[nodiscard]] BuildPage& page() { return *m_page; }
    [[nodiscard]] HistoryTab& history() { return *m_history; }
    [[nodiscard]] CacheTab& cache() { return *m_cache; }
    void showPage(QWidget& page);

Q_SIGNALS:
    /// Show that image: "repository:tag" or "repository@digest".
    void imageRequested(const QString& image);

private:
    BuildPage* m_page;
    HistoryTab* m_history;
    CacheTab* m_cache;
    QTabWidget* m_tabs;
    Confirmation* m_confirmation;
    QWidget* m_tools;
    bool m_mayClose = false;
};

} // namespace escale::gui
