#include "engine/stack/compose/short_forms.h"

#include "engine/stack/compose/scalar_types.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace escale::compose {
namespace {

Node textAt(std::string text, const Place& place) {
    return Node::scalar(std::move(text), place);
}
Node wordAt(std::string text, const Place& place) {
    return Node::scalar(std::move(text), place, false);
}
/// A map with one key.
Node mapAt(std::string key, Node value, const Place& place) {
    Node map = Node::map(place);
    map.entries.push_back({std::move(key), place, std::move(value)});
    return map;
}
void put(Node& map, std::string_view key, Node value, const Place& place) {
    if (map.find(key) == nullptr)
        map.entries.push_back({std::string(key), place, {}});
    map.set(key) = std::move(value);
}
void putDefault(Node& map, std::string_view key, Node value) {
    if (map.find(key) == nullptr)
        map.set(key) = std::move(value);
}

/// A map of many keys: the later of two with one name is taken.
class NamedValues {
public:
    explicit NamedValues(const Place& place)
        : m_map(Node::map(place)) {}

    void put(const std::string& key, Node value, const Place& place) {
        const auto [known, isNew] = m_index.emplace(key, m_map.entries.size());
        if (isNew)
            m_map.entries.push_back({key, place, std::move(value)});
        else
            m_map.entries[known->second] = {key, place, std::move(value)};
    }
    Node take() { return std::move(m_map); }

private:
    Node m_map;
    std::unordered_map<std::string, std::size_t> m_index;
};

/// A text alone is a list of it; an empty one, of nothing.
void oneForm(Node& node, FormPart& /*part*/) {
    if (node.isScalar()) {
        Node list = Node::list({}, node.place);
        if (!node.text.empty())
            list.items.push_back(std::move(node));
        node = std::move(list);
    }
}

/// ["NAME=value", "NAME"] → {NAME: value, NAME: …}.
void valuesForm(Node& node, FormPart& part, bool keepsNull) {
    if (node.isMap()) {
        for (NodeEntry& entry : node.entries) {
            if (entry.value.isNull() && !keepsNull)
                entry.value = textAt({}, entry.place);
        }
        return;
    }
    if (!node.isList())
        return;
    NamedValues values(node.place);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Node& item = node.items[i];
        if (!item.isScalar())
            return;
        const auto equals = item.text.find('=');
        const std::string name = item.text.substr(0, equals);
        if (name.empty() || name.back() == ' ' || name.back() == '\t') {
            part.tellOf(i, item.place,
                        name.empty() ? "\"" + item.text.substr(0, 60) + "\" has no name"
                                     : "the name \"" + name + "\" ends with a space",
                        "Write NAME=value.");
            return;
        }
        Node value = equals != std::string::npos ? textAt(item.text.substr(equals + 1), item.place)
                     : keepsNull                 ? Node()
                                                 : textAt({}, item.place);
        if (value.isNull())
            value.place = item.place;
        value.raw = item.raw;
        values.put(name, std::move(value), item.place);
    }
    node = values.take();
}
void environmentForm(Node& node, FormPart& part) {
    valuesForm(node, part, true);
}
void labelsForm(Node& node, FormPart& part) {
    valuesForm(node, part, false);
}

/// [a, b] → {a: null, b: null}.
void namesForm(Node& node, FormPart& /*part*/) {
    if (!node.isList() ||
        !std::all_of(node.items.begin(), node.items.end(), [](const Node& n) { return n.isScalar(); }))
        return;
    NamedValues values(node.place);
    for (const Node& item : node.items) {
        Node nothing;
        nothing.place = item.place;
        values.put(item.text, std::move(nothing), item.place);
    }
    node = values.take();
}

void dependenciesForm(Node& node, FormPart& part) {
    namesForm(node, part);
    for (NodeEntry& entry : node.entries) {
        if (entry.value.isNull())
            entry.value = Node::map(entry.place);
        if (!entry.value.isMap())
            continue;
        putDefault(entry.value, "condition", textAt("service_started", entry.place));
        putDefault(entry.value, "required", wordAt("true", entry.place));
    }
}

void hostsForm(Node& node, FormPart& part) {
    std::vector<Node> lines;
    const auto add = [&](const std::string& name, std::string address, const Place& place) {
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        lines.push_back(textAt(name + '=' + address, place));
    };
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Node& item = node.items[i];
        const auto equals = item.text.find('=');
        const auto middle = equals != std::string::npos ? equals : item.text.find(':');
        if (!item.isScalar() || middle == std::string::npos || middle == 0 ||
            middle + 1 == item.text.size()) {
            if (item.isScalar())
                part.tellOf(i, item.place, "\"" + item.text.substr(0, 60) + "\" is no line of a hosts file",
                            "Write NAME=ADDRESS.");
            return;
        }
        for (std::size_t begin = middle + 1; begin <= item.text.size();) {
            const auto comma = std::min(item.text.find(',', begin), item.text.size());
            add(item.text.substr(0, middle), item.text.substr(begin, comma - begin), item.place);
            begin = comma + 1;
        }
    }
    for (const NodeEntry& entry : node.entries) {
        if (entry.value.isScalar())
            add(entry.key, entry.value.text, entry.value.place);
        for (const Node& address : entry.value.items)
            add(entry.key, address.text, address.place);
    }
    if (!node.isMap() && !node.isList())
        return;
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Node& a, const Node& b) { return a.text < b.text; });
    node = Node::list(std::move(lines), node.place);
}

void commandForm(Node& node, FormPart& part) {
    if (!node.isScalar())
        return;
    auto split = shellWords(node.text);
    if (!split) {
        part.tell(node.place, "a quote is not closed in \"" + node.text.substr(0, 60) + '"',
                  "Close it, or write a list of words.");
        return;
    }
    if (split->end < node.text.size())
        part.tell(node.place,
                  "what stands behind \"" + node.text.substr(split->end, 1) +
                      "\" is left out: no shell runs the command",
                  R"(Write ["sh", "-c", "…"] to have one.)", Problem::Severity::Warning);
    Node list = Node::list({}, node.place);
    for (std::string& word : split->words)
        list.items.push_back(textAt(std::move(word), node.place));
    node = std::move(list);
}

void testForm(Node& node, FormPart& part) {
    if (node.isScalar()) {
        Node words = Node::list({textAt("CMD-SHELL", node.place)}, node.place);
        words.items.push_back(std::move(node));
        words.items.back().quoted = true;
        node = std::move(words);
    } else if (node.isList() && !node.items.empty()) {
        const std::string& first = node.items.front().text;
        if (first != "CMD" && first != "CMD-SHELL" && first != "NONE")
            part.tell(node.items.front().place,
                      "a list begins with CMD, CMD-SHELL or NONE, not with \"" + first + '"',
                      "Write [CMD, word, …] or a text for the shell.");
    }
}

/// A text alone is the value of `key`.
void wrap(Node& node, std::string key) {
    if (!node.isScalar())
        return;
    Node value = std::move(node);
    const Place place = value.place;
    node = mapAt(std::move(key), std::move(value), place);
}
void buildForm(Node& node, FormPart& /*part*/) {
    wrap(node, "context");
}
void extendsForm(Node& node, FormPart& /*part*/) {
    wrap(node, "service");
}
void includeForm(Node& node, FormPart& /*part*/) {
    wrap(node, "path");
}
void environmentFileForm(Node& node, FormPart& /*part*/) {
    wrap(node, "path");
    if (node.isMap())
        putDefault(node, "required", wordAt("true", node.place));
}
void sourceForm(Node& node, FormPart& /*part*/) {
    wrap(node, "source");
}
void secretForm(Node& node, FormPart& part) {
    sourceForm(node, part);
    if (node.isMap() && node.find("target") == nullptr && !node.textOf("source").empty())
        node.set("target") = textAt("/run/secrets/" + node.textOf("source"), node.place);
}

/// Octal digits: "0440", also when YAML has read the number.
void modeForm(Node& node, FormPart& part) {
    if (!node.isScalar())
        return;
    std::optional<std::int64_t> mode;
    if (node.quoted || !node.raw.empty())
        mode = integerOf(Node::scalar("0" + node.text, {}, false));
    else
        mode = integerIn(node);
    if (!mode || *mode < 0 || *mode > 07777) {
        part.tell(node.place, "\"" + node.text.substr(0, 60) + "\" is no mode of a file",
                  "Write it in octal, such as 0440.");
        return;
    }
    std::string digits;
    for (auto rest = *mode; rest != 0; rest /= 8)
        digits.insert(digits.begin(), static_cast<char>('0' + rest % 8));
    node.text = '0' + digits;
    node.quoted = true;
}

void deviceForm(Node& node, FormPart& part) {
    if (!node.isScalar())
        return;
    const Place place = node.place;
    std::vector<std::string> fields(1);
    for (const char c : node.text) {
        if (c == ':')
            fields.emplace_back();
        else
            fields.back() += c;
    }
    if (fields.size() > 3 || fields.front().empty()) {
        part.tell(place, "the device \"" + node.text.substr(0, 60) + "\" cannot be read",
                  "Write PATH, PATH:PATH-INSIDE or PATH:PATH-INSIDE:rwm.");
        return;
    }
    const std::string target = fields.size() > 1 && !fields[1].empty() ? fields[1] : fields[0];
    Node map = mapAt("source", textAt(fields[0], place), place);
    put(map, "target", textAt(target, place), place);
    put(map, "permissions", textAt(fields.size() > 2 ? fields[2] : "rwm", place), place);
    node = std::move(map);
}

void graphicsForm(Node& node, FormPart& /*part*/) {
    if (node.isScalar())
        node = Node::list({mapAt("count", textAt(node.text, node.place), node.place)}, node.place);
}

/// {external: {name: X}} → {external: true, name: X}.
void externalForm(Node& node, FormPart& part) {
    Node* external = node.find("external");
    if (external == nullptr || !external->isMap())
        return;
    const Place place = external->place;
    const Node* name = external->find("name");
    if (name != nullptr) {
        const Node old = *name;
        part.tell(old.place, "external.name is the old form", "Write name beside external: true.",
                  Problem::Severity::Note);
        if (const Node* own = node.find("name"); own != nullptr && own->text != old.text)
            part.tell(old.place, "name and external.name are different", "Leave external.name out.");
        else
            put(node, "name", old, old.place);
    }
    *node.find("external") = wordAt("true", place);
}

void agentsForm(Node& node, FormPart& part) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const std::string& text = node.items[i].text;
        if (text.find('=') == std::string::npos && text != "default") {
            part.tellOf(i, node.items[i].place, "\"" + text.substr(0, 60) + "\" names no agent",
                        "Write default, or ID=PATH of an agent's socket.");
            return;
        }
    }
    valuesForm(node, part, true);
}

bool isWord(const Node& node, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), node.text) != words.end();
}

void restartForm(Node& node, FormPart& part) {
    constexpr std::string_view kCounted = "on-failure:";
    if (!node.isScalar() || node.text.empty() || // which is left out
        isWord(node, {"no", "always", "on-failure", "unless-stopped"}))
        return;
    if (node.text.starts_with(kCounted) &&
        integerIn(Node::scalar(node.text.substr(kCounted.size()))).value_or(-1) >= 0)
        return;
    part.tell(node.place, "restart cannot be \"" + node.text.substr(0, 60) + '"',
              "Write one of: \"no\", always, on-failure, on-failure:3, unless-stopped.");
}

void pullPolicyForm(Node& node, FormPart& part) {
    constexpr std::string_view kEvery = "every_";
    if (!node.isScalar() ||
        isWord(node, {"always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"}))
        return;
    std::string_view rest = node.text;
    bool good = rest.starts_with(kEvery) && rest.size() > kEvery.size();
    rest.remove_prefix(good ? kEvery.size() : 0);
    while (good && !rest.empty()) { // ([0-9]+[wdhms])+
        const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        good = digits > 0 && digits < rest.size() &&
               std::string_view("wdhms").find(rest[digits]) != std::string_view::npos;
        rest.remove_prefix(std::min(digits + 1, rest.size()));
    }
    if (!good)
        part.tell(node.place, "pull_policy cannot be \"" + node.text.substr(0, 60) + '"',
                  "Write one of: missing, always, never, build, daily, weekly, or every_ with a duration "
                  "such as every_12h.");
}

struct NamedForm {
    std::string_view path;
    Form form;
};
constexpr auto kForms = std::to_array<NamedForm>({
    {"configs.*", externalForm},
    {"configs.*.labels", labelsForm},
    {"include[]", includeForm},
    {"include[].env_file", oneForm},
    {"include[].path", oneForm},
    {"networks.*", externalForm},
    {"networks.*.labels", labelsForm},
    {"secrets.*", externalForm},
    {"secrets.*.labels", labelsForm},
    {"services.*.annotations", labelsForm},
    {"services.*.build", buildForm},
    {"services.*.build.additional_contexts", labelsForm},
    {"services.*.build.args", environmentForm},
    {"services.*.build.extra_hosts", hostsForm},
    {"services.*.build.labels", labelsForm},
    {"services.*.build.secrets[]", sourceForm},
    {"services.*.build.secrets[].mode", modeForm},
    {"services.*.build.ssh", agentsForm},
    {"services.*.command", commandForm},
    {"services.*.configs[]", sourceForm},
    {"services.*.configs[].mode", modeForm},
    {"services.*.depends_on", dependenciesForm},
    {"services.*.deploy.labels", labelsForm},
    {"services.*.deploy.resources.reservations.devices[].options", labelsForm},
    {"services.*.develop.watch[].exec.command", commandForm},
    {"services.*.develop.watch[].exec.environment", environmentForm},
    {"services.*.develop.watch[].ignore", oneForm},
    {"services.*.develop.watch[].include", oneForm},
    {"services.*.devices[]", deviceForm},
    {"services.*.dns", oneForm},
    {"services.*.dns_search", oneForm},
    {"services.*.entrypoint", commandForm},
    {"services.*.env_file", oneForm},
    {"services.*.env_file[]", environmentFileForm},
    {"services.*.environment", environmentForm},
    {"services.*.expose", exposeForm},
    {"services.*.extends", extendsForm},
    {"services.*.extra_hosts", hostsForm},
    {"services.*.gpus", graphicsForm},
    {"services.*.gpus[].options", labelsForm},
    {"services.*.healthcheck.test", testForm},
    {"services.*.label_file", oneForm},
    {"services.*.labels", labelsForm},
    {"services.*.logging.options", labelsForm},
    {"services.*.models", namesForm},
    {"services.*.networks", namesForm},
    {"services.*.ports", portsForm},
    {"services.*.ports[]", portForm},
    {"services.*.post_start[].command", commandForm},
    {"services.*.post_start[].environment", environmentForm},
    {"services.*.pre_stop[].command", commandForm},
    {"services.*.pre_stop[].environment", environmentForm},
    {"services.*.pull_policy", pullPolicyForm},
    {"services.*.restart", restartForm},
    {"services.*.secrets[]", secretForm},
    {"services.*.secrets[].mode", modeForm},
    {"services.*.sysctls", labelsForm},
    {"services.*.tmpfs", oneForm},
    {"services.*.volumes[]", mountForm},
    {"services.*.volumes[].volume.labels", labelsForm},
    {"volumes.*", externalForm},
    {"volumes.*.labels", labelsForm},
});
static_assert(std::is_sorted(kForms.begin(), kForms.end(),
                             [](const NamedForm& a, const NamedForm& b) { return a.path < b.path; }));

} // namespace

Form formOf(std::string_view path) {
    const auto* const found =
        std::lower_bound(kForms.begin(), kForms.end(), path,
                         [](const NamedForm& form, std::string_view sought) { return form.path < sought; });
    return found != kForms.end() && found->path == path ? found->form : nullptr;
}

void FormPart::tell(const Place& place, std::string what, std::string hint, Problem::Severity severity) {
    m_problems.push_back({severity, place, m_path, std::move(what), std::move(hint)});
}

void FormPart::tellOf(std::size_t item, const Place& place, std::string what, std::string hint,
                      Problem::Severity severity) {
    m_problems.push_back(
        {severity, place, m_path + '[' + std::to_string(item) + ']', std::move(what), std::move(hint)});
}

bool FormPart::takeRoom(std::size_t count) {
    if (count > m_room)
        return false;
    m_room -= count;
    return true;
}

} // namespace escale::compose
