// Steps of the main job around networks.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// Makes a network in the dialog, whose subnet the engine chooses.
Result<void> makeNetwork(Driver& driver, const QString& name);
/// In the Run dialog that is open: the network among those there are.
Result<void> chooseNetwork(Driver& driver, const QString& network);
/// The container becomes a member of the network, by the dialog and the keyboard.
Result<void> connectTo(Driver& driver, const QString& network, const QString& container);
/// The topology shows both, tied together, and what goes between them.
Result<void> seeInTopology(Driver& driver, const QString& network, const QString& container);
/// In the Run dialog: the port that the demo image listens on.
Result<void> publishOffered(Driver& driver);
/// The topology tells who can reach the container's published port.
Result<void> seeWhoReaches(Driver& driver, const QString& container);
Result<void> disconnectFrom(Driver& driver, const QString& network, const QString& container);
Result<void> removeNetwork(Driver& driver, const QString& name);
/// For a picture: "networks", "networks-rules", "networks-create", "networks-topology". Two networks with
/// these containers in them are there.
Result<void> showNetworks(Driver& driver, const QString& pane, const QString& network,
                          const QString& container);

} // namespace escale::test
