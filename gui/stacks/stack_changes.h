// What is in the files and not in what runs: both canonical forms beside each other, property by property.
// Pure.
#pragma once

#include "engine/stack/compose/node.h"

#include <QList>
#include <QString>

namespace escale::gui {

struct StackChange {
    enum class Kind { Added, Removed, Changed };
    Kind kind = Kind::Changed;
    QString part;     // "services", "networks", …
    QString name;     // of the service, the network, …
    QString property; // "environment.DEBUG"; empty: all of it
    QString before, after;
    bool operator==(const StackChange&) const = default;
};

/// Both as `docker compose config` prints them. What is secret by its name is hidden.
QList<StackChange> changesBetween(const compose::Node& running, const compose::Node& wanted);

/// "services.web.environment.DEBUG"
QString pathOf(const StackChange& change);

} // namespace escale::gui
