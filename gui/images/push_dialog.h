// Sends an image to a registry: where to, as whom, in which compression. The dialog closes when the job has
// begun, and names it.
#pragma once

#include "gui/common/action_dialog.h"
#include "gui/images/push_request.h"
#include "gui/registry/registry_accounts.h"
#include "helper/dbus/types.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace escale::gui {

class PushDialog : public ActionDialog {
    Q_OBJECT
public:
    PushDialog(EngineClient& client, RegistryAccounts& accounts, const dbus::Image& image, QWidget* parent);
    /// As it stands written.
    [[nodiscard]] PushRequest request() const;

Q_SIGNALS:
    void begun(escale::gui::Job* job, const escale::gui::PushRequest& request);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void tell();
    void lookForAccount();
    void showAccount(const Result<RegistryAccount>& account);
    void openAccount();
    /// Of what is written; empty when that is no name.
    [[nodiscard]] QString registry() const;

    EngineClient& m_client;
    RegistryAccounts& m_accounts;
    dbus::Image m_image;
    QString m_asked; // registry whose account is shown
    QLineEdit* m_target;
    QComboBox* m_compression;
    QLabel *m_account, *m_note;
    QPushButton* m_logIn;
    QTimer m_pause; // while one types
};

} // namespace escale::gui
