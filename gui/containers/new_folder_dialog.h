// Makes a folder among a volume's files.
#pragma once

#include "gui/client/files_place.h"
#include "gui/common/action_dialog.h"

class QLineEdit;

namespace escale::gui {

class EngineClient;

class NewFolderDialog : public ActionDialog {
    Q_OBJECT
public:
    NewFolderDialog(EngineClient& client, FilesPlace place, QString folder, QWidget* parent);

Q_SIGNALS:
    void made(const QString& name);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    EngineClient& m_client;
    FilesPlace m_place;
    QString m_folder;
    QLineEdit* m_name;
};

} // namespace escale::gui
