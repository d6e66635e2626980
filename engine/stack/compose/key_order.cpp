#include "engine/stack/compose/key_order.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace escale::compose {
namespace {

struct Order {
    std::string_view path; // of the map
    std::string_view keys;
};
// The order of the fields in compose-go's types.
constexpr auto kOrders = std::to_array<Order>({
    {"", "version|name|include|services|networks|volumes|secrets|configs|models"},
    {"include[]", "path|project_directory|env_file"},
    {"services.*",
     "profiles|annotations|attach|build|develop|blkio_config|cap_add|cap_drop|cgroup_parent|cgroup|cpu_count|"
     "cpu_percent|cpu_period|cpu_quota|cpu_rt_period|cpu_rt_runtime|cpus|cpuset|cpu_shares|command|configs|"
     "container_name|credential_spec|depends_on|deploy|device_cgroup_rules|devices|dns|dns_opt|dns_search|"
     "domainname|entrypoint|provider|environment|env_file|expose|extends|external_links|extra_hosts|group_"
     "add|"
     "gpus|hostname|healthcheck|image|init|ipc|isolation|labels|label_file|links|logging|mem_limit|"
     "mem_reservation|memswap_limit|mem_swappiness|mac_address|models|network_mode|networks|oom_kill_disable|"
     "oom_score_adj|pid|pids_limit|platform|ports|privileged|pull_policy|pull_refresh_after|read_only|"
     "restart|"
     "runtime|scale|secrets|security_opt|shm_size|stdin_open|stop_grace_period|stop_signal|storage_opt|"
     "sysctls|"
     "tmpfs|tty|ulimits|use_api_socket|user|userns_mode|uts|volumes|volumes_from|working_dir|post_start|pre_"
     "stop"},
    {"services.*.provider", "type|options"},
    {"services.*.blkio_config",
     "weight|weight_device|device_read_bps|device_read_iops|device_write_bps|device_write_iops"},
    {"services.*.devices[]", "source|target|permissions"},
    {"services.*.logging", "driver|options"},
    {"services.*.deploy",
     "mode|replicas|labels|update_config|rollback_config|resources|restart_policy|placement|"
     "endpoint_mode"},
    {"services.*.deploy.update_config", "parallelism|delay|failure_action|monitor|max_failure_ratio|order"},
    {"services.*.deploy.rollback_config", "parallelism|delay|failure_action|monitor|max_failure_ratio|order"},
    {"services.*.deploy.resources", "limits|reservations"},
    {"services.*.deploy.resources.limits", "cpus|memory|pids"},
    {"services.*.deploy.resources.reservations", "cpus|memory|devices|generic_resources"},
    {"services.*.deploy.resources.reservations.devices[]", "capabilities|driver|count|device_ids|options"},
    {"services.*.gpus[]", "capabilities|driver|count|device_ids|options"},
    {"services.*.deploy.restart_policy", "condition|delay|max_attempts|window"},
    {"services.*.deploy.placement", "constraints|preferences|max_replicas_per_node"},
    {"services.*.networks.*", "aliases|driver_opts|gw_priority|interface_name|ipv4_address|ipv6_address|"
                              "link_local_ips|mac_address|priority"},
    {"services.*.ports[]", "name|mode|host_ip|target|published|protocol|app_protocol"},
    {"services.*.volumes[]", "type|source|target|read_only|consistency|bind|volume|tmpfs|image"},
    {"services.*.volumes[].bind", "selinux|propagation|create_host_path|recursive"},
    {"services.*.volumes[].volume", "labels|nocopy|subpath"},
    {"services.*.volumes[].tmpfs", "size|mode"},
    {"services.*.configs[]", "source|target|uid|gid|mode"},
    {"services.*.secrets[]", "source|target|uid|gid|mode"},
    {"services.*.build.secrets[]", "source|target|uid|gid|mode"},
    {"services.*.ulimits.*", "soft|hard"},
    {"services.*.build.ulimits.*", "soft|hard"},
    {"services.*.depends_on.*", "condition|restart|required"},
    {"services.*.extends", "file|service"},
    {"services.*.build",
     "context|dockerfile|dockerfile_inline|entitlements|args|provenance|sbom|ssh|labels|cache_from|cache_to|"
     "no_cache|additional_contexts|pull|extra_hosts|isolation|network|target|secrets|shm_size|tags|ulimits|"
     "platforms|privileged"},
    {"services.*.develop.watch[]", "path|action|target|exec|include|ignore|initial_sync"},
    {"services.*.env_file[]", "path|required|format"},
    {"services.*.healthcheck", "test|timeout|interval|retries|start_period|start_interval|disable"},
    {"services.*.post_start[]", "command|user|privileged|working_dir|environment"},
    {"services.*.pre_stop[]", "command|user|privileged|working_dir|environment"},
    {"services.*.develop.watch[].exec", "command|user|privileged|working_dir|environment"},
    {"services.*.models.*", "endpoint_var|model_var"},
    {"networks.*",
     "name|driver|driver_opts|ipam|external|internal|attachable|labels|enable_ipv4|enable_ipv6"},
    {"networks.*.ipam", "driver|config|options"},
    {"networks.*.ipam.config[]", "subnet|gateway|ip_range|aux_addresses"},
    {"volumes.*", "name|driver|driver_opts|external|labels"},
    {"secrets.*", "name|file|environment|external|labels|driver|driver_opts|template_driver"},
    {"configs.*", "name|file|environment|content|external|labels|template_driver"},
    {"models.*", "name|model|context_size|runtime_flags"},
});

/// The place of a key among those of its map; the text's length: it is not among them.
std::size_t rankOf(std::string_view keys, std::string_view key) {
    for (std::size_t begin = 0; begin < keys.size();) {
        const auto end = std::min(keys.find('|', begin), keys.size());
        if (keys.substr(begin, end - begin) == key)
            return begin;
        begin = end + 1;
    }
    return keys.size();
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// A number in a name, without its zeros in front: a longer one is larger.
std::string_view numberAt(std::string_view text, std::size_t at) {
    while (at > 0 && isDigit(text[at - 1]))
        --at;
    std::size_t end = at;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    std::string_view digits = text.substr(at, end - at);
    while (digits.size() > 1 && digits.front() == '0')
        digits.remove_prefix(1);
    return digits;
}

// "a9" before "a10"; signs, digits, letters, but letters first behind a digit.
bool isBefore(std::string_view a, std::string_view b) {
    const auto [in, other] = std::mismatch(
        a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
    const auto at = static_cast<std::size_t>(in - a.begin());
    if (at == std::min(a.size(), b.size()))
        return a.size() < b.size();
    const bool letter = isLetter(*in);
    const bool otherLetter = isLetter(*other);
    if (letter != otherLetter)
        return at > 0 && isDigit(a[at - 1]) ? letter : otherLetter;
    if (!letter && isDigit(*in) != isDigit(*other))
        return isDigit(*other);
    if (isDigit(*in)) {
        const std::string_view number = numberAt(a, at);
        const std::string_view otherNumber = numberAt(b, at);
        if (number.size() != otherNumber.size())
            return number.size() < otherNumber.size();
        if (number != otherNumber)
            return number < otherNumber;
    }
    return static_cast<unsigned char>(*in) < static_cast<unsigned char>(*other);
}

} // namespace

std::vector<const NodeEntry*> inOrder(const Node& map, const SchemaBranch* branch) {
    std::string_view keys;
    if (branch != nullptr && branch->any == nullptr) {
        const auto* const found = std::find_if(
            kOrders.begin(), kOrders.end(), [&](const Order& order) { return order.path == branch->path; });
        keys = found == kOrders.end() ? std::string_view() : found->keys;
    }
    std::vector<std::pair<std::size_t, const NodeEntry*>> ranked;
    ranked.reserve(map.entries.size());
    for (const NodeEntry& entry : map.entries)
        ranked.emplace_back(rankOf(keys, entry.key), &entry);
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : isBefore(a.second->key, b.second->key);
    });
    std::vector<const NodeEntry*> ordered;
    ordered.reserve(ranked.size());
    for (const auto& [rank, entry] : ranked)
        ordered.push_back(entry);
    return ordered;
}

} // namespace escale::compose
