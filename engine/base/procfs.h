// /proc as it is, whatever somebody has mounted over it or over files in it: what is written there decides
// what a container may do, and a write that lands elsewhere is a way out (CVE-2019-16884, CVE-2025-52881).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <string>
#include <string_view>

namespace escale {

/// The root of a procfs, to open files below with sys::kInProcfs: a mount of our own, in no namespace,
/// without what is mounted on the one that we see. Where the kernel refuses that, the one that we see: what
/// is mounted in it is then an error when it is met. Untrusted when what stands at /proc is no procfs.
Result<UniqueFd> openProcfs();

/// Opens for writing below openProcfs() and writes once; `path` as "1/oom_score_adj".
Result<void> writeProcfs(const std::string& path, std::string_view data);

} // namespace escale
