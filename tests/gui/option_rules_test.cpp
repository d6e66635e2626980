// What the dialog lets through, the engine takes; what it refuses, the engine refuses.
#include "engine/container/container_options.h"
#include "engine/container/container_options_fields.h"
#include "gui/containers/docker_options.h"
#include "helper/validation/container_options.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

class OptionRulesTest : public QObject {
    Q_OBJECT

    static bool engineTakes(const QVariantMap& options) {
        ContainerOptions model;
        model.image = "x";
        return applyOptions(options, model) && checkOptions(model, MachineLimits{64, 0});
    }

private Q_SLOTS:
    void bothSidesAgree_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        const auto rows = [](const char* key, std::initializer_list<const char*> good,
                             std::initializer_list<const char*> bad) {
            for (const char* text : good)
                QTest::addRow("%s takes %s", key, text)
                    << QString::fromLatin1(key) << QString::fromUtf8(text) << true;
            for (const char* text : bad)
                QTest::addRow("%s refuses %s", key, text)
                    << QString::fromLatin1(key) << QString::fromUtf8(text) << false;
        };
        rows("name", {"web", "a.b-c_d"}, {"a", "-a", "a b", "é"});
        rows("hostname", {"web", "a.b", "a_b"}, {"-a", ".a", "a b", "a/b"});
        rows("workdir", {"/", "/a b"}, {"a"});
        rows("environment", {"A=", "A=b=c"}, {"A", "=b"});
        rows("labels", {"a=b", "a"}, {"=b"});
        rows("restart", {"no", "always", "unless-stopped", "on-failure"}, {"sometimes"});
        rows("stop-signal", {"SIGINT", "TERM", "9"}, {"SIGNONE", "0", "200"});
        rows("stop-timeout", {"0", "86400"}, {"86401"});
        rows("memory", {"0", "6m", "1.5g", "10MiB"}, {"1", "5m"});
        rows("memory-reservation", {"6m", "512m"}, {"5m", "600m"});
        rows("memory-swap", {"-1", "0", "512m", "1g"}, {"100m"});
        rows("memory-swappiness", {"-1", "0", "100"}, {"101", "-2"});
        rows("oom-score-adj", {"-1000", "1000"}, {"1001"});
        rows("cpus", {"0", "0.01", "1.5"}, {"0.001", "-1"});
        rows("cpu-shares", {"0", "2", "262144"}, {"1", "262145"});
        rows("cpu-period", {"1000", "1000000"}, {"999"});
        rows("cpu-quota", {"-1", "1000"}, {"999", "-2"});
        rows("cpuset-cpus", {"0-2,4"}, {"a", "0 1"});
        rows("pids", {"-1", "0", "100"}, {"-2", "9999999"});
        rows("blkio-weight", {"10", "1000"}, {"9", "1001"});
        rows("device-read-bps", {"/dev/sda:10m"}, {"/dev/sda", "sda:10", "/dev/sda:x"});
        rows("ulimits", {"nofile=1024", "nofile=1:2", "core=-1", "core=1:unlimited"},
             {"nofile", "x=1", "nofile=2:1", "nofile=-1:1", "nofile=:"});
        rows("shm-size", {"64m", "1"}, {"0"});
        rows("tmpfs", {"/run", "/run:size=1m"}, {"run", "/", "/a/../b"});
        rows("devices", {"/dev/fuse", "/dev/a:/dev/b", "/dev/a:rw", "/dev/a:/dev/b:r"},
             {"dev/a", "/dev/", "/dev/a:/dev/b:x", "/dev/a:b", "/a/../b"});
        rows("device-cgroup-rules", {"c 1:3 rwm", "a *:* r"}, {"c 1:3", "x 1:3 r", "c 1 r", "c  1:3 r"});
        rows("cap-add", {"NET_ADMIN", "cap_net_admin", "ALL"}, {"FLY", ""});
        rows("seccomp", {"", "unconfined", "{}"}, {"x", "[]", "{"});
        rows("systempaths", {"unconfined"}, {"x"});
        rows("ipc", {"private", "shareable", "none", "host", "container:a"}, {"x", "container:"});
        rows("pid", {"host", "container:a"}, {"none"});
        rows("uts", {"host"}, {"container:a", "none"});
        rows("userns", {"host"}, {"keep-id"});
        rows("cgroupns", {"private", "host"}, {"none"});
        rows("network", {"bridge", "none", "host", "container:a", "backend"},
             {"x", "a b", "container:", "-x"});
        rows("networks",
             {"name=backend", "backend", "name=backend,alias=db,ip=10.0.0.2,mac-address=02:42:ac:11:00:02"},
             {"alias=db", "name=backend,x=y", "name=backend,ip=::1", ""});
        rows("network-alias", {"db", "a.b-c"}, {"a b", "", "a..b"});
        rows("ip", {"10.0.0.1"}, {"10.0.0", "::1", "x"});
        rows("ip6", {"fd00::1"}, {"10.0.0.1", "[::1]"});
        rows("mac-address", {"02:42:ac:11:00:02"}, {"02:42", "02:42:ac:11:00:zz"});
        rows("dns", {"1.1.1.1", "::1"}, {"a", "[::1]", ""});
        rows("dns-search", {"example.org"}, {"a b", ""});
        rows("extra-hosts", {"a:1.1.1.1", "a=1.1.1.1", "a:[::1]", "a:host-gateway", "a:::1"},
             {"a", "a:b", ":1.1.1.1"});
        rows("publish",
             {"80", "8080:80", "80/udp", "127.0.0.1:8080:80/tcp", "127.0.0.1::80", "[::1]:80:80", "1-2:3-4",
              "8000-8001"},
             {"0", "70000", "80:", ":80", "a:80", "1-2:3", "80/x", "127.0.0:80:80", "2-1", "80:80:80",
              "::80"});
        rows("log-driver", {"json-file", "none"}, {"syslog"});
        rows("log-options", {"max-size=10m", "max-size=-1", "max-file=3", "compress=false"},
             {"max-size=1k", "max-size=x", "max-file=0", "max-file=1001", "compress=maybe", "tag=x"});
        rows("health-interval", {"0s", "30s", "24h"}, {"25h"});
        rows("entrypoint", {"", "sh -c"}, {"''"});
    }
    void bothSidesAgree() {
        QFETCH(const QString, key);
        QFETCH(const QString, text);
        QFETCH(const bool, good);
        const DockerOption& option = *dockerOption(key);
        const auto value = optionValue(option, {text});
        const bool here = value && optionConflicts({{key, *value}}).isEmpty();
        QCOMPARE(here, good);
        // A value of the right type that the dialog would not send.
        QVariant sent = value ? *value : QVariant(text);
        using Form = DockerOption::Form;
        if (!value && option.form == Form::List)
            sent = QStringList(text);
        else if (!value && option.form == Form::Words)
            sent = QStringList(QString());
        else if (!value && option.form == Form::Map)
            sent = QVariant::fromValue(key == u"tmpfs"
                                           ? gui::TextMap{{text, {}}}
                                           : gui::TextMap{{text.section(u'=', 0, 0), text.section(u'=', 1)}});
        else if (!value && option.form == Form::Size)
            sent = QVariant::fromValue(parseSizeText(text).value());
        else if (!value && option.form == Form::Time)
            sent = QVariant::fromValue(parseTimeText(text).value());
        QCOMPARE(engineTakes({{key, sent}}), good);
    }

    void everyOptionOfTheEngineIsInTheTable() {
        ContainerOptions model;
        QVariantMap all;
        QStringList keys;
        for (const DockerOption& option : dockerOptions())
            keys.append(QString::fromLatin1(option.key));
        keys.sort();
        QStringList wanted;
        visitOptions(model, [&wanted](const char* key, auto&) { wanted.append(QString::fromLatin1(key)); });
        wanted.append(QStringLiteral("secrets")); // which the engine keeps in no record
        wanted.sort();
        QCOMPARE(keys, wanted);
    }

    void whatDoesNotGoTogether() {
        const auto conflict = [](const QVariantMap& options) {
            const auto found = optionConflicts(options);
            return found.isEmpty() ? QString() : found.first().key;
        };
        const QList<QVariantMap> bad{
            {{QStringLiteral("remove"), true}, {QStringLiteral("restart"), QStringLiteral("always")}},
            {{QStringLiteral("publish"), QStringList(QStringLiteral("80"))},
             {QStringLiteral("network"), QStringLiteral("host")}},
            {{QStringLiteral("uts"), QStringLiteral("host")},
             {QStringLiteral("hostname"), QStringLiteral("a")}},
            {{QStringLiteral("cpus"), 1.0}, {QStringLiteral("cpu-quota"), qlonglong(50'000)}},
            {{QStringLiteral("restart-max"), 3U}, {QStringLiteral("restart"), QStringLiteral("always")}},
            {{QStringLiteral("memory"), qulonglong(0)}, {QStringLiteral("memory-swap"), qlonglong(1 << 30)}}};
        for (const QVariantMap& options : bad) {
            QVERIFY2(!conflict(options).isEmpty(), qPrintable(options.firstKey()));
            QVERIFY2(!engineTakes(options), qPrintable(options.firstKey()));
        }
        QVERIFY(conflict({{QStringLiteral("remove"), true}}).isEmpty());
    }
};

ESCALE_TEST(OptionRulesTest)
#include "option_rules_test.moc"
