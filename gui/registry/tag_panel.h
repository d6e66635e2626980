// The chosen tag before it is pulled: its platforms, what the pull would cost here, its layers and
// configuration. Reading takes a moment and may fail, which is said in place.
#pragma once

#include "gui/registry/tag_details.h"

#include <QFrame>
#include <QSet>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace escale::gui {

class ElidedLabel;
class EmptyState;
class Facts;
class TableStack;
class TagLayersModel;

class TagPanel : public QFrame {
    Q_OBJECT
public:
    explicit TagPanel(QWidget* parent = nullptr);
    /// A new one is chosen and being read; an empty name: none is.
    void begin(const QString& name);
    void setDetails(const TagDetails& details);
    void setError(const Error& error);
    /// diffIDs of this machine's layers; nothing: the engine has not told them.
    void setHere(const std::optional<QSet<QString>>& here);
    /// That is to be pulled; empty: this machine's.
    [[nodiscard]] QString chosenPlatform() const { return m_platform; }

Q_SIGNALS:
    void pullRequested();
    void deleteRequested();
    void platformChosen(const QString& platform);
    void retryRequested();

private:
    QWidget* buildSummary();
    QWidget* buildTabs();
    void showPlatforms();
    void showCost();
    void showFacts();

    QString m_name, m_platform;
    std::optional<TagDetails> m_details;
    std::optional<QSet<QString>> m_here;
    ElidedLabel* m_title;
    QComboBox* m_platforms;
    QLabel *m_cost, *m_costDetail;
    QProgressBar* m_share;
    Facts *m_facts, *m_config;
    QPushButton* m_pull;
    QToolButton* m_delete;
    QTabWidget* m_tabs;
    TagLayersModel* m_layers;
    TableStack* m_layerStack;
};

} // namespace escale::gui
