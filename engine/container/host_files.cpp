#include "engine/container/host_files.h"

#include "engine/base/file.h"

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

std::string containerHosts(std::string_view hostname, std::string_view address) {
    std::string text = "127.0.0.1\tlocalhost\n"
                       "::1\tlocalhost ip6-localhost ip6-loopback\n"
                       "fe00::0\tip6-localnet\nff00::0\tip6-mcastprefix\n"
                       "ff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";
    text += std::string(address.empty() ? "127.0.1.1" : address) + "\t" + std::string(hostname) + "\n";
    return text;
}

} // namespace escale
