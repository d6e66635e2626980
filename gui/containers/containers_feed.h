// Keeps the model as the engine has it, without polling: the whole list once and when the engine comes back,
// afterwards the few containers that a signal names, each by itself.
#pragma once

#include "gui/common/list_reader.h"
#include "helper/dbus/types.h"

#include <QHash>
#include <QObject>

namespace escale::gui {

class ContainersModel;
class EngineClient;

class ContainersFeed : public QObject {
    Q_OBJECT
public:
    ContainersFeed(EngineClient& client, ContainersModel& model, QObject* parent);
    /// Reads the whole list.
    void refresh();

Q_SIGNALS:
    /// The model is up to date again.
    void taken();
    void failed(const escale::Error& error);

private:
    void takeChanges(const QStringList& ids);
    void readOne(const QString& id);

    EngineClient& m_client;
    ContainersModel& m_model;
    ListReader<dbus::ContainerList> m_reader;
    QHash<QString, bool> m_asked; // being read; true: changed since, to be read again
    int m_lists = 0;              // how many times the whole list was asked for
};

} // namespace escale::gui
