#include "engine/network/firewall.h"

#include <nftables/libnftables.h>

#include <algorithm>
#include <cctype>
#include <initializer_list>
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

/// How a listing begins a chain: "\tchain NAME {".
constexpr std::string_view kChainLine = "\n\tchain ";

std::string postroutingChain(const BridgeNetwork& network) {
    return "postrouting-" + network.bridge;
}
std::string forwardChain(const BridgeNetwork& network) {
    return "forward-" + network.bridge;
}

std::string chainAdditions(const BridgeNetwork& network) {
    const std::string chain = "add chain inet " + network.table + " ";
    std::string text = "add table inet " + network.table + "\n";
    text += chain + postroutingChain(network) +
            " { type nat hook postrouting priority srcnat; policy accept; }\n";
    text += chain + forwardChain(network) + " { type filter hook forward priority filter; policy accept; }\n";
    return text;
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
    std::string text = chainAdditions(network);
    const auto fill = [&](const std::string& chain, std::initializer_list<std::string> rules) {
        const std::string where = "inet " + network.table + " " + chain;
        const std::string addition = "add rule " + where + " ";
        text += "flush chain " + where + "\n";
        for (const auto& rule : rules)
            text.append(addition).append(rule).append("\n");
    };
    fill(postroutingChain(network), {"ip saddr " + subnet + " oifname != " + bridge + " masquerade"});
    fill(forwardChain(network),
         {"oifname " + bridge + " ct state established,related accept",
          "oifname " + bridge + " iifname != " + bridge + " drop",
          "iifname " + bridge + " meta nfproto ipv6 drop",
          "iifname " + bridge + " ip saddr != " + subnet + " drop", "iifname " + bridge + " accept"});
    return text;
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
    TRY_ASSIGN(const std::string content, run("list table inet " + network.table, what));
    std::size_t others = 0;
    std::string deletions;
    for (auto at = content.find(kChainLine); at != std::string::npos; at = content.find(kChainLine, at + 1)) {
        const auto start = at + kChainLine.size();
        const std::string chain = content.substr(start, content.find(' ', start) - start);
        if (chain == postroutingChain(network) || chain == forwardChain(network))
            deletions += "delete chain inet " + network.table + " " + chain + "\n";
        else
            ++others;
    }
    if (others == 0)
        deletions = "delete table inet " + network.table + "\n";
    if (!deletions.empty())
        TRY(run(deletions, what));
    return {};
}

} // namespace escale::firewall
