// nftables commands through libnftables, in the calling thread's network namespace. Used inside this module
// only.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace escale::nft {

/// Runs commands as one transaction and returns what they print. `what` begins the error: "cannot …".
/// NotFound: what they name is not there. Unsupported: the kernel lacks what they need.
Result<std::string> run(const std::string& commands, const std::string& what);

/// The same for commands that change something, told as the step "nft-run" (base/making.h). `where`: whose
/// namespace this thread is in, "host" or "container".
Result<void> change(const std::string& commands, const std::string& what, const char* where = "host");
/// Tells of commands whose rules were there already.
void reuse(const std::string& commands);

/// The same for a listing, by libnftables' JSON (libnftables-json(5)): the array of its objects. NotFound:
/// what is listed is not there. The elements of named sets and maps may be many: without them it costs the
/// same however many there are.
enum class Elements { Listed, LeftOut };
Result<Json> list(const std::string& command, const std::string& what, Elements elements);

/// Held by whoever looks at the table and then changes it by what was seen (the last one out deletes it).
std::unique_lock<std::mutex> lockTable();

/// Whether commands were sent from that netlink port here a short while ago: so a listener to the kernel's
/// notices knows this process's own changes. (They name the thread, too, but as the first pid namespace
/// numbers it.)
bool isOwnPort(std::uint32_t port);

} // namespace escale::nft
