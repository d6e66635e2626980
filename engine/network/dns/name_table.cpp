#include "engine/network/dns/name_table.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <tuple>

namespace escale::dns {
namespace {

constexpr std::uint32_t kFormat = 0x45444e31; // of the bytes
constexpr std::size_t kMost = 1u << 20;       // of anything

enum Kind : std::uint32_t { NetworkFollows = 1, EndpointFollows = 2 };

} // namespace

TableWriter::TableWriter(const std::vector<Upstream>& hostServers) {
    number(kFormat);
    servers(hostServers);
}

void TableWriter::number(std::uint32_t value) {
    m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void TableWriter::text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    m_bytes += value;
}

void TableWriter::address(const IpAddress& value) {
    const auto bytes = value.bytes();
    text({reinterpret_cast<const char*>(bytes.data()), value.width() / 8});
}

void TableWriter::servers(const std::vector<Upstream>& list) {
    number(static_cast<std::uint32_t>(list.size()));
    for (const auto& server : list) {
        address(server.address);
        number(server.scope);
    }
}

void TableWriter::network(std::string_view name, bool isInternal, const std::vector<IpAddress>& gateways) {
    number(NetworkFollows);
    text(name);
    number(isInternal ? 1 : 0);
    number(static_cast<std::uint32_t>(gateways.size()));
    for (const auto& gateway : gateways)
        address(gateway);
}

void TableWriter::endpoint(std::string_view container, const std::vector<IpAddress>& addresses,
                           const std::vector<std::string>& names, const std::vector<Upstream>& own) {
    number(EndpointFollows);
    text(container);
    number(static_cast<std::uint32_t>(addresses.size()));
    for (const auto& each : addresses)
        address(each);
    number(static_cast<std::uint32_t>(names.size()));
    for (const auto& name : names)
        text(name);
    servers(own);
}

class NameTable::Reader {
public:
    explicit Reader(NameTable& table)
        : m_table(table)
        , m_left(table.m_bytes.data(), table.m_bytes.size()) {}

    Result<void> run() {
        TRY_ASSIGN(const auto format, number());
        if (format != kFormat)
            return malformed();
        TRY_ASSIGN(m_table.m_hostServers, servers());
        while (!m_left.empty()) {
            TRY_ASSIGN(const auto kind, number());
            if (kind == NetworkFollows) {
                TRY(network());
            } else if (kind == EndpointFollows && !m_table.m_networks.empty()) {
                TRY(endpoint());
            } else {
                return malformed();
            }
        }
        return {};
    }

private:
    static tl::unexpected<Error> malformed() {
        return fail(ErrorCode::Untrusted, "the table of names is malformed");
    }
    Result<std::uint32_t> number() {
        std::uint32_t value = 0;
        if (m_left.size() < sizeof value)
            return malformed();
        std::memcpy(&value, m_left.data(), sizeof value);
        m_left.remove_prefix(sizeof value);
        return value;
    }
    Result<std::uint32_t> count() {
        TRY_ASSIGN(const auto value, number());
        if (value > kMost || value > m_left.size()) // each has a byte at least
            return malformed();
        return value;
    }
    Result<std::string_view> text() {
        TRY_ASSIGN(const auto size, number());
        if (size > m_left.size())
            return malformed();
        const auto value = m_left.substr(0, size);
        m_left.remove_prefix(size);
        return value;
    }
    Result<IpAddress> address() {
        TRY_ASSIGN(const auto bytes, text());
        std::array<std::uint8_t, 16> raw{};
        if (bytes.size() != 4 && bytes.size() != raw.size())
            return malformed();
        std::copy(bytes.begin(), bytes.end(), raw.begin());
        return IpAddress::fromBytes(bytes.size() == raw.size(), raw.data());
    }
    Result<std::vector<Upstream>> servers() {
        std::vector<Upstream> list;
        TRY_ASSIGN(const auto size, count());
        for (std::uint32_t i = 0; i < size; ++i) {
            Upstream server;
            TRY_ASSIGN(server.address, address());
            TRY_ASSIGN(server.scope, number());
            list.push_back(server);
        }
        return list;
    }

    Result<void> network() {
        Network network;
        TRY_ASSIGN(network.name, text());
        TRY_ASSIGN(const auto isInternal, number());
        network.isInternal = isInternal != 0;
        TRY_ASSIGN(const auto size, count());
        for (std::uint32_t i = 0; i < size; ++i) {
            TRY_ASSIGN(const IpAddress gateway, address());
            network.gateways.push_back(gateway);
            m_table.m_gateways.push_back({gateway, static_cast<Index>(m_table.m_networks.size())});
        }
        m_table.m_networks.push_back(std::move(network));
        return {};
    }

    Result<void> endpoint() {
        const auto network = static_cast<Index>(m_table.m_networks.size() - 1);
        const auto number = static_cast<Index>(m_table.m_endpoints.size());
        Endpoint endpoint{.network = network};
        TRY_ASSIGN(const auto id, text());
        endpoint.container = containerCalled(id);
        TRY_ASSIGN(const auto addresses, count());
        endpoint.addresses = {static_cast<Index>(m_table.m_addresses.size()), addresses};
        for (std::uint32_t i = 0; i < addresses; ++i) {
            TRY_ASSIGN(const IpAddress each, address());
            m_table.m_addresses.push_back(each);
            m_table.m_byAddress.push_back({each, number});
        }
        TRY_ASSIGN(const auto names, count());
        endpoint.names = {static_cast<Index>(m_table.m_names.size()), names};
        for (std::uint32_t i = 0; i < names; ++i) {
            TRY_ASSIGN(const auto name, text());
            m_table.m_names.push_back(name);
            m_table.m_byName.push_back({name, number});
        }
        TRY_ASSIGN(auto own, servers());
        Container& container = m_table.m_containers[endpoint.container];
        container.networks.push_back(network);
        container.mayAskOutside |= !m_table.m_networks.back().isInternal;
        if (container.servers.empty())
            container.servers = std::move(own);
        m_table.m_endpoints.push_back(endpoint);
        return {};
    }

    Index containerCalled(std::string_view id) {
        const auto [known, isNew] = m_ids.emplace(id, static_cast<Index>(m_table.m_containers.size()));
        if (isNew)
            m_table.m_containers.emplace_back();
        return known->second;
    }

    NameTable& m_table;
    std::string_view m_left;
    std::map<std::string_view, Index> m_ids;
};

Result<NameTable> NameTable::read(std::string bytes) {
    NameTable table;
    table.m_bytes.assign(bytes.begin(), bytes.end());
    TRY(Reader(table).run());
    table.sort();
    return table;
}

void NameTable::sort() {
    const auto byAddress = [](const Place& one, const Place& other) { return one.address < other.address; };
    std::stable_sort(m_byAddress.begin(), m_byAddress.end(), byAddress);
    std::stable_sort(m_gateways.begin(), m_gateways.end(), byAddress);
    std::stable_sort(m_byName.begin(), m_byName.end(), [this](const Name& one, const Name& other) {
        return std::tie(one.name, m_endpoints[one.endpoint].network) <
               std::tie(other.name, m_endpoints[other.endpoint].network);
    });
    // A server that is a gateway of ours is this one, which would take the question for the host's: whoever
    // named it would see another network's names.
    const auto isOurs = [this](const Upstream& server) {
        return networkOfGateway(server.address).has_value();
    };
    std::erase_if(m_hostServers, isOurs);
    for (auto& container : m_containers)
        std::erase_if(container.servers, isOurs);
}

const NameTable::Endpoint* NameTable::endpointAt(const IpAddress& address) const {
    const auto place =
        std::lower_bound(m_byAddress.begin(), m_byAddress.end(), address,
                         [](const Place& each, const IpAddress& wanted) { return each.address < wanted; });
    const bool isThere = place != m_byAddress.end() && place->address == address;
    return isThere ? &m_endpoints[place->endpoint] : nullptr;
}

const NameTable::Container* NameTable::containerAt(const IpAddress& address) const {
    const Endpoint* endpoint = endpointAt(address);
    return endpoint != nullptr ? &m_containers[endpoint->container] : nullptr;
}

std::optional<NameTable::Index> NameTable::networkOfGateway(const IpAddress& address) const {
    const auto place =
        std::lower_bound(m_gateways.begin(), m_gateways.end(), address,
                         [](const Place& each, const IpAddress& wanted) { return each.address < wanted; });
    if (place == m_gateways.end() || place->address != address)
        return std::nullopt;
    return place->endpoint;
}

void NameTable::collect(std::string_view name, Index network, std::vector<IpAddress>& found,
                        bool& isKnown) const {
    const auto wanted = std::pair(name, network);
    auto each = std::lower_bound(m_byName.begin(), m_byName.end(), wanted,
                                 [this](const Name& one, const auto& other) {
                                     return std::pair(one.name, m_endpoints[one.endpoint].network) < other;
                                 });
    for (; each != m_byName.end() && each->name == name; ++each) {
        const Endpoint& endpoint = m_endpoints[each->endpoint];
        if (endpoint.network != network)
            break;
        isKnown = true;
        const auto first = m_addresses.begin() + endpoint.addresses.first;
        found.insert(found.end(), first, first + endpoint.addresses.count);
    }
}

std::optional<std::vector<IpAddress>> NameTable::find(std::string_view name,
                                                      const std::vector<Index>& networks) const {
    std::vector<IpAddress> found;
    bool isKnown = false;
    for (const Index network : networks)
        collect(name, network, found, isKnown);
    // "web.front": web in the network front, as Docker answers it. Either part may have dots.
    for (std::size_t dot = name.find('.'); !isKnown && dot != std::string_view::npos;
         dot = name.find('.', dot + 1)) {
        for (const Index network : networks) {
            if (m_networks[network].name == name.substr(dot + 1))
                collect(name.substr(0, dot), network, found, isKnown);
        }
    }
    return isKnown ? std::optional(std::move(found)) : std::nullopt;
}

std::optional<NameTable::Names> NameTable::namesOf(const IpAddress& address) const {
    const Endpoint* endpoint = endpointAt(address);
    if (endpoint == nullptr)
        return std::nullopt;
    const auto first = m_names.begin() + endpoint->names.first;
    return Names{endpoint->network, {first, first + endpoint->names.count}};
}

} // namespace escale::dns
