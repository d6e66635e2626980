#include "engine/stack/compose/canonical_form.h"
#include "engine/stack/compose/parse_yaml.h"
#include "tests/compose/described.h"

#include "tests/support/test_registry.h"

using namespace escale::compose;

namespace {

/// The canonical form of one service's (or network's …) properties, and then what there is to say of it.
std::string canonical(const std::string& section, const std::string& text) {
    Problems problems;
    auto documents = parseYaml(section + ": {x: {" + text + "}}", 0, problems);
    if (!documents || documents->empty())
        return described(problems);
    Node& file = documents->front();
    makeCanonical(file, problems);
    const Node* part = file.at({section, "x"});
    std::string all = part == nullptr ? std::string() : described(*part);
    for (const Problem& problem : problems)
        all += "\n" + problem.path.substr(std::min(problem.path.size(), section.size() + 3)) + ": " +
               problem.what;
    return all;
}

} // namespace

class CanonicalFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesTheLongFormOfServices_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("form");
        const auto add = [](const char* text, const char* form) { QTest::newRow(text) << text << form; };
        // Ports
        add("ports: [\"80\"]", "{ports: [{mode: 'ingress', target: 80, protocol: 'tcp'}]}");
        add("ports: [90]", "{ports: [{mode: 'ingress', target: 90, protocol: 'tcp'}]}");
        add("ports: [\"8080:80/UDP\"]",
            "{ports: [{mode: 'ingress', target: 80, published: '8080', protocol: 'udp'}]}");
        add("ports: [\"127.0.0.1::53\"]",
            "{ports: [{mode: 'ingress', host_ip: '127.0.0.1', target: 53, protocol: 'tcp'}]}");
        add("ports: [\"[::1]:6001:6000\"]",
            "{ports: [{mode: 'ingress', host_ip: '::1', target: 6000, published: '6001', protocol: 'tcp'}]}");
        add("ports: [\"8-10:8-10\"]",
            "{ports: [{mode: 'ingress', target: 10, published: '10', protocol: 'tcp'}, "
            "{mode: 'ingress', target: 8, published: '8', protocol: 'tcp'}, "
            "{mode: 'ingress', target: 9, published: '9', protocol: 'tcp'}]}");
        add("ports: [\"3000-3010:80\"]",
            "{ports: [{mode: 'ingress', target: 80, published: '3000-3010', protocol: 'tcp'}]}");
        add("ports: [{target: \"80\", published: 8080}]",
            "{ports: [{target: 80, published: '8080', mode: 'ingress', protocol: 'tcp'}]}");
        add("expose: [80, \"90/udp\", 1-3]", "{expose: ['80', '90/udp', '1-3']}");
        // Mounts
        add("volumes: [\"data:/d:ro\"]",
            "{volumes: [{type: 'volume', source: 'data', target: '/d', read_only: true, volume: {}}]}");
        add("volumes: [\"./x:/x/../y/:z,ro\"]",
            "{volumes: [{type: 'bind', source: './x', target: '/y', read_only: true, bind: {selinux: 'z', "
            "create_host_path: true}}]}");
        add("volumes: [\"~/h:/h:rslave\"]", "{volumes: [{type: 'bind', source: '~/h', target: '/h', bind: "
                                            "{propagation: 'rslave', create_host_path: "
                                            "true}}]}");
        add("volumes: [/anon]", "{volumes: [{type: 'volume', target: '/anon', volume: {}}]}");
        add("volumes: [\"data:/d:nocopy,cached\"]",
            "{volumes: [{type: 'volume', source: 'data', target: '/d', volume: {nocopy: true}}]}");
        add("volumes: [{type: tmpfs, target: /t, read_only: \"no\", tmpfs: {size: 64m, mode: 0755}}]",
            "{volumes: [{type: 'tmpfs', target: '/t', read_only: false, tmpfs: {size: '67108864', mode: "
            "493}}]}\n"
            "volumes[0].read_only: \"no\" is read as false");
        add("tmpfs: /run", "{tmpfs: ['/run']}");
        add("configs: [a, {source: b, mode: 0440, uid: \"5\"}]",
            "{configs: [{source: 'a'}, {source: 'b', mode: '0440', uid: '5'}]}");
        add("secrets: [a, {source: b, target: c, mode: \"0400\"}]",
            "{secrets: [{source: 'a', target: '/run/secrets/a'}, {source: 'b', target: 'c', mode: '0400'}]}");
        // Lists and maps
        add("environment: [A=1, B, C=, D=x=y]", "{environment: {A: '1', B: null, C: '', D: 'x=y'}}");
        add("environment: [A=1, B=2, A=3]", "{environment: {A: '3', B: '2'}}");
        add("environment: {A: 1.50, B: true, C: , D: 0x10, E: 1e3, F: 012, G: yes, H: 1e21}",
            "{environment: {A: '1.5', B: 'true', C: null, D: '16', E: '1000', F: '10', G: 'yes', H: "
            "'1e+21'}}");
        add("labels: [a=b, c]", "{labels: {a: 'b', c: ''}}");
        add("labels: {a: , b: 1.0}", "{labels: {a: '', b: '1'}}");
        add("annotations: [a=1], sysctls: [net.core.somaxconn=1024]",
            "{annotations: {a: '1'}, sysctls: {net.core.somaxconn: '1024'}}");
        add("extra_hosts: [\"b:1.2.3.4\", \"a=[::1]\", \"b=5.6.7.8,9.9.9.9\"]",
            "{extra_hosts: ['a=::1', 'b=1.2.3.4', 'b=5.6.7.8', 'b=9.9.9.9']}");
        add("extra_hosts: {h: [1.2.3.4, \"::1\"], g: host-gateway}",
            "{extra_hosts: ['g=host-gateway', 'h=1.2.3.4', 'h=::1']}");
        add("depends_on: [db]", "{depends_on: {db: {condition: 'service_started', required: true}}}");
        add("depends_on: {db: {condition: service_healthy, restart: \"true\"}}",
            "{depends_on: {db: {condition: 'service_healthy', restart: true, required: true}}}");
        add("networks: [a, b]", "{networks: {a: null, b: null}}");
        add("dns: 1.1.1.1, dns_search: \"\", dns_opt: [ndots:1]",
            "{dns: ['1.1.1.1'], dns_search: [], dns_opt: ['ndots:1']}");
        add("env_file: a.env", "{env_file: [{path: 'a.env', required: true}]}");
        add("env_file: [a.env, {path: b.env, required: false, format: raw}]",
            "{env_file: [{path: 'a.env', required: true}, {path: 'b.env', required: false, format: 'raw'}]}");
        add("label_file: a", "{label_file: ['a']}");
        add("logging: {options: {max-file: 3, x: , compress: \"true\"}}",
            "{logging: {options: {max-file: '3', x: '', compress: 'true'}}}");
        add("group_add: [5, a]", "{group_add: ['5', 'a']}");
        // Commands
        add("command: echo \"a b\" 'c $d' e\\ f \"\"", "{command: ['echo', 'a b', 'c $d', 'e f', '']}");
        add("command: \"\", entrypoint: ", "{command: [], entrypoint: null}");
        add("command: echo a && b", "{command: ['echo', 'a']}\ncommand: what stands behind \"&\" is left "
                                    "out: no shell runs the command");
        add("healthcheck: {test: curl x, interval: 90s, timeout: 1500ms, start_period: 1h, retries: \"3\"}",
            "{healthcheck: {test: ['CMD-SHELL', 'curl x'], interval: '1m30s', timeout: '1.5s', start_period: "
            "'1h0m0s', "
            "retries: 3}}");
        add("post_start: [{command: a b, environment: [C=d]}]",
            "{post_start: [{command: ['a', 'b'], environment: {C: 'd'}}]}");
        // Limits
        add("mem_limit: 1.5gb, memswap_limit: -1, shm_size: \"64 M\", mem_reservation: 5",
            "{mem_limit: '1610612736', memswap_limit: '-1', shm_size: '67108864', mem_reservation: '5'}");
        add("cpus: \"0.50\", cpu_shares: \"512\", cpu_period: 5ms",
            "{cpus: 0.5, cpu_shares: 512, cpu_period: '5ms'}");
        add("ulimits: {nofile: \"1024\", nproc: {soft: \"5\", hard: -1}}",
            "{ulimits: {nofile: 1024, nproc: {soft: 5, hard: -1}}}");
        add("blkio_config: {weight: 300, device_read_bps: [{path: /dev/sda, rate: 12mb}]}",
            "{blkio_config: {weight: 300, device_read_bps: [{path: '/dev/sda', rate: '12582912'}]}}");
        add("devices: [/dev/fuse, \"/dev/a:/dev/b:r\"]",
            "{devices: [{source: '/dev/fuse', target: '/dev/fuse', permissions: 'rwm'}, "
            "{source: '/dev/a', target: '/dev/b', permissions: 'r'}]}");
        add("gpus: all", "{gpus: [{count: 'all'}]}");
        add("deploy: {replicas: \"2\", labels: [a=b], resources: {limits: {cpus: '0.5', memory: 1g}}, "
            "restart_policy: "
            "{window: 120s}}",
            "{deploy: {replicas: 2, labels: {a: 'b'}, resources: {limits: {cpus: 0.5, memory: "
            "'1073741824'}}, "
            "restart_policy: {window: '2m0s'}}}");
        add("stop_grace_period: 100us", "{stop_grace_period: '100\xc2\xb5s'}");
        // Others
        add("build: ./x", "{build: {context: './x'}}");
        add("build: {args: [A=1, B], labels: [x=y], ssh: [default, k=/p], shm_size: 1g, secrets: [s], "
            "extra_hosts: "
            "[\"a:1.2.3.4\"], additional_contexts: [a=./b], no_cache: \"true\"}",
            "{build: {args: {A: '1', B: null}, labels: {x: 'y'}, ssh: {default: null, k: '/p'}, shm_size: "
            "'1073741824', "
            "secrets: [{source: 's'}], extra_hosts: ['a=1.2.3.4'], additional_contexts: {a: './b'}, "
            "no_cache: true}}");
        add("extends: base", "{extends: {service: 'base'}}");
        add("init: yes, tty: \"true\", read_only: \"0\"",
            "{init: true, tty: true, read_only: false}\ninit: \"yes\" is read as true\nread_only: \"0\" is "
            "read as false");
        add("models: [m]", "{models: {m: null}}");
        add("develop: {watch: [{path: ., action: sync, ignore: x/}]}",
            "{develop: {watch: [{path: '.', action: 'sync', ignore: ['x/']}]}}");
        add("x-a: {ports: [\"80\"], b: 1.50}", "{x-a: {ports: ['80'], b: 1.50}}");
        add("ports: !override [\"80\"], volumes: !reset [a]",
            "{ports: !override [{mode: 'ingress', target: 80, protocol: 'tcp'}], volumes: !reset [a]}");
    }
    void writesTheLongFormOfServices() {
        QFETCH(QString, text);
        QFETCH(QString, form);
        QCOMPARE(QString::fromStdString(canonical("services", text.toStdString())), form);
    }

    void writesTheLongFormOfTheRest() {
        QCOMPARE(canonical("networks",
                           "external: {name: y}, driver_opts: {a: 1}, enable_ipv6: \"true\", labels: [q=1]"),
                 "{external: true, driver_opts: {a: '1'}, enable_ipv6: true, labels: {q: '1'}, name: 'y'}\n"
                 ": external.name is the old form");
        QCOMPARE(canonical("volumes", "external: {name: y}, name: z"),
                 "{external: true, name: 'z'}\n: external.name is the old form\n"
                 ": name and external.name are different");
        QCOMPARE(canonical("configs", "external: \"false\", content: 5"), "{external: false, content: '5'}");

        Problems problems;
        Node file = parseYaml("include: [a.yaml, {path: b.yaml, env_file: c}]", 0, problems)->front();
        makeCanonical(file, problems);
        QCOMPARE(described(file), "{include: [{path: ['a.yaml']}, {path: ['b.yaml'], env_file: ['c']}]}");
        QCOMPARE(described(problems), "");
    }

    void leavesWhatCannotBeReadAndTellsWhy_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        const auto add = [](const char* text, const char* problem) {
            QTest::newRow(text) << text << problem;
        };
        add("ports: [\"x:80\"]",
            "ports[0]: the port \"x:80\" cannot be read: \"x\" is no port of this machine");
        add("ports: [\"80:\"]",
            "ports[0]: the port \"80:\" cannot be read: it names no port of the container");
        add("ports: [\"70000:80\"]",
            "ports[0]: the port \"70000:80\" cannot be read: \"70000\" is no port of this machine");
        add("ports: [\"8080-8081:80-82\"]", "ports[0]: the port \"8080-8081:80-82\" cannot be read: the "
                                            "ranges 8080-8081 and 80-82 have different lengths");
        add("ports: [\"::1:80:80\"]",
            "ports[0]: the port \"::1:80:80\" cannot be read: an IPv6 address stands in brackets: [::1]");
        add("ports: [\"localhost:80:80\"]",
            "ports[0]: the port \"localhost:80:80\" cannot be read: \"localhost\" is no address");
        add("ports: [\"80/http\"]",
            "ports[0]: the port \"80/http\" cannot be read: there is no protocol \"http\"");
        add("ports: [{target: 0}]", "ports[0]: target is a port from 1 to 65535, not \"0\"");
        add("ports: [{target: 80, published: a-b}]", "ports[0]: \"a-b\" is no port of this machine");
        add("expose: [a]", "expose[0]: \"a\" is no port of the container");
        add("volumes: [\"/a:/b:ro:z\"]", "volumes[0]: the mount \"/a:/b:ro:z\" cannot be read");
        add("volumes: [\"db::/b\"]", "volumes[0]: the mount \"db::/b\" cannot be read");
        add("volumes: [\"db:/b:wo\"]", "volumes[0]: \"wo\" is no option of a mount");
        add("environment: [\"A =1\"]", "environment[0]: the name \"A \" ends with a space");
        add("environment: [\"=1\"]", "environment[0]: \"=1\" has no name");
        add("extra_hosts: [a]", "extra_hosts[0]: \"a\" is no line of a hosts file");
        add("devices: [\"a:b:c:d\"]", "devices[0]: the device \"a:b:c:d\" cannot be read");
        add("command: echo \"a", "command: a quote is not closed in \"echo \"a\"");
        add("healthcheck: {test: [curl, x]}",
            "healthcheck.test: a list begins with CMD, CMD-SHELL or NONE, not with \"curl\"");
        add("restart: sometimes", "restart: restart cannot be \"sometimes\"");
        add("restart: on-failure:x", "restart: restart cannot be \"on-failure:x\"");
        add("pull_policy: every_day", "pull_policy: pull_policy cannot be \"every_day\"");
        add("configs: [{source: a, mode: \"9\"}]", "configs[0].mode: \"9\" is no mode of a file");
        add("build: {ssh: [k]}", "build.ssh[0]: \"k\" names no agent");
    }
    void leavesWhatCannotBeReadAndTellsWhy() {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const QString all = QString::fromStdString(canonical("services", text.toStdString()));
        QCOMPARE(all.section('\n', 1), problem);
    }

    void keepsPlaces() {
        Problems problems;
        Node file = parseYaml("services:\n  x:\n    ports:\n      - \"80\"\n    environment:\n      - A=1\n",
                              0, problems)
                        ->front();
        makeCanonical(file, problems);
        const Node& service = *file.at({"services", "x"});
        QCOMPARE(described(service.find("ports")->items.front().find("target")->place), "4:9+4");
        QCOMPARE(described(service.at({"environment", "A"})->place), "6:9+3");
        QCOMPARE(service.find("environment")->entries.front().place.line, 6U);
    }

    // Each short text means 65535 ports: a small file would make an endless tree of them.
    void endsWhenAFileMeansTooMuch() {
        std::string text = "services: {x: {ports: [";
        for (int i = 0; i < 100; ++i)
            text += "\"1-65535\",";
        Problems problems;
        Node file = parseYaml(text + "]}}", 0, problems)->front();
        makeCanonical(file, problems);
        QCOMPARE(problems.size(), 1U);
        QCOMPARE(problems.front().what, "too many ports are published");
        QCOMPARE(problems.front().path, "services.x.ports[3]");
    }

    void readsDurations_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1: it is none
        QTest::newRow("hours") << "1h5m30s20ms" << qint64(3930020);
        QTest::newRow("half") << "1.5s" << qint64(1500);
        QTest::newRow("microseconds") << "2500us" << qint64(2);
        QTest::newRow("nothing") << "0" << qint64(0);
        QTest::newRow("no unit") << "30" << qint64(-1);
        QTest::newRow("empty") << "" << qint64(-1);
        QTest::newRow("days") << "1d" << qint64(-1);
        QTest::newRow("spaces") << "1m 30s" << qint64(-1);
    }
    void readsDurations() {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        QCOMPARE(durationOf(Node::scalar(text.toStdString())).value_or(-1), milliseconds);
    }

    void readsSizes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("bytes"); // -1: it is none
        QTest::newRow("number") << "512" << qint64(512);
        QTest::newRow("bytes") << "2b" << qint64(2);
        QTest::newRow("kibibytes") << "1024KB" << qint64(1 << 20);
        QTest::newRow("mebibytes") << "300m" << qint64(300 << 20);
        QTest::newRow("gibibytes") << "1.5 gib" << qint64(1610612736);
        QTest::newRow("other unit") << "12x" << qint64(-1);
        QTest::newRow("empty") << "" << qint64(-1);
        QTest::newRow("negative") << "-1" << qint64(-1);
        QTest::newRow("spaces") << "1  g" << qint64(-1);
    }
    void readsSizes() {
        QFETCH(QString, text);
        QFETCH(qint64, bytes);
        const auto size = bytesOf(Node::scalar(text.toStdString()));
        QCOMPARE(size ? static_cast<qint64>(*size) : qint64(-1), bytes);
        QVERIFY(!bytesOf(Node::list()) && !durationOf(Node::map()));
    }
};
ESCALE_TEST(CanonicalFormTest)
#include "canonical_form_test.moc"
