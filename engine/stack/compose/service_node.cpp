#include "engine/stack/compose/service_node.h"

#include "engine/base/csv.h"
#include "engine/volume/mount_spec.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace escale::compose {
namespace {

const ContainerOptions& defaults() {
    static const ContainerOptions kDefaults;
    return kDefaults;
}

// A dollar sign begins a variable in a Compose file; two are one.
std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text)
        result.append(c == '$' ? 2 : 1, c);
    return result;
}
Node textNode(const std::string& text) {
    return Node::scalar(escaped(text));
}
Node plain(std::string text) { // a number or a boolean
    return Node::scalar(std::move(text), {}, false);
}
Node listNode(const Texts& texts) {
    Node list = Node::list();
    for (const std::string& text : texts)
        list.items.push_back(textNode(text));
    return list;
}
Node mapNode(const TextMap& map) {
    Node node = Node::map();
    for (const auto& [name, value] : map)
        node.set(name) = textNode(value);
    return node;
}
Node environmentNode(const Texts& environment) {
    Node node = Node::map();
    for (const std::string& text : environment) {
        const auto equals = text.find('=');
        if (equals != std::string::npos)
            node.set(text.substr(0, equals)) = textNode(text.substr(equals + 1));
    }
    return node;
}

void setText(Node& service, const char* key, const std::string& text) {
    if (!text.empty())
        service.set(key) = textNode(text);
}
void setTexts(Node& service, const char* key, const Texts& texts) {
    if (!texts.empty())
        service.set(key) = listNode(texts);
}
void setMap(Node& service, const char* key, const TextMap& map) {
    if (!map.empty())
        service.set(key) = mapNode(map);
}
void setFlag(Node& service, const char* key, bool flag) {
    if (flag)
        service.set(key) = plain("true");
}
template <class Number>
void setNumber(Node& service, const char* key, Number number, Number otherwise) {
    if (number != otherwise)
        service.set(key) = plain(std::to_string(number));
}
void setBytes(Node& service, const char* key, std::uint64_t bytes) {
    static constexpr const char* kUnits[] = {"b", "k", "m", "g"};
    std::size_t unit = 0;
    while (unit < 3 && bytes % 1024 == 0) {
        bytes /= 1024;
        ++unit;
    }
    service.set(key) = Node::scalar(std::to_string(bytes) + kUnits[unit]);
}
void setMilliseconds(Node& service, const char* key, std::uint64_t time) {
    if (time != 0)
        service.set(key) =
            Node::scalar(time % 1000 == 0 ? std::to_string(time / 1000) + 's' : std::to_string(time) + "ms");
}
std::string numberText(double number) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end};
}

/// "/dev/sda:500" → {path, key: 500}.
Node deviceNumbers(const Texts& texts, const char* key) {
    Node list = Node::list();
    for (const std::string& text : texts) {
        const auto colon = text.rfind(':');
        Node device = Node::map();
        device.set("path") = textNode(text.substr(0, colon));
        device.set(key) = plain(colon == std::string::npos ? "0" : text.substr(colon + 1));
        list.items.push_back(std::move(device));
    }
    return list;
}

/// "nofile=1024:2048" → nofile: {soft, hard}.
Node ulimitsNode(const Texts& ulimits) {
    Node node = Node::map();
    const auto number = [](const std::string& text) { return plain(text == "unlimited" ? "-1" : text); };
    for (const std::string& text : ulimits) {
        const auto equals = text.find('=');
        if (equals == std::string::npos)
            continue;
        const std::string value = text.substr(equals + 1);
        Node& limit = node.set(text.substr(0, equals));
        if (const auto colon = value.find(':'); colon != std::string::npos) {
            limit = Node::map();
            limit.set("soft") = number(value.substr(0, colon));
            limit.set("hard") = number(value.substr(colon + 1));
        } else {
            limit = number(value);
        }
    }
    return node;
}

/// A network that is asked for, in its long form's words or as a name alone.
struct Endpoint {
    std::string name, ip, ip6, mac;
    Texts aliases;
};
Endpoint endpointOf(const std::string& text) {
    Endpoint endpoint;
    const auto fields = csvFields(text);
    if (text.find('=') == std::string::npos || !fields) {
        endpoint.name = text;
        return endpoint;
    }
    for (const std::string& field : *fields) {
        const auto equals = field.find('=');
        const std::string key = field.substr(0, equals);
        std::string value = equals == std::string::npos ? std::string() : field.substr(equals + 1);
        if (key == "alias")
            endpoint.aliases.push_back(std::move(value));
        else if (std::string* into = key == "name"          ? &endpoint.name
                                     : key == "ip"          ? &endpoint.ip
                                     : key == "ip6"         ? &endpoint.ip6
                                     : key == "mac-address" ? &endpoint.mac
                                                            : nullptr)
            *into = std::move(value);
    }
    return endpoint;
}

} // namespace

Node ServiceNodes::serviceOf(const std::string& name, const std::string& image,
                             const ContainerOptions& options) {
    m_name = name;
    Node service = Node::map();
    service.set("image") = textNode(image);
    if (m_external)
        setText(service, "container_name", options.name);
    program(service, options);
    life(service, options);
    limits(service, options);
    security(service, options);
    network(service, options);
    mounts(service, options);
    return service;
}

void ServiceNodes::cannotSay(const std::string& what) {
    warnings.push_back(m_name + ": " + what);
}

std::string ServiceNodes::reference(const std::string& word) const {
    constexpr std::string_view kPrefix = "container:";
    if (!word.starts_with(kPrefix))
        return word;
    const auto found = services.find(word.substr(kPrefix.size()));
    return found == services.end() ? word : "service:" + found->second;
}

void ServiceNodes::declare(Node& top, const std::string& name) const {
    if (top.find(name) != nullptr)
        return;
    Node& declared = top.set(name);
    declared = Node::map();
    if (!m_external)
        return;
    declared.set("name") = textNode(name);
    declared.set("external") = plain("true");
}

void ServiceNodes::program(Node& service, const ContainerOptions& options) const {
    if (options.entrypoint)
        service.set("entrypoint") = listNode(*options.entrypoint);
    setTexts(service, "command", options.command);
    if (!options.environment.empty())
        service.set("environment") = environmentNode(options.environment);
    setText(service, "working_dir", options.workingDirectory);
    setText(service, "user", options.user);
    setTexts(service, "group_add", options.groups);
    setText(service, "hostname", options.hostname);
    setText(service, "domainname", options.domainname);
    TextMap labels = options.labels;
    std::erase_if(labels, [](const auto& label) {
        return label.first.starts_with("com.docker.compose.") || label.first.starts_with("org.escale.stack.");
    });
    setMap(service, "labels", labels);
    setMap(service, "annotations", options.annotations);
    setFlag(service, "tty", options.terminal);
    setFlag(service, "stdin_open", options.openInput);
    setFlag(service, "init", options.init);
    setFlag(service, "read_only", options.readOnly);
}

void ServiceNodes::life(Node& service, const ContainerOptions& options) const {
    if (options.restart != defaults().restart)
        service.set("restart") = Node::scalar(
            options.restart +
            (options.restartMaximum != 0 ? ':' + std::to_string(options.restartMaximum) : std::string()));
    setText(service, "stop_signal", options.stopSignal);
    if (options.stopTimeoutSeconds != defaults().stopTimeoutSeconds)
        service.set("stop_grace_period") = Node::scalar(std::to_string(options.stopTimeoutSeconds) + 's');
    Node health = Node::map();
    if (options.healthCommand == Texts{"NONE"})
        health.set("disable") = plain("true");
    else
        setTexts(health, "test", options.healthCommand);
    setMilliseconds(health, "interval", options.healthInterval);
    setMilliseconds(health, "timeout", options.healthTimeout);
    setMilliseconds(health, "start_period", options.healthStartPeriod);
    setMilliseconds(health, "start_interval", options.healthStartInterval);
    if (options.healthStartInterval != 0 && options.healthStartPeriod == 0)
        health.set("start_period") = Node::scalar("0s");
    setNumber(health, "retries", options.healthRetries, 0U);
    if (!health.entries.empty())
        service.set("healthcheck") = std::move(health);
    Node logging = Node::map();
    if (options.logDriver != defaults().logDriver || !options.logOptions.empty())
        logging.set("driver") = textNode(options.logDriver);
    setMap(logging, "options", options.logOptions);
    if (!logging.entries.empty())
        service.set("logging") = std::move(logging);
}

void ServiceNodes::limits(Node& service, const ContainerOptions& options) {
    if (options.memoryBytes != 0) // a stack's services have no limit of their own
        setBytes(service, "mem_limit", options.memoryBytes);
    if (options.memoryReservation != 0)
        setBytes(service, "mem_reservation", options.memoryReservation);
    if (options.memorySwap == -1)
        service.set("memswap_limit") = plain("-1");
    else if (options.memorySwap != 0)
        setBytes(service, "memswap_limit", static_cast<std::uint64_t>(options.memorySwap));
    setNumber(service, "mem_swappiness", options.memorySwappiness, std::int64_t(-1));
    setNumber(service, "oom_score_adj", options.oomScoreAdj, 0);
    setFlag(service, "oom_kill_disable", options.oomKillDisable);
    if (options.shmSize != defaults().shmSize)
        setBytes(service, "shm_size", options.shmSize);
    if (options.cpus != 0)
        service.set("cpus") = plain(numberText(options.cpus));
    setNumber(service, "cpu_shares", options.cpuShares, std::uint64_t(0));
    setNumber(service, "cpu_period", options.cpuPeriod, std::uint64_t(0));
    setNumber(service, "cpu_quota", options.cpuQuota, std::int64_t(0));
    setText(service, "cpuset", options.cpusetCpus);
    // No limit is -1: others read 0 as nothing said.
    setNumber(service, "pids_limit", options.pidsLimit == 0 ? -1 : options.pidsLimit, defaults().pidsLimit);
    Node blkio = Node::map();
    setNumber(blkio, "weight", options.blkioWeight, std::uint16_t(0));
    for (const auto& [key, number, texts] :
         {std::tuple("weight_device", "weight", &options.blkioWeightDevice),
          std::tuple("device_read_bps", "rate", &options.deviceReadBps),
          std::tuple("device_write_bps", "rate", &options.deviceWriteBps),
          std::tuple("device_read_iops", "rate", &options.deviceReadIops),
          std::tuple("device_write_iops", "rate", &options.deviceWriteIops)}) {
        if (!texts->empty())
            blkio.set(key) = deviceNumbers(*texts, number);
    }
    if (!blkio.entries.empty())
        service.set("blkio_config") = std::move(blkio);
    if (!options.ulimits.empty())
        service.set("ulimits") = ulimitsNode(options.ulimits);
    setMap(service, "sysctls", options.sysctls);
    if (!options.cpusetMems.empty())
        cannotSay("Compose files have no word for cpuset-mems (" + options.cpusetMems + ')');
    if (options.removeWhenStopped)
        cannotSay("Compose files have no word for the removal at the end (--rm); down removes it");
    if (options.inputOnce)
        cannotSay("Compose files have no word for an input that ends with its first client");
}

void ServiceNodes::security(Node& service, const ContainerOptions& options) {
    setTexts(service, "cap_add", options.capAdd);
    setTexts(service, "cap_drop", options.capDrop);
    setTexts(service, "devices", options.devices);
    setTexts(service, "device_cgroup_rules", options.deviceCgroupRules);
    Texts words;
    if (!options.noNewPrivileges)
        words.emplace_back("no-new-privileges:false");
    if (options.seccomp == "unconfined")
        words.emplace_back("seccomp:unconfined");
    else if (!options.seccomp.empty())
        cannotSay("its seccomp profile stands in a file of its own in Compose files: save it, and write "
                  "security_opt: [\"seccomp:FILE\"]");
    if (!options.apparmor.empty())
        words.push_back("apparmor:" + options.apparmor);
    if (!options.systemPaths.empty())
        words.push_back("systempaths=" + options.systemPaths);
    setTexts(service, "security_opt", words);
    setFlag(service, "privileged", options.privileged);
    if (options.ipc != defaults().ipc)
        setText(service, "ipc", reference(options.ipc));
    setText(service, "pid", reference(options.pid));
    setText(service, "uts", options.uts);
    setText(service, "userns_mode", options.userns);
    if (options.cgroupns != defaults().cgroupns)
        setText(service, "cgroup", options.cgroupns);
}

void ServiceNodes::network(Node& service, const ContainerOptions& options) {
    setTexts(service, "dns", options.dns);
    setTexts(service, "dns_search", options.dnsSearch);
    setTexts(service, "dns_opt", options.dnsOptions);
    setTexts(service, "extra_hosts", options.extraHosts);
    setTexts(service, "ports", options.publish);
    const bool isMode =
        options.network == "host" || options.network == "none" || options.network.starts_with("container:");
    const bool isBridge = options.network == "bridge" && options.networks.empty();
    if (isMode || (isBridge && m_external && options.networkAliases.empty() && options.ip.empty() &&
                   options.ip6.empty())) {
        service.set("network_mode") = textNode(reference(options.network));
        setText(service, "mac_address", options.macAddress);
        return;
    }
    if (isBridge && !m_external && options.networkAliases.empty()) {
        setText(service, "mac_address", options.macAddress);
        return; // the stack's own network takes its place
    }
    std::vector<Endpoint> endpoints{
        {options.network, options.ip, options.ip6, options.macAddress, options.networkAliases}};
    for (const std::string& text : options.networks)
        endpoints.push_back(endpointOf(text));
    Node all = Node::map();
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const Endpoint& endpoint = endpoints[i];
        declare(networks, endpoint.name);
        Node one = Node::map();
        Texts aliases = endpoint.aliases;
        std::erase(aliases, m_name); // has it anyway
        setTexts(one, "aliases", aliases);
        setText(one, "ipv4_address", endpoint.ip);
        setText(one, "ipv6_address", endpoint.ip6);
        setText(one, "mac_address", endpoint.mac);
        if (i + 1 < endpoints.size()) // their order
            one.set("priority") = plain(std::to_string(endpoints.size() - 1 - i));
        all.set(endpoint.name) = one.entries.empty() ? Node() : std::move(one);
    }
    service.set("networks") = std::move(all);
}

void ServiceNodes::mounts(Node& service, const ContainerOptions& options) {
    Node list = Node::list();
    for (const std::string& text : options.mounts) {
        const auto mount = parseMount(text);
        if (!mount) {
            cannotSay("a mount cannot be read: " + text);
            continue;
        }
        Node one = Node::map();
        one.set("type") = textNode(std::string(mountKindName(mount->kind)));
        setText(one, "source", mount->source);
        one.set("target") = textNode(mount->target);
        setFlag(one, "read_only", mount->readOnly);
        Node details = Node::map();
        if (mount->kind == MountKind::Bind) {
            details.set("create_host_path") = plain(mount->createSource ? "true" : "false");
            setText(details, "propagation", mount->propagation);
            if (!mount->recursive)
                setText(details, "recursive", "disabled");
            else if (mount->recursiveReadOnly != "enabled")
                setText(details, "recursive", mount->recursiveReadOnly);
        } else if (mount->kind == MountKind::Volume) {
            setFlag(details, "nocopy", mount->noCopy);
            setText(details, "subpath", mount->subpath);
            if (mount->source.empty()) {
                setMap(details, "labels", mount->volumeLabels);
                if (!mount->volumeOptions.empty())
                    cannotSay("Compose files have options of named volumes alone, not of the one at " +
                              mount->target);
            } else {
                declare(volumes, mount->source);
                Node& declared = volumes.set(mount->source);
                if (!mount->volumeOptions.empty() || !mount->volumeLabels.empty()) {
                    declared.erase("external");
                    setMap(declared, "driver_opts", mount->volumeOptions);
                    setMap(declared, "labels", mount->volumeLabels);
                }
            }
        } else {
            if (mount->tmpfsSize != 0)
                setBytes(details, "size", mount->tmpfsSize);
            if (mount->tmpfsMode)
                details.set("mode") = plain(std::to_string(*mount->tmpfsMode));
            if (mount->tmpfsUser || mount->tmpfsGroup)
                cannotSay("Compose files have no word for the owner of the tmpfs at " + mount->target);
        }
        if (!details.entries.empty())
            one.set(mountKindName(mount->kind)) = std::move(details);
        list.items.push_back(std::move(one));
    }
    if (!list.items.empty())
        service.set("volumes") = std::move(list);
    Texts tmpfs;
    for (const auto& [path, words] : options.tmpfs)
        tmpfs.push_back(words.empty() ? path : path + ':' + words);
    setTexts(service, "tmpfs", tmpfs);
    Texts from;
    for (const std::string& text : options.volumesFrom) {
        const std::string name = text.substr(0, text.find(':'));
        const auto found = services.find(name);
        from.push_back(found == services.end() ? "container:" + text
                                               : found->second + text.substr(name.size()));
    }
    setTexts(service, "volumes_from", from);
}

} // namespace escale::compose
