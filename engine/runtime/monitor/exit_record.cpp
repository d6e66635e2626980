#include "engine/runtime/monitor/exit_record.h"

#include "engine/base/file.h"
#include "engine/base/json.h"

namespace escale {

Result<void> writeExitRecord(const std::string& path, const ExitRecord& record) {
    Json json;
    json.set("exitCode", record.code).set("signal", record.signal).set("oomKilled", record.oomKilled);
    json.set("finishedAt", record.finishedAt);
    return writeFileAtomically(path, json.dump() + "\n", 0644);
}

} // namespace escale
