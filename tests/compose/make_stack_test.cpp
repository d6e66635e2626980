// Words of a canonical project → what the engine is asked for; what it cannot do is told at its place.
#include "tests/compose/made.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::compose;

namespace {

/// A service "web" of these lines, and a second one, "db".
std::string projectWith(const QString& lines, const QString& top = {}) {
    QString text = QStringLiteral("services:\n  db:\n    image: demo\n  web:\n");
    if (!lines.contains(QLatin1String("image:")) && !lines.contains(QLatin1String("build:")))
        text += QStringLiteral("    image: demo\n");
    for (const QString& line : lines.split(QLatin1Char('\n')))
        text += QStringLiteral("    ") + line + QLatin1Char('\n');
    return (text + top + QLatin1Char('\n')).toStdString();
}

StackService webOf(const MadeStack& made) {
    for (const StackService& service : made.stack.services) {
        if (service.name == "web")
            return service;
    }
    return {};
}

/// One option in its stored form; "(default)" when it is as in options of its own.
QString optionOf(const ContainerOptions& options, const QString& key) {
    const Json value = optionsToJson(options).at(key.toStdString());
    return value.isNull() ? QStringLiteral("(default)") : QString::fromStdString(value.dump());
}

} // namespace

class MakeStackTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void options_data() {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* lines, const char* key, const char* value) {
            QTest::addRow("%s", qPrintable(QString::fromUtf8(lines).replace(u'\n', u' ')))
                << QString::fromUtf8(lines) << QString::fromUtf8(key) << QString::fromUtf8(value);
        };
        row("container_name: shop", "name", R"("shop")");
        row("entrypoint: [sh, -c]", "entrypoint", R"(["sh","-c"])");
        row("entrypoint: []", "entrypoint", "[]");
        row("entrypoint: ['']", "entrypoint", "[]");
        row("entrypoint: null", "entrypoint", "(default)");
        row("command: [echo, a b]", "command", R"(["echo","a b"])");
        row("command: null", "command", "[]");
        row("environment: {B: '2', A: '1', HOME: null, E: ''}", "environment",
            R"(["A=1","B=2","E=","HOME=/home/ada"])");
        row("working_dir: /srv", "workdir", R"("/srv")");
        row("user: '1000:50'", "user", R"("1000:50")");
        row("group_add: [mail, '5']", "groups", R"(["mail","5"])");
        row("hostname: h", "hostname", R"("h")");
        row("domainname: d", "domainname", R"("d")");
        row("labels: {a: b, c: ''}", "labels", R"({"a":"b","c":""})");
        row("annotations: {a: b}", "annotations", R"({"a":"b"})");
        row("tty: true", "tty", "true");
        row("stdin_open: true", "stdin", "true");
        row("init: true", "init", "true");
        row("read_only: true", "read-only", "true");
        row("privileged: true", "privileged", "true");

        row("restart: always", "restart", R"("always")");
        row("restart: 'no'", "restart", "(default)");
        row("restart: unless-stopped", "restart", R"("unless-stopped")");
        row("restart: on-failure:3", "restart-max", "3");
        row("deploy: {restart_policy: {condition: on-failure, max_attempts: 4}}", "restart-max", "4");
        row("deploy: {restart_policy: {}}", "restart", R"("always")");
        row("deploy: {restart_policy: {condition: none}}\nrestart: always", "restart", "(default)");
        row("stop_signal: SIGINT", "stop-signal", R"("SIGINT")");
        row("stop_grace_period: 1m30s", "stop-timeout", "90");
        row("stop_grace_period: 10s", "stop-timeout", "(default)");
        row("stop_grace_period: 500ms", "stop-timeout", "1");

        row("healthcheck: {test: [CMD-SHELL, curl x]}", "health-command", R"(["CMD-SHELL","curl x"])");
        row("healthcheck: {disable: true}", "health-command", R"(["NONE"])");
        row("healthcheck: {interval: 1m30s}", "health-interval", "90000");
        row("healthcheck: {timeout: 10s}", "health-timeout", "10000");
        row("healthcheck: {start_period: 40s}", "health-start-period", "40000");
        row("healthcheck: {start_period: 40s, start_interval: 5s}", "health-start-interval", "5000");
        row("healthcheck: {retries: 3}", "health-retries", "3");

        row("init: false", "memory", "0"); // a file that says nothing of memory means no limit
        row("init: false", "pids", "(default)");
        row("init: false", "no-new-privileges", "(default)");
        row("mem_limit: '536870912'", "memory", "(default)"); // that of run
        row("mem_limit: 100m", "memory", "104857600");
        row("deploy: {resources: {limits: {memory: 100m}}}", "memory", "104857600");
        row("mem_limit: 100m\ndeploy: {resources: {limits: {memory: '104857600'}}}", "memory", "104857600");
        row("mem_reservation: 20m", "memory-reservation", "20971520");
        row("deploy: {resources: {reservations: {memory: 20m}}}", "memory-reservation", "20971520");
        row("mem_limit: 100m\nmemswap_limit: 1g", "memory-swap", "1073741824");
        row("memswap_limit: '-1'", "memory-swap", "-1");
        row("mem_swappiness: '0'", "memory-swappiness", "0");
        row("oom_score_adj: -500", "oom-score-adj", "-500");
        row("oom_kill_disable: true", "oom-kill-disable", "true");
        row("shm_size: '134217728'", "shm-size", "134217728");
        row("cpus: 0.5", "cpus", "0.5");
        row("deploy: {resources: {limits: {cpus: '1.5'}}}", "cpus", "1.5");
        row("cpu_shares: 50", "cpu-shares", "50");
        row("cpu_period: 50000", "cpu-period", "50000");
        row("cpu_period: 50ms", "cpu-period", "50000");
        row("cpu_quota: 20000", "cpu-quota", "20000");
        row("cpuset: 0,1", "cpuset-cpus", R"("0,1")");
        row("pids_limit: 100", "pids", "100");
        row("pids_limit: -1", "pids", "-1");
        row("deploy: {resources: {limits: {pids: 7}}}", "pids", "7");
        row("blkio_config: {weight: 300}", "blkio-weight", "300");
        row("blkio_config: {weight_device: [{path: /dev/sda, weight: 400}]}", "blkio-weight-device",
            R"(["/dev/sda:400"])");
        row("blkio_config: {device_read_bps: [{path: /dev/sda, rate: 12mb}]}", "device-read-bps",
            R"(["/dev/sda:12582912"])");
        row("blkio_config: {device_write_bps: [{path: /dev/sda, rate: 1}]}", "device-write-bps",
            R"(["/dev/sda:1"])");
        row("blkio_config: {device_read_iops: [{path: /dev/sda, rate: '120'}]}", "device-read-iops",
            R"(["/dev/sda:120"])");
        row("blkio_config: {device_write_iops: [{path: /dev/sda, rate: 30}]}", "device-write-iops",
            R"(["/dev/sda:30"])");
        row("ulimits: {nproc: 65535, nofile: {soft: 1, hard: 2}}", "ulimits",
            R"(["nofile=1:2","nproc=65535"])");
        row("ulimits: {nofile: {hard: 2}}", "ulimits", R"(["nofile=2:2"])");
        row("sysctls: {net.core.somaxconn: '1024'}", "sysctls", R"({"net.core.somaxconn":"1024"})");

        row("cap_add: [NET_ADMIN]", "cap-add", R"(["NET_ADMIN"])");
        row("cap_drop: [ALL]", "cap-drop", R"(["ALL"])");
        row("devices: [{source: /dev/a, target: /dev/b, permissions: r}]", "devices",
            R"(["/dev/a:/dev/b:r"])");
        row("devices: [{source: /dev/a, target: /dev/a, permissions: rwm}]", "devices", R"(["/dev/a"])");
        row("device_cgroup_rules: [c 1:3 mr]", "device-cgroup-rules", R"(["c 1:3 mr"])");
        row("security_opt: ['no-new-privileges:false']", "no-new-privileges", "false");
        row("security_opt: [no-new-privileges=true]", "no-new-privileges", "(default)");
        row("security_opt: ['seccomp:unconfined']", "seccomp", R"("unconfined")");
        row("security_opt: [seccomp=builtin]", "seccomp", "(default)");
        row("security_opt: ['apparmor:mine']", "apparmor", R"("mine")");
        row("security_opt: [systempaths=unconfined]", "systempaths", R"("unconfined")");
        row("ipc: shareable", "ipc", R"("shareable")");
        row("ipc: service:db\ndepends_on: {db: {condition: service_started}}", "ipc", R"("service:db")");
        row("pid: host", "pid", R"("host")");
        row("pid: service:db", "pid", R"("service:db")");
        row("uts: host", "uts", R"("host")");
        row("userns_mode: host", "userns", R"("host")");
        row("cgroup: host", "cgroupns", R"("host")");

        row("init: false", "network", R"("demo_default")");
        row("init: false", "network-alias", R"(["web"])");
        row("networks: {default: {aliases: [x, web]}}", "network-alias", R"(["web","x"])");
        row("networks: {default: {ipv4_address: 10.0.0.2}}", "ip", R"("10.0.0.2")");
        row("networks: {default: {ipv6_address: 'fd00::2'}}", "ip6", R"("fd00::2")");
        row("networks: {default: {mac_address: '02:42:ac:11:00:02'}}", "mac-address",
            R"("02:42:ac:11:00:02")");
        row("mac_address: '02:42:ac:11:00:02'", "mac-address", R"("02:42:ac:11:00:02")");
        row("networks: {b: null, a: null}", "network", R"("demo_a")");
        row("networks: {b: {priority: 5}, a: null}", "network", R"("demo_b")");
        row("networks: {b: {priority: 5}, a: {gw_priority: 1}}", "network", R"("demo_a")");
        row("networks: {a: null, b: {aliases: [x], ipv4_address: 10.0.0.2, mac_address: "
            "'02:42:ac:11:00:02'}}",
            "networks", R"(["name=demo_b,alias=web,alias=x,ip=10.0.0.2,mac-address=02:42:ac:11:00:02"])");
        row("network_mode: host", "network", R"("host")");
        row("network_mode: none", "network", R"("none")");
        row("network_mode: bridge", "network", "(default)");
        row("network_mode: service:db", "network", R"("service:db")");
        row("network_mode: container:other", "network", R"("container:other")");
        row("network_mode: host", "network-alias", "(default)");
        row("dns: [1.1.1.1]", "dns", R"(["1.1.1.1"])");
        row("dns_search: [a.b]", "dns-search", R"(["a.b"])");
        row("dns_opt: ['ndots:2']", "dns-options", R"(["ndots:2"])");
        row("extra_hosts: [a=1.1.1.1, 'b=::1', 'c=[::2]', 'd:host-gateway']", "extra-hosts",
            R"(["a:1.1.1.1","b:::1","c:::2","d:host-gateway"])");
        row("ports: [{target: 80, published: '8080', protocol: tcp, mode: ingress}]", "publish",
            R"(["8080:80"])");
        row("ports: [{target: 53, published: '53', protocol: udp, host_ip: 127.0.0.1}]", "publish",
            R"(["127.0.0.1:53:53/udp"])");
        row("ports: [{target: 80}]", "publish", R"(["80"])");
        row("ports: [{target: 80, host_ip: '::1'}]", "publish", R"(["[::1]::80"])");

        row("logging: {driver: none}", "log-driver", R"("none")");
        row("logging: {driver: local, options: {max-size: 1m}}", "log-options", R"({"max-size":"1m"})");
        row("tmpfs: [/run, '/tmp:size=1m']", "tmpfs", R"({"/run":"","/tmp":"size=1m"})");
        row("volumes_from: [db, 'container:x:ro']", "volumes-from", R"(["service:db","container:x:ro"])");
        row("volumes: [{type: volume, source: data, target: /data, volume: {}}]", "mounts",
            R"(["type=volume,source=demo_data,target=/data"])");
        row("volumes: [{type: volume, target: /data}]", "mounts", R"(["type=volume,target=/data"])");
        row("volumes: [{type: volume, source: data, target: /d, read_only: true, volume: {nocopy: true, "
            "subpath: x}}]",
            "mounts",
            R"(["type=volume,source=demo_data,target=/d,readonly,volume-nocopy,volume-subpath=x"])");
        row("volumes: [{type: volume, target: /d, volume: {labels: {a: b}}}]", "mounts",
            R"(["type=volume,target=/d,volume-label=a=b"])");
        row("volumes: [{type: bind, source: /srv, target: /s, bind: {create_host_path: true}}]", "mounts",
            R"(["type=bind,source=/srv,target=/s,bind-create-src"])");
        row("volumes: [{type: bind, source: /srv, target: /s, bind: {create_host_path: false, propagation: "
            "rslave, recursive: disabled}}]",
            "mounts", R"(["type=bind,source=/srv,target=/s,bind-propagation=rslave,bind-nonrecursive"])");
        row("volumes: [{type: bind, source: /srv, target: /s, read_only: true, bind: {create_host_path: "
            "false, recursive: writable}}]",
            "mounts", R"(["type=bind,source=/srv,target=/s,readonly,bind-recursive=writable"])");
        row("volumes: [{type: tmpfs, target: /t, tmpfs: {size: '10485760', mode: 01777}}]", "mounts",
            R"(["type=tmpfs,target=/t,tmpfs-size=10485760,tmpfs-mode=01777"])");
    }
    void options() {
        QFETCH(const QString, lines);
        QFETCH(const QString, key);
        QFETCH(const QString, value);
        Variables variables;
        variables["HOME"].value = "/home/ada";
        const MadeStack made =
            test::madeOf(projectWith(lines, QStringLiteral("volumes: {data: {name: demo_data}}")), variables);
        QCOMPARE(test::told(made.problems), std::string());
        QCOMPARE(optionOf(webOf(made).options, key), value);
    }

    void tells_data() {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* lines, const char* said) {
            QTest::addRow("%s", qPrintable(QString::fromUtf8(lines).replace(u'\n', u' ')))
                << QString::fromUtf8(lines) << QString::fromUtf8(said);
        };
        row("environment: {NONE: null}",
            "note services.web.environment.NONE: not supported: taking the image's");
        row("command: []", "warning services.web.command: not supported: an empty command in the place of");
        row("command: ['']", "warning services.web.command: not supported: an empty command");
        row("mem_limit: lots", "error services.web.mem_limit: \"lots\" is no size");
        row("mem_limit: 1m", "error services.web: a memory limit of 1048576 bytes is too small");
        row("deploy: {mode: global}", "warning services.web.deploy.mode: not supported: the mode global");
        row("deploy: {mode: replicated-job}", "error services.web.deploy.mode: not supported: jobs");
        row("deploy: {restart_policy: {max_attempts: 3}}",
            "warning services.web.deploy.restart_policy.max_attempts: not supported");
        row("restart: sometimes", "there is no restart policy");
        row("restart: always:3", "error services.web.restart");
        row("healthcheck: {start_interval: 5s}", "error services.web.healthcheck.start_interval");
        row("logging: {driver: syslog}",
            "error services.web.logging.driver: not supported: the log driver \"syslog\", because");
        row("logging: {options: {tag: x}}", "warning services.web.logging.options.tag: not supported");
        row("labels: {com.docker.compose.project: x}",
            "error services.web.labels.com.docker.compose.project: the label");
        row("devices: [{source: vendor.com/gpu=all, target: vendor.com/gpu=all}]",
            "error services.web.devices[0].source: not supported");
        row("security_opt: ['label:disable']", "warning services.web.security_opt[0]: not supported");
        row("security_opt: [magic]", "error services.web.security_opt[0]: there is no security option");
        row("security_opt: ['seccomp:x.json']", "error services.web.security_opt[0]: the seccomp profile "
                                                "cannot be read: there is no file /p/x.json");
        row("userns_mode: keep-id", "error services.web: there is no userns \"keep-id\"");
        row("ports: [{target: 80, published: 8000-8009}]",
            "error services.web.ports[0].published: not supported");
        row("networks: {default: {mac_address: '02:42:ac:11:00:02'}}\nmac_address: '02:42:ac:11:00:03'",
            "error services.web.mac_address: mac_address is another");
        row("network_mode: host\nports: [{target: 80}]", "error services.web: ports cannot be published");
        row("links: ['db:web']", "error services.web.links[0]: the name \"web\" would mean two services");
        row("volumes: [{type: image, source: demo, target: /x}]",
            "error services.web.volumes[0].type: not supported: mounts of type \"image\"");
        row("volumes: [{type: volume, target: relative}]", "error services.web.volumes[0]:");
        row("secrets: [{source: unset}]",
            "error secrets.unset.environment: the variable \"NOT_SET\" is not set");
        row("secrets: [{source: key, uid: ada}]", "error services.web.secrets[0].uid: not supported");
        row("secrets: [{source: key, target: ../x}]", "error services.web.secrets[0].target:");
        row("secrets: [{source: key}, {source: key}]", "error services.web.secrets[1]: another secret");
        row("pull_policy: build", "error services.web.pull_policy: nothing says how");
        row("pull_policy: every_12h", "note services.web.pull_policy");
        row("pull_policy: sometimes", "error services.web.pull_policy: there is no pull policy");
        row("build: {context: 'https://example.org/x.git'}",
            "error services.web.build.context: not supported: a build's context at an address");
        row("build: {context: 'docker-image://alpine'}",
            "error services.web.build.context: not supported: a build's context at an address");
        row("build: {context: 'oci:alpine'}",
            "error services.web.build.context: not supported: a build's context at an address");
        row("build: {context: /c, platforms: [linux/amd64, linux/arm64]}",
            "error services.web.build.platforms: not supported");
        row("build: {context: /c, network: backend}", "error services.web.build.network: not supported");
        row("build: {context: /c, entitlements: [device]}", "error services.web.build.entitlements[0]: not");
    }
    void tells() {
        QFETCH(const QString, lines);
        QFETCH(const QString, said);
        const MadeStack made =
            test::madeOf(projectWith(lines, QStringLiteral("secrets: {key: {file: /k}, unset: {environment: "
                                                           "NOT_SET}}")));
        const QString all = QString::fromStdString(test::told(made.problems));
        QVERIFY2(all.contains(said), qPrintable(all));
        QCOMPARE(made.problems.size(), std::size_t(1));
        QVERIFY(made.problems.front().place.line > 0);
    }

    void networksOfTheTopLevel() {
        const auto networkOf = [](const char* lines) {
            const MadeStack made =
                test::madeOf(projectWith(QStringLiteral("networks: {n: null}"),
                                         QStringLiteral("networks:\n  n: ") + QString::fromUtf8(lines) +
                                             QStringLiteral("\n  unused: {name: demo_unused}")));
            for (const StackNetwork& network : made.stack.networks) {
                if (network.key == "n")
                    return std::pair(network, test::told(made.problems));
            }
            return std::pair(StackNetwork(), test::told(made.problems));
        };
        StackNetwork expected;
        expected.key = "n";
        expected.name = "demo_n";
        QVERIFY(networkOf("{}").first == expected);
        QCOMPARE(networkOf("{}").second, std::string());
        expected.driver = "macvlan";
        expected.parent = "eth0";
        expected.mode = "private";
        QVERIFY(networkOf("{driver: macvlan, driver_opts: {parent: eth0, macvlan_mode: private}}").first ==
                expected);
        const StackNetwork bridge =
            networkOf("{name: n, internal: true, enable_ipv6: true, labels: {a: b}, driver_opts: "
                      "{com.docker.network.bridge.enable_icc: 'false', "
                      "com.docker.network.bridge.enable_ip_masquerade: 'false', "
                      "com.docker.network.driver.mtu: '1400'}, ipam: {driver: default, config: [{subnet: "
                      "10.1.0.0/16, ip_range: 10.1.2.0/24, gateway: 10.1.0.9}, {subnet: 'fd00::/64'}]}}")
                .first;
        QCOMPARE(bridge.name, std::string("n"));
        QVERIFY(bridge.internal && bridge.ipv6 && !bridge.icc && !bridge.masquerade);
        QCOMPARE(bridge.mtu, 1400U);
        QVERIFY(bridge.subnets == (Texts{"10.1.0.0/16", "fd00::/64"}));
        QVERIFY(bridge.ranges == Texts{"10.1.2.0/24"} && bridge.gateways == Texts{"10.1.0.9"});
        QVERIFY(bridge.labels == (TextMap{{"a", "b"}}));
        QVERIFY(networkOf("{external: true, name: far}").first.external);
        QCOMPARE(networkOf("{external: true, name: far}").first.name, std::string("far"));
        // The machine's own is no network of the stack.
        QCOMPARE(networkOf("{external: true, name: host}").first.key, std::string());

        const auto refused = [&](const char* lines, const char* path) {
            const std::string said = networkOf(lines).second;
            return said.starts_with("error networks.n." + std::string(path) + ": not supported: ");
        };
        QVERIFY(refused("{driver: overlay}", "driver"));
        QVERIFY(refused("{driver_opts: {com.docker.network.bridge.name: x}}",
                        "driver_opts.com.docker.network.bridge.name"));
    }

    void aMachinesNetworkIsAWordOfTheOptions() {
        const MadeStack made =
            test::madeOf(projectWith(QStringLiteral("networks: {n: null}"),
                                     QStringLiteral("networks: {n: {external: true, name: host}}")));
        QCOMPARE(webOf(made).options.network, std::string("host"));
        QVERIFY(webOf(made).options.networkAliases.empty());
    }

    void volumesOfTheTopLevel() {
        const MadeStack made = test::madeOf(projectWith(
            QStringLiteral("volumes: [{type: volume, source: a, target: /a}, {type: volume, source: b, "
                           "target: /b}]"),
            QStringLiteral("volumes:\n  a: {driver_opts: {type: tmpfs}, labels: {x: y}}\n  b: {external: "
                           "true, name: far}\n  unused: {}")));
        QCOMPARE(test::told(made.problems), std::string());
        QCOMPARE(made.stack.volumes.size(), std::size_t(2));
        const StackVolume& a = made.stack.volumes[0];
        QCOMPARE(a.name, std::string("demo_a"));
        QVERIFY(a.driverOptions == (TextMap{{"type", "tmpfs"}}) && a.labels == (TextMap{{"x", "y"}}));
        QVERIFY(made.stack.volumes[1].external);
        QVERIFY(webOf(made).options.mounts ==
                (Texts{"type=volume,source=demo_a,target=/a", "type=volume,source=far,target=/b"}));
        const MadeStack refused =
            test::madeOf(projectWith(QStringLiteral("volumes: [{type: volume, source: a, target: /a}]"),
                                     QStringLiteral("volumes: {a: {driver: rexray}}")));
        QVERIFY(QString::fromStdString(test::told(refused.problems))
                    .startsWith(QLatin1String("error volumes.a.driver: not supported: ")));
    }

    void eachBindHasItsSource() {
        const MadeStack made = test::madeOf(projectWith(QStringLiteral(
            "volumes: [{type: volume, target: /v}, {type: bind, source: /a, target: /a}, {type: bind, "
            "source: /b, target: /b, bind: {create_host_path: false}}]")));
        QCOMPARE(webOf(made).binds.size(), std::size_t(2));
        const StackSource& a = made.sources.at(webOf(made).binds[0]);
        const StackSource& b = made.sources.at(webOf(made).binds[1]);
        QVERIFY(a.kind == StackSource::Kind::Bind && a.path == "/a" && a.create);
        QVERIFY(b.path == "/b" && !b.create && b.place.line > 0);
    }

    void secretsAndConfigs() {
        Variables variables;
        variables["TOKEN"].value = "t";
        const MadeStack made = test::madeOf(
            projectWith(
                QStringLiteral("secrets: [{source: key}, {source: token, target: t, uid: '103', gid: "
                               "'104', mode: 0440}]\nconfigs: [{source: web, target: /etc/web.conf}, "
                               "{source: motd}]"),
                QStringLiteral("secrets: {key: {file: /p/key}, token: {environment: TOKEN}}\nconfigs: "
                               "{web: {content: listen 80}, motd: {file: /p/motd}}")),
            variables);
        QCOMPARE(test::told(made.problems), std::string());
        const auto files = webOf(made).files;
        QCOMPARE(files.size(), std::size_t(4));
        QCOMPARE(files[0].path, std::string("/run/secrets/key"));
        QCOMPARE(files[0].mode, 0444U);
        QCOMPARE(files[1].path, std::string("/run/secrets/t"));
        QVERIFY(files[1].user == 103 && files[1].group == 104 && files[1].mode == 0440);
        QCOMPARE(files[2].path, std::string("/etc/web.conf"));
        QCOMPARE(files[3].path, std::string("/motd"));
        using Kind = StackSource::Kind;
        const auto source = [&](std::size_t i) { return made.sources.at(files[i].source); };
        QVERIFY(source(0).kind == Kind::File && source(0).path == "/p/key");
        QVERIFY(source(1).kind == Kind::Content && source(1).text == "t");
        QVERIFY(source(2).kind == Kind::Content && source(2).text == "listen 80");
        QVERIFY(source(3).kind == Kind::File && source(3).path == "/p/motd");
    }

    void aSeccompProfileIsRead() {
        const auto made = makeStack(
            test::canonicalProject(projectWith(QStringLiteral("security_opt: ['seccomp:x.json']"))), {},
            [](const std::string& path) -> Result<std::string> { return "{ \"file\": \"" + path + "\" }"; });
        QCOMPARE(webOf(made).options.seccomp, std::string(R"({"file":"/p/x.json"})"));
    }

    void linksAreFurtherNames() {
        const MadeStack made = test::madeOf(projectWith(QStringLiteral("links: ['db:database', db]")));
        QCOMPARE(test::told(made.problems), std::string());
        QVERIFY(made.stack.services[0].options.networkAliases == (Texts{"db", "database"}));
    }

    void hooks() {
        const MadeStack made = test::madeOf(projectWith(QStringLiteral(
            "post_start: [{command: [a, b], user: root, privileged: true, working_dir: /w, environment: {X: "
            "'1'}}]\npre_stop: [{command: [c]}]")));
        const StackService web = webOf(made);
        QCOMPARE(web.postStart.size(), std::size_t(1));
        const StackHook& hook = web.postStart.front();
        QVERIFY(hook.command == (Texts{"a", "b"}) && hook.user == "root" && hook.privileged);
        QVERIFY(hook.workingDirectory == "/w" && hook.environment == Texts{"X=1"});
        QVERIFY(web.preStop.front().command == Texts{"c"});
    }

    void replicasAndDependencies() {
        const MadeStack made = test::madeOf(
            projectWith(QStringLiteral("deploy: {replicas: 3}\ndepends_on: {db: {condition: service_healthy, "
                                       "restart: true, required: false}}")));
        QCOMPARE(webOf(made).replicas, 3U);
        StackDependency expected{"db", DependsOn::Healthy, true, false};
        QVERIFY(webOf(made).dependencies == std::vector{expected});
        QCOMPARE(webOf(test::madeOf(projectWith(QStringLiteral("scale: 0")))).replicas, 0U);
    }

    void images() {
        const auto serviceOf = [](const char* lines) {
            return webOf(test::madeOf(projectWith(QString::fromUtf8(lines))));
        };
        QCOMPARE(serviceOf("image: nginx:1").image, std::string("nginx:1"));
        QCOMPARE(serviceOf("image: x\nplatform: linux/arm64").platform, std::string("linux/arm64"));
        QCOMPARE(serviceOf("pull_policy: always").pullPolicy, PullPolicy::Always);
        QCOMPARE(serviceOf("pull_policy: never").pullPolicy, PullPolicy::Never);
        QCOMPARE(serviceOf("pull_policy: if_not_present").pullPolicy, PullPolicy::Missing);
        QCOMPARE(serviceOf("pull_policy: daily").pullPolicy, PullPolicy::Always);
        QCOMPARE(serviceOf("build: {context: /c}").image, std::string("demo-web"));
        QCOMPARE(serviceOf("build: {context: /c}\nimage: mine").image, std::string("mine"));
        QCOMPARE(serviceOf("build: {context: /c}\npull_policy: build").pullPolicy, PullPolicy::Build);
    }

    void builds() {
        Variables variables;
        variables["TOKEN"].value = "t";
        const MadeStack made = test::madeOf(
            projectWith(
                QStringLiteral(
                    "image: mine\nbuild:\n  context: /c\n  dockerfile: docker/Dockerfile\n  args: "
                    "{A: '1', TOKEN: null, NONE: null}\n  labels: {x: y}\n  tags: [mine, also]\n  target: t\n"
                    "  network: host\n  no_cache: true\n  pull: true\n  shm_size: '1048576'\n"
                    "  extra_hosts: [a=1.1.1.1]\n  platforms: [linux/amd64]\n"
                    "  entitlements: [network.host]\n  privileged: true\n"
                    "  secrets: [{source: key}, {source: token, target: id}]\n"
                    "  ssh: [default, 'k=/agent']"),
                QStringLiteral("secrets: {key: {file: /p/key}, token: {environment: TOKEN}}")),
            variables);
        QCOMPARE(test::told(made.problems), std::string());
        QCOMPARE(made.builds.size(), std::size_t(1));
        const BuildRequest& build = made.builds.front();
        QCOMPARE(build.service, std::string("web"));
        QCOMPARE(build.context, std::string("/c"));
        QCOMPARE(build.dockerfile, std::string("docker/Dockerfile"));
        QVERIFY(build.tags == (Texts{"mine", "also"}));
        QVERIFY(build.arguments == (TextMap{{"A", "1"}, {"TOKEN", "t"}}));
        QVERIFY(build.labels == (TextMap{{"x", "y"}}));
        QVERIFY(build.target == "t" && build.network == "host" && build.noCache && build.pull);
        QCOMPARE(build.shmSize, std::uint64_t(1 << 20));
        QVERIFY(build.extraHosts == Texts{"a:1.1.1.1"});
        QCOMPARE(build.platform, std::string("linux/amd64"));
        QVERIFY(build.allow == (Texts{"network.host", "security.insecure"}));
        using Kind = StackSource::Kind;
        const StackService web = webOf(made);
        QVERIFY(web.build.has_value());
        const StackSource& dockerfile = made.sources.at(web.build->dockerfile);
        QVERIFY(dockerfile.kind == Kind::Dockerfile && dockerfile.path == "/c/docker/Dockerfile");
        const StackSource& context = made.sources.at(web.build->context);
        QVERIFY(context.kind == Kind::Context && context.path == "/c" &&
                context.dockerfile == "docker/Dockerfile");
        QCOMPARE(build.secrets.size(), std::size_t(2));
        QCOMPARE(build.secrets[0].first, std::string("key"));
        QCOMPARE(made.sources.at(build.secrets[0].second).path, std::string("/p/key"));
        QCOMPARE(build.secrets[1].first, std::string("id"));
        QCOMPARE(made.sources.at(build.secrets[1].second).text, std::string("t"));
        QCOMPARE(build.agents.size(), std::size_t(2));
        QCOMPARE(build.agents[0].first, std::string("default"));
        QCOMPARE(made.sources.at(build.agents[0].second).path, std::string());
        QCOMPARE(build.agents[1].first, std::string("k"));
        QCOMPARE(made.sources.at(build.agents[1].second).path, std::string("/agent"));

        const MadeStack inlined =
            test::madeOf(projectWith(QStringLiteral("build: {context: /c, dockerfile_inline: FROM x}")));
        QCOMPARE(inlined.sources.at(webOf(inlined).build->dockerfile).text, std::string("FROM x"));
    }

    void rootTakesWhatIsMade() {
        MadeStack made = test::madeOf(projectWith(
            QStringLiteral(
                "networks: {default: null, back: null}\nvolumes: [{type: bind, source: /a, target: "
                "/a}]\nbuild: {context: /c}\nsecrets: [{source: key}]\npid: service:db\ndepends_on: "
                "{db: {condition: service_started}}"),
            QStringLiteral("secrets: {key: {file: /p/key}}")));
        QCOMPARE(test::told(made.problems), std::string());
        for (StackService& service : made.stack.services) {
            for (StackFile& file : service.files)
                file.contentDigest = "sha256:" + std::string(64, '0'); // whoever reads it fills it in
        }
        VERIFY_RESULT(checkStack(made.stack, made.sources.size()));
    }

    void whatIsNotEnabledIsLeftOut() {
        Project project = test::canonicalProject(projectWith(QStringLiteral("init: true")));
        project.enabled = {"db"};
        const MadeStack made = makeStack(project, {}, test::readNothing);
        QCOMPARE(made.stack.services.size(), std::size_t(1));
        QCOMPARE(made.stack.services[0].name, std::string("db"));
        QVERIFY(made.stack.disabled == Texts{"web"}); // else its containers would be orphans
    }

    void saysWhereItComesFrom() {
        Project project = test::canonicalProject(projectWith(QStringLiteral("init: true")));
        project.environmentFiles = {"/p/one.env"};
        const Stack stack = makeStack(project, {}, test::readNothing).stack;
        QCOMPARE(stack.project, std::string("demo"));
        QCOMPARE(stack.workingDirectory, std::string("/p"));
        QVERIFY(stack.configFiles == Texts{"/p/compose.yaml"});
        QVERIFY(stack.environmentFiles == Texts{"/p/one.env"});
        QCOMPARE(stack.config, configText(project));
    }

    void aNetworkModeIsTheNameInTheEngine() {
        const MadeStack made = test::madeOf("services:\n  a: {image: x, network_mode: front}\n"
                                            "  b: {image: x, network_mode: demo_back}\n"
                                            "  c: {image: x, networks: {front: null, back: null}}\n"
                                            "networks: {front: {name: demo_front}, back: {name: demo_back}}");
        std::map<std::string, bool> external;
        for (const StackNetwork& network : made.stack.networks)
            external.emplace(network.name, network.external);
        QVERIFY(external ==
                (std::map<std::string, bool>{{"demo_back", false}, {"demo_front", false}, {"front", true}}));
        QCOMPARE(made.stack.services[0].options.network, std::string("front"));
        QCOMPARE(made.stack.services[1].options.network, std::string("demo_back"));
        QCOMPARE(made.stack.services[2].options.network, std::string("demo_back"));
        VERIFY_RESULT(checkStack(made.stack, made.sources.size()));
    }

    void anEmptyCommandWithAnEntrypointIsNone() {
        const MadeStack made = test::madeOf(projectWith(QStringLiteral("entrypoint: [sh]\ncommand: []")));
        QCOMPARE(test::told(made.problems), std::string());
        QVERIFY(webOf(made).options.entrypoint == Texts{"sh"});
        QVERIFY(webOf(made).options.command.empty());
    }
};
ESCALE_TEST(MakeStackTest)

#include "make_stack_test.moc"
