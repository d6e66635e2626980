#include "engine/stack/compose/merge.h"

#include "engine/stack/compose/entry_index.h"

#include <algorithm>
#include <array>

namespace escale::compose {
namespace {

/// How two values of one property become one.
enum class Rule : std::uint8_t {
    Usual,     // maps key by key, lists one behind the other, of scalars the later
    Replace,   // the later
    Values,    // a map of values of which null is one; in a list, "NAME=value" by name
    Texts,     // a list in which each item is once
    Targets,   // a list of maps, by "target", else "source"; of texts by what stands before ":"
    Paths,     // a list of maps, by "path"
    Ports,     // by address, port inside, port outside and protocol
    Subnets,   // by "subnet"; the same one is merged
    Logging,   // options belong to a driver: another driver takes none of them over
    AsOneText, // a list of hosts, or a map of them to one or several addresses
};

struct PropertyRule {
    std::string_view way; // "*" is any key
    Rule rule;
};

constexpr auto kRules = std::to_array<PropertyRule>({
    {"configs.*.labels", Rule::Values},
    {"networks.*.ipam.config", Rule::Subnets},
    {"networks.*.labels", Rule::Values},
    {"secrets.*.labels", Rule::Values},
    {"services.*.annotations", Rule::Values},
    {"services.*.blkio_config.device_read_bps", Rule::Paths},
    {"services.*.blkio_config.device_read_iops", Rule::Paths},
    {"services.*.blkio_config.device_write_bps", Rule::Paths},
    {"services.*.blkio_config.device_write_iops", Rule::Paths},
    {"services.*.blkio_config.weight_device", Rule::Paths},
    {"services.*.build.additional_contexts", Rule::Values},
    {"services.*.build.args", Rule::Values},
    {"services.*.build.cache_from", Rule::Texts},
    {"services.*.build.cache_to", Rule::Texts},
    {"services.*.build.entitlements", Rule::Texts},
    {"services.*.build.extra_hosts", Rule::AsOneText},
    {"services.*.build.labels", Rule::Values},
    {"services.*.build.platforms", Rule::Texts},
    {"services.*.build.secrets", Rule::Targets},
    {"services.*.build.ssh", Rule::Values},
    {"services.*.build.tags", Rule::Texts},
    {"services.*.build.ulimits.*", Rule::Replace},
    {"services.*.cap_add", Rule::Texts},
    {"services.*.cap_drop", Rule::Texts},
    {"services.*.command", Rule::Replace},
    {"services.*.configs", Rule::Targets},
    {"services.*.deploy.labels", Rule::Values},
    {"services.*.deploy.placement.constraints", Rule::Texts},
    {"services.*.device_cgroup_rules", Rule::Texts},
    {"services.*.devices", Rule::Targets},
    {"services.*.dns", Rule::Texts},
    {"services.*.dns_opt", Rule::Texts},
    {"services.*.dns_search", Rule::Texts},
    {"services.*.entrypoint", Rule::Replace},
    {"services.*.env_file", Rule::Paths},
    {"services.*.environment", Rule::Values},
    {"services.*.expose", Rule::Texts},
    {"services.*.external_links", Rule::Texts},
    {"services.*.extra_hosts", Rule::AsOneText},
    {"services.*.group_add", Rule::Texts},
    {"services.*.healthcheck.test", Rule::Replace},
    {"services.*.label_file", Rule::Texts},
    {"services.*.labels", Rule::Values},
    {"services.*.links", Rule::Texts},
    {"services.*.logging", Rule::Logging},
    {"services.*.networks.*.aliases", Rule::Texts},
    {"services.*.networks.*.link_local_ips", Rule::Texts},
    {"services.*.ports", Rule::Ports},
    {"services.*.profiles", Rule::Texts},
    {"services.*.secrets", Rule::Targets},
    {"services.*.security_opt", Rule::Texts},
    {"services.*.sysctls", Rule::Values},
    {"services.*.tmpfs", Rule::Targets},
    {"services.*.ulimits.*", Rule::Replace},
    {"services.*.volumes", Rule::Targets},
    {"services.*.volumes_from", Rule::Texts},
    {"volumes.*.labels", Rule::Values},
});

static_assert(std::is_sorted(kRules.begin(), kRules.end(),
                             [](const PropertyRule& a, const PropertyRule& b) { return a.way < b.way; }));

Rule ruleOf(std::string_view way) {
    const auto* const found =
        std::lower_bound(kRules.begin(), kRules.end(), way,
                         [](const PropertyRule& rule, std::string_view sought) { return rule.way < sought; });
    return found != kRules.end() && found->way == way ? found->rule : Rule::Usual;
}

/// Where the keys of a map are names that people give.
bool hasNames(std::string_view way) {
    return way == "services" || way == "networks" || way == "volumes" || way == "secrets" ||
           way == "configs" || way == "models" || way == "services.*.networks" ||
           way == "services.*.ulimits" || way == "services.*.build.ulimits";
}

std::string below(std::string_view path, std::string_view key) {
    std::string longer(path);
    if (!longer.empty())
        longer += '.';
    return longer += key;
}

/// "services.web.ports" → "services.*.ports".
std::string wayOf(std::string_view part) {
    std::string way;
    while (!part.empty()) {
        const auto dot = std::min(part.find('.'), part.size());
        const std::string_view key = part.substr(0, dot);
        way = below(way, hasNames(way) ? "*" : key);
        part.remove_prefix(std::min(dot + 1, part.size()));
    }
    return way;
}

std::string portKey(const Node& port) {
    if (!port.isMap())
        return port.text;
    const auto otherwise = [&](std::string_view key, std::string_view value) {
        const std::string text = port.textOf(key);
        return text.empty() ? std::string(value) : text;
    };
    return otherwise("host_ip", "0.0.0.0") + '|' + port.textOf("published") + '|' + port.textOf("target") +
           '|' + otherwise("protocol", "tcp");
}

/// What makes an item of a list another one; nullopt: nothing does, all are kept.
std::optional<std::string> itemKey(const Node& item, Rule rule) {
    const auto before = [&](char letter) { return item.text.substr(0, item.text.find(letter)); };
    switch (rule) {
    case Rule::Values:
        return item.isScalar() ? std::optional(before('=')) : std::nullopt;
    case Rule::Texts:
    case Rule::AsOneText:
        return item.isScalar() ? std::optional(item.text) : std::nullopt;
    case Rule::Targets:
        if (item.isScalar())
            return before(':');
        if (item.find("target") != nullptr)
            return item.textOf("target");
        return item.find("source") != nullptr ? std::optional("source " + item.textOf("source"))
                                              : std::nullopt;
    case Rule::Paths:
        if (item.isScalar())
            return item.text;
        return item.find("path") != nullptr ? std::optional(item.textOf("path")) : std::nullopt;
    case Rule::Ports:
        return portKey(item);
    case Rule::Subnets:
        return item.find("subnet") != nullptr ? std::optional(item.textOf("subnet")) : std::nullopt;
    default:
        return std::nullopt;
    }
}

class Merge {
public:
    explicit Merge(Problems& problems)
        : m_problems(problems) {}

    void merge(Node& base, Node over, const std::string& path, const std::string& way) {
        const Rule rule = ruleOf(way);
        if (over.tag == NodeTag::Reset) {
            base = std::move(over);
            return;
        }
        // A base that was reset takes what comes, and still hides what lies below both.
        const NodeTag tag = base.tag == NodeTag::None ? over.tag : NodeTag::Override;
        if (over.tag == NodeTag::Override || base.tag == NodeTag::Reset || base.isNull())
            base = {};
        if (base.isNull() || rule == Rule::Replace) {
            take(base, std::move(over), path, way, rule);
        } else if (!over.isNull()) {
            join(base, std::move(over), path, way, rule);
        }
        base.tag = tag;
    }

private:
    /// A value alone: there is nothing to merge it with, but it may hold an item twice.
    void take(Node& base, Node over, const std::string& path, const std::string& way, Rule rule) {
        if (over.isList() && rule != Rule::Usual && rule != Rule::Replace) {
            Node empty = Node::list({}, over.place);
            joinLists(empty, std::move(over), path, way, rule);
            base = std::move(empty);
            return;
        }
        if (over.isMap()) {
            for (auto& entry : over.entries) {
                if (!entry.value.isList() && !entry.value.isMap())
                    continue;
                Node value;
                merge(value, std::move(entry.value), below(path, entry.key), next(way, entry.key));
                entry.value = std::move(value);
            }
        }
        base = std::move(over);
    }

    void join(Node& base, Node over, const std::string& path, const std::string& way, Rule rule) {
        if (base.kind != over.kind) {
            m_problems.push_back({Problem::Severity::Error, over.place, path,
                                  "a " + kindName(over) + " cannot be merged with the " + kindName(base) +
                                      " of an earlier file",
                                  "Write it in the same form, or put !override before it."});
            base = std::move(over);
            return;
        }
        if (base.isMap())
            joinMaps(base, std::move(over), path, way, rule);
        else if (base.isList())
            joinLists(base, std::move(over), path, way, rule);
        else
            base = std::move(over);
    }

    void joinMaps(Node& base, Node over, const std::string& path, const std::string& way, Rule rule) {
        if (rule == Rule::Logging && base.find("driver") != nullptr && over.find("driver") != nullptr &&
            base.textOf("driver") != over.textOf("driver")) {
            base = std::move(over);
            return;
        }
        EntryIndex index(base, over.entries.size());
        for (auto& entry : over.entries) {
            NodeEntry* there = index.find(entry.key);
            if (there == nullptr) {
                NodeEntry added{std::move(entry.key), entry.place, {}};
                merge(added.value, std::move(entry.value), below(path, added.key), next(way, added.key));
                index.add(std::move(added));
                continue;
            }
            if (rule == Rule::Values || !(entry.value.isMap() || entry.value.isNull()))
                there->place = entry.place;
            if (rule == Rule::Values && entry.value.tag == NodeTag::None)
                there->value = std::move(entry.value);
            else if (rule == Rule::AsOneText && there->value.isList() && entry.value.isList())
                joinLists(there->value, std::move(entry.value), path, way, rule);
            else
                merge(there->value, std::move(entry.value), below(path, there->key), next(way, there->key));
        }
    }

    void joinLists(Node& base, Node over, const std::string& path, const std::string& way, Rule rule) {
        std::unordered_map<std::string, std::size_t> places;
        for (std::size_t i = 0; i < base.items.size(); ++i) {
            if (auto key = itemKey(base.items[i], rule))
                places.emplace(std::move(*key), i);
        }
        for (auto& item : over.items) {
            if (item.tag == NodeTag::Reset)
                continue;
            auto key = itemKey(item, rule);
            const auto known = key ? places.find(*key) : places.end();
            if (known == places.end()) {
                if (key)
                    places.emplace(std::move(*key), base.items.size());
                base.items.push_back(std::move(item));
            } else if (rule == Rule::Subnets) {
                joinMaps(base.items[known->second], std::move(item), path + "[]", way + "[]", Rule::Usual);
            } else {
                base.items[known->second] = std::move(item);
            }
        }
    }

    static std::string next(const std::string& way, std::string_view key) {
        return below(way, hasNames(way) ? "*" : key);
    }
    static std::string kindName(const Node& node) {
        return node.isMap() ? "map" : node.isList() ? "list" : "single value";
    }

    Problems& m_problems;
};

} // namespace

void mergeInto(Node& base, Node over, std::string_view part, Problems& problems) {
    Merge(problems).merge(base, std::move(over), std::string(part), wayOf(part));
}

void applyTags(Node& node) {
    const auto isReset = [](const Node& value) { return value.tag == NodeTag::Reset; };
    std::erase_if(node.entries, [&](const NodeEntry& entry) { return isReset(entry.value); });
    std::erase_if(node.items, isReset);
    for (auto& entry : node.entries)
        applyTags(entry.value);
    for (auto& item : node.items)
        applyTags(item);
    node.tag = NodeTag::None;
}

} // namespace escale::compose
