// Containers → a Compose file → the same containers again, each option at least once.
#include "engine/container/container_options_fields.h"
#include "engine/stack/compose/from_containers.h"
#include "tests/compose/made.h"
#include "tests/support/test_registry.h"

#include <functional>
#include <set>

using namespace escale;
using namespace escale::compose;

namespace {

ContainerOptions options(const std::function<void(ContainerOptions&)>& change) {
    ContainerOptions made;
    made.memoryBytes = 0;
    change(made);
    return made;
}

using O = ContainerOptions;
const std::vector<std::function<void(O&)>>& changes() {
    static const std::vector<std::function<void(O&)>> kChanges{
        [](O& o) { o.name = "shop_web.1"; },
        [](O& o) {
            o.entrypoint = Texts{"sh", "-c"};
        },
        [](O& o) { o.entrypoint = Texts(); },
        [](O& o) { o.command = {"echo", "a b", "$HOME", "${X:-y}", "it's", "\"q\"", "", "yes", "1", "~"}; },
        [](O& o) { o.environment = {"A=1", "B=", "C=a=b $x", "D=line\nline", "E=yes", "F=0x10", "G= x "}; },
        [](O& o) { o.workingDirectory = "/srv/a b"; },
        [](O& o) { o.user = "1000:50"; },
        [](O& o) {
            o.groups = {"mail", "5"};
        },
        [](O& o) { o.hostname = "web"; },
        [](O& o) { o.domainname = "example.org"; },
        [](O& o) {
            o.labels = {{"a", "b"}, {"empty", ""}, {"dollar", "$5"}, {"a.b/c", "true"}};
        },
        [](O& o) {
            o.annotations = {{"a", "b"}};
        },
        [](O& o) { o.terminal = o.openInput = o.init = o.readOnly = o.privileged = true; },
        [](O& o) { o.restart = "always"; },
        [](O& o) { o.restart = "on-failure"; },
        [](O& o) {
            o.restart = "on-failure";
            o.restartMaximum = 3;
        },
        [](O& o) { o.stopSignal = "SIGINT"; },
        [](O& o) { o.stopTimeoutSeconds = 90; },
        [](O& o) { o.stopTimeoutSeconds = 0; },
        [](O& o) {
            o.healthCommand = {"CMD-SHELL", "curl -f localhost || exit 1"};
            o.healthInterval = 90'000;
            o.healthTimeout = 1'500;
            o.healthStartPeriod = 40'000;
            o.healthStartInterval = 5'000;
            o.healthRetries = 3;
        },
        [](O& o) { o.healthCommand = {"NONE"}; },
        [](O& o) {
            o.healthCommand = {"CMD", "true"};
        },
        [](O& o) {
            o.memoryBytes = 512 << 20;
            o.memoryReservation = 100'000'001;
            o.memorySwap = 1LL << 30;
            o.memorySwappiness = 0;
        },
        [](O& o) { o.memorySwap = -1; },
        [](O& o) { o.oomScoreAdj = -500; },
        [](O& o) { o.oomKillDisable = true; },
        [](O& o) { o.cpus = 0.1; },
        [](O& o) {
            o.cpuShares = 50;
            o.cpuPeriod = 50'000;
            o.cpuQuota = 20'000;
            o.cpusetCpus = "0";
        },
        [](O& o) { o.pidsLimit = -1; },
        [](O& o) {
            o.blkioWeight = 300;
            o.blkioWeightDevice = {"/dev/sda:400"};
            o.deviceReadBps = {"/dev/sda:1048576"};
            o.deviceWriteBps = {"/dev/sda:1"};
            o.deviceReadIops = {"/dev/sda:120"};
            o.deviceWriteIops = {"/dev/sdb:30", "/dev/sdc:31"};
        },
        [](O& o) {
            o.ulimits = {"core=-1", "nofile=1:2", "nproc=65535"};
        },
        [](O& o) {
            o.sysctls = {{"net.core.somaxconn", "1024"}};
        },
        [](O& o) { o.shmSize = 128 << 20; },
        [](O& o) { o.shmSize = 1; },
        [](O& o) {
            o.tmpfs = {{"/run", ""}, {"/tmp", "size=1m,mode=700"}};
        },
        [](O& o) {
            o.mounts = {"type=bind,source=/srv/a b,target=/a,bind-create-src",
                        "type=bind,source=/b,target=/b,readonly,bind-propagation=rslave,bind-nonrecursive",
                        "type=bind,source=/c$d,target=/c,readonly,bind-recursive=readonly",
                        "type=volume,source=data,target=/v,volume-nocopy,volume-subpath=x",
                        "type=volume,target=/w,volume-label=a=b",
                        "type=tmpfs,target=/t,tmpfs-size=10485760,tmpfs-mode=01777"};
        },
        [](O& o) {
            o.volumesFrom = {"other", "more:ro"};
        },
        [](O& o) {
            o.devices = {"/dev/fuse", "/dev/a:/dev/b", "/dev/a:/dev/c:r"};
        },
        [](O& o) { o.deviceCgroupRules = {"c 1:3 mr"}; },
        [](O& o) { o.capAdd = {"NET_ADMIN"}; },
        [](O& o) { o.capDrop = {"ALL"}; },
        [](O& o) { o.noNewPrivileges = false; },
        [](O& o) { o.seccomp = "unconfined"; },
        [](O& o) { o.apparmor = "mine"; },
        [](O& o) { o.systemPaths = "unconfined"; },
        [](O& o) {
            o.ipc = "shareable";
            o.pid = "host";
            o.uts = "host";
            o.userns = "host";
            o.cgroupns = "host";
        },
        [](O& o) { o.network = "none"; },
        [](O& o) { o.network = "host"; },
        [](O& o) { o.network = "container:other"; },
        [](O& o) { o.macAddress = "02:42:ac:11:00:02"; },
        [](O& o) {
            o.network = "front";
            o.networkAliases = {"web", "shop"};
            o.ip = "10.1.0.9";
            o.ip6 = "fd00::9";
            o.macAddress = "02:42:ac:11:00:02";
            o.networks = {"name=back,alias=web,alias=db,ip=10.2.0.9,mac-address=02:42:ac:11:00:03",
                          "name=aside,alias=web,ip6=fd01::9"};
        },
        [](O& o) {
            o.dns = {"1.1.1.1", "::1"};
        },
        [](O& o) { o.dnsSearch = {"example.org"}; },
        [](O& o) { o.dnsOptions = {"ndots:2"}; },
        [](O& o) {
            o.extraHosts = {"a:1.1.1.1", "b:::1", "c:host-gateway"};
        },
        [](O& o) {
            o.publish = {"8080:80", "127.0.0.1:5353:53/udp", "22", "[::1]:1022:22", "127.0.0.1::9"};
        },
        [](O& o) { o.logDriver = "none"; },
        [](O& o) {
            o.logOptions = {{"max-size", "1m"}, {"max-file", "3"}};
        },
    };
    return kChanges;
}

/// The file's text as the loader leaves it, brought up: the one service's options.
MadeStack loaded(const std::string& yaml) {
    static const std::string kFile = "/p/compose.yaml";
    LoadRequest request;
    request.files = {kFile};
    request.environmentFiles = {};
    request.read = [&yaml](const std::string& path) -> Result<std::string> {
        if (path == kFile)
            return yaml;
        return fail(ErrorCode::NotFound, "there is no file " + path);
    };
    const Loaded project = loadProject(request);
    MadeStack made = makeStack(project.project, project.variables, test::readNothing);
    made.problems.insert(made.problems.begin(), project.problems.begin(), project.problems.end());
    return made;
}

} // namespace

class FromContainersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameComesBack() {
        std::set<std::string> changed;
        static const ContainerOptions kDefaults;
        for (const auto& change : changes()) {
            const ContainerOptions asked = options(change);
            ContainerOptions expected = asked;
            for (std::string& from : expected.volumesFrom)
                from.insert(0, "container:"); // a stack's own word for those that are no service's
            const Json all = optionsToJson(expected);
            for (const auto& [key, value] : all.members())
                changed.insert(key);
            const ComposeText text = composeOf({{"web", "demo:1", asked}}, "shop", true);
            QVERIFY2(text.warnings.empty(), text.yaml.c_str());
            const MadeStack made = loaded(text.yaml);
            QVERIFY2(test::told(made.problems).empty(), (test::told(made.problems) + text.yaml).c_str());
            QCOMPARE(made.stack.services.size(), std::size_t(1));
            const StackService& web = made.stack.services.front();
            QCOMPARE(web.image, std::string("demo:1"));
            QVERIFY2(optionsToJson(web.options).dump() == all.dump(),
                     (optionsToJson(web.options).dump() + "\n" + all.dump() + "\n" + text.yaml).c_str());
        }
        // What a Compose file has no word for, or what stands in a file beside it.
        const std::set<std::string> unsaid{"remove", "stdin-once", "cpuset-mems"};
        visitOptions(kDefaults, [&](const char* key, const auto&) {
            QVERIFY2(changed.count(key) + unsaid.count(key) == 1, key);
        });
    }

    void whatCannotBeSaidIsTold() {
        const auto warned = [](const std::function<void(O&)>& change, const char* word) {
            const ComposeText text = composeOf({{"web", "demo", options(change)}}, "shop", true);
            return text.warnings.size() == 1 && text.warnings[0].starts_with("web: ") &&
                   text.warnings[0].find(word) != std::string::npos &&
                   text.yaml.starts_with("# " + text.warnings[0] + '\n');
        };
        QVERIFY(warned([](O& o) { o.removeWhenStopped = true; }, "--rm"));
        QVERIFY(warned([](O& o) { o.inputOnce = true; }, "first client"));
        QVERIFY(warned([](O& o) { o.cpusetMems = "0"; }, "cpuset-mems"));
        QVERIFY(warned([](O& o) { o.seccomp = "{}"; }, "seccomp"));
        QVERIFY(warned([](O& o) { o.mounts = {"type=tmpfs,target=/t,tmpfs-uid=1"}; }, "owner"));
        QVERIFY(warned([](O& o) { o.mounts = {"type=volume,target=/t,volume-opt=type=tmpfs"}; }, "/t"));
    }

    void severalBecomeAStackOfTheirOwn() {
        ContainerOptions web = options([](O& o) {
            o.name = "web";
            o.mounts = {"type=volume,source=data,target=/data"};
            o.volumesFrom = {"db:ro"};
            o.pid = "container:db";
        });
        ContainerOptions database = options([](O& o) {
            o.name = "db";
            o.network = "back";
        });
        ContainerOptions unnamed;
        const MadeStack made = loaded(
            composeOf(
                {{"", "nginx:1", web}, {"", "postgres", database}, {"", "example.org/x/web:2", unnamed}},
                "shop", false)
                .yaml);
        QCOMPARE(test::told(made.problems), std::string());
        QCOMPARE(made.stack.services.size(), std::size_t(3));
        const auto serviceOf = [&made](const std::string& name) {
            for (const StackService& service : made.stack.services) {
                if (service.name == name)
                    return service;
            }
            return StackService();
        };
        QVERIFY(serviceOf("web").options.mounts == Texts{"type=volume,source=shop_data,target=/data"});
        QVERIFY(serviceOf("web").options.volumesFrom == Texts{"service:db:ro"});
        QCOMPARE(serviceOf("web").options.pid, std::string("service:db"));
        QCOMPARE(serviceOf("web").options.network, std::string("shop_default"));
        QCOMPARE(serviceOf("web").options.name, std::string());
        QCOMPARE(serviceOf("db").options.network, std::string("shop_back"));
        QCOMPARE(serviceOf("web-2").image, std::string("example.org/x/web:2"));
        QCOMPARE(serviceOf("web-2").options.memoryBytes, ContainerOptions().memoryBytes);
        QVERIFY(!made.stack.volumes.front().external);
    }

    void aVolumeThatIsMadeWithOptionsKeepsThem() {
        const ContainerOptions web = options([](O& o) {
            o.mounts = {"type=volume,source=data,target=/d,volume-opt=type=tmpfs,volume-opt=device=tmpfs"};
        });
        const MadeStack made = loaded(composeOf({{"web", "demo", web}}, "shop", true).yaml);
        QCOMPARE(test::told(made.problems), std::string());
        QCOMPARE(made.stack.volumes.front().name, std::string("data"));
        QVERIFY(made.stack.volumes.front().driverOptions ==
                (TextMap{{"type", "tmpfs"}, {"device", "tmpfs"}}));
    }
};
ESCALE_TEST(FromContainersTest)

#include "from_containers_test.moc"
