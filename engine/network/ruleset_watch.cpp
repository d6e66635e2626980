#include "engine/network/ruleset_watch.h"

#include "engine/network/firewall.h"
#include "engine/network/nft_commands.h"

#include <netlink/attr.h>
#include <netlink/msg.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>

#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace escale {
namespace {

constexpr const char* kWhat = "cannot watch the nftables rules";
/// Room for the notices of a large ruleset that is flushed while this thread waits for a processor.
constexpr int kReceiveBuffer = 4 << 20;

bool isDeletion(unsigned message) {
    return message == NFT_MSG_DELTABLE || message == NFT_MSG_DELCHAIN || message == NFT_MSG_DELRULE ||
           message == NFT_MSG_DELSET || message == NFT_MSG_DELSETELEM;
}

/// Every kind of message has the table's name as its first attribute.
constexpr int kTableName = NFTA_RULE_TABLE;
static_assert(NFTA_TABLE_NAME == kTableName && NFTA_CHAIN_TABLE == kTableName &&
              NFTA_SET_TABLE == kTableName && NFTA_SET_ELEM_LIST_TABLE == kTableName);

std::string textOf(nlattr* attribute) {
    if (attribute == nullptr)
        return {};
    const auto* text = static_cast<const char*>(::nla_data(attribute));
    return {text, ::strnlen(text, static_cast<std::size_t>(::nla_len(attribute)))};
}

} // namespace

Result<std::unique_ptr<RulesetWatch>> RulesetWatch::start(std::string table, Listener lost,
                                                          std::chrono::milliseconds quiet) {
    TRY(firewall::validateTableName(table));
    TRY_ASSIGN(UniqueFd socket, NetlinkWatch::subscribe(NETLINK_NETFILTER, {NFNLGRP_NFTABLES}, kWhat));
    (void)::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBuffer, sizeof kReceiveBuffer);
    std::unique_ptr<RulesetWatch> watch(new RulesetWatch(std::move(table), std::move(lost)));
    RulesetWatch* const self = watch.get();
    TRY_ASSIGN(watch->m_watch, NetlinkWatch::start(std::move(socket), quiet,
                                                   {[self](int from) { return self->receive(from); },
                                                    [self] { self->m_lost(self->m_by); }},
                                                   kWhat));
    return watch;
}

// A message at a time, so that without a wait each loss is told by itself.
NetlinkWatch::Notice RulesetWatch::receive(int socket) {
    std::vector<char> buffer(64 << 10);
    const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (size < 0 && errno == ENOBUFS) {
        m_by.clear();
        return NetlinkWatch::Notice::Told;
    }
    if (size < 0 && errno != EAGAIN && errno != EINTR)
        return NetlinkWatch::Notice::Broken;
    const bool isLost = size > 0 && read(buffer.data(), static_cast<std::size_t>(size));
    return isLost ? NetlinkWatch::Notice::Told : NetlinkWatch::Notice::None;
}

/// Whether rules of ours were taken away.
bool RulesetWatch::read(const char* bytes, std::size_t size) {
    bool isLost = false;
    int left = static_cast<int>(size);
    for (auto* header = reinterpret_cast<nlmsghdr*>(const_cast<char*>(bytes)); ::nlmsg_ok(header, left) != 0;
         header = ::nlmsg_next(header, &left)) {
        if (NFNL_SUBSYS_ID(header->nlmsg_type) != NFNL_SUBSYS_NFTABLES ||
            header->nlmsg_len < NLMSG_LENGTH(sizeof(nfgenmsg)))
            continue;
        const unsigned message = NFNL_MSG_TYPE(header->nlmsg_type);
        const auto* family = static_cast<const nfgenmsg*>(::nlmsg_data(header));
        const auto attribute = [&](int type) { return ::nlmsg_find_attr(header, sizeof(nfgenmsg), type); };
        // The guards of endpoints are in the family netdev. One goes with its device, too: then the kernel
        // tells of it, if at all, as of something that nobody (port 0) has asked for, and in no transaction.
        const bool isOurs = family->nfgen_family == NFPROTO_INET ||
                            (family->nfgen_family == NFPROTO_NETDEV && header->nlmsg_pid != 0);
        if (isDeletion(message) && isOurs && textOf(attribute(kTableName)) == m_table)
            m_deletedInTransaction = true;
        if (message != NFT_MSG_NEWGEN)
            continue;
        // The end of a transaction says whose it was.
        if (m_deletedInTransaction && !nft::isOwnPort(header->nlmsg_pid)) {
            m_by = textOf(attribute(NFTA_GEN_PROC_NAME));
            isLost = true;
        }
        m_deletedInTransaction = false;
    }
    return isLost;
}

} // namespace escale
