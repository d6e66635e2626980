// What a stack's drawing shows, without any geometry: services, networks and volumes of its file, the state
// that its containers and what is done to them give them, and how they hang together. Pure.
#pragma once

#include "engine/stack/compose/project.h"
#include "gui/stacks/stack_progress.h"
#include "helper/dbus/types.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace escale::gui {

struct StackNode {
    enum class Kind { Service, Network, Volume };
    enum class State {
        Absent, // has no container
        Off,    // a profile leaves it out
        Waiting,
        Working, // something is done to it
        Starting,
        Running,
        Healthy,
        Unhealthy,
        Paused,
        Ended,  // well
        Failed, // its last run, or what was done to it
    };
    Kind kind = Kind::Service;
    QString id;   // unique, the same from one drawing to the next: "service:web"
    QString name; // as in the file
    State state = State::Absent;
    QString words;     // its state: "2 of 3 run", "waits for db: healthy"
    QString image;     // of a service
    QStringList ports; // "8080:80"
    int replicas = 1, running = 0;
    bool isExternal = false; // a network or volume that is somebody else's
    int hue = -1;            // of a network
    compose::Place place;    // in the file
};

struct StackEdge {
    enum class Kind { Depends, Joins, Mounts };
    Kind kind = Kind::Depends;
    QString from, to; // a service; what it depends on, joins or mounts
    QString label;    // the condition, when it is not the usual one
    bool isRequired = true;
    bool isOff = false; // at its beginning is a service that a profile leaves out
};

struct StackGraph {
    QList<StackNode> nodes; // services, networks, volumes, in the file's order
    QList<StackEdge> edges;

    [[nodiscard]] const StackNode* node(const QString& id) const;
    /// Itself and what it is tied to.
    [[nodiscard]] QStringList around(const QString& id) const;
};

/// `project` may be empty (no services): then the containers alone tell what there is.
StackGraph makeStackGraph(const compose::Project& project, const dbus::StackContainers& containers,
                          const StackProgress& progress);

QString serviceNode(const QString& service);
/// In one sentence, for a screen reader.
QString spokenNode(const StackGraph& graph, const StackNode& node);

} // namespace escale::gui
