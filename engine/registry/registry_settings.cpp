#include "engine/registry/registry_settings.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/image/reference.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstdlib>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr const char* kFile = "/etc/escale/registries.json";
constexpr std::size_t kLongestFile = 1u << 20;

tl::unexpected<Error> wrong(std::string_view member, const std::string& why) {
    return fail(ErrorCode::InvalidArgument, "\"" + std::string(member) + "\" " + why);
}

Result<void> checkMembers(const Json& object, std::string_view where,
                          std::initializer_list<std::string_view> known) {
    if (!object.isObject())
        return wrong(where, "must be an object");
    for (const auto& [name, value] : object.members()) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            return wrong(name, "is not known in \"" + std::string(where) + "\"");
    }
    return {};
}

Result<bool> flag(const Json& object, std::string_view member) {
    const Json& value = object.at(member);
    if (!value.isNull() && !value.isBool())
        return wrong(member, "must be true or false");
    return value.toBool();
}

Result<const Json::Array*> list(const Json& object, std::string_view member) {
    const Json& value = object.at(member);
    if (!value.isNull() && !value.isArray())
        return wrong(member, "must be a list");
    return &value.items();
}

/// An IPv4 or IPv6 address as bytes; empty for a name.
std::vector<unsigned char> addressBytes(const std::string& text) {
    std::vector<unsigned char> bytes(sizeof(in6_addr));
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1)
        return bytes;
    bytes.resize(sizeof(in_addr));
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
        return bytes;
    return {};
}

std::string withoutPort(const std::string& host) {
    if (host.starts_with('['))
        return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.find(':'));
}

struct Network {
    std::vector<unsigned char> address;
    unsigned bits = 0;
};

Result<Network> parseNetwork(const std::string& text) {
    const std::size_t slash = text.find('/');
    Network network{addressBytes(text.substr(0, slash)), 0};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, network.bits);
    if (network.address.empty() || error != std::errc() || stop != end ||
        network.bits > network.address.size() * 8)
        return wrong(text, "is neither a registry nor a network such as 10.0.0.0/8");
    return network;
}

bool holds(const Network& network, const std::vector<unsigned char>& address) {
    if (address.size() != network.address.size())
        return false;
    for (unsigned bit = 0; bit < network.bits; ++bit) {
        const unsigned mask = 0x80U >> (bit % 8);
        if (((address[bit / 8] ^ network.address[bit / 8]) & mask) != 0)
            return false;
    }
    return true;
}

Result<ProxySettings> parseProxies(const Json& proxies) {
    TRY(checkMembers(proxies, "proxies", {"http-proxy", "https-proxy", "no-proxy"}));
    ProxySettings proxy;
    TRY_ASSIGN(proxy.http, proxies.getOptionalString("http-proxy"));
    TRY_ASSIGN(proxy.https, proxies.getOptionalString("https-proxy"));
    TRY_ASSIGN(proxy.noProxy, proxies.getOptionalString("no-proxy"));
    return proxy;
}

Result<RegistryMirror> parseMirror(const Json& mirror) {
    TRY(checkMembers(mirror, "mirror", {"location", "insecure"}));
    TRY_ASSIGN(const std::string location, mirror.getString("location"));
    TRY_ASSIGN(RegistryMirror parsed, RegistryMirror::parse(location));
    TRY_ASSIGN(const bool insecure, flag(mirror, "insecure"));
    parsed.insecure = parsed.insecure || insecure;
    return parsed;
}

} // namespace

Result<RegistryMirror> RegistryMirror::parse(std::string_view location) {
    RegistryMirror mirror;
    std::string_view rest = location;
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!rest.starts_with(scheme))
            continue;
        rest.remove_prefix(scheme.size());
        mirror.insecure = scheme == "http://";
    }
    while (rest.ends_with('/'))
        rest.remove_suffix(1);
    const std::size_t slash = rest.find('/');
    mirror.host = rest.substr(0, slash);
    if (slash != std::string_view::npos)
        mirror.prefix = rest.substr(slash + 1);
    if (!isRegistryHost(mirror.host) || (!mirror.prefix.empty() && !isRepositoryName(mirror.prefix)))
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(location) + "\" is not a mirror's address",
                    "write host, host:port or host:port/folder");
    return mirror;
}

RegistryAccess RegistryAccess::overlaidWith(const RegistryAccess& choice) const {
    RegistryAccess both = choice;
    both.mirrors.insert(both.mirrors.end(), mirrors.begin(), mirrors.end());
    both.insecure = both.insecure || insecure;
    if (!certificates.empty())
        both.certificates += (both.certificates.empty() ? "" : "\n") + certificates;
    if (!both.proxy.isSet())
        both.proxy = proxy;
    return both;
}

Result<RegistrySettings> RegistrySettings::parse(std::string_view text) {
    TRY_ASSIGN(const Json json, Json::parse(text));
    TRY(checkMembers(json, "registries.json",
                     {"registry-mirrors", "insecure-registries", "proxies", "registries"}));
    RegistrySettings settings;
    TRY_ASSIGN(settings.m_insecure, json.getStrings("insecure-registries"));
    for (const std::string& entry : settings.m_insecure) {
        if (entry.find('/') != std::string::npos) {
            TRY(parseNetwork(entry));
        } else if (!isRegistryHost(entry)) {
            return wrong(entry, "is neither a registry nor a network such as 10.0.0.0/8");
        }
    }
    if (json.contains("proxies")) {
        TRY_ASSIGN(settings.m_proxy, parseProxies(json.at("proxies")));
    }
    Entry hub{"docker.io", false, {}};
    TRY_ASSIGN(const auto mirrors, json.getStrings("registry-mirrors"));
    for (const std::string& location : mirrors) {
        TRY_ASSIGN(RegistryMirror mirror, RegistryMirror::parse(location));
        hub.mirrors.push_back(std::move(mirror));
    }
    settings.m_entries.push_back(std::move(hub));
    TRY_ASSIGN(const Json::Array* registries, list(json, "registries"));
    for (const Json& registry : *registries) {
        TRY(checkMembers(registry, "registries", {"location", "insecure", "mirror"}));
        Entry entry;
        TRY_ASSIGN(entry.location, registry.getString("location"));
        if (!isRegistryHost(entry.location))
            return wrong(entry.location, "is not a registry's host");
        TRY_ASSIGN(entry.insecure, flag(registry, "insecure"));
        TRY_ASSIGN(const Json::Array* own, list(registry, "mirror"));
        for (const Json& mirror : *own) {
            TRY_ASSIGN(RegistryMirror parsed, parseMirror(mirror));
            entry.mirrors.push_back(std::move(parsed));
        }
        settings.m_entries.push_back(std::move(entry));
    }
    for (const Entry& entry : settings.m_entries) {
        if (entry.mirrors.size() > kMostMirrors)
            return wrong(entry.location, "has more than " + std::to_string(kMostMirrors) + " mirrors");
    }
    return settings;
}

Result<RegistrySettings> RegistrySettings::load(const std::string& file) {
    if (!exists(file))
        return RegistrySettings();
    TRY_ASSIGN(const std::string text, readFile(file, kLongestFile));
    auto settings = parse(text);
    if (!settings)
        return fail(std::move(settings).error().prefixed(file));
    return settings;
}

Result<RegistrySettings> RegistrySettings::ofMachine() {
    const char* other = std::getenv("ESCALE_REGISTRIES");
    return load(other != nullptr ? other : kFile);
}

bool RegistrySettings::isInsecure(const std::string& registry) const {
    const std::vector<unsigned char> address = addressBytes(withoutPort(registry));
    return std::any_of(m_insecure.begin(), m_insecure.end(), [&](const std::string& entry) {
        if (entry.find('/') == std::string::npos)
            return entry == registry;
        const auto network = parseNetwork(entry);
        return network && !address.empty() && holds(*network, address);
    });
}

Result<RegistryAccess> RegistrySettings::accessTo(const std::string& registry) const {
    RegistryAccess access;
    access.proxy = m_proxy;
    access.insecure = isInsecure(registry);
    for (const Entry& entry : m_entries) {
        if (entry.location != registry)
            continue;
        access.insecure = access.insecure || entry.insecure;
        access.mirrors.insert(access.mirrors.end(), entry.mirrors.begin(), entry.mirrors.end());
    }
    TRY_ASSIGN(access.certificates, certificatesFor(registry, certificateFolders()));
    std::size_t size = access.certificates.size();
    for (RegistryMirror& mirror : access.mirrors) {
        mirror.insecure = mirror.insecure || isInsecure(mirror.host);
        TRY_ASSIGN(mirror.certificates, certificatesFor(mirror.host, certificateFolders()));
        size += mirror.certificates.size();
    }
    if (size > kLongestCertificates)
        return fail(ErrorCode::InvalidArgument,
                    "the certificates for " + registry + " and its mirrors are longer than 64 KiB together");
    return access;
}

bool isLoopbackRegistry(const std::string& registry) {
    const std::string host = withoutPort(registry);
    return host == "localhost" || host == "::1" || (host.starts_with("127.") && !addressBytes(host).empty());
}

const std::vector<std::string>& certificateFolders() {
    static const std::vector<std::string> folders{"/etc/escale/certs.d", "/etc/containers/certs.d",
                                                  "/etc/docker/certs.d"};
    return folders;
}

Result<std::string> certificatesFor(const std::string& registry, const std::vector<std::string>& roots) {
    std::string all;
    if (!isRegistryHost(registry)) // a name with slashes would lead elsewhere
        return all;
    for (const std::string& root : roots) {
        const std::string folder = root + "/" + registry;
        if (!exists(folder))
            continue;
        TRY_ASSIGN(const auto names, listDirectory(folder));
        for (const std::string& name : names) {
            if (!name.ends_with(".crt"))
                continue;
            TRY_ASSIGN(const std::string text, readFile(folder + "/" + name, kLongestCertificates));
            all += text + "\n";
        }
    }
    return all;
}

} // namespace escale
