#include "engine/stack/compose/check_service.h"

#include "engine/stack/compose/canonical_form.h"
#include "engine/stack/compose/defaults.h"

#include <algorithm>

namespace escale::compose {
namespace {

std::set<std::string, std::less<>> keysOf(const Node* map) {
    std::set<std::string, std::less<>> keys;
    for (std::size_t i = 0; map != nullptr && i < map->entries.size(); ++i)
        keys.insert(map->entries[i].key);
    return keys;
}

const std::vector<Node>& itemsOf(const Node* list) {
    static const std::vector<Node> kNone;
    return list != nullptr ? list->items : kNone;
}

using Names = std::set<std::string, std::less<>>;

class ServiceCheck {
public:
    ServiceCheck(Loading& loading, const ProjectNames& names, const NodeEntry& service)
        : m_loading(loading)
        , m_names(names)
        , m_entry(service)
        , m_service(service.value)
        , m_path("services." + service.key) {}

    void run() {
        image();
        build();
        networks();
        references();
        replicas();
        limits();
        targets();
    }

private:
    void error(const Place& place, std::string_view below, std::string what, std::string hint) {
        m_loading.error(place.line != 0 ? place : m_entry.place,
                        below.empty() ? m_path : m_path + '.' + std::string(below), std::move(what),
                        std::move(hint));
    }

    void image() {
        const auto has = [&](const char* key) { return m_service.find(key) != nullptr; };
        if (!has("image") && !has("build") && !has("provider") && !has("extends"))
            error(m_entry.place, {}, "service " + m_entry.key + " has neither an image nor a build",
                  "Give it \"image: NAME\", or \"build: FOLDER\" of a Dockerfile.");
    }

    void build() {
        const Node* const build = m_service.find("build");
        if (build == nullptr || !build->isMap())
            return;
        const Node* const text = build->find("dockerfile_inline");
        if (const Node* file = build->find("dockerfile"); file != nullptr && text != nullptr)
            error(file->place, "build.dockerfile", "a build has both dockerfile and dockerfile_inline",
                  "Take one of them out.");
        if (const Node* contexts = build->find("additional_contexts")) {
            for (const auto& context : contexts->entries)
                contextOf(context);
        }
        const Node* const platform = m_service.find("platform");
        const auto& platforms = itemsOf(build->find("platforms"));
        if (platform != nullptr && !platforms.empty() &&
            std::none_of(platforms.begin(), platforms.end(),
                         [&](const Node& one) { return one.text == platform->text; }))
            error(platform->place, "platform",
                  "the platform " + platform->text + " is none of those that the build makes",
                  "Add it to build.platforms.");
        for (const auto& secret : itemsOf(build->find("secrets")))
            refer(secret, "build.secrets", "secret", "secrets", m_names.secrets);
    }

    void contextOf(const NodeEntry& context) {
        const std::string name = serviceIn(context.value.text);
        if (name.empty())
            return;
        const auto found = m_names.services.find(name);
        if (found == m_names.services.end())
            error(context.value.place, "build.additional_contexts",
                  "the context " + context.key + " is of service " + quoted(name) + ", which is not there",
                  "Name one of the project's services.");
        else if (found->second->find("build") == nullptr)
            error(context.value.place, "build.additional_contexts",
                  "the context " + context.key + " is of service " + name + ", which is not built",
                  "Use docker-image://" + found->second->textOf("image") + " instead.");
    }

    void networks() {
        const Node* const mode = m_service.find("network_mode");
        const Node* const networks = m_service.find("networks");
        if (networks == nullptr)
            return;
        if (mode != nullptr && !networks->entries.empty())
            error(mode->place, "network_mode",
                  "service " + m_entry.key + " has both network_mode and networks",
                  "Take one of them out: with network_mode a service is in no network of the project.");
        for (const auto& network : networks->entries) {
            if (!m_names.networks.contains(network.key))
                missing(network.place, "networks", "network", "networks", network.key, m_names.networks);
        }
    }

    void references() {
        for (const auto& volume : itemsOf(m_service.find("volumes"))) {
            const std::string source = volume.textOf("source");
            if (volume.textOf("type") == "volume" && !source.empty() && !m_names.volumes.contains(source)) {
                const Place place = volume.find("source")->place;
                missing(place.line != 0 ? place : volume.place, "volumes", "volume", "volumes", source,
                        m_names.volumes);
            }
        }
        for (const auto& secret : itemsOf(m_service.find("secrets")))
            refer(secret, "secrets", "secret", "secrets", m_names.secrets);
        for (const auto& config : itemsOf(m_service.find("configs")))
            refer(config, "configs", "config", "configs", m_names.configs);
    }

    void refer(const Node& use, std::string_view below, const std::string& what, const std::string& section,
               const Names& known) {
        const Node* const source = use.isMap() ? use.find("source") : &use;
        if (source == nullptr || !source->isScalar() || known.contains(source->text))
            return;
        missing(source->place.line != 0 ? source->place : use.place, below, what, section, source->text,
                known);
    }

    void missing(const Place& place, std::string_view below, const std::string& what,
                 const std::string& section, const std::string& name, const Names& known) {
        std::string hint = "Define it at the top level: \"" + section + ": {" + name + ": }\"";
        if (!known.empty())
            hint += ", or name one that is there: " + listed({known.begin(), known.end()});
        error(place, below, "there is no " + what + ' ' + quoted(name) + " in the project", hint + '.');
    }

    void replicas() {
        const Node* const scale = m_service.find("scale");
        const Node* const replicas = m_service.at({"deploy", "replicas"});
        for (const Node* count : {scale, replicas}) {
            const auto number = count != nullptr ? numberIn(*count) : std::nullopt;
            if (number && *number < 0)
                error(count->place, count == scale ? "scale" : "deploy.replicas",
                      "a service cannot run " + count->text + " times", "Use 0 or more.");
        }
        if (scale != nullptr && replicas != nullptr && replicas->place.line != 0 &&
            numberIn(*scale) != numberIn(*replicas))
            error(replicas->place, "deploy.replicas",
                  "scale is " + scale->text + " and deploy.replicas is " + replicas->text,
                  "Take one of them out.");
        const Node* const name = m_service.find("container_name");
        if (name != nullptr && replicasOf(m_service) > 1)
            error(name->place, "container_name",
                  "container_name is one name, and " + std::to_string(replicasOf(m_service)) +
                      " containers are asked for",
                  "Take container_name out, or run one.");
    }

    /// What is written as a number, also in quotes.
    static std::optional<std::int64_t> numberIn(const Node& node) {
        return integerOf(Node::scalar(node.text, {}, false));
    }

    void limits() {
        same("cpus", {"deploy", "resources", "limits", "cpus"}, "deploy.resources.limits.cpus", false);
        same("mem_limit", {"deploy", "resources", "limits", "memory"}, "deploy.resources.limits.memory",
             true);
        same("mem_reservation", {"deploy", "resources", "reservations", "memory"},
             "deploy.resources.reservations.memory", true);
        same("pids_limit", {"deploy", "resources", "limits", "pids"}, "deploy.resources.limits.pids", false);
    }

    /// A limit that is written in both of its places must be the same one.
    void same(std::string_view key, std::initializer_list<std::string_view> way, const std::string& other,
              bool isBytes) {
        const Node* const one = m_service.find(key);
        const Node* const two = m_service.at(way);
        if (one == nullptr || two == nullptr || !one->isScalar() || !two->isScalar())
            return;
        const auto number = [&](const Node& node) -> std::optional<double> {
            if (!isBytes)
                return numberOf(Node::scalar(node.text, {}, false));
            const auto bytes = bytesOf(node);
            return bytes ? std::optional(static_cast<double>(*bytes)) : std::nullopt;
        };
        if (number(*one) != number(*two))
            error(two->place, other, std::string(key) + " and " + other + " are not the same",
                  "Take one of them out.");
    }

    void targets() {
        std::map<std::string, Place> mounted;
        const auto mount = [&](const std::string& target, const Place& place, std::string_view below) {
            if (!target.empty() && !mounted.emplace(target, place).second)
                error(place, below, "something else is mounted at " + target + " already",
                      "Take one of them out, or give it another place.");
        };
        for (const auto& tmpfs : itemsOf(m_service.find("tmpfs")))
            mount(tmpfs.text.substr(0, tmpfs.text.find(':')), tmpfs.place, "tmpfs");
        for (const auto& volume : itemsOf(m_service.find("volumes")))
            mount(volume.textOf("target"), volume.place, "volumes");
    }

    Loading& m_loading;
    const ProjectNames& m_names;
    const NodeEntry& m_entry;
    const Node& m_service;
    std::string m_path;
};

} // namespace

ProjectNames::ProjectNames(const Project& of)
    : project(of)
    , networks(keysOf(of.root.find("networks")))
    , volumes(keysOf(of.root.find("volumes")))
    , secrets(keysOf(of.root.find("secrets")))
    , configs(keysOf(of.root.find("configs"))) {
    const Node* const all = of.root.find("services");
    for (std::size_t i = 0; all != nullptr && i < all->entries.size(); ++i)
        services.emplace(all->entries[i].key, &all->entries[i].value);
}

void checkService(Loading& loading, const ProjectNames& names, const NodeEntry& service) {
    ServiceCheck(loading, names, service).run();
}

std::int64_t replicasOf(const Node& service) {
    for (const Node* count : {service.find("scale"), service.at({"deploy", "replicas"})}) {
        if (count != nullptr)
            return integerOf(Node::scalar(count->text, {}, false)).value_or(1);
    }
    return 1;
}

} // namespace escale::compose
