// What a network is made of, as commands that make the same by hand: for people who want to know. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <QString>

namespace escale::gui {

/// `docker network create …` that makes it.
QString dockerNetworkLine(const dbus::Network& network);
/// A shell script with comments: the docker command, then ip(8) and nft(8), endpoint by endpoint.
QString networkCommands(const dbus::Network& network);

} // namespace escale::gui
