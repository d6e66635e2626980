// Puts a back-up into a new volume, or in the place of what one holds: then it says first what would be lost.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/common/action_dialog.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace escale::gui {

class RestoreDialog : public ActionDialog {
    Q_OBJECT
public:
    /// `volume`: into which one at first; may be empty.
    RestoreDialog(EngineClient& client, dbus::VolumeList volumes, const QString& volume, QWidget* parent);
    void setFile(const QString& path);

Q_SIGNALS:
    /// The job goes on, and the dialog is closed.
    void begun(const QString& volume, Job* job);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void choose();
    void takeName();
    [[nodiscard]] QString name() const;
    [[nodiscard]] const dbus::Volume* target() const;

    EngineClient& m_client;
    dbus::VolumeList m_volumes;
    QLineEdit* m_file;
    QComboBox* m_name;
    QLabel* m_words;
    QCheckBox* m_replace;
    bool m_named = false; // the person has chosen a name
};

} // namespace escale::gui
