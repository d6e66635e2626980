#include "engine/container/host_files.h"

#include "engine/base/file.h"
#include "engine/container/option_forms.h"

#include <sstream>

namespace escale {
namespace {

struct Filtered {
    std::string text;
    bool hasServer = false;
};

// Without comments and without name servers on the host's loopback, which is not the container's.
Filtered withoutLoopback(std::string_view content) {
    Filtered result;
    std::istringstream lines{std::string(content)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string keyword;
        std::string value;
        words >> keyword >> value;
        if (keyword.empty() || keyword.front() == '#' || keyword.front() == ';')
            continue;
        if (keyword == "nameserver") {
            if (value.starts_with("127.") || value == "::1")
                continue;
            result.hasServer = true;
        }
        result.text += line + "\n";
    }
    return result;
}

} // namespace

std::string containerResolvConf(std::string_view host, std::string_view upstream) {
    Filtered own = withoutLoopback(host);
    if (own.hasServer)
        return std::move(own.text);
    Filtered real = withoutLoopback(upstream);
    return real.hasServer ? std::move(real.text) : std::move(own.text);
}

std::string hostResolvConf() {
    // A machine without either has no name service; its containers then have none.
    const auto host = readFile("/etc/resolv.conf", 64 * 1024);
    const auto upstream = readFile("/run/systemd/resolve/resolv.conf", 64 * 1024);
    return containerResolvConf(host ? *host : std::string(), upstream ? *upstream : std::string());
}

std::string withDnsOptions(std::string_view text, const ContainerOptions& options) {
    if (options.dns.empty() && options.dnsSearch.empty() && options.dnsOptions.empty())
        return std::string(text);
    std::string result;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        const std::string keyword = line.substr(0, line.find_first_of(" \t"));
        const bool replaced = (keyword == "nameserver" && !options.dns.empty()) ||
                              ((keyword == "search" || keyword == "domain") && !options.dnsSearch.empty()) ||
                              (keyword == "options" && !options.dnsOptions.empty());
        if (!replaced)
            result += line + "\n";
    }
    for (const auto& server : options.dns)
        result += "nameserver " + server + "\n";
    const auto list = [&result](const char* keyword, const Texts& words) {
        if (words.empty() || words == Texts{"."}) // Docker's word for "none"
            return;
        result += keyword;
        for (const auto& word : words)
            result += " " + word;
        result += "\n";
    };
    list("search", options.dnsSearch);
    list("options", options.dnsOptions);
    return result;
}

std::string containerHosts(std::string_view hostname, std::string_view domainname, const Texts& addresses) {
    std::string text = "127.0.0.1\tlocalhost\n"
                       "::1\tlocalhost ip6-localhost ip6-loopback\n"
                       "fe00::0\tip6-localnet\nff00::0\tip6-mcastprefix\n"
                       "ff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";
    std::string names(hostname);
    if (!domainname.empty())
        names = names + "." + std::string(domainname) + " " + names;
    for (const auto& address : addresses.empty() ? Texts{"127.0.1.1"} : addresses)
        text += address + "\t" + names + "\n";
    return text;
}

Result<std::string> extraHostLines(const ContainerOptions& options, std::string_view gateway) {
    std::string text;
    for (const auto& line : options.extraHosts) {
        TRY_ASSIGN(const auto host, parseExtraHost(line));
        const bool isGateway = host.address == "host-gateway";
        if (isGateway && gateway.empty())
            return fail(ErrorCode::InvalidArgument,
                        "host-gateway has no address without the network bridge (" + line + ")",
                        "Give the address itself.");
        text += (isGateway ? std::string(gateway) : host.address) + "\t" + host.name + "\n";
    }
    return text;
}

} // namespace escale
