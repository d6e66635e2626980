#include "engine/network/firewall.h"

#include <nftables/libnftables.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <mutex>

namespace escale::firewall {
namespace {

struct FreeContext {
    void operator()(nft_ctx* context) const { ::nft_ctx_free(context); }
};

std::string trimmed(std::string text) {
    // The first line says it; the others repeat the command with a marker below.
    text.erase(std::find(text.begin(), text.end(), '\n'), text.end());
    return text;
}

/// Runs commands and returns what they print. The context belongs to the calling thread's network namespace.
Result<std::string> run(const std::string& commands, const std::string& what) {
    // libnftables keeps global tables (interface names among them) without a lock.
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    const std::unique_ptr<nft_ctx, FreeContext> context(::nft_ctx_new(NFT_CTX_DEFAULT));
    if (!context)
        return fail(ErrorCode::SystemFailure, what + ": libnftables cannot be set up");
    ::nft_ctx_buffer_output(context.get());
    ::nft_ctx_buffer_error(context.get());
    if (::nft_run_cmd_from_buffer(context.get(), commands.c_str()) != 0)
        return fail(ErrorCode::SystemFailure,
                    what + ": " + trimmed(::nft_ctx_get_error_buffer(context.get())),
                    "Escale needs nftables with NAT in the kernel (nf_tables, nft_masq, nft_ct).");
    return std::string(::nft_ctx_get_output_buffer(context.get()));
}

bool hasLine(std::string_view text, const std::string& line) {
    return ("\n" + std::string(text)).find("\n" + line + "\n") != std::string::npos;
}

std::string chainAdditions(const BridgeNetwork& network) {
    const std::string chain = "add chain inet " + network.table + " ";
    return "add table inet " + network.table + "\n" + chain + "postrouting-" + network.bridge +
           " { type nat hook postrouting priority srcnat; policy accept; }\n" + chain + "forward-" +
           network.bridge + " { type filter hook forward priority filter; policy accept; }\n";
}

} // namespace

Result<void> validateTableName(std::string_view name) {
    const auto isWord = [](unsigned char c) { return c < 128 && (std::isalnum(c) != 0 || c == '_'); };
    if (name.empty() || name.size() > 31 || !std::all_of(name.begin(), name.end(), isWord) ||
        std::isalpha(static_cast<unsigned char>(name.front())) == 0)
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(name) + "\" is not a usable nftables table name",
                    "Use at most 31 letters, digits and \"_\", a letter first.");
    return {};
}

std::string installCommands(const BridgeNetwork& network) {
    const std::string subnet = network.subnet.toString();
    const std::string bridge = "\"" + network.bridge + "\"";
    const std::string in = " iifname " + bridge;
    const std::string out = " oifname " + bridge;
    const std::string postrouting = "inet " + network.table + " postrouting-" + network.bridge;
    const std::string forward = "inet " + network.table + " forward-" + network.bridge;
    return chainAdditions(network) + "flush chain " + postrouting +
           "\n"
           "add rule " +
           postrouting + " ip saddr " + subnet + " oifname != " + bridge +
           " masquerade\n"
           "flush chain " +
           forward +
           "\n"
           "add rule " +
           forward + out +
           " ct state established,related accept\n"
           "add rule " +
           forward + out + " iifname != " + bridge +
           " drop\n"
           "add rule " +
           forward + in +
           " meta nfproto ipv6 drop\n"
           "add rule " +
           forward + in + " ip saddr != " + subnet +
           " drop\n"
           "add rule " +
           forward + in + " accept\n";
}

Result<void> install(const BridgeNetwork& network) {
    TRY(run(installCommands(network), "cannot install the nftables rules of " + network.bridge));
    return {};
}

Result<void> remove(const BridgeNetwork& network) {
    const std::string what = "cannot remove the nftables rules of " + network.bridge;
    TRY_ASSIGN(const std::string tables, run("list tables inet", what));
    if (!hasLine(tables, "table inet " + network.table))
        return {};
    // Adding first makes the deletion succeed whether the chains are there or not; it is one transaction.
    const std::string chain = "chain inet " + network.table + " ";
    TRY(run(chainAdditions(network) + "flush " + chain + "postrouting-" + network.bridge + "\ndelete " +
                chain + "postrouting-" + network.bridge +
                "\n"
                "flush " +
                chain + "forward-" + network.bridge + "\ndelete " + chain + "forward-" + network.bridge +
                "\n",
            what));
    TRY_ASSIGN(const std::string rest, run("list table inet " + network.table, what));
    if (rest.find("\tchain ") == std::string::npos)
        TRY(run("delete table inet " + network.table, what));
    return {};
}

} // namespace escale::firewall
