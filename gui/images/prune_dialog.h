// Takes images away that nobody uses: shows which ones, and how many bytes, before anything goes.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/common/action_dialog.h"
#include "gui/images/prune_plan.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace escale::gui {

class ImagesModel;
class TableStack;

class PruneDialog : public ActionDialog {
    Q_OBJECT
public:
    PruneDialog(EngineClient& client, dbus::ImageList images, QWidget* parent);
    [[nodiscard]] const PrunePlan& plan() const { return m_plan; }

Q_SIGNALS:
    void pruned(const escale::gui::PrunedImages& images);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void buildPreview();
    void takeContainers(const Result<dbus::ContainerList>& containers);
    [[nodiscard]] PruneChoice choice() const;
    void renew();
    void readLabels();

    EngineClient& m_client;
    dbus::ImageList m_images;
    std::optional<QSet<QString>> m_used; // nothing: not known yet
    QHash<QString, QStringList> m_labels;
    int m_unreadLabels = -1; // documents that are being read; -1: nobody has asked for labels
    PrunePlan m_plan;
    QComboBox *m_kind, *m_age;
    QLineEdit* m_label;
    QLabel* m_told;
    ImagesModel* m_model;
    TableStack* m_preview;
};

} // namespace escale::gui
