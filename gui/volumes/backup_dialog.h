// Asks where the back-up of a volume goes, and how it is made.
#pragma once

#include "gui/common/action_dialog.h"
#include "gui/volumes/volume_archives.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace escale::gui {

class BackupDialog : public ActionDialog {
    Q_OBJECT
public:
    BackupDialog(dbus::Volume volume, QWidget* parent);
    [[nodiscard]] BackupRequest request() const;

Q_SIGNALS:
    void chosen(const escale::gui::BackupRequest& request);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void choose();
    void takeCompression();
    [[nodiscard]] QString file() const;

    dbus::Volume m_volume;
    QLineEdit* m_file;
    QComboBox* m_compression;
    QCheckBox* m_pause = nullptr;
};

} // namespace escale::gui
