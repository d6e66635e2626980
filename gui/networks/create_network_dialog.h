// Makes a network, of any driver that this machine has. The engine judges what is written while it is
// written; each of its answers stands under the field it is about, and what it would choose itself stands in
// the fields that are left empty.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/common/action_dialog.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace escale::gui {

class NotedField;

class CreateNetworkDialog : public ActionDialog {
    Q_OBJECT
public:
    CreateNetworkDialog(EngineClient& client, QWidget* parent);
    /// What would be asked for now.
    [[nodiscard]] QVariantMap options() const;
    [[nodiscard]] QString name() const;

Q_SIGNALS:
    void created(const QString& id, const QString& name);

protected:
    [[nodiscard]] QString problem() const override;
    void submit() override;

private:
    enum Row {
        Name,
        Driver,
        Parent,
        Vlan,
        Mode,
        Subnet,
        Range,
        Gateway,
        Ipv6,
        Subnet6,
        Gateway6,
        Internal,
        Icc,
        Masquerade,
        Mtu,
        Labels,
        RowCount
    };
    template <class Field>
    Field* addRow(Row row, const QString& title, const char* name, Field* field);
    void buildFields();
    void buildSwitches();
    void takeDrivers(const Result<dbus::NetworkDrivers>& drivers);
    void takeInterfaces(const Result<dbus::HostInterfaces>& interfaces);
    void fillModes();
    void showRows();
    void edited();
    [[nodiscard]] QString misspelling(Row row) const;
    void askCheck();
    void take(const NetworkCheck& check);
    [[nodiscard]] Row rowOf(const dbus::NetworkProblem& problem) const;
    [[nodiscard]] QString driver() const;
    [[nodiscard]] QString parentInterface() const;
    [[nodiscard]] bool isChecked(Row row) const;
    [[nodiscard]] QString text(Row row) const;

    EngineClient& m_client;
    QTimer m_pause; // between two keys
    quint64 m_asked = 0;
    NotedField* m_rows[RowCount] = {};
    QLabel* m_titles[RowCount] = {};
    QComboBox *m_driver, *m_parent, *m_mode;
    QSpinBox* m_vlan;
};

} // namespace escale::gui
