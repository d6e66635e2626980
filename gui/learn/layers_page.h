// The image's layers and the container's own, from the side: which one a file comes from, what hides it, and
// what the container changes while one looks.
#pragma once

#include "gui/learn/layers_view.h"
#include "gui/learn/learn_page.h"

#include <QTimer>

namespace escale::gui {

class EngineClient;
class LayerTrialBar;
class LayerWatch;
class PathField;

class LayersPage : public LearnPage {
    Q_OBJECT
public:
    explicit LayersPage(EngineClient& client, QWidget* parent = nullptr);
    [[nodiscard]] const ContainerLayersView& layers() const { return m_view; }
    /// Follows that path through the layers; empty: none.
    void follow(const QString& path);
    /// What the container does from now on is told.
    [[nodiscard]] bool isWatched() const { return m_isListed; }
    /// What the container has changed while it was watched, newest first.
    [[nodiscard]] const QList<CellsRow>& changes() const { return m_changes->rows(); }

protected:
    void refresh() override;
    void containerChanged() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;
    [[nodiscard]] bool showsStopped() const override { return true; }
    void hideEvent(QHideEvent* event) override;

private:
    void buildBelow();
    QWidget* titled(const QString& title, Table* table);
    void read();
    void takeContents(const ImageContentsPointer& contents);
    void takeHistory(const ImageDetails& details);
    void takeError(const Error& error);
    void readMounts();
    void takeEvents(const QList<LayerEvent>& events);
    void note(const LayerEvent& event);
    void showView();
    void updateTrial();
    [[nodiscard]] QString whyNotTry() const;

    EngineClient& m_client;
    ImageReader m_reader;
    LayerWatch* m_watch;
    PathField* m_path;
    LayerTrialBar* m_trial;
    CellsModel *m_changes, *m_hidden;
    Table *m_changesTable, *m_hiddenTable;
    ContainerLayersView m_view;
    QString m_read;     // the container that is shown
    OwnLayer m_listing; // while what was there already is told
    QList<CellsRow> m_notes;
    bool m_isListed = false, m_hasFailed = false;
    quint64 m_number = 0; // of the next note
    QTimer m_redraw, m_pulse;
};

} // namespace escale::gui
