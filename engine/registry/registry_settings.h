// How a machine's registries are reached: mirrors, registries without verified HTTPS, authorities of their
// own, proxies. Its owner's choice, in /etc/escale/registries.json; all members may be absent:
//
//   {
//     "registry-mirrors": ["https://mirror.example"],           of docker.io; this and the next two as in
//     "insecure-registries": ["registry.lan:5000", "10.0.0.0/8"], Docker's daemon.json
//     "proxies": {"http-proxy": "http://proxy.lan:3128", "https-proxy": "…", "no-proxy": "lan,10.0.0.0/8"},
//     "registries": [{"location": "quay.io", "insecure": false,   these in the words of containers'
//     registries
//                     "mirror": [{"location": "mirror.lan:5000/quay", "insecure": true}]}]
//   }
//
// A mirror is asked first, without an account; the registry itself when no mirror has the image. Networks in
// "insecure-registries" match addresses, not names. Certificates of authorities stand in
// /etc/escale/certs.d/HOST[:PORT]/*.crt (and where Docker and containers look), beside the system's.
#pragma once

#include "engine/base/result.h"
#include "engine/registry/proxy.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct RegistryMirror {
    std::string host;   // as in Reference::registry
    std::string prefix; // what stands before a repository's name there; mostly empty
    bool insecure = false;
    std::string certificates; // as RegistryAccess::certificates
    bool operator==(const RegistryMirror&) const = default;

    /// "host[:port][/prefix]", with or without "https://"; "http://" says that it is insecure.
    static Result<RegistryMirror> parse(std::string_view location);
};

/// How one registry is reached.
struct RegistryAccess {
    std::vector<RegistryMirror> mirrors; // asked before the registry, in this order, for manifests and blobs
    /// By explicit choice: certificates are not verified, and plain HTTP is used when there is no HTTPS.
    bool insecure = false;
    std::string
        certificates;    // PEM, of authorities that count beside the system's; at most kLongestCertificates
    ProxySettings proxy; // none set: the environment's
    bool operator==(const RegistryAccess&) const = default;

    /// Of a more particular choice over this one: its mirrors and its proxy come first, the rest is united.
    [[nodiscard]] RegistryAccess overlaidWith(const RegistryAccess& choice) const;
};

constexpr std::size_t kLongestCertificates = 64 * 1024; // of a registry and its mirrors together
constexpr std::size_t kMostMirrors = 8;

class RegistrySettings {
public:
    /// InvalidArgument, naming the member, for what is malformed or unknown.
    static Result<RegistrySettings> parse(std::string_view json);
    /// Of a file; all defaults when it does not exist. Errors name the file.
    static Result<RegistrySettings> load(const std::string& file);
    /// /etc/escale/registries.json, or the file that ESCALE_REGISTRIES names.
    static Result<RegistrySettings> ofMachine();

    /// With the certificates of its and its mirrors' folders; an unreadable file is an error.
    [[nodiscard]] Result<RegistryAccess> accessTo(const std::string& registry) const;
    /// What else is fetched goes by it, too. None set: the environment's.
    [[nodiscard]] const ProxySettings& proxy() const { return m_proxy; }

private:
    struct Entry {
        std::string location;
        bool insecure = false;
        std::vector<RegistryMirror> mirrors;
    };
    [[nodiscard]] bool isInsecure(const std::string& registry) const;
    std::vector<Entry> m_entries;
    std::vector<std::string> m_insecure; // hosts and networks
    ProxySettings m_proxy;
};

/// All *.crt of the registry's folders below `roots`, one after another.
Result<std::string> certificatesFor(const std::string& registry, const std::vector<std::string>& roots);
/// localhost, 127.0.0.0/8, ::1: what is sent there does not leave the machine.
bool isLoopbackRegistry(const std::string& registry);
/// The folders where Escale, containers and Docker look.
const std::vector<std::string>& certificateFolders();

} // namespace escale
