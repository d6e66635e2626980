// /proc as it is, whatever somebody has mounted over it or over files in it: what is written there decides
// what a container may do, and a write that lands elsewhere is a way out (CVE-2019-16884, CVE-2025-52881).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <linux/openat2.h>
#include <string>
#include <string_view>

namespace escale {

/// openat2(2)'s `resolve` for everything below the handle: no mount, no link out.
constexpr std::uint64_t kInProcfs = RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS;

/// The root of a procfs: a mount of our own, in no namespace, without what is mounted on the one that we see.
/// Where the kernel refuses that, the one that we see: what is mounted in it is then an error when it is met.
/// Untrusted when what stands at /proc is no procfs.
Result<UniqueFd> openProcfs();

/// Opens for writing below openProcfs() and writes once; `path` as "1/oom_score_adj".
Result<void> writeProcfs(const std::string& path, std::string_view data);

} // namespace escale
