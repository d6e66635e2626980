#include "engine/network/ruleset_watch.h"

#include "engine/base/thread.h"
#include "engine/network/firewall.h"
#include "engine/network/nft_commands.h"

#include <netlink/attr.h>
#include <netlink/msg.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <vector>

namespace escale {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(1);
/// Room for the notices of a large ruleset that is flushed while this thread waits for a processor.
constexpr int kReceiveBuffer = 4 << 20;

Result<UniqueFd> subscribe() {
    UniqueFd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER));
    const int group = NFNLGRP_NFTABLES;
    // Bound, since the kernel tells sockets without a number nothing of the changes that nobody asked for.
    sockaddr_nl any{.nl_family = AF_NETLINK};
    if (!socket || ::bind(socket.get(), reinterpret_cast<sockaddr*>(&any), sizeof any) != 0 ||
        ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) != 0)
        return failErrno("cannot watch the nftables rules");
    (void)::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBuffer, sizeof kReceiveBuffer);
    return socket;
}

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
    std::unique_ptr<RulesetWatch> watch(new RulesetWatch);
    watch->m_table = std::move(table);
    watch->m_lost = std::move(lost);
    watch->m_quiet = quiet;
    TRY_ASSIGN(watch->m_socket, subscribe());
    watch->m_stop = UniqueFd(::eventfd(0, EFD_CLOEXEC));
    if (!watch->m_stop)
        return failErrno("cannot watch the nftables rules");
    TRY_ASSIGN(watch->m_thread, startThread([self = watch.get()] { self->watch(); }));
    return watch;
}

RulesetWatch::~RulesetWatch() {
    if (!m_thread.joinable())
        return;
    (void)::eventfd_write(m_stop.get(), 1);
    m_thread.join();
}

int RulesetWatch::millisecondsLeft() const {
    if (!m_isLost)
        return -1;
    const auto due = std::min(m_lastLoss + m_quiet, m_firstLoss + kLongestWait);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due - Clock::now());
    return static_cast<int>(std::max(left, std::chrono::milliseconds(0)).count());
}

void RulesetWatch::watch() {
    std::array<pollfd, 2> entries{{{m_socket.get(), POLLIN, 0}, {m_stop.get(), POLLIN, 0}}};
    for (;;) {
        (void)::poll(entries.data(), entries.size(), millisecondsLeft());
        if (entries[1].revents != 0)
            return;
        // A message at a time, so that without a wait each loss is told by itself.
        if (entries[0].revents != 0 && !receive())
            return;
        if (m_isLost && millisecondsLeft() == 0) {
            m_isLost = false;
            m_lost(m_by);
        }
    }
}

/// False when the socket is of no use any more.
bool RulesetWatch::receive() {
    std::vector<char> buffer(64 << 10);
    const ssize_t size = ::recv(m_socket.get(), buffer.data(), buffer.size(), 0);
    if (size < 0 && errno == ENOBUFS)
        noteLoss({});
    else if (size < 0 && errno != EAGAIN && errno != EINTR)
        return false;
    if (size > 0)
        read(buffer.data(), static_cast<std::size_t>(size));
    return true;
}

void RulesetWatch::read(const char* bytes, std::size_t size) {
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
        if (m_deletedInTransaction && !nft::isOwnPort(header->nlmsg_pid))
            noteLoss(textOf(attribute(NFTA_GEN_PROC_NAME)));
        m_deletedInTransaction = false;
    }
}

void RulesetWatch::noteLoss(const std::string& by) {
    m_lastLoss = Clock::now();
    if (!m_isLost)
        m_firstLoss = m_lastLoss;
    m_isLost = true;
    m_by = by;
}

} // namespace escale
