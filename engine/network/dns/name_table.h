// What the name server answers from: networks, the containers in them, their names, and where to ask further.
// The helper writes it as one piece of bytes, the server reads it as a whole or not at all.
#pragma once

#include "engine/base/result.h"
#include "engine/network/ip.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale::dns {

/// Another name server, at port 53.
struct Upstream {
    IpAddress address;
    std::uint32_t scope = 0; // the interface's number, for link-local addresses (fe80::1%eth0)
    auto operator<=>(const Upstream&) const = default;
};

/// Writes the bytes: servers, then each network followed by its endpoints.
class TableWriter {
public:
    explicit TableWriter(const std::vector<Upstream>& hostServers);
    void network(std::string_view name, bool isInternal, const std::vector<IpAddress>& gateways);
    /// In the network that was written last. `names`: valid ones, in lower case.
    void endpoint(std::string_view container, const std::vector<IpAddress>& addresses,
                  const std::vector<std::string>& names, const std::vector<Upstream>& servers);
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    void number(std::uint32_t value);
    void text(std::string_view value);
    void address(const IpAddress& value);
    void servers(const std::vector<Upstream>& list);
    std::string m_bytes;
};

/// Read-only; small: names stay in the bytes that were read.
class NameTable {
public:
    using Index = std::uint32_t;
    struct Network {
        std::string_view name;
        bool isInternal = false;
        std::vector<IpAddress> gateways;
    };
    struct Container {
        std::vector<Index> networks;
        std::vector<Upstream> servers; // its own; none: the host's
        bool mayAskOutside = false;    // one of its networks is not internal
    };

    NameTable() = default;
    NameTable(NameTable&&) noexcept = default;
    NameTable& operator=(NameTable&&) noexcept = default;
    /// Untrusted: not the writer's bytes.
    static Result<NameTable> read(std::string bytes);

    [[nodiscard]] const std::vector<Network>& networks() const { return m_networks; }
    [[nodiscard]] const std::vector<Upstream>& hostServers() const { return m_hostServers; }
    [[nodiscard]] const Container* containerAt(const IpAddress& address) const;
    /// The network whose gateway it is.
    [[nodiscard]] std::optional<Index> networkOfGateway(const IpAddress& address) const;
    /// The addresses of who is called so in one of these networks; nullopt: nobody is.
    [[nodiscard]] std::optional<std::vector<IpAddress>> find(std::string_view name,
                                                             const std::vector<Index>& networks) const;
    /// What the endpoint with this address is called, and in which network; nullopt: it is none of ours.
    struct Names {
        Index network = 0;
        std::vector<std::string_view> names;
    };
    [[nodiscard]] std::optional<Names> namesOf(const IpAddress& address) const;

private:
    class Reader;
    struct Range {
        Index first = 0;
        Index count = 0;
    };
    struct Endpoint {
        Index network = 0;
        Index container = 0;
        Range addresses; // in m_addresses
        Range names;     // in m_names
    };
    struct Place {
        IpAddress address;
        Index endpoint = 0;
    };
    struct Name {
        std::string_view name;
        Index endpoint = 0;
    };
    void sort();
    void collect(std::string_view name, Index network, std::vector<IpAddress>& found, bool& isKnown) const;
    [[nodiscard]] const Endpoint* endpointAt(const IpAddress& address) const;

    std::vector<char> m_bytes; // a vector's bytes stay where they are when it is moved
    std::vector<Upstream> m_hostServers;
    std::vector<Network> m_networks;
    std::vector<Container> m_containers;
    std::vector<Endpoint> m_endpoints;
    std::vector<IpAddress> m_addresses;
    std::vector<std::string_view> m_names; // in the endpoints' order
    std::vector<Name> m_byName;            // by name, then network
    std::vector<Place> m_byAddress;
    std::vector<Place> m_gateways; // the endpoint is the network's number here
};

} // namespace escale::dns
