// All there is to know of the selected volume: its files, the containers that have it, facts.
#pragma once

#include "helper/dbus/types.h"

#include <QTabWidget>

namespace escale::gui {

class EngineClient;
class Facts;
class FilesTab;
class TableStack;
class VolumeUsersModel;

class VolumeTabs : public QTabWidget {
    Q_OBJECT
public:
    explicit VolumeTabs(EngineClient& client, QWidget* parent = nullptr);
    /// Null: none is selected.
    void setVolume(const dbus::Volume* volume);
    void showUsers();
    /// Reads the folder again that is shown.
    void readFiles();

Q_SIGNALS:
    void containerRequested(const QString& id);
    void runRequested();

private:
    void buildUsers();
    void showFacts(const dbus::Volume& volume);

    FilesTab* m_files;
    VolumeUsersModel* m_model;
    TableStack* m_users;
    Facts* m_facts;
};

} // namespace escale::gui
