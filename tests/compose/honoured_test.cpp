// Nothing that the table calls honoured is dropped: with each property's example something else is asked of
// the engine than without it.
#include "engine/stack/compose/schema.h"
#include "engine/stack/compose/write_yaml.h"
#include "tests/compose/made.h"
#include "tests/support/test_registry.h"

#include <map>

using namespace escale;
using namespace escale::compose;

namespace {

Json mapJson(const TextMap& map) {
    Json json = Json::Object();
    for (const auto& [name, value] : map)
        json.set(name, value);
    return json;
}

Json hookJson(const StackHook& hook) {
    Json json = Json::Object();
    json.set("command", Json::strings(hook.command)).set("user", hook.user);
    json.set("workdir", hook.workingDirectory).set("environment", Json::strings(hook.environment));
    json.set("privileged", hook.privileged);
    return json;
}

Json sourceJson(const StackSource& source) {
    Json json = Json::Object();
    json.set("kind", static_cast<int>(source.kind)).set("path", source.path).set("text", source.text);
    json.set("create", source.create).set("dockerfile", source.dockerfile);
    return json;
}

Json buildJson(const BuildRequest& build) {
    Json json = Json::Object();
    json.set("dockerfile", build.dockerfile).set("context", build.context).set("target", build.target);
    json.set("network", build.network).set("platform", build.platform);
    json.set("tags", Json::strings(build.tags)).set("filter", Json::strings(build.noCacheFilter));
    json.set("hosts", Json::strings(build.extraHosts)).set("allow", Json::strings(build.allow));
    json.set("arguments", mapJson(build.arguments)).set("labels", mapJson(build.labels));
    json.set("no-cache", build.noCache).set("pull", build.pull).set("shm", build.shmSize);
    for (const auto& [key, pairs] :
         {std::pair("secrets", &build.secrets), std::pair("agents", &build.agents)}) {
        Json list = Json::Array();
        for (const auto& [id, source] : *pairs)
            list.append(id);
        json.set(key, std::move(list));
    }
    return json;
}

Json serviceJson(const Stack& stack, const StackService& service) {
    Json json = Json::Object();
    json.set("hash", serviceHash(stack, service)).set("options", optionsToJson(service.options));
    json.set("image", service.image).set("platform", service.platform);
    json.set("pull", static_cast<int>(service.pullPolicy)).set("replicas", service.replicas);
    json.set("build", service.build.has_value());
    Json dependencies = Json::Array();
    for (const StackDependency& dependency : service.dependencies)
        dependencies.append(dependency.service + ' ' + std::string(dependsOnName(dependency.condition)) +
                            (dependency.restart ? " restart" : "") +
                            (dependency.required ? " required" : ""));
    json.set("dependencies", std::move(dependencies));
    for (const auto& [key, hooks] :
         {std::pair("post-start", &service.postStart), std::pair("pre-stop", &service.preStop)}) {
        Json list = Json::Array();
        for (const StackHook& hook : *hooks)
            list.append(hookJson(hook));
        json.set(key, std::move(list));
    }
    return json;
}

/// All that is asked of the engine.
std::string dump(const MadeStack& made) {
    Json json = Json::Object();
    json.set("project", made.stack.project);
    Json services = Json::Object();
    for (const StackService& service : made.stack.services)
        services.set(service.name, serviceJson(made.stack, service));
    json.set("services", std::move(services));
    Json networks = Json::Object();
    for (const StackNetwork& network : made.stack.networks)
        networks.set(network.key, network.name + ' ' + networkHash(network));
    json.set("networks", std::move(networks));
    Json volumes = Json::Object();
    for (const StackVolume& volume : made.stack.volumes)
        volumes.set(volume.key, volume.name + ' ' + volumeHash(volume));
    json.set("volumes", std::move(volumes));
    Json sources = Json::Array();
    for (const StackSource& source : made.sources)
        sources.append(sourceJson(source));
    json.set("sources", std::move(sources));
    Json builds = Json::Array();
    for (const BuildRequest& build : made.builds)
        builds.append(buildJson(build));
    json.set("builds", std::move(builds));
    return json.dumpPretty();
}

/// What the examples refer to; nobody uses it yet.
const std::string kTop = "networks: {front: {}, back: {}, one: {}}\nvolumes: {data: {}, one: {}}\n"
                         "secrets: {token: {file: ./token}, password: {file: ./password}}\n"
                         "configs: {site: {file: ./site}}\n";
std::string around(const std::string& web) {
    return "services: {web: {image: demo" + (web.empty() ? web : ", " + web) + "}, db: {image: demo}}\n" +
           kTop;
}

/// What has to stand around a property to give it a meaning; the longest way that it begins with.
const std::map<std::string, std::string, std::less<>>& surroundings() {
    static const std::map<std::string, std::string, std::less<>> kSurroundings{
        {"", around("")},
        {"include[].path", around("")},
        {"include[]", around("") + "include: [{path: ../database/compose.yaml}]\n"},
        {"networks.*", "services: {web: {image: demo, networks: [one]}}\nnetworks: {one: {}}\n"},
        {"volumes.*", "services: {web: {image: demo, volumes: ['one:/d']}}\nvolumes: {one: {}}\n"},
        {"secrets.*", "services: {web: {image: demo, secrets: [one]}}\nsecrets: {one: {}}\n"},
        {"configs.*", "services: {web: {image: demo, configs: [one]}}\nconfigs: {one: {}}\n"},
        {"services.*.build", around("build: {context: /c}")},
        {"services.*.build.secrets[].target", around("build: {context: /c, secrets: [{source: token}]}")},
        {"services.*.env_file[].path", around("")},
        {"services.*.env_file[]", around("env_file: [{path: ./quoted.env}]")},
        {"services.*.env_file[].required", around("env_file: [{path: ./missing.env}]")},
        {"services.*.extends.file", around("extends: {service: base}")},
        {"services.*.extends.service", around("extends: {file: ./common.yaml}")},
        {"services.*.depends_on.", around("depends_on: {db: {condition: service_started}}")},
        {"services.*.healthcheck.start_interval", around("healthcheck: {start_period: 1m}")},
        {"services.*.logging.driver", around("logging: {driver: none}")},
        {"services.*.post_start[]", around("post_start: [{command: [x]}]")},
        {"services.*.pre_stop[]", around("pre_stop: [{command: [x]}]")},
        {"services.*.volumes[]", around("volumes: [{type: volume, source: data, target: /d}]")},
        {"services.*.volumes[].type", around("volumes: [{type: tmpfs, target: /d}]")},
        {"services.*.volumes[].source", around("volumes: [{type: volume, target: /d}]")},
        {"services.*.volumes[].bind",
         around("volumes: [{type: bind, source: /x, target: /d, read_only: true}]")},
        {"services.*.volumes[].volume.labels", around("volumes: [{type: volume, target: /d}]")},
        {"services.*.volumes[].tmpfs", around("volumes: [{type: tmpfs, target: /d}]")},
        {"services.*.secrets[]", around("secrets: [{source: token}]")},
        {"services.*.secrets[].source", around("secrets: [{target: x}]")},
        {"services.*.configs[]", around("configs: [{source: site}]")},
        {"services.*.configs[].source", around("configs: [{target: /x}]")},
        {"services.*.ports[]", around("ports: [{target: 90}]")},
        {"services.*.networks.*", around("networks: {back: {}, one: {}}")},
        {"services.*.deploy.restart_policy", around("deploy: {restart_policy: {}}")},
        {"services.*.deploy.restart_policy.max_attempts",
         around("deploy: {restart_policy: {condition: on-failure}}")},
        {"services.*.memswap_limit", around("mem_limit: 100m")},
        {"services.*.ulimits.*", around("ulimits: {nofile: {soft: 1, hard: 9999}}")},
        {"services.*.blkio_config.weight_device[]",
         around("blkio_config: {weight_device: [{path: /dev/x, weight: 10}]}")},
        {"services.*.blkio_config.device_read_bps[]",
         around("blkio_config: {device_read_bps: [{path: /dev/x, rate: 1}]}")},
        {"services.*.blkio_config.device_write_bps[]",
         around("blkio_config: {device_write_bps: [{path: /dev/x, rate: 1}]}")},
        {"services.*.blkio_config.device_read_iops[]",
         around("blkio_config: {device_read_iops: [{path: /dev/x, rate: 1}]}")},
        {"services.*.blkio_config.device_write_iops[]",
         around("blkio_config: {device_write_iops: [{path: /dev/x, rate: 1}]}")},
        {"services.*.devices[]", around("devices: [{source: /dev/a, target: /dev/b}]")},
    };
    return kSurroundings;
}

/// Where the table's example is what happens anyway: one that is not.
const std::map<std::string, std::string, std::less<>>& otherExamples() {
    static const std::map<std::string, std::string, std::less<>> kOthers{
        {"networks.*.driver", "macvlan"},
        {"services.*.privileged", "true"},
        {"services.*.build.privileged", "true"},
        {"services.*.post_start[].privileged", "true"},
        {"services.*.pre_stop[].privileged", "true"},
        {"services.*.security_opt", "['no-new-privileges:false']"},
        {"services.*.cgroup", "host"},
    };
    return kOthers;
}

/// Honoured, and yet nothing else is asked for: why.
const std::map<std::string, std::string, std::less<>>& exceptions() {
    static const std::map<std::string, std::string, std::less<>> kExceptions{
        {"networks", "what no service uses is not made"},
        {"volumes", "what no service uses is not made"},
        {"secrets", "what no service uses is not read"},
        {"configs", "what no service uses is not read"},
        {"volumes.*.driver", "there is one, local, with and without its name"},
        {"services.*.deploy.mode", "there is one machine: all modes that are not refused mean the same"},
    };
    return kExceptions;
}

/// The name that stands for a "*" of a way.
std::string nameFor(std::string_view parent) {
    if (parent == "services")
        return "web";
    if (parent.ends_with("depends_on"))
        return "db"; // as in around()
    if (parent.ends_with("ulimits"))
        return "nofile";
    return "one";
}

/// The node at a way, made where it is missing.
Node& make(Node& root, std::string_view path) {
    Node* node = &root;
    std::string done;
    while (!path.empty()) {
        const auto end = std::min(path.find('.'), path.size());
        std::string_view word = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        const bool isItem = word.ends_with("[]");
        if (isItem)
            word.remove_suffix(2);
        node = &node->set(word == "*" ? nameFor(done) : std::string(word));
        if (isItem) {
            if (!node->isList())
                *node = Node::list({Node()});
            node = &node->items.front();
        }
        done += (done.empty() ? "" : ".") + std::string(word);
    }
    return *node;
}

Node parsed(std::string_view yaml) {
    Problems problems;
    auto documents = parseYaml(yaml, 0, problems);
    return documents && documents->size() == 1 ? std::move(documents->front()) : Node();
}

MadeStack loaded(const Node& file) {
    LoadRequest request;
    request.files = {"/p/compose.yaml"};
    const std::string text = writeYaml(file);
    request.environment = {{"DATABASE_PASSWORD", "t"}, {"SITE_CONFIG", "c"}};
    request.read = [&text](const std::string& path) -> Result<std::string> {
        if (path == "/p/compose.yaml")
            return text;
        if (path.ends_with(".yaml"))
            return "services: {base: {image: base, hostname: \"other${FROM_FILE}\", volumes: ['./x:/x']}}\n";
        if (path.ends_with(".json"))
            return "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}";
        if (path.ends_with("/.env") || path.ends_with("/missing.env"))
            return fail(ErrorCode::NotFound, "there is no file " + path);
        return "FROM_FILE=1\nQUOTED='a'\n";
    };
    const Loaded project = loadProject(request);
    MadeStack made = makeStack(project.project, project.variables, request.read);
    made.problems.insert(made.problems.begin(), project.problems.begin(), project.problems.end());
    return made;
}

} // namespace

class HonouredTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachPropertyMakesADifference_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("example");
        for (const Property& property : properties()) {
            const std::string path(property.path);
            if (property.support != Support::Honoured || exceptions().count(path) != 0)
                continue;
            QTest::newRow(path.c_str()) << QString::fromStdString(path)
                                        << QString::fromUtf8(property.example.data(),
                                                             static_cast<qsizetype>(property.example.size()));
        }
    }
    void eachPropertyMakesADifference() {
        QFETCH(const QString, path);
        QFETCH(const QString, example);
        QVERIFY2(!example.isEmpty(), "no example");
        const std::string way = path.toStdString();
        std::string_view longest;
        for (const auto& [prefix, yaml] : surroundings()) {
            if (way.starts_with(prefix) && prefix.size() >= longest.size())
                longest = prefix;
        }
        const Node without = parsed(surroundings().find(longest)->second);
        const auto other = otherExamples().find(way);
        Node with = without;
        make(with, way) = parsed(other != otherExamples().end() ? other->second : example.toStdString());
        const MadeStack before = loaded(without);
        const MadeStack after = loaded(with);
        QVERIFY2(!hasErrors(after.problems), (test::told(after.problems) + writeYaml(with)).c_str());
        // Without what is needed it is an error: that is a difference, too.
        QVERIFY2(hasErrors(before.problems) || dump(before) != dump(after),
                 (writeYaml(with) + dump(after)).c_str());
    }
};
ESCALE_TEST(HonouredTest)

#include "honoured_test.moc"
