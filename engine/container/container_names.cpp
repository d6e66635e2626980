// How containers find each other by name: what the name server is told, and the files in which containers
// read where to ask.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/base/making.h"
#include "engine/container/container_options.h"
#include "engine/container/host_files.h"
#include "engine/container/launch.h"
#include "engine/network/resolv_conf.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kLongestFile = 64 * 1024;

Texts gatewaysOf(const std::vector<NetworkRecord>& networks) {
    Texts gateways;
    for (const auto& record : networks) {
        if (!Containers::answersNames(record))
            continue;
        for (const auto& pool : record.network.pools)
            gateways.push_back(pool.gateway.toString());
    }
    return gateways;
}

std::string joined(const Texts& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

// In place: it is bound into the container.
Result<void> rewrite(const std::string& path, const std::string& before, const std::string& after) {
    if (before == after)
        return {};
    const auto now = readFile(path, kLongestFile);
    if (!now || *now != before)
        return {}; // the container's own by now
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_WRONLY | O_TRUNC | O_NOFOLLOW));
    return writeAll(file.get(), after, path);
}

} // namespace

bool Containers::answersNames(const NetworkRecord& network) {
    return network.network.driver == "bridge" && !network.isDefault();
}

NameFiles Containers::State::nameFilesOf(const Container& container,
                                         const std::vector<EndpointRecord>& endpoints,
                                         const std::vector<NetworkRecord>& networks) {
    const ContainerOptions& options = container.options;
    Texts addresses;
    for (const auto& endpoint : endpoints) {
        for (const auto& address : endpoint.addresses)
            addresses.push_back(address.toString());
    }
    NameFiles files;
    files.hosts = containerHosts(options.hostname.empty() ? shortId(container.id) : options.hostname,
                                 options.domainname, addresses);
    if (networks.empty())
        return files;
    files.gateway = networks.front().network.pools.front().gateway.toString();
    const Texts gateways = gatewaysOf(networks);
    files.resolvConf = gateways.empty()
                           ? withDnsOptions(hostResolvConf(), options)
                           : networkResolvConf(readFile("/etc/resolv.conf", kLongestFile).value_or(""),
                                               gateways, {options.dnsSearch, options.dnsOptions});
    return files;
}

Result<void> Containers::State::changeNameFiles(const Container& container, const NameFiles& before) {
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(container.id));
    TRY_ASSIGN(const auto networks, networksOf(container.id));
    const NameFiles after = nameFilesOf(container, endpoints, networks);
    TRY(rewrite(bundleOf(container.id) + "/resolv.conf", before.resolvConf, after.resolvConf));
    TRY_ASSIGN(const auto linesBefore, extraHostLines(container.options, before.gateway));
    TRY_ASSIGN(const auto linesAfter, extraHostLines(container.options, after.gateway));
    return rewrite(bundleOf(container.id) + "/hosts", before.hosts + linesBefore, after.hosts + linesAfter);
}

Result<NameFiles> Containers::State::nameFilesNow(const Container& container) {
    TRY_ASSIGN(const auto endpoints, m_networks.endpointsOf(container.id));
    TRY_ASSIGN(const auto networks, networksOf(container.id));
    return nameFilesOf(container, endpoints, networks);
}

void Containers::State::setNames(const Container& container) {
    if (!hasNetworks(container.options))
        return;
    const std::lock_guard lock(m_mutex);
    m_named[container.id] = container;
}

void Containers::State::forgetNames(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    m_named.erase(id);
}

void Containers::State::giveNames(const Container& container, Revert& revert) {
    setNames(container);
    revert.add([this, id = container.id]() -> Result<void> {
        forgetNames(id);
        serveNames();
        return {};
    });
    serveNames();
}

void Containers::State::giveNames(const Launch& launch, Revert& revert) {
    const Container& container = launch.container;
    MadeNow step;
    giveNames(container, revert);
    const Texts gateways = gatewaysOf(launch.networks);
    if (!Making::isRecording() || gateways.empty() || !namesProblem().empty())
        return;
    Texts names;
    Texts addresses;
    for (std::size_t i = 0; i < launch.endpoints.size(); ++i) {
        if (!Containers::answersNames(launch.networks[i]))
            continue;
        const EndpointRecord& endpoint = launch.endpoints[i];
        const auto more = dnsNamesOf(container.options.name, container.id, container.options.hostname,
                                     endpoint.request.aliases);
        std::copy_if(more.begin(), more.end(), std::back_inserter(names), [&](const auto& name) {
            return std::find(names.begin(), names.end(), name) == names.end();
        });
        for (const auto& address : endpoint.addresses)
            addresses.push_back(address.toString());
    }
    step.done("names-serve",
              {{"names", joined(names)}, {"addresses", joined(addresses)}, {"listen", joined(gateways)}});
}

// Whoever has waited finds that a telling which began after it came has said its change, too: many starts at
// a time need few of them.
void Containers::State::serveNames() {
    const std::uint64_t mine = ++m_namesAsked;
    const std::lock_guard serving(m_serving); // the last to look is the last to tell
    if (m_namesTold >= mine)
        return;
    m_namesTold = m_namesAsked.load();
    const auto served = tellNameServer();
    const std::string problem = served ? "" : served.error().message + "\n" + served.error().hint;
    if (problem != m_namesProblem && !served)
        logError(served.error().text());
    m_namesProblem = problem;
}

std::string Containers::State::namesProblem() {
    const std::lock_guard serving(m_serving);
    return m_namesProblem;
}

// Under m_serving. All of it each time: the server takes what differs.
Result<void> Containers::State::tellNameServer() {
    std::map<std::string, Container> named;
    {
        const std::lock_guard lock(m_mutex);
        named = m_named;
    }
    TRY_ASSIGN(const auto records, m_networks.all()); // read once: there may be hundreds
    std::map<std::string, const NetworkRecord*> answering;
    for (const auto& record : records) {
        if (Containers::answersNames(record))
            answering[record.network.id] = &record;
    }
    std::map<std::string, DnsNetwork> networks;
    for (const auto& endpoint : m_networks.attached()) {
        const auto container = named.find(endpoint.container);
        const auto record = answering.find(endpoint.network);
        if (container == named.end() || record == answering.end())
            continue;
        DnsNetwork& network = networks[endpoint.network];
        network.id = endpoint.network;
        network.name = record->second->network.name;
        network.internal = record->second->network.internal;
        network.gateways = gatewaysOf({*record->second});
        const ContainerOptions& options = container->second.options;
        DnsEndpoint one{endpoint.container, {}, {}, options.dns};
        for (const auto& address : endpoint.addresses)
            one.addresses.push_back(address.toString());
        one.names = dnsNamesOf(options.name, endpoint.container, options.hostname, endpoint.request.aliases);
        network.endpoints.push_back(std::move(one));
    }
    std::vector<DnsNetwork> all;
    for (auto& [id, network] : networks)
        all.push_back(std::move(network));
    if (all.empty() && !m_dns && !exists(m_settings.runFolder + "/dns")) // nor one that a former helper left
        return {};
    if (!m_dns) {
        DnsServer::Settings settings;
        settings.folder = m_settings.runFolder + "/dns";
        settings.program = m_settings.dnsProgram;
        settings.tell = [](const std::string& what) { logWarning(what); };
        TRY_ASSIGN(m_dns, DnsServer::open(std::move(settings)));
    }
    TRY(m_dns->serve(all));
    if (!all.empty())
        return {};
    m_dns.reset();
    return removeTree(m_settings.runFolder + "/dns");
}

} // namespace escale
