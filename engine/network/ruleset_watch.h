// Tells when somebody else has taken rules of ours away: `nft flush ruleset`, a firewall that is reloaded, an
// administrator who deletes one. The kernel notes every change of nftables (NFNLGRP_NFTABLES) with the thread
// that made it, so this process's own changes are told from others'.
#pragma once

#include "engine/base/result.h"
#include "engine/network/netlink_watch.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace escale {

class RulesetWatch {
public:
    /// `by` is the program that did it as the kernel names it ("nft", "firewalld"); empty when the kernel had
    /// more to tell than we could take in, and rules may or may not be missing. Called on the watching
    /// thread, once for all that went until nothing more did for `quiet` (a second at most); it installs the
    /// rules again, and may take its time. Rules that were added to our table are nobody's loss and not told.
    using Listener = std::function<void(const std::string& by)>;

    /// Watches the table (families inet and netdev) of the calling thread's network namespace.
    static Result<std::unique_ptr<RulesetWatch>>
    start(std::string table, Listener lost, std::chrono::milliseconds quiet = std::chrono::milliseconds(200));
    RulesetWatch(const RulesetWatch&) = delete;
    RulesetWatch& operator=(const RulesetWatch&) = delete;
    /// Returns when no call of the listener runs any more.
    ~RulesetWatch() = default;

private:
    RulesetWatch(std::string table, Listener lost)
        : m_table(std::move(table))
        , m_lost(std::move(lost)) {}
    NetlinkWatch::Notice receive(int socket);
    bool read(const char* bytes, std::size_t size);

    std::string m_table;
    Listener m_lost;
    // The watching thread's
    bool m_deletedInTransaction = false;
    std::string m_by;
    std::unique_ptr<NetlinkWatch> m_watch; // last: it uses the others
};

} // namespace escale
