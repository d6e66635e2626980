#include "gui/containers/docker_command.h"
#include "gui/containers/docker_options.h"
#include "gui/containers/shell_words.h"
#include "tests/support/test_registry.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace escale;
using namespace escale::gui;

namespace {

QVariantMap options(std::initializer_list<std::pair<const char*, QVariant>> list) {
    QVariantMap map;
    for (const auto& [key, value] : list)
        map.insert(QString::fromLatin1(key), value);
    return map;
}
QVariant map(const TextMap& value) {
    return QVariant::fromValue(value);
}
QString u(const char* text) {
    return QString::fromUtf8(text);
}
QStringList list(std::initializer_list<const char*> words) {
    QStringList result;
    for (const char* word : words)
        result.append(u(word));
    return result;
}

} // namespace

class DockerCommandTest : public QObject {
    Q_OBJECT

    static QString file(const QTemporaryDir& folder, const QByteArray& content) {
        QFile file(folder.filePath(u("file")));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName();
    }

private Q_SLOTS:
    void linesOfReadmes_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("image");
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QVariantMap>("wanted");
        QTest::addColumn<QStringList>("warnings"); // a word of each

        QTest::newRow("hello-world") << "docker run hello-world"
                                     << "hello-world" << QStringList() << QVariantMap() << QStringList();
        QTest::newRow("postgres")
            << "$ docker run --name some-postgres -e POSTGRES_PASSWORD=mysecretpassword -d postgres"
            << "postgres" << QStringList()
            << options({{"name", u("some-postgres")},
                        {"environment", list({"POSTGRES_PASSWORD=mysecretpassword"})}})
            << QStringList();
        QTest::newRow("postgres with a volume")
            << "$ docker run -d \\\n\t--name some-postgres \\\n\t-e POSTGRES_PASSWORD=mysecretpassword "
               "\\\n\t-e PGDATA=/var/lib/postgresql/data/pgdata \\\n\t-v "
               "/custom/mount:/var/lib/postgresql/data "
               "\\\n\tpostgres"
            << "postgres" << QStringList()
            << options({{"name", u("some-postgres")},
                        {"environment", list({"POSTGRES_PASSWORD=mysecretpassword",
                                              "PGDATA=/var/lib/postgresql/data/pgdata"})}})
            << QStringList();
        QTest::newRow("psql in a network")
            << "docker run -it --rm --network some-network postgres psql -h some-postgres -U postgres"
            << "postgres" << list({"psql", "-h", "some-postgres", "-U", "postgres"})
            << options({{"tty", true}, {"stdin", true}, {"remove", true}, {"network", u("some-network")}})
            << QStringList();
        QTest::newRow("nginx") << "docker run --name some-nginx -d -p 8080:80 some-content-nginx"
                               << "some-content-nginx" << QStringList()
                               << options({{"name", u("some-nginx")}, {"publish", list({"8080:80"})}})
                               << QStringList();
        QTest::newRow("nginx debug")
            << "docker run --name my-nginx -v /host/path/nginx.conf:/etc/nginx/nginx.conf:ro -d nginx "
               "nginx-debug -g 'daemon off;'"
            << "nginx" << list({"nginx-debug", "-g", "daemon off;"}) << options({{"name", u("my-nginx")}})
            << QStringList();
        QTest::newRow("nginx read-only")
            << "docker run -d -p 80:80 --read-only -v $(pwd)/nginx-cache:/var/cache/nginx -v "
               "$(pwd)/nginx-pid:/var/run nginx"
            << "nginx" << QStringList() << options({{"publish", list({"80:80"})}, {"read-only", true}})
            << list({"nginx-cache", "nginx-pid"});
        QTest::newRow("portainer")
            << "docker run -d -p 8000:8000 -p 9443:9443 --name portainer --restart=always -v "
               "/var/run/docker.sock:/var/run/docker.sock -v portainer_data:/data portainer/portainer-ce:lts"
            << "portainer/portainer-ce:lts" << QStringList()
            << options({{"publish", list({"8000:8000", "9443:9443"})},
                        {"name", u("portainer")},
                        {"restart", u("always")}})
            << QStringList();
        QTest::newRow("grafana")
            << "docker run -d -p 3000:3000 --name=grafana \\\n  --user \"$(id -u)\" \\\n  -e "
               "\"GF_LOG_LEVEL=debug\" \\\n  -e \"GF_PLUGINS_PREINSTALL=grafana-clock-panel, "
               "grafana-simple-json-datasource\" \\\n  grafana/grafana-enterprise"
            << "grafana/grafana-enterprise" << QStringList()
            << options(
                   {{"publish", list({"3000:3000"})},
                    {"name", u("grafana")},
                    {"user", u("$(id -u)")},
                    {"environment",
                     list({"GF_LOG_LEVEL=debug",
                           "GF_PLUGINS_PREINSTALL=grafana-clock-panel, grafana-simple-json-datasource"})}})
            << list({"$(id -u)"});
        QTest::newRow("jellyfin")
            << "docker run -d \\\n --name jellyfin \\\n --user uid:gid \\\n -p 8096:8096/tcp \\\n -p "
               "7359:7359/udp \\\n --volume /path/to/config:/config \\\n --mount "
               "type=bind,source=/path/to/media,target=/media \\\n --restart=unless-stopped \\\n "
               "--device=/dev/dri:/dev/dri --gpus all \\\n jellyfin/jellyfin"
            << "jellyfin/jellyfin" << QStringList()
            << options({{"name", u("jellyfin")},
                        {"user", u("uid:gid")},
                        {"publish", list({"8096:8096/tcp", "7359:7359/udp"})},
                        {"restart", u("unless-stopped")},
                        {"devices", list({"/dev/dri:/dev/dri"})}})
            << list({"--gpus"});
        QTest::newRow("pihole")
            << "docker run --name pihole -p 53:53/tcp -p 53:53/udp -p 80:80/tcp -p 443:443/tcp -e "
               "TZ=Europe/London -e FTLCONF_webserver_api_password=\"correct horse battery staple\" -e "
               "FTLCONF_dns_listeningMode=all -v ./etc-pihole:/etc/pihole --cap-add NET_ADMIN --restart "
               "unless-stopped pihole/pihole:latest"
            << "pihole/pihole:latest" << QStringList()
            << options({{"name", u("pihole")},
                        {"publish", list({"53:53/tcp", "53:53/udp", "80:80/tcp", "443:443/tcp"})},
                        {"environment", list({"TZ=Europe/London",
                                              "FTLCONF_webserver_api_password=correct horse battery staple",
                                              "FTLCONF_dns_listeningMode=all"})},
                        {"cap-add", list({"NET_ADMIN"})},
                        {"restart", u("unless-stopped")}})
            << list({"etc-pihole"});
        QTest::newRow("redis")
            << "docker run --name some-redis -d redis redis-server --save 60 1 --loglevel warning"
            << "redis" << list({"redis-server", "--save", "60", "1", "--loglevel", "warning"})
            << options({{"name", u("some-redis")}}) << QStringList();
        QTest::newRow("elasticsearch")
            << "docker run --name es01 --net elastic -p 127.0.0.1:9200:9200 -it -m 1GB --ulimit "
               "memlock=-1:-1 --ulimit nofile=65535 -e discovery.type=single-node elasticsearch:8.15.0"
            << "elasticsearch:8.15.0" << QStringList()
            << options({{"name", u("es01")},
                        {"publish", list({"127.0.0.1:9200:9200"})},
                        {"tty", true},
                        {"stdin", true},
                        {"memory", qulonglong(1) << 30},
                        {"ulimits", list({"memlock=-1:-1", "nofile=65535"})},
                        {"network", u("elastic")},
                        {"environment", list({"discovery.type=single-node"})}})
            << QStringList();
        QTest::newRow("wireguard")
            << "sudo docker run -d --cap-add=NET_ADMIN --cap-add=SYS_MODULE `#optional` "
               "--sysctl=\"net.ipv4.conf.all.src_valid_mark=1\" --sysctl net.ipv4.ip_forward=1 -p "
               "51820:51820/udp lscr.io/linuxserver/wireguard:latest"
            << "`#optional`"
            << list({"--sysctl=net.ipv4.conf.all.src_valid_mark=1", "--sysctl", "net.ipv4.ip_forward=1", "-p",
                     "51820:51820/udp", "lscr.io/linuxserver/wireguard:latest"})
            << options({{"cap-add", list({"NET_ADMIN", "SYS_MODULE"})}}) << list({"#optional"});
        QTest::newRow("everything of a kind")
            << "podman run -itd --init --cpus=1.5 --cpu-shares 512 -h web --domainname example.org -l a=b "
               "--label c --stop-signal SIGINT --stop-timeout 30 --shm-size=1g --tmpfs /run:rw,size=64m "
               "--tmpfs /tmp --pids-limit -1 --memory-swap -1 --oom-score-adj=-500 --blkio-weight 300 "
               "--device-read-bps /dev/sda:1mb --log-opt max-size=10m --log-opt max-file=3 --log-driver "
               "json-file --add-host db:10.0.0.2 --dns 1.1.1.1 --dns-option ndots:2 --group-add video "
               "--ipc host --pid=container:db --uts host --userns=host --cgroupns private --annotation x=y "
               "-w /srv -u 1000:1000 --entrypoint /bin/sh alpine -c 'echo hi'"
            << "alpine" << list({"-c", "echo hi"})
            << options({{"tty", true},
                        {"stdin", true},
                        {"init", true},
                        {"cpus", 1.5},
                        {"cpu-shares", qulonglong(512)},
                        {"hostname", u("web")},
                        {"domainname", u("example.org")},
                        {"labels", map({{u("a"), u("b")}, {u("c"), u("")}})},
                        {"stop-signal", u("SIGINT")},
                        {"stop-timeout", uint(30)},
                        {"shm-size", qulonglong(1) << 30},
                        {"tmpfs", map({{u("/run"), u("rw,size=64m")}, {u("/tmp"), u("")}})},
                        {"pids", qlonglong(-1)},
                        {"memory-swap", qlonglong(-1)},
                        {"oom-score-adj", int(-500)},
                        {"blkio-weight", QVariant::fromValue(ushort(300))},
                        {"device-read-bps", list({"/dev/sda:1mb"})},
                        {"log-options", map({{u("max-size"), u("10m")}, {u("max-file"), u("3")}})},
                        {"log-driver", u("json-file")},
                        {"extra-hosts", list({"db:10.0.0.2"})},
                        {"dns", list({"1.1.1.1"})},
                        {"dns-options", list({"ndots:2"})},
                        {"groups", list({"video"})},
                        {"ipc", u("host")},
                        {"pid", u("container:db")},
                        {"uts", u("host")},
                        {"userns", u("host")},
                        {"cgroupns", u("private")},
                        {"annotations", map({{u("x"), u("y")}})},
                        {"workdir", u("/srv")},
                        {"user", u("1000:1000")},
                        {"entrypoint", list({"/bin/sh"})}})
            << QStringList();
        QTest::newRow("health and restart")
            << "docker create --health-cmd 'curl -f http://localhost/ || exit 1' --health-interval=1m30s "
               "--health-timeout 500ms --health-retries 5 --health-start-period 0s --restart on-failure:3 web"
            << "web" << QStringList()
            << options({{"health-command", list({"CMD-SHELL", "curl -f http://localhost/ || exit 1"})},
                        {"health-interval", qulonglong(90'000)},
                        {"health-timeout", qulonglong(500)},
                        {"health-retries", uint(5)},
                        {"health-start-period", qulonglong(0)},
                        {"restart", u("on-failure")},
                        {"restart-max", uint(3)}})
            << QStringList();
        QTest::newRow("security")
            << "docker container run --security-opt seccomp=unconfined --security-opt apparmor:unconfined "
               "--security-opt no-new-privileges:true --security-opt systempaths=unconfined --security-opt "
               "label=disable --privileged=false --no-healthcheck --entrypoint '' x"
            << "x" << QStringList()
            << options({{"seccomp", u("unconfined")},
                        {"apparmor", u("unconfined")},
                        {"no-new-privileges", true},
                        {"systempaths", u("unconfined")},
                        {"privileged", false},
                        {"health-command", list({"NONE"})},
                        {"entrypoint", QStringList()}})
            << list({"label=disable"});
        QTest::newRow("what follows the command")
            << "docker run -p53:53/udp -p 8000-8002:80-82 alpine && docker ps # all"
            << "alpine" << QStringList() << options({{"publish", list({"53:53/udp", "8000-8002:80-82"})}})
            << list({"&& docker ps"});
        QTest::newRow("blanks behind the backslash")
            << "docker run --rm \\  \n  alpine true\n"
            << "alpine" << list({"true"}) << options({{"remove", true}}) << QStringList();
        QTest::newRow("not ours")
            << "docker --context x run --link a:b --platform linux/amd64 -P --log-driver journald --network "
               "name=bridge,alias=web --device nvidia.com/gpu=all --userns keep-id x"
            << "x" << QStringList() << options({{"network", u("bridge")}, {"network-alias", list({"web"})}})
            << list({"--link", "--platform", "-P", "journald", "nvidia.com/gpu=all", "--userns=keep-id"});
        QTest::newRow("the last of a name counts")
            << "docker run -e A=1 -e B=2 -e A=3 x"
            << "x" << QStringList() << options({{"environment", list({"B=2", "A=3"})}}) << QStringList();
    }
    void linesOfReadmes() {
        QFETCH(const QString, line);
        QFETCH(const QString, image);
        QFETCH(const QStringList, command);
        QFETCH(const QVariantMap, wanted);
        QFETCH(const QStringList, warnings);
        const auto parsed = parseDockerRun(line);
        QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
        QCOMPARE(parsed->request.image, image);
        QCOMPARE(parsed->request.command, command);
        for (auto option = wanted.begin(); option != wanted.end(); ++option) {
            const QVariant found = parsed->request.options.value(option.key());
            QVERIFY2(found == option.value(), qPrintable(option.key()));
            QCOMPARE(found.metaType(), option.value().metaType());
        }
        QVariantMap rest = parsed->request.options;
        rest.remove(u("mounts")); // mount_option_test.cpp
        QCOMPARE(rest.keys(), wanted.keys());
        QCOMPARE(parsed->warnings.size(), warnings.size());
        for (qsizetype i = 0; i < warnings.size(); ++i)
            QVERIFY2(parsed->warnings.join(u'\n').contains(warnings[i]), qPrintable(warnings[i]));
    }

    void wrongLinesSayWhy_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("named");
        QTest::newRow("nothing") << ""
                                 << "docker run";
        QTest::newRow("another program") << "kubectl run x"
                                         << "docker run";
        QTest::newRow("another verb") << "docker ps"
                                      << "docker run";
        QTest::newRow("no image") << "docker run --rm"
                                  << "image";
        QTest::newRow("unknown option") << "docker run --frobnicate x"
                                        << "--frobnicate";
        QTest::newRow("unknown letter") << "docker run -itX x"
                                        << "-X";
        QTest::newRow("no value") << "docker run --name"
                                  << "--name";
        QTest::newRow("size") << "docker run -m lots x"
                              << "-m lots";
        QTest::newRow("too little memory") << "docker run -m 1m x"
                                           << "6m";
        QTest::newRow("port") << "docker run -p 80:nginx x"
                              << "-p 80:nginx";
        QTest::newRow("ranges") << "docker run -p 80-82:80 x"
                                << "-p 80-82:80";
        QTest::newRow("restart") << "docker run --restart sometimes x"
                                 << "sometimes";
        QTest::newRow("restart count") << "docker run --restart always:3 x"
                                       << "always:3";
        QTest::newRow("duration") << "docker run --health-interval 30 x"
                                  << "--health-interval 30";
        QTest::newRow("quotation") << "docker run -e 'A=b x"
                                   << "'";
        QTest::newRow("env-file") << "docker run --env-file /nonexistent/env x"
                                  << "/nonexistent/env";
        QTest::newRow("a pipe blocks nobody") << "docker run --env-file /dev/zero x"
                                              << "/dev/zero";
        QTest::newRow("security-opt") << "docker run --security-opt magic=on x"
                                      << "magic=on";
        QTest::newRow("seccomp") << "docker run --security-opt seccomp=/nonexistent x"
                                 << "/nonexistent";
        QTest::newRow("capability") << "docker run --cap-add FLY x"
                                    << "--cap-add FLY";
    }
    void wrongLinesSayWhy() {
        QFETCH(const QString, line);
        QFETCH(const QString, named);
        const auto parsed = parseDockerRun(line);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(QString::fromStdString(parsed.error().message).contains(named),
                 parsed.error().message.c_str());
    }

    void envFilesFollowDockersRules() {
        const QTemporaryDir folder;
        qputenv("ESCALE_TEST_HERE", "from here");
        const QString path = file(folder, "\xEF\xBB\xBF# a comment\n\n  A=1 \nB=\"quoted\"\r\nC=x=y#z\n"
                                          "ESCALE_TEST_HERE\nESCALE_TEST_NOT_HERE\nD=file\n");
        const auto parsed = parseDockerRun(u("docker run -e D=line --env-file ") + path + u(" x"));
        QVERIFY(parsed);
        QCOMPARE(parsed->request.options.value(u("environment")).toStringList(),
                 list({"A=1 ", "B=\"quoted\"", "C=x=y#z", "ESCALE_TEST_HERE=from here", "D=line"}));
    }

    void anEnvFilesErrorNamesTheLine_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no name") << QByteArray("A=1\n# x\n=2\n");
        QTest::newRow("blank") << QByteArray("A=1\n\nexport B=2\n");
        QTest::newRow("not UTF-8") << QByteArray("A=1\n\nB=\xff\xfe\n");
    }
    void anEnvFilesErrorNamesTheLine() {
        QFETCH(const QByteArray, content);
        const QTemporaryDir folder;
        const QString path = file(folder, content);
        const auto parsed = parseDockerRun(u("docker run --env-file ") + path + u(" x"));
        QVERIFY(!parsed);
        QVERIFY(parsed.error().message.find("line 3") != std::string::npos);
    }

    void aSeccompProfileIsReadFromItsFile() {
        const QTemporaryDir folder;
        const QString path = file(folder, "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}");
        const auto parsed = parseDockerRun(u("docker run --security-opt seccomp=") + path + u(" x"));
        QVERIFY(parsed);
        QCOMPARE(parsed->request.options.value(u("seccomp")).toString(),
                 u("{\"defaultAction\": \"SCMP_ACT_ALLOW\"}"));
    }

    void linesAreShort() {
        QCOMPARE(dockerRunLine({u("nginx"), {}, {}}), u("docker run nginx"));
        QCOMPARE(dockerRunLine({u("debian:12"), list({"echo", "it's"}),
                                options({{"tty", true},
                                         {"stdin", true},
                                         {"remove", true},
                                         {"memory", qulonglong(512) << 20},
                                         {"environment", list({"A=b c"})},
                                         {"restart", u("no")}})}),
                 u("docker run --rm -it --restart no -e 'A=b c' -m 512m debian:12 echo 'it'\\''s'"));
        // What Docker cannot say in its option goes to the command, where it means the same.
        QCOMPARE(dockerRunLine({u("x"), list({"c"}), options({{"entrypoint", list({"sh", "-c"})}})}),
                 u("docker run --entrypoint sh x -c c"));
    }

    void otherCommands() {
        QCOMPARE(dockerCommand(u("stop"), list({"-t", "10", "web"})), u("docker stop -t 10 web"));
        QCOMPARE(dockerCommand(u("rm"), list({"-f", "a b"})), u("docker rm -f 'a b'"));
    }

    void whatIsWrittenIsReadBack() {
        QRandomGenerator random(4); // the same requests at every run
        for (int i = 0; i < 3000; ++i) {
            const RunRequest request = anyRequest(random);
            const QString line = dockerRunLine(request);
            const auto parsed = parseDockerRun(line);
            QVERIFY2(parsed,
                     qPrintable(line + u(" → ") +
                                (parsed ? QString() : QString::fromStdString(parsed.error().message))));
            QVERIFY2(parsed->warnings.isEmpty(), qPrintable(line));
            if (parsed->request != request) {
                for (auto option = request.options.begin(); option != request.options.end(); ++option)
                    QVERIFY2(parsed->request.options.value(option.key()) == option.value(),
                             qPrintable(option.key() + u(": ") + line));
                QFAIL(qPrintable(line));
            }
        }
    }

private:
    static QString anyText(QRandomGenerator& random) {
        static const QString kPieces[] = {u("a"), u("Z9"), u(" "), u("'"),  u("\""),   u("\\"), u("$HOME"),
                                          u("é"), u("#"),  u(";"), u("\n"), u("-"),    u("="),  u("`x`"),
                                          u("~"), u("&&"), u("*"), u("\t"), u("$(y)"), u(":"),  u("|")};
        QString text;
        for (int i = random.bounded(6); i >= 0; --i)
            text += kPieces[random.bounded(int(std::size(kPieces)))];
        return text;
    }

    // A value that the option's rule takes.
    static QVariant anyValue(const DockerOption& option, QRandomGenerator& random) {
        static const QMap<QString, QStringList> kGood{
            {u("name"), list({"web", "a.b_c"})},
            {u("restart"), list({"no", "always", "on-failure"})},
            {u("network"), list({"bridge", "none", "host", "container:db", "back-end"})},
            {u("network-alias"), list({"db", "a.b"})},
            {u("ip"), list({"10.0.0.7"})},
            {u("ip6"), list({"fd00::7"})},
            {u("mac-address"), list({"02:42:0a:59:00:07"})},
            {u("networks"), list({"name=metrics,alias=db-metrics", "name=logs"})},
            {u("hostname"), list({"web", "a.b"})},
            {u("domainname"), list({"example.org"})},
            {u("stop-signal"), list({"SIGINT", "9"})},
            {u("cpuset-cpus"), list({"0-2,4"})},
            {u("cpuset-mems"), list({"0"})},
            {u("ipc"), list({"private", "container:x y"})},
            {u("pid"), list({"host", "container:a"})},
            {u("uts"), list({"host"})},
            {u("userns"), list({"host"})},
            {u("cgroupns"), list({"private", "host"})},
            {u("log-driver"), list({"json-file", "none"})},
            {u("systempaths"), list({"unconfined"})},
            {u("seccomp"), list({"unconfined", "{\"a\": \"it's $b\"}"})},
            {u("publish"), list({"80", "8080:80", "127.0.0.1::80/udp", "[::1]:1-2:3-4"})},
            {u("devices"), list({"/dev/fuse", "/dev/a b:/dev/c:rw"})},
            {u("device-cgroup-rules"), list({"c 10:229 rwm", "b *:* r"})},
            {u("ulimits"), list({"nofile=1:2", "core=-1"})},
            {u("cap-add"), list({"ALL", "net_admin"})},
            {u("cap-drop"), list({"CAP_CHOWN"})},
            {u("dns"), list({"1.1.1.1", "::1"})},
            {u("dns-search"), list({"example.org", "."})},
            {u("dns-options"), list({"ndots:2"})},
            {u("extra-hosts"), list({"a:1.1.1.1", "b:host-gateway"})}};
        const QString key = QString::fromLatin1(option.key);
        const auto among = [&](const QStringList& words) { return words[random.bounded(int(words.size()))]; };
        switch (option.form) {
        case DockerOption::Form::Text:
            return kGood.contains(key) ? among(kGood[key])
                                       : (key == u"workdir" ? u("/") : QString()) + anyText(random);
        case DockerOption::Form::List: {
            QStringList texts;
            for (int i = 0; i <= random.bounded(3); ++i) {
                if (kGood.contains(key))
                    texts.append(among(kGood[key]));
                else if (key == u"environment")
                    texts.append(u("V%1=").arg(i) + anyText(random));
                else
                    texts.append(key == u"groups" ? anyText(random) : u("/dev/sd a:10m"));
            }
            return texts;
        }
        case DockerOption::Form::Map: {
            if (key == u"log-options")
                return map({{u("max-size"), u("10m")}, {u("compress"), u("false")}});
            const QString prefix = key == u"tmpfs" ? u("/t ") : u("k ");
            return map({{prefix + u("1"), anyText(random)}, {prefix + u("2"), QString()}});
        }
        case DockerOption::Form::Words:
            if (key == u"entrypoint")
                return random.bounded(4) == 0 ? QStringList() : QStringList(u("sh") + anyText(random));
            return random.bounded(3) == 0 ? list({"NONE"})
                                          : QStringList{u("CMD-SHELL"), u("x") + anyText(random)};
        case DockerOption::Form::Flag:
            return random.bounded(2) == 0;
        case DockerOption::Form::Time:
            return qulonglong(random.bounded(80'000'000));
        case DockerOption::Form::Size:
            return qulonglong(random.generate64() >> random.bounded(2, 36)) + (6U << 20);
        case DockerOption::Form::SwapSize:
            return random.bounded(2) == 0 ? qlonglong(-1) : qlonglong(random.bounded(1 << 30));
        case DockerOption::Form::Decimal:
            return 0.01 + random.generateDouble() * 8;
        case DockerOption::Form::UInt:
            return uint(random.bounded(1, 86'400));
        case DockerOption::Form::ULong:
            return qulonglong(random.bounded(1'000, 262'144));
        case DockerOption::Form::Long:
            return qlonglong(random.bounded(-1, 100));
        case DockerOption::Form::Int:
            return random.bounded(-1000, 1000);
        case DockerOption::Form::UShort:
            return QVariant::fromValue(ushort(random.bounded(10, 1000)));
        }
        return {};
    }

    static RunRequest anyRequest(QRandomGenerator& random) {
        RunRequest request;
        request.image = u("registry.example:5000/a/b:1");
        for (const DockerOption& option : dockerOptions()) {
            const QByteArray key(option.key); // "stdin-once" is a line without -d, which a form does not know
            if (random.bounded(4) == 0 && key != "restart-max" && key != "stdin-once" && key != "mounts" &&
                key != "volumes-from" && key != "secrets") // mount_option_test.cpp
                request.options.insert(u(option.key), anyValue(option, random));
        }
        // A line names the first network before others.
        if (request.options.contains(u("networks")) && !request.options.contains(u("network")))
            request.options.insert(u("network"), u("bridge"));
        if (request.options.value(u("restart")) == u("on-failure"))
            request.options.insert(u("restart-max"), uint(random.bounded(1, 9)));
        for (int i = random.bounded(4); i > 0; --i)
            request.command.append(anyText(random));
        return request;
    }
};

ESCALE_TEST(DockerCommandTest)
#include "docker_command_test.moc"
