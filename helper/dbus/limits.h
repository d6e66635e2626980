// What the engine's errors say when it does as much for a user as it may at once: those who wait for a place
// look for it.
#pragma once

#include <string_view>

namespace escale::dbus {

constexpr std::string_view kJobsRunningAlready = "jobs running already";

} // namespace escale::dbus
