// Earlier builds: what came of them, their graph and logs, once more with the same settings, two of them
// compared. GUI thread.
#pragma once

#include "gui/build/build_model.h"
#include "gui/build/build_settings.h"
#include "gui/common/list_reader.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QSplitter;

namespace escale::gui {

class BuildEventsReader;
class BuildGraphView;
class BuildsModel;
class Confirmation;
class EngineClient;
class ErrorBanner;
class StepPanel;
class TableStack;

class HistoryTab : public QWidget {
    Q_OBJECT
public:
    explicit HistoryTab(EngineClient& client, QWidget* parent = nullptr);
    void setFilter(const QString& text);
    void focusContent();
    [[nodiscard]] BuildsModel& builds() { return *m_model; }
    void selectBuild(const QString& id);

Q_SIGNALS:
    /// Once more with these.
    void againRequested(const escale::gui::BuildSettings& settings);
    void failedStepRequested(const QString& build);
    void imageRequested(const QString& image);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildTable();
    void buildActions();
    QWidget* buildDetails();
    QAction* add(const char* name, const char* iconName, const QString& text, const QKeySequence& key,
                 void (HistoryTab::*run)());
    void takeBuilds(const Result<dbus::BuildList>& list);
    void takeCurrent();
    void takeEvents(const QList<BuildEvent>& events);
    void showBuild();
    void updateActions();
    [[nodiscard]] QStringList selected() const;
    void again();
    void compare();
    void openFailed();
    void showImage();
    void askRemove();

    EngineClient& m_client;
    BuildsModel* m_model;
    ListReader<dbus::BuildList> m_builds;
    TableStack* m_stack;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    QSplitter* m_splitter;
    BuildGraphView* m_graph;
    StepPanel* m_panel;
    BuildEventsReader* m_reader;
    BuildModel m_shown;
    QString m_id; // of the build that is shown
    QTimer m_second;
    QAction *m_again = nullptr, *m_compare = nullptr, *m_failed = nullptr, *m_image = nullptr,
            *m_remove = nullptr;
    bool m_isUnread = false; // as the banner says
};

} // namespace escale::gui
