// Whether a file is made of what the specification has: keys, types, values.
#include "engine/stack/compose/scalar_types.h"
#include "engine/stack/compose/schema.h"
#include "engine/stack/compose/schema_tree.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace escale::compose {
namespace {

constexpr std::size_t kLongestName = 64;    // of those that are compared
constexpr std::size_t kMostCompared = 1000; // names of a file

/// How many letters have to be put in, taken out, replaced or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), 0U);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

struct Renamed {
    std::string_view old, today;
};
/// Words of old formats and of `docker run`.
constexpr std::array<Renamed, 12> kRenamed{{{"net", "network_mode"},
                                            {"log_driver", "logging"},
                                            {"log_opt", "logging"},
                                            {"volume_driver", "volumes"},
                                            {"memory", "mem_limit"},
                                            {"env", "environment"},
                                            {"cmd", "command"},
                                            {"workdir", "working_dir"},
                                            {"publish", "ports"},
                                            {"name", "container_name"},
                                            {"replicas", "deploy"},
                                            {"resources", "deploy"}}};

std::string nearest(std::string_view key, const SchemaBranch& branch) {
    for (const Renamed& word : kRenamed) {
        if (word.old == key && branch.find(word.today) != nullptr)
            return std::string(word.today);
    }
    std::string_view best;
    std::size_t least = std::max<std::size_t>(1, key.size() / 3) + 1;
    for (const auto& known : branch.keys) {
        const std::size_t far = key.size() > kLongestName ? least : distance(key, known->name);
        if (far < least) {
            least = far;
            best = known->name;
        }
    }
    return std::string(best);
}

/// Where a key that is wrong here would be right.
std::string elsewhere(std::string_view key, std::string_view part) {
    const std::string_view section = part.substr(0, part.find('.'));
    for (const Property& property : properties()) {
        const auto dot = property.path.rfind('.');
        if (property.path.substr(dot == std::string_view::npos ? 0 : dot + 1) == key &&
            (section.empty() || property.path.starts_with(section)) && property.path != key) {
            std::string path(property.path);
            for (auto star = path.find('*'); star != std::string::npos; star = path.find('*'))
                path.replace(star, 1, "NAME");
            return path;
        }
    }
    return {};
}

struct Required {
    std::string_view part, key;
};
/// Without which nothing can be made of the rest. Only where a file that is merged over another one must have
/// it, too.
constexpr std::array<Required, 10> kRequired{{{"services.*.extends", "service"},
                                              {"services.*.env_file[]", "path"},
                                              {"services.*.devices[]", "source"},
                                              {"services.*.volumes[]", "type"},
                                              {"services.*.volumes[]", "target"},
                                              {"services.*.ports[]", "target"},
                                              {"services.*.configs[]", "source"},
                                              {"services.*.secrets[]", "source"},
                                              {"services.*.post_start[]", "command"},
                                              {"services.*.pre_stop[]", "command"}}};
/// Where the specification has no room for x-….
constexpr std::array<std::string_view, 9> kNoExtensions{
    "services.*.blkio_config",
    "services.*.blkio_config.device_read_bps[]",
    "services.*.blkio_config.device_read_iops[]",
    "services.*.blkio_config.device_write_bps[]",
    "services.*.blkio_config.device_write_iops[]",
    "services.*.blkio_config.weight_device[]",
    "services.*.extends",
    "services.*.env_file[]",
    "include[]",
};

/// Where a value stands.
struct Step {
    const SchemaBranch* branch; // in the table; null: nothing is known of what is in it
    std::string path;           // in the file
    Place place;                // of the key or item
};

class ShapeCheck {
public:
    explicit ShapeCheck(Problems& problems)
        : m_problems(problems) {}

    void visit(const Node& node, const Step& step, const Property* property) {
        if (node.isMap() && step.branch != nullptr)
            visitMap(node, *step.branch, step, property);
        else if (node.isList())
            visitItems(node, step, property);
    }

private:
    void visitMap(const Node& map, const SchemaBranch& branch, const Step& step, const Property* property) {
        const std::uint16_t members = property == nullptr ? std::uint16_t(0) : property->members;
        for (const NodeEntry& entry : map.entries) {
            const std::string path = step.path.empty() ? entry.key : step.path + '.' + entry.key;
            if (isExtension(entry.key, branch))
                continue;
            if (branch.any != nullptr) {
                checkName(entry, step, path);
                checkValue(entry.value, {branch.any.get(), path, placeOf(entry)}, members, nullptr);
            } else if (const SchemaBranch* child = branch.find(entry.key)) {
                checkValue(entry.value, {child, path, placeOf(entry)}, child->property->types,
                           child->property);
            } else if (!branch.keys.empty()) {
                unknown(entry, branch, step, path);
            } else if (members != 0) {
                checkValue(entry.value, {nullptr, path, placeOf(entry)}, members, nullptr);
            }
        }
        for (const Required& required : kRequired) {
            if (required.part == branch.path && map.find(required.key) == nullptr)
                tell(step.place, step.path, shortName(step.path) + " lacks " + std::string(required.key),
                     exampleOf(branch, required.key));
        }
    }

    void visitItems(const Node& list, const Step& step, const Property* property) {
        const SchemaBranch* branch = step.branch == nullptr ? nullptr : step.branch->item.get();
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            const Node& item = list.items[i];
            const std::string path = step.path + '[' + std::to_string(i) + ']';
            const Step below{branch, path, item.place.line != 0 ? item.place : step.place};
            if (property != nullptr && property->items != 0)
                checkValue(item, below, property->items, nullptr);
            if (item.isScalar() && property != nullptr && mustBeUnique(property->path) &&
                !seen.insert(item.text).second)
                tell(below.place, path,
                     shortName(step.path) + " has \"" + item.text.substr(0, 60) + "\" twice",
                     "Leave one of them out.", Problem::Severity::Warning);
        }
    }

    /// `property`: the value's own; null for items and values of free keys.
    void checkValue(const Node& value, const Step& step, std::uint16_t types, const Property* property) {
        if (value.tag == NodeTag::Reset)
            return;
        if (types != 0 && !fits(value, types)) {
            wrongType(value, step, types, property);
            return;
        }
        if (property != nullptr && value.isScalar())
            checkWord(value, step, *property);
        visit(value, step, property);
    }

    void wrongType(const Node& value, const Step& step, std::uint16_t types, const Property* property) {
        std::string hint = hintOf(types);
        if (property != nullptr && !property->example.empty())
            hint = "For example: " + std::string(step.branch->name) + ": " + std::string(property->example);
        if (value.isScalar() && (types & kText) != 0)
            hint = "Put it in quotes: \"" + value.text + '"';
        tell(value.place.line != 0 ? value.place : step.place, step.path,
             shortName(step.path) + " is " + typesInWords(types) + ", not " + kindInWords(value),
             std::move(hint));
    }

    static std::string hintOf(std::uint16_t types) {
        if ((types & kDuration) != 0)
            return "Write numbers with units, such as 1m30s.";
        if ((types & kBytes) != 0)
            return "Write a number and b, k, m or g, such as 512m.";
        return {};
    }

    void checkWord(const Node& value, const Step& step, const Property& property) {
        if (property.values.empty())
            return;
        const std::string all = '|' + std::string(property.values) + '|';
        if (value.text.find('|') == std::string::npos &&
            all.find('|' + value.text + '|') != std::string::npos)
            return;
        std::string hint = "Write one of: ";
        for (const char c : property.values)
            hint += c == '|' ? ", " : std::string(1, c);
        tell(value.place.line != 0 ? value.place : step.place, step.path,
             shortName(step.path) + " cannot be \"" + value.text.substr(0, 60) + '"', hint + '.');
    }

    void checkName(const NodeEntry& entry, const Step& step, const std::string& path) {
        const bool isLimit = step.path.ends_with("ulimits");
        const std::string_view letters =
            isLimit ? "abcdefghijklmnopqrstuvwxyz"
                    : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
        if (!entry.key.empty() && entry.key.find_first_not_of(letters) == std::string::npos)
            return;
        tell(placeOf(entry), path,
             '"' + entry.key.substr(0, 60) + "\" is no name for " + shortName(step.path),
             isLimit ? "Names of limits are lower-case letters, such as nofile."
                     : "Names are letters, digits, points, - and _.");
    }

    void unknown(const NodeEntry& entry, const SchemaBranch& branch, const Step& step,
                 const std::string& path) {
        std::string hint;
        if (++m_unknown > kMostCompared) // comparing takes a while
            hint = "Leave it out.";
        else if (const std::string near = nearest(entry.key, branch); !near.empty())
            hint = "Did you mean \"" + near + "\"?";
        else if (branch.path.empty() && entry.value.isMap() &&
                 (entry.value.find("image") != nullptr || entry.value.find("build") != nullptr))
            hint = "Services stand below \"services:\".";
        else if (const std::string where = elsewhere(entry.key, branch.path); !where.empty())
            hint = "It can stand at " + where + '.';
        else
            hint = "Leave it out, or call it x-" + entry.key + " if it is a note of your own.";
        tell(placeOf(entry), path,
             step.path.empty() ? "there is no property \"" + entry.key + '"'
                               : shortName(step.path) + " has no property \"" + entry.key + '"',
             std::move(hint));
    }

    static bool isExtension(std::string_view key, const SchemaBranch& branch) {
        return key.starts_with("x-") && !branch.keys.empty() &&
               std::find(kNoExtensions.begin(), kNoExtensions.end(), branch.path) == kNoExtensions.end();
    }

    static bool mustBeUnique(std::string_view pattern) {
        for (const std::string_view end :
             {".command", ".entrypoint", ".test", ".runtime_flags", ".entitlements", ".cache_from",
              ".cache_to", ".tags", ".platforms"}) {
            if (pattern.ends_with(end))
                return false;
        }
        return true;
    }

    static std::string exampleOf(const SchemaBranch& branch, std::string_view key) {
        const SchemaBranch* child = branch.find(key);
        return child == nullptr || child->property == nullptr
                   ? std::string()
                   : "For example: " + std::string(key) + ": " + std::string(child->property->example);
    }

    /// The last key of a way: what a person looks at.
    static std::string shortName(const std::string& path) { return path.substr(path.rfind('.') + 1); }

    static Place placeOf(const NodeEntry& entry) {
        return entry.place.line != 0 ? entry.place : entry.value.place;
    }

    void tell(Place place, const std::string& path, std::string what, std::string hint,
              Problem::Severity severity = Problem::Severity::Error) {
        m_problems.push_back({severity, place, path, std::move(what), std::move(hint)});
    }

    Problems& m_problems;
    std::size_t m_unknown = 0;
};

} // namespace

void checkShape(const Node& node, std::string_view part, Problems& problems) {
    const SchemaBranch* branch = schemaBranch(part);
    if (branch == nullptr)
        return;
    if (part.empty() && !node.isMap()) {
        if (!node.isNull())
            problems.push_back({Problem::Severity::Error,
                                node.place,
                                {},
                                "a Compose file is a map, not " + kindInWords(node),
                                "Begin with \"services:\"."});
        return;
    }
    ShapeCheck(problems).visit(node, {branch, std::string(part), node.place}, branch->property);
}

} // namespace escale::compose
