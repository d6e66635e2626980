// The containers that were made of the selected image.
#pragma once

#include "gui/common/list_reader.h"
#include "helper/dbus/types.h"

#include <QAbstractTableModel>
#include <QWidget>

namespace escale::gui {

class EngineClient;
class ErrorBanner;
class TableStack;

class UsersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, State, Image, Created, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setContainers(dbus::ContainerList containers);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    dbus::ContainerList m_rows;
};

class UsedByTab : public QWidget {
    Q_OBJECT
public:
    explicit UsedByTab(EngineClient& client, QWidget* parent = nullptr);
    void setImage(const dbus::Image* image);
    void take(const dbus::ContainerList& containers);
    [[nodiscard]] UsersModel& model() { return *m_model; }

Q_SIGNALS:
    void containerRequested(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void showUsers();
    void showState();

    EngineClient& m_client;
    UsersModel* m_model;
    TableStack* m_stack;
    ErrorBanner* m_error;
    ListReader<dbus::ContainerList> m_reader;
    dbus::ContainerList m_containers;
    QString m_digest;
    bool m_known = false;
};

} // namespace escale::gui
