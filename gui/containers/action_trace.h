// What an action is: its title, the docker command and the call to the engine that do the same, and what the
// kernel is asked to do. What may be secret is hidden (secrets.h). Pure.
#pragma once

#include "gui/client/bus_call.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace escale::gui {

struct ActionTrace {
    QString title;      // "Stop web"
    QString docker;     // may be several lines
    QString call;       // busctl
    QStringList kernel; // steps in their order
};

/// Nothing for calls that only read. `nameOf`: a container's name by its id.
std::optional<ActionTrace> traceOf(const BusCall& call,
                                   const std::function<QString(const QString& id)>& nameOf);

} // namespace escale::gui
