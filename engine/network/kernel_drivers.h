// Which kinds of interface this kernel can make.
#pragma once

#include "engine/base/result.h"

#include <string>

namespace escale {

struct DriverSupport {
    bool bridge = false;
    bool macvlan = false;
    bool ipvlan = false;
    bool vlan = false;  // parents like "eth0.7" that are not there yet
    bool dummy = false; // macvlan and ipvlan networks without a parent
};

/// Asks the kernel, which may load its modules for it; makes nothing. Root only, from any thread; well below
/// a millisecond when no module is loaded.
Result<DriverSupport> driverSupport();

/// Unsupported: "this kernel has no driver ipvlan (module ipvlan, CONFIG_IPVLAN)".
Error missingDriver(const std::string& kind);

} // namespace escale
