// A container's state in the words of `docker ps`. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <cstdint>
#include <string>

namespace escale::docker_api {

/// How long, in docker's words: "Less than a second", "5 minutes", "About an hour", "3 weeks".
std::string durationText(std::int64_t milliseconds);

/// "Up 5 minutes (healthy)", "Exited (137) 2 hours ago", "Created" … `now`: Unix milliseconds.
std::string statusText(const dbus::Container& container, std::int64_t now);

/// It has processes, is paused or will soon run again: what Docker calls running.
bool countsAsRunning(const dbus::Container& container);

} // namespace escale::docker_api
