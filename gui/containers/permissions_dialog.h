// Who may do what with a file of a volume: boxes, the same as an octal number, and the owner's ids as
// containers see them.
#pragma once

#include "gui/client/files_place.h"
#include "gui/common/action_dialog.h"
#include "helper/dbus/types.h"

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace escale::gui {

class EngineClient;

class PermissionsDialog : public ActionDialog {
    Q_OBJECT
public:
    PermissionsDialog(EngineClient& client, FilesPlace place, QString path, const dbus::FileEntry& entry,
                      QWidget* parent);
    /// What would be asked for now: only what differs from how it is.
    [[nodiscard]] QVariantMap options() const;
    /// The permission and set-id bits that the boxes say.
    [[nodiscard]] uint mode() const;

Q_SIGNALS:
    void changed();

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    QWidget* makeBoxes();
    void setMode(uint mode);
    [[nodiscard]] bool isRecursive() const;

    EngineClient& m_client;
    FilesPlace m_place;
    QString m_path;
    dbus::FileEntry m_entry;
    QCheckBox* m_boxes[12] = {}; // by bit
    QCheckBox* m_recursive = nullptr;
    QLineEdit* m_octal;
    QSpinBox *m_user, *m_group;
    bool m_setting = false;
};

} // namespace escale::gui
