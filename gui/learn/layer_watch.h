// Reads what a container changes in its own layer while it is open, and costs nothing when it is closed. GUI
// thread.
#pragma once

#include "engine/base/error.h"
#include "gui/learn/own_layer.h"
#include "helper/dbus/types.h"

#include <QDBusUnixFileDescriptor>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSocketNotifier>

#include <memory>

namespace escale::gui {

class EngineClient;
class Job;

class LayerWatch : public QObject {
    Q_OBJECT
public:
    explicit LayerWatch(EngineClient& client, QObject* parent = nullptr);
    void open(const QString& container);
    void close();
    [[nodiscard]] bool isOpen() const { return m_guard != nullptr; }

Q_SIGNALS:
    /// In their order; what was there already comes first, up to the one that is Listed.
    void events(const QList<escale::gui::LayerEvent>& events);
    /// It cannot be watched (any more). An end that was to be expected, as of a container that stops, tells
    /// nothing.
    void failed(const escale::Error& error);

private:
    void follow(const QDBusUnixFileDescriptor& lines);
    void read();

    EngineClient& m_client;
    std::unique_ptr<QObject> m_guard; // the call's and the job's; with it they end
    QPointer<Job> m_job;
    QDBusUnixFileDescriptor m_pipe;
    std::unique_ptr<QSocketNotifier> m_ready;
    QByteArray m_rest; // of an unfinished line
};

} // namespace escale::gui
