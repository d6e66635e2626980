// How a container ended, for whoever looks later: written once, whole or not at all.
#pragma once

#include "engine/base/result.h"

#include <string>

namespace escale {

struct ExitRecord {
    int code = 0;   // exit code, 128 + signal when a signal ended it
    int signal = 0; // 0 when it exited by itself
    bool oomKilled = false;
    std::string finishedAt; // RFC 3339 with nanoseconds
};

/// {"exitCode":n,"signal":n,"oomKilled":bool,"finishedAt":"…"}, synced, then renamed to `path`.
Result<void> writeExitRecord(const std::string& path, const ExitRecord& record);

} // namespace escale
