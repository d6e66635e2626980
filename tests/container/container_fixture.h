// What the tests of running containers share: a machine of their own (network and mount namespaces), a store
// with an image made of busybox, and a picture of the machine to compare with a later one. Needs root and
// busybox-static.
#pragma once

#include "engine/container/containers.h"
#include "engine/store/store.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace escale::test {

constexpr uid_t kAlice = 1000;
constexpr uid_t kBob = 1001;
inline const std::string kImage = "docker.io/library/busybox:latest";
inline const std::string kImageBare = "docker.io/library/bare:latest";

/// Puts the calling thread (and those it makes) into new network and mount namespaces: mounts and interfaces
/// made from now on go away with the test's process at the latest. Returns why not, or "".
std::string enterOwnMachine();

/// Two layers: busybox with its links in /bin and /etc, then a layer with whiteouts: /etc/removed is gone,
/// /opaque hides what the first layer had there.
Result<void> commitBusybox(Store& store, uid_t owner, const std::function<void(NewImage&)>& change = {});

/// One layer with no shell: /app/busybox is a web server on the loopback's port 8080, /etc/secret is root's
/// alone.
Result<void> commitBare(Store& store, uid_t owner);

/// Everything that a container could leave behind, by name.
using MachinePicture = std::map<std::string, std::vector<std::string>>;
MachinePicture pictureOf(const std::string& stateFolder, const std::string& runFolder,
                         const std::string& cgroupParent, Store* store = nullptr);
/// The differences, readable; "" when there are none.
std::string differenceOf(const MachinePicture& before, const MachinePicture& after);

/// Polls `condition` for thirty seconds: an emulated machine is slow.
bool eventually(const std::function<bool()>& condition);

} // namespace escale::test
