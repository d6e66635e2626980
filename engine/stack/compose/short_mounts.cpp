// "data:/var/lib:ro", "./site:/srv:z": compose-spec 05-services.md, volumes.
#include "engine/stack/compose/short_forms.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace escale::compose {
namespace {

constexpr auto kForm = "Write NAME:/PATH or ./FOLDER:/PATH, with :ro or other options behind.";

bool isDrive(std::string_view text) {
    return text.size() == 1 && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
}

/// By colons; one behind a single letter is a drive's of Windows, and one in ${…} a variable's.
std::vector<std::string> fieldsOf(std::string_view text) {
    std::vector<std::string> fields(1);
    unsigned depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("${"))
            ++depth;
        if (text[i] == '}' && depth > 0)
            --depth;
        if (text[i] == ':' && depth == 0 && !isDrive(fields.back()))
            fields.emplace_back();
        else
            fields.back() += text[i];
    }
    return fields;
}

bool isPath(std::string_view source) {
    return !source.empty() && (std::string_view("./~").find(source.front()) != std::string_view::npos ||
                               source.starts_with("\\\\") ||
                               (source.size() > 1 && source[1] == ':' && isDrive(source.substr(0, 1))));
}

std::string cleaned(const std::string& path) {
    std::string clean = std::filesystem::path(path).lexically_normal().string();
    if (clean.size() > 1 && clean.ends_with('/'))
        clean.pop_back();
    return clean;
}

struct ShortMount {
    std::string source, target, propagation, label;
    bool readOnly = false, noCopy = false;
};

/// Whether the word is an option.
bool readOption(std::string_view option, ShortMount& mount) {
    if (option == "ro" || option == "rw")
        mount.readOnly = option == "ro";
    else if (option == "nocopy")
        mount.noCopy = true;
    else if (option == "z" || option == "Z")
        mount.label = option;
    else if (isOneOf(option, {"rprivate", "private", "rshared", "shared", "rslave", "slave"}))
        mount.propagation = option;
    else
        return isOneOf(option, {"cached", "delegated", "consistent"}); // of virtual machines: nothing here
    return true;
}

void readOptions(const Node& node, const std::string& options, ShortMount& mount, FormPart& part) {
    for (std::size_t begin = 0; begin <= options.size();) {
        const auto comma = std::min(options.find(',', begin), options.size());
        const std::string option = options.substr(begin, comma - begin);
        if (!readOption(option, mount))
            part.tell(node.place, "\"" + option.substr(0, 60) + "\" is no option of a mount",
                      "The options are ro, rw, nocopy, z, Z and rprivate, rslave, rshared and their like.",
                      Problem::Severity::Warning);
        begin = comma + 1;
    }
}

Node longMount(const ShortMount& mount, const Place& place) {
    Node node = Node::map(place);
    const auto set = [&](Node& map, const char* key, std::string text, bool quoted = true) {
        map.entries.push_back({key, place, Node::scalar(std::move(text), place, quoted)});
    };
    const bool isBind = isPath(mount.source);
    set(node, "type", isBind ? "bind" : "volume");
    if (!mount.source.empty())
        set(node, "source", mount.source);
    set(node, "target", cleaned(mount.target));
    if (mount.readOnly)
        set(node, "read_only", "true", false);
    Node details = Node::map(place);
    if (isBind) {
        if (!mount.label.empty())
            set(details, "selinux", mount.label);
        if (!mount.propagation.empty())
            set(details, "propagation", mount.propagation);
        set(details, "create_host_path", "true", false);
    } else if (mount.noCopy) {
        set(details, "nocopy", "true", false);
    }
    node.entries.push_back({isBind ? "bind" : "volume", place, std::move(details)});
    return node;
}

} // namespace

void mountForm(Node& mount, FormPart& part) {
    if (!mount.isScalar())
        return;
    const std::vector<std::string> fields = fieldsOf(mount.text);
    if (fields.size() > 3 ||
        std::any_of(fields.begin(), fields.end(), [](const auto& f) { return f.empty(); })) {
        part.tell(mount.place, "the mount \"" + mount.text.substr(0, 60) + "\" cannot be read", kForm);
        return;
    }
    ShortMount made;
    if (fields.size() > 1)
        made.source = fields.front();
    made.target = fields.size() > 1 ? fields[1] : fields.front();
    if (fields.size() > 2)
        readOptions(mount, fields[2], made, part);
    mount = longMount(made, mount.place);
}

} // namespace escale::compose
