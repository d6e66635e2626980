#include "engine/stack/compose/canonical_form.h"
#include "engine/stack/compose/parse_yaml.h"
#include "engine/stack/compose/schema.h"
#include "engine/stack/compose/write_yaml.h"
#include "tests/compose/described.h"

#include "tests/support/test_registry.h"

#include <QFile>
#include <set>

using namespace escale::compose;

namespace {

Node parsed(const std::string& text) {
    Problems problems;
    auto documents = parseYaml(text, 0, problems);
    if (!documents || documents->size() != 1 || hasErrors(problems))
        return {};
    return std::move(documents->front());
}

std::string checked(const std::string& text) {
    Problems problems;
    checkSchema(parsed(text), {}, problems);
    std::string all;
    for (const Problem& problem : problems)
        all += problem.path + ": " + problem.what + " | " + problem.hint + '\n';
    return all;
}

/// What a list's item or a map must have beside the property in hand.
std::string companion(std::string_view path) {
    if (path.ends_with("volumes[]") && path.starts_with("services"))
        return "type: volume, target: /x";
    if (path.ends_with("env_file[]"))
        return "path: x";
    if (path.ends_with("reservations.devices[]"))
        return "";
    if (path.ends_with("devices[]") || path.ends_with("configs[]") || path.ends_with("secrets[]"))
        return "source: x";
    if (path.ends_with("ports[]"))
        return "target: 1";
    if (path.ends_with("post_start[]") || path.ends_with("pre_stop[]"))
        return "command: x";
    return path.ends_with("extends") ? "service: x" : "";
}

/// A file in which nothing but the property stands, in flow style: "services.*.ports[].mode" →
/// {services: {x: {ports: [{target: 1, mode: host}]}}}.
std::string fileWith(const Property& property) {
    const std::string path(property.path);
    std::string before;
    std::string after;
    std::size_t begin = 0;
    while (begin < path.size()) {
        const auto end = std::min(path.find_first_of(".[", begin + 1), path.size());
        std::string step = path.substr(begin, end - begin);
        if (step.front() == '.')
            step.erase(0, 1);
        if (step == "[]") {
            before += "[";
            after.insert(0, "]");
        } else {
            const std::string beside = companion(path.substr(0, begin));
            const std::string key =
                step == "*" ? path.substr(0, begin).ends_with("ulimits") ? "nofile" : "x" : step;
            const bool isThere = beside.find(key + ": ") != std::string::npos;
            before += "{" + (beside.empty() || isThere ? std::string() : beside + ", ") + key + ": ";
            std::string rest = "}";
            if (isThere) { // the companions but for the one in hand
                std::string others;
                for (std::size_t at = 0; at < beside.size();) {
                    const auto comma = std::min(beside.find(", ", at), beside.size());
                    const std::string one = beside.substr(at, comma - at);
                    if (!one.starts_with(key + ": "))
                        others += ", " + one;
                    at = comma + 2;
                }
                rest.insert(0, others);
            }
            after.insert(0, rest);
        }
        begin = end;
    }
    return before + std::string(property.example) + after;
}

} // namespace

class ComposeSchemaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The list is made of compose-spec.json: its paths and nothing else of it.
    void hasEveryPropertyOfTheSpecification() {
        QFile file(ESCALE_TEST_DATA "/compose/properties.txt");
        QVERIFY(file.open(QIODevice::ReadOnly));
        std::set<std::string> listed;
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (!line.isEmpty())
                listed.insert(line.toStdString());
        }
        std::set<std::string> known;
        for (const Property& property : properties())
            QVERIFY2(known.insert(std::string(property.path)).second, property.path.data());
        for (const std::string& path : listed)
            QVERIFY2(known.count(path) != 0, path.c_str());
        for (const std::string& path : known)
            QVERIFY2(listed.count(path) != 0, path.c_str());
    }

    void explainsEachProperty() {
        std::set<std::string_view> before{""};
        for (const Property& property : properties()) {
            const char* path = property.path.data();
            QVERIFY2(property.doc.size() > 10 && property.doc.ends_with('.'), path);
            QVERIFY2(!property.example.empty(), path);
            QVERIFY2((property.support == Support::Honoured) == property.reason.empty(), path);
            QVERIFY2(findProperty(property.path) == &property, path);
            const bool isListed = (property.types & kList) != 0;
            QVERIFY2(isListed == (property.items != 0), path);
            before.insert(property.path);
            auto parent = property.path.substr(0, property.path.find_last_of('.') + 1);
            while (!parent.empty() && std::string_view(".*[]").find(parent.back()) != std::string_view::npos)
                parent.remove_suffix(1);
            QVERIFY2(before.count(parent) != 0, path);
        }
    }

    void takesTheExampleOfEachProperty_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < properties().size(); ++i)
            QTest::newRow(std::string(properties()[i].path).c_str()) << static_cast<int>(i);
    }
    void takesTheExampleOfEachProperty() {
        QFETCH(int, index);
        const Property& property = properties()[static_cast<std::size_t>(index)];
        const std::string text = fileWith(property);
        Node file = parsed(text);
        QVERIFY2(file.isMap(), text.c_str());
        Problems problems;
        checkShape(file, {}, problems);
        QVERIFY2(problems.empty(), (text + '\n' + described(problems)).c_str());
        makeCanonical(file, problems);
        QVERIFY2(!hasErrors(problems), (text + '\n' + described(problems)).c_str());
        // The canonical form is of the same schema, and is its own canonical form.
        checkShape(file, {}, problems);
        QVERIFY2(!hasErrors(problems), described(problems).c_str());
        const std::string once = writeYaml(file);
        makeCanonical(file, problems);
        QCOMPARE(writeYaml(file), once);
        Node again = parsed(once);
        makeCanonical(again, problems);
        QCOMPARE(writeYaml(again), once);
        QVERIFY2(!hasErrors(problems), described(problems).c_str());
    }

    void tellsWhatIsNotHonoured_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < properties().size(); ++i) {
            const Property& property = properties()[i];
            const auto above = property.path.find_last_of('.');
            const Property* parent =
                above == std::string_view::npos ? nullptr : findProperty(property.path.substr(0, above));
            const bool isTold = parent == nullptr || parent->support == Support::Honoured;
            if (property.support != Support::Honoured && property.usual.empty() && isTold)
                QTest::newRow(std::string(property.path).c_str()) << static_cast<int>(i);
        }
    }
    void tellsWhatIsNotHonoured() {
        QFETCH(int, index);
        const Property& property = properties()[static_cast<std::size_t>(index)];
        const std::string text = fileWith(property);
        Problems problems;
        checkSupport(parsed(text), {}, problems);
        QCOMPARE(problems.size(), 1U);
        const Problem& problem = problems.front();
        QCOMPARE(problem.severity == Problem::Severity::Error, property.support == Support::Refused);
        QCOMPARE(problem.severity == Problem::Severity::Warning, property.support == Support::Warned);
        QVERIFY(problem.what.find(", because " + std::string(property.reason)) != std::string::npos);
        QCOMPARE(problem.what.starts_with("not supported: "), property.support != Support::NoEffect);
        // At a key in the one line of the file: the property's own, or one that it stands below.
        QCOMPARE(problem.place.line, 1U);
        const std::string key = problem.path.substr(problem.path.rfind('.') + 1);
        QCOMPARE(text.substr(problem.place.column - 1, problem.place.length), key);
    }

    void findsWhatAWayLeadsTo() {
        const auto pathOf = [](std::string_view way) {
            const Property* property = findProperty(way);
            return property == nullptr ? std::string() : std::string(property->path);
        };
        QCOMPARE(pathOf("services.web.ports[0].published"), "services.*.ports[].published");
        QCOMPARE(pathOf("services.*.ports[].published"), "services.*.ports[].published");
        QCOMPARE(pathOf("services.my.web.image"), "services.*.image"); // a point in the name
        QCOMPARE(pathOf("services.web.build.image"), "");
        QCOMPARE(pathOf("services.web.networks.front.aliases"), "services.*.networks.*.aliases");
        QCOMPARE(pathOf("services.web"), "");
        QCOMPARE(pathOf("services.web.x-note"), "");
        QCOMPARE(pathOf(""), "");
        QCOMPARE(pathOf("....[["), "");
    }

    void offersWhatStandsBelow() {
        const auto below = [](std::string_view way) {
            std::string all;
            for (const Property* property : propertiesBelow(way))
                all += std::string(property->path) + ' ';
            return all;
        };
        QCOMPARE(below("services.web.depends_on.db"),
                 "services.*.depends_on.*.restart services.*.depends_on.*.required "
                 "services.*.depends_on.*.condition ");
        QVERIFY(
            below("").starts_with("version name include services networks volumes secrets configs models "));
        QCOMPARE(below("services.web.image"), "");
        QVERIFY(below("services.web").find("services.*.build ") != std::string::npos);
        QVERIFY(below("services.web").find("services.*.build.context ") == std::string::npos);
    }

    void saysWhatIsWrong_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        const auto add = [](const char* name, const char* text, const char* problem) {
            QTest::newRow(name) << text << problem;
        };
        add("misspelt", "{services: {web: {imge: x}}}",
            "services.web.imge: web has no property \"imge\" | Did you mean \"image\"?\n");
        add("swapped letters", "{services: {web: {prots: [\"80\"]}}}",
            "services.web.prots: web has no property \"prots\" | Did you mean \"ports\"?\n");
        add("of docker run", "{services: {web: {env: {A: b}}}}",
            "services.web.env: web has no property \"env\" | Did you mean \"environment\"?\n");
        add("at the wrong place", "{services: {web: {parallelism: 1}}}",
            "services.web.parallelism: web has no property \"parallelism\" | It can stand at "
            "services.NAME.deploy.rollback_config.parallelism.\n");
        add("a service at the top", "{blog: {image: x}}",
            "blog: there is no property \"blog\" | Services stand below \"services:\".\n");
        add("unknown", "{services: {web: {frobnicate: 1}}}",
            "services.web.frobnicate: web has no property \"frobnicate\" | Leave it out, or call it "
            "x-frobnicate if it "
            "is a note of your own.\n");
        add("a map for a list", "{services: {web: {ports: {a: b}}}}",
            "services.web.ports: ports is a list, not a map | For example: ports: [\"127.0.0.1:8080:80\"]\n");
        add("a list for a map", "{services: [web]}",
            "services: services is a map, not a list | For example: services: {web: {image: "
            "\"nginx:1.27\"}}\n");
        add("a number for a text", "{services: {web: {hostname: 12}}}",
            "services.web.hostname: hostname is a text, not the number 12 | Put it in quotes: \"12\"\n");
        add("no in the wrong sense", "{services: {web: {restart: false}}}",
            "services.web.restart: restart is a text, not the boolean false | Put it in quotes: \"false\"\n");
        add("a number in a list of texts", "{services: {web: {cap_add: [1]}}}",
            "services.web.cap_add[0]: cap_add[0] is a text, not the number 1 | Put it in quotes: \"1\"\n");
        add("a text for a number", "{services: {web: {scale: many}}}",
            "services.web.scale: scale is a whole number, not the text \"many\" | For example: scale: 2\n");
        add("no boolean", "{services: {web: {tty: perhaps}}}",
            "services.web.tty: tty is true or false, not the text \"perhaps\" | For example: tty: true\n");
        add("a duration without a unit", "{services: {web: {stop_grace_period: 30}}}",
            "services.web.stop_grace_period: stop_grace_period is a duration, not the number 30 | For "
            "example: "
            "stop_grace_period: 1m30s\n");
        add("no size", "{services: {web: {mem_limit: 12x}}}",
            "services.web.mem_limit: mem_limit is a size, not the text \"12x\" | For example: mem_limit: "
            "512m\n");
        add("nothing", "{services: {web: {environment: }}}",
            "services.web.environment: environment is a list or a map, not nothing | For example: "
            "environment: "
            "{POSTGRES_DB: shop}\n");
        add("no service", "{services: {web: }}", "services.web: web is a map, not nothing | \n");
        add("another word", "{services: {web: {depends_on: {db: {condition: healthy}}}}}",
            "services.web.depends_on.db.condition: condition cannot be \"healthy\" | Write one of: "
            "service_started, "
            "service_healthy, service_completed_successfully.\n");
        add("a name", "{services: {\"web site\": {image: x}}}",
            "services.web site: \"web site\" is no name for services | Names are letters, digits, points, - "
            "and _.\n");
        add("a key that must be there", "{services: {web: {volumes: [{type: bind, source: /x}]}}}",
            "services.web.volumes[0]: volumes[0] lacks target | For example: target: /data\n");
        add("twice", "{services: {web: {cap_add: [ALL, ALL]}}}",
            "services.web.cap_add[1]: cap_add has \"ALL\" twice | Leave one of them out.\n");
        add("a list where the file begins", "[a]",
            ": a Compose file is a map, not a list | Begin with \"services:\".\n");
        add("x- where it has no room", "{services: {web: {extends: {service: a, x-b: 1}}}}",
            "services.web.extends.x-b: extends has no property \"x-b\" | Leave it out, or call it x-x-b if "
            "it is a "
            "note of your own.\n");
        add("the version", "{version: \"3\"}",
            "version: version has no effect, because it is not needed any more: there is one format | Leave "
            "it out.\n");
    }
    void saysWhatIsWrong() {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        QCOMPARE(QString::fromStdString(checked(text.toStdString())), problem);
    }

    void leavesNotesOfAPersonAlone() {
        QCOMPARE(
            checked(
                "{x-a: {image: 3}, services: {web: {image: x, x-b: [1], build: {context: ., x-c: 1}, deploy: "
                "{x-d: 1}, healthcheck: {x-e: 1}}}, networks: {n: {x-f: 1}}, volumes: {v: {x-g: 1}}}"),
            "");
    }

    void takesNumbersAndBooleansThatVariablesHaveMadeTexts() {
        Node file = parsed("{services: {web: {scale: $N, tty: $T, mem_limit: $M, hostname: $H}}}");
        Node& web = *file.find("services")->find("web");
        for (const auto& [key, text] : {std::pair("scale", "3"), std::pair("tty", "true"),
                                        std::pair("mem_limit", "1g"), std::pair("hostname", "12")}) {
            web.find(key)->raw = web.find(key)->text;
            web.find(key)->text = text;
        }
        Problems problems;
        checkShape(file, {}, problems);
        QCOMPARE(described(problems), "");
        makeCanonical(file, problems);
        QCOMPARE(described(web), "{scale: 3, tty: true, mem_limit: '1073741824', hostname: '12'}");
    }

    void looksAtAPartAlone() {
        Problems problems;
        checkShape(parsed("{imag: x}"), "services.web", problems);
        QCOMPARE(problems.size(), 1U);
        QCOMPARE(problems.front().path, "services.web.imag");
        problems.clear();
        checkSupport(parsed("{gpus: all}"), "services.web", problems);
        QCOMPARE(problems.size(), 1U);
        QCOMPARE(problems.front().path, "services.web.gpus");
        checkSchema(parsed("{a: b}"), "no.such[0].part", problems);
        QCOMPARE(problems.size(), 1U);
    }

    void tellsNothingOfWhatAsksForNothing() {
        QCOMPARE(
            checked(
                "{services: {web: {gpus: [], use_api_socket: false, runtime: runc, isolation: default, "
                "ports: [{target: 80, mode: ingress}], develop: }}, networks: {n: {enable_ipv4: true, ipam: "
                "{driver: default}}}, secrets: {s: {external: false, file: x}}}"),
            "");
    }

    void tellsNothingOfWhatNobodyHasWritten() {
        Node file = parsed("{configs: {c: {file: x}}}");
        file.find("configs")->find("c")->set("name") = Node::scalar("project_c");
        Problems problems;
        checkSupport(file, {}, problems);
        QCOMPARE(described(problems), "");
    }

    void sparesWhatIsReset() {
        QCOMPARE(checked("services: {web: {gpus: !reset null, ports: !reset []}}"), "");
    }
};
ESCALE_TEST(ComposeSchemaTest)
#include "schema_test.moc"
