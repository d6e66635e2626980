// Takes volumes away that no container has: shows which ones, how much is in them and when they were used
// last, before anything goes.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/common/action_dialog.h"

class QComboBox;
class QLabel;

namespace escale::gui {

class TableStack;
class VolumesModel;

class PruneVolumesDialog : public ActionDialog {
    Q_OBJECT
public:
    PruneVolumesDialog(EngineClient& client, dbus::VolumeList volumes, QWidget* parent);
    /// What would go now.
    [[nodiscard]] const dbus::VolumeList& plan() const { return m_plan; }

Q_SIGNALS:
    void pruned(const escale::gui::PrunedVolumes& volumes);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void buildPreview();
    void count();
    void renew();

    EngineClient& m_client;
    dbus::VolumeList m_volumes, m_plan;
    QComboBox* m_kind;
    QLabel* m_told;
    VolumesModel* m_model;
    TableStack* m_preview;
};

} // namespace escale::gui
