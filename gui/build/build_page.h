// Builds an image: the folder and what is asked for, the Dockerfile with its graph beside it, and what the
// steps do. GUI thread.
#pragma once

#include "gui/build/build_settings.h"
#include "gui/client/engine_client.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace escale::gui {

class ActionNotice;
class BuildDelivery;
class BuildForm;
class BuildGraphView;
class BuildPlace;
class Confirmation;
class CurrentBuild;
class DockerfileEditor;
class EmptyState;
class ErrorBanner;
class FailureNote;
class RegistryAccounts;
class StepPanel;
class TransferBar;

class BuildPage : public QWidget {
    Q_OBJECT
public:
    BuildPage(EngineClient& client, RegistryAccounts& accounts, QWidget* parent = nullptr);
    ~BuildPage() override;
    /// Opens the Dockerfile there; what is not saved is asked for first.
    void openPlace(const QString& folder, const QString& dockerfile);
    /// With what an earlier build had; secrets' files are asked for.
    void setSettings(const BuildSettings& settings);
    void setFilter(const QString& text);
    void focusContent();
    void openFailedStep(const QString& build);
    [[nodiscard]] bool isModified() const;
    /// For the pane's tools and menus.
    [[nodiscard]] QAction* buildAction() const { return m_build; }
    [[nodiscard]] QAction* cancelAction() const { return m_cancel; }
    [[nodiscard]] QAction* saveAction() const { return m_save; }
    [[nodiscard]] CurrentBuild& current() { return *m_current; }
    [[nodiscard]] DockerfileEditor& editor() { return *m_editor; }
    [[nodiscard]] BuildForm& form() { return *m_form; }
    [[nodiscard]] BuildGraphView& graph() { return *m_graph; }

Q_SIGNALS:
    void stateChanged();
    void imageRequested(const QString& image);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildActions();
    void buildLayout();
    QWidget* buildEmpty();
    QWidget* buildStatus();
    void connectParts();
    QAction* add(const char* name, const char* iconName, const QString& text, const QKeySequence& key,
                 void (BuildPage::*run)());
    void takePlace(const QString& folder, const QString& dockerfile);
    void offerTemplate();
    void replan();
    void build();
    void cancel();
    void save();
    void takeChange();
    void takeEnd();
    void markLines();
    void showStep(const QString& step);
    void showLine(const QString& step);
    void showStatus();
    void updateActions();

    EngineClient& m_client;
    CurrentBuild* m_current;
    BuildDelivery* m_delivery;
    BuildPlace* m_place;
    BuildForm* m_form;
    DockerfileEditor* m_editor;
    BuildGraphView* m_graph;
    StepPanel* m_panel;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QSplitter *m_upper, *m_whole;
    ErrorBanner* m_error;
    FailureNote* m_failure;
    Confirmation* m_confirmation;
    ActionNotice* m_notice;
    TransferBar* m_transfer;
    QLabel *m_status, *m_sending;
    QProgressBar* m_progress;
    QPushButton* m_image;
    QAction *m_build = nullptr, *m_cancel = nullptr, *m_save = nullptr;
    QTimer m_pause; // while one types
    QTimer m_tick;
    QString m_folder, m_dockerfile;
    bool m_isOpen = false;
};

} // namespace escale::gui
