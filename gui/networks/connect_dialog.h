// Puts a container into a network, with the aliases and addresses it has there.
#pragma once

#include "gui/common/action_dialog.h"
#include "helper/dbus/types.h"

class QComboBox;
class QLineEdit;

namespace escale::gui {

class EngineClient;
class NotedField;

class ConnectDialog : public ActionDialog {
    Q_OBJECT
public:
    /// `network` and `containers`: what to begin with; may be empty.
    ConnectDialog(EngineClient& client, dbus::NetworkList networks, dbus::ContainerList containers,
                  const QString& network, const QStringList& chosen, QWidget* parent);

Q_SIGNALS:
    /// Names.
    void connected(const QString& container, const QString& network);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    void fillContainers();
    void edited();
    [[nodiscard]] const dbus::Network* network() const;
    [[nodiscard]] QVariantMap options() const;

    EngineClient& m_client;
    dbus::NetworkList m_networks;
    dbus::ContainerList m_containers;
    QString m_chosen;
    QComboBox *m_network, *m_container;
    QLineEdit *m_aliases, *m_ip, *m_ip6, *m_mac;
    NotedField* m_rows[3] = {}; // of the addresses
};

} // namespace escale::gui
