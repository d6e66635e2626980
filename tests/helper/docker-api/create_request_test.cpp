// What the body of POST /containers/create becomes: the engine's options, or why not. Without a machine.
#include "helper/docker-api/containers/create_request.h"

#include "engine/container/container_options.h"
#include "helper/docker-api/containers/start_error.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::docker_api;

namespace {

Result<CreateRequest> read(const std::string& body) {
    TRY_ASSIGN(const Json json, Json::parse(body));
    return readCreateRequest(json, kNewestVersion);
}
std::string withHost(const std::string& members) {
    return R"({"Image":"demo","HostConfig":{)" + members + "}}";
}
// Those options that are other than of {"Image": "demo"} alone, as the engine stores them; or the error.
QString mapped(const std::string& body) {
    const auto request = read(body);
    if (!request)
        return QString::fromStdString(request.error().message);
    const Json plain = optionsToJson(read(R"({"Image":"demo"})")->options);
    Json different = Json::Object();
    ContainerOptions options = request->options;
    for (const MountSpec& mount : request->mounts)
        options.mounts.push_back(mountText(mount));
    const Json all = optionsToJson(options);
    for (const auto& [name, value] : all.members()) {
        if (value.dump() != plain.at(name).dump())
            different.set(name, value);
    }
    return QString::fromStdString(different.dump());
}

void rows(std::initializer_list<std::array<const char*, 3>> all) {
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    for (const auto& [name, given, expected] : all)
        QTest::newRow(name) << QString::fromUtf8(given) << QString::fromUtf8(expected);
}

} // namespace

class CreateRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Docker's defaults, where Escale's window has others.
    void limitsNothingThatDockerDoesNot() {
        const ContainerOptions options = read(R"({"Image":"demo"})")->options;
        QCOMPARE(options.memoryBytes, 0u);
        QVERIFY(!options.noNewPrivileges);
        QCOMPARE(options.pidsLimit, ContainerOptions().pidsLimit);
    }

    void readsWhatItRuns_data() {
        rows({
            {"words", R"({"Image":"demo","Cmd":["a","b c"]})", R"({"command":["a","b c"]})"},
            {"one text", R"({"Image":"demo","Cmd":"a b"})", R"({"command":["a b"]})"},
            {"entrypoint", R"({"Image":"demo","Entrypoint":["/init","-v"]})",
             R"({"entrypoint":["/init","-v"]})"},
            {"no entrypoint", R"({"Image":"demo","Entrypoint":[""],"Cmd":["x"]})",
             R"({"command":["x"],"entrypoint":[]})"},
            {"null", R"({"Image":"demo","Entrypoint":null,"Cmd":null,"Env":null})", "{}"},
            {"environment", R"({"Image":"demo","Env":["A=1","B="]})", R"({"environment":["A=1","B="]})"},
            {"whatever case", R"({"image":"demo","env":["A=1"]})", R"({"environment":["A=1"]})"},
            {"user and folder", R"({"Image":"demo","User":"app:1","WorkingDir":"/w"})",
             R"({"workdir":"/w","user":"app:1"})"},
            {"names", R"({"Image":"demo","Hostname":"h","Domainname":"d"})",
             R"({"hostname":"h","domainname":"d"})"},
            {"labels", R"({"Image":"demo","Labels":{"a":"1","b":null}})", R"({"labels":{"a":"1","b":""}})"},
            {"streams", R"({"Image":"demo","Tty":true,"OpenStdin":true,"StdinOnce":true,"AttachStdin":true})",
             R"({"tty":true,"stdin":true,"stdin-once":true})"},
            {"stop", R"({"Image":"demo","StopSignal":"SIGINT","StopTimeout":3})",
             R"({"stop-signal":"SIGINT","stop-timeout":3})"},
            {"never killed", R"({"Image":"demo","StopTimeout":-1})", R"({"stop-timeout":86400})"},
            {"check",
             R"({"Image":"demo","Healthcheck":{"Test":["CMD","t"],"Interval":2000000000,"Timeout":1500000,"Retries":4}})",
             R"({"health-command":["CMD","t"],"health-interval":2000,"health-timeout":1,"health-retries":4})"},
            {"no check", R"({"Image":"demo","Healthcheck":{"Test":["NONE"]}})",
             R"({"health-command":["NONE"]})"},
            {"check by a shell",
             R"({"Image":"demo","Shell":["/bin/ash","-c"],"Healthcheck":{"Test":["CMD-SHELL","a b"]}})",
             R"({"health-command":["CMD","/bin/ash","-c","a b"]})"},
        });
    }
    void readsWhatItRuns() {
        QFETCH(QString, given);
        QTEST(mapped(given.toStdString()), "expected");
    }

    void readsHowItLives_data() {
        rows({
            {"restart", R"("RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3})",
             R"({"restart":"on-failure","restart-max":3})"},
            {"remove", R"("AutoRemove":true)", R"({"remove":true})"},
            {"init", R"("Init":true)", R"({"init":true})"},
            {"no log", R"("LogConfig":{"Type":"none"})", R"({"log-driver":"none"})"},
            {"log limits", R"("LogConfig":{"Type":"json-file","Config":{"max-size":"1m","mode":"blocking"}})",
             R"({"log-options":{"max-size":"1m"}})"},
            {"log driver local", R"("LogConfig":{"Type":"local"})",
             R"({"log-options":{"compress":"true","max-file":"5","max-size":"20m"}})"},
            {"namespaces",
             R"("IpcMode":"host","PidMode":"container:a","UTSMode":"host","UsernsMode":"host","CgroupnsMode":"host")",
             R"({"ipc":"host","pid":"container:a","uts":"host","userns":"host","cgroupns":"host"})"},
            {"runtime", R"("Runtime":"runc","Isolation":"default")", "{}"},
            {"annotations", R"("Annotations":{"a":"b"},"GroupAdd":["video"])",
             R"({"groups":["video"],"annotations":{"a":"b"}})"},
            {"what the command line always sends",
             R"("Binds":null,"ContainerIDFile":"","PortBindings":{},"RestartPolicy":{"Name":"no","MaximumRetryCount":0},"VolumeDriver":"","VolumesFrom":null,"ConsoleSize":[0,0],"CapAdd":null,"Dns":[],"Links":null,"OomScoreAdj":0,"ShmSize":0,"Memory":0,"KernelMemory":0,"MemorySwappiness":-1,"PidsLimit":0,"Ulimits":null,"CpuCount":0,"IOMaximumBandwidth":0,"MaskedPaths":null,"ReadonlyPaths":null,"DeviceRequests":null,"Cgroup":"","LogConfig":{"Type":"","Config":{}})",
             "{}"},
        });
    }
    void readsHowItLives() {
        QFETCH(QString, given);
        QTEST(mapped(withHost(given.toStdString())), "expected");
    }

    void readsWhatItMayUse_data() {
        rows({
            {"memory",
             R"("Memory":67108864,"MemoryReservation":33554432,"MemorySwap":-1,"MemorySwappiness":10)",
             R"({"memory":67108864,"memory-reservation":33554432,"memory-swap":-1,"memory-swappiness":10})"},
            {"cpus", R"("NanoCpus":1500000000,"CpuShares":512,"CpusetCpus":"0-1")",
             R"({"cpus":1.5,"cpu-shares":512,"cpuset-cpus":"0-1"})"},
            {"quota", R"("CpuPeriod":50000,"CpuQuota":25000)", R"({"cpu-period":50000,"cpu-quota":25000})"},
            {"processes", R"("PidsLimit":50)", R"({"pids":50})"},
            {"processes without limit", R"("PidsLimit":-1)", R"({"pids":-1})"},
            {"block devices", R"("BlkioWeight":300,"BlkioDeviceReadBps":[{"Path":"/dev/sda","Rate":1024}])",
             R"({"blkio-weight":300,"device-read-bps":["/dev/sda:1024"]})"},
            {"ulimits", R"("Ulimits":[{"Name":"nofile","Soft":1024,"Hard":-1}])",
             R"({"ulimits":["nofile=1024:-1"]})"},
            {"kernel", R"("OomScoreAdj":500,"ShmSize":1048576,"Sysctls":{"net.core.somaxconn":"9"})",
             R"({"oom-score-adj":500,"sysctls":{"net.core.somaxconn":"9"},"shm-size":1048576})"},
            {"devices",
             R"("Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"","CgroupPermissions":"r"}],"DeviceCgroupRules":["c 1:3 r"])",
             R"({"devices":["/dev/fuse:/dev/fuse:r"],"device-cgroup-rules":["c 1:3 r"]})"},
        });
    }
    void readsWhatItMayUse() {
        QFETCH(QString, given);
        QTEST(mapped(withHost(given.toStdString())), "expected");
    }

    void readsWhatItMayDo_data() {
        rows({
            {"capabilities", R"("CapAdd":["NET_ADMIN"],"CapDrop":["ALL"])",
             R"({"cap-add":["NET_ADMIN"],"cap-drop":["ALL"]})"},
            {"privileged", R"("Privileged":true,"ReadonlyRootfs":true)",
             R"({"read-only":true,"privileged":true})"},
            {"no new privileges", R"("SecurityOpt":["no-new-privileges"])", R"({"no-new-privileges":null})"},
            {"no new privileges, with a colon", R"("SecurityOpt":["no-new-privileges:true"])",
             R"({"no-new-privileges":null})"},
            {"seccomp", R"("SecurityOpt":["seccomp=unconfined","apparmor=unconfined"])",
             R"({"seccomp":"unconfined","apparmor":"unconfined"})"},
            {"labels of SELinux that say nothing", R"("SecurityOpt":["label=disable","label:disable"])",
             "{}"},
            {"system paths", R"("MaskedPaths":[],"ReadonlyPaths":[])", R"({"systempaths":"unconfined"})"},
            {"system paths as inspect tells them",
             R"("MaskedPaths":["/proc/kcore"],"ReadonlyPaths":["/proc/sys"])", "{}"},
        });
    }
    void readsWhatItMayDo() {
        QFETCH(QString, given);
        const QString found = mapped(withHost(given.toStdString()));
        // What is Escale's own default is not stored.
        if (given.contains(QStringLiteral("no-new-privileges")))
            QVERIFY(read(withHost(given.toStdString()))->options.noNewPrivileges);
        else
            QTEST(found, "expected");
    }

    void readsMounts_data() {
        rows({
            {"bind", R"("Binds":["/srv:/data:ro,z,rslave"])",
             R"({"mounts":["type=bind,source=/srv,target=/data,readonly,bind-propagation=rslave,bind-create-src"]})"},
            {"volume", R"("Binds":["web:/data:nocopy"])",
             R"({"mounts":["type=volume,source=web,target=/data,volume-nocopy"]})"},
            {"mount of a folder",
             R"("Mounts":[{"Type":"bind","Source":"/srv","Target":"/data/","ReadOnly":true,"BindOptions":{"NonRecursive":true}}])",
             R"({"mounts":["type=bind,source=/srv,target=/data,readonly,bind-nonrecursive"]})"},
            {"mount of a volume",
             R"("Mounts":[{"Type":"volume","Source":"web","Target":"/data","VolumeOptions":{"Subpath":"a/b","Labels":{"x":"y"}}}])",
             R"({"mounts":["type=volume,source=web,target=/data,volume-subpath=a/b,volume-label=x=y"]})"},
            {"tmpfs mount",
             R"("Mounts":[{"Type":"tmpfs","Target":"/t","TmpfsOptions":{"SizeBytes":1048576,"Mode":448}}])",
             R"({"mounts":["type=tmpfs,target=/t,tmpfs-size=1048576,tmpfs-mode=0700"]})"},
            {"tmpfs mount with options",
             R"("Mounts":[{"Type":"tmpfs","Target":"/t","TmpfsOptions":{"Mode":448,"Options":[["noexec"],["nr_inodes","9"]]}}])",
             R"({"tmpfs":{"/t":"rw,mode=700,noexec,nr_inodes=9"}})"},
            {"tmpfs", R"("Tmpfs":{"/run":"size=1m"})", R"({"tmpfs":{"/run":"size=1m"}})"},
            {"a target with a comma", R"("Mounts":[{"Type":"volume","Source":"web","Target":"/a,b"}])",
             R"({"mounts":["type=volume,source=web,\u0022target=/a,b\u0022"]})"},
            {"from others", R"("VolumesFrom":["db:ro"])", R"({"volumes-from":["db:ro"]})"},
        });
    }
    void readsMounts() {
        QFETCH(QString, given);
        QFETCH(QString, expected);
        QCOMPARE(mapped(withHost(given.toStdString())),
                 expected.replace(QStringLiteral("\\u0022"), QStringLiteral("\\\"")));
    }
    void anImagesVolumeIsNotMountedTwice() {
        const QString found = mapped(
            R"({"Image":"demo","Volumes":{"/data":{},"/own/":{}},"HostConfig":{"Binds":["/srv:/data"]}})");
        QCOMPARE(
            found,
            QStringLiteral(
                R"({"mounts":["type=bind,source=/srv,target=/data,bind-create-src","type=volume,target=/own"]})"));
    }

    void readsNetworks_data() {
        rows({
            {"Docker's default", R"({"Image":"demo","HostConfig":{"NetworkMode":"default"}})", "{}"},
            {"none", R"({"Image":"demo","HostConfig":{"NetworkMode":"none"}})", R"({"network":"none"})"},
            {"disabled", R"({"Image":"demo","NetworkDisabled":true})", R"({"network":"none"})"},
            {"another container's", R"({"Image":"demo","HostConfig":{"NetworkMode":"container:a"}})",
             R"({"network":"container:a"})"},
            {"one with what it is there",
             R"({"Image":"demo","HostConfig":{"NetworkMode":"web"},"NetworkingConfig":{"EndpointsConfig":{"web":{"Aliases":["a"],"IPAMConfig":{"IPv4Address":"10.1.2.3"},"MacAddress":"02:42:00:00:00:01"}}}})",
             R"({"network":"web","network-alias":["a"],"ip":"10.1.2.3","mac-address":"02:42:00:00:00:01"})"},
            {"several",
             R"({"Image":"demo","HostConfig":{"NetworkMode":"web"},"NetworkingConfig":{"EndpointsConfig":{"db":{"Aliases":["x","y"]},"web":null}}})",
             R"({"network":"web","networks":["name=db,alias=x,alias=y"]})"},
            {"one that is listed only",
             R"({"Image":"demo","NetworkingConfig":{"EndpointsConfig":{"db":{}}}})", R"({"network":"db"})"},
            {"an address card of before 1.44", R"({"Image":"demo","MacAddress":"02:42:00:00:00:01"})",
             R"({"mac-address":"02:42:00:00:00:01"})"},
            {"names",
             R"({"Image":"demo","HostConfig":{"Dns":["1.1.1.1"],"DnsSearch":["a"],"DnsOptions":["ndots:1"],"ExtraHosts":["h:1.2.3.4"]}})",
             R"({"dns":["1.1.1.1"],"dns-search":["a"],"dns-options":["ndots:1"],"extra-hosts":["h:1.2.3.4"]})"},
        });
    }
    void readsNetworks() {
        QFETCH(QString, given);
        QTEST(mapped(given.toStdString()), "expected");
    }

    void readsPorts_data() {
        rows({
            {"one", R"("PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]})",
             R"({"publish":["8080:80/tcp"]})"},
            {"a free one", R"("PortBindings":{"80":[{}],"53/UDP":[{"HostPort":"0"}]})",
             R"({"publish":["80/tcp","53/udp"]})"},
            {"at an address",
             R"("PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":""},{"HostIp":"::1","HostPort":"81"}]})",
             R"({"publish":["127.0.0.1::80/tcp","[::1]:81:80/tcp"]})"},
            {"exposed only", R"("PortBindings":{"80/tcp":null,"81/tcp":[]})", "{}"},
        });
    }
    void readsPorts() {
        QFETCH(QString, given);
        QTEST(mapped(withHost(given.toStdString())), "expected");
    }
    void anyOfARangeOfPortsIsChosenLater() {
        const auto request = read(withHost(R"("PortBindings":{"80/tcp":[{"HostPort":"8000-8010"}]})"));
        QVERIFY(request && request->portRanges.size() == 1);
        QCOMPARE(request->portRanges[0].first, std::uint16_t(8000));
        QCOMPARE(request->portRanges[0].last, std::uint16_t(8010));
    }
    void portsOnTheHostsNetworkAreTheHostsAnyway() {
        const auto request =
            read(withHost(R"("NetworkMode":"host","PortBindings":{"80/tcp":[{"HostPort":"80"}]})"));
        QVERIFY(request && request->options.publish.empty());
        QCOMPARE(request->warnings, Texts{"Published ports are discarded when using host network mode"});
    }

    // What would change what the container is, and is not there.
    void refusesWhatItCannotHonour_data() {
        rows({
            {"links", R"("Links":["db:db"])", "HostConfig.Links is not supported"},
            {"GPUs", R"("DeviceRequests":[{"Count":-1,"Capabilities":[["gpu"]]}])",
             "HostConfig.DeviceRequests is not supported"},
            {"storage options", R"("StorageOpt":{"size":"1G"})", "HostConfig.StorageOpt is not supported"},
            {"cgroup parent", R"("CgroupParent":"/x")", "HostConfig.CgroupParent is not supported"},
            {"real time", R"("CpuRealtimeRuntime":1)", "HostConfig.CpuRealtimeRuntime is not supported"},
            {"kernel memory", R"("KernelMemory":1)", "HostConfig.KernelMemory is not supported"},
            {"another runtime", R"("Runtime":"runsc")", "unknown or invalid runtime name: runsc"},
            {"Windows", R"("Isolation":"hyperv")", "invalid isolation"},
            {"log driver", R"("LogConfig":{"Type":"syslog"})",
             "the log driver \u0022syslog\u0022 is not supported"},
            {"volume driver", R"("VolumeDriver":"nfs")",
             "the volume driver \u0022nfs\u0022 is not supported"},
            {"image mount", R"("Mounts":[{"Type":"image","Source":"a","Target":"/a"}])",
             "a mount of type \u0022image\u0022 is not supported"},
            {"SELinux", R"("SecurityOpt":["label=type:x"])", "the label \u0022type:x\u0022 is not supported"},
            {"unknown security", R"("SecurityOpt":["magic=1"])", "invalid --security-opt"},
            {"own masked paths", R"("MaskedPaths":["/etc"])",
             "HostConfig.MaskedPaths with \u0022/etc\u0022 is not supported"},
            {"half of the system paths", R"("MaskedPaths":[])", "one empty list of MaskedPaths"},
        });
    }
    void refusesWhatItCannotHonour() {
        QFETCH(QString, given);
        QFETCH(QString, expected);
        const QString found = mapped(withHost(given.toStdString()));
        QVERIFY2(found.startsWith(expected.replace(QStringLiteral("\\u0022"), QStringLiteral("\""))),
                 qPrintable(found));
    }
    void refusesOptionsOfASingleEndpoint() {
        const QString found = mapped(
            R"({"Image":"demo","NetworkingConfig":{"EndpointsConfig":{"web":{"DriverOpts":{"a":"b"}}}}})");
        QVERIFY(found.contains(QStringLiteral("DriverOpts is not supported")));
    }

    void refusesWhatIsWrong_data() {
        rows({
            {"no object", "[]", "config cannot be empty"},
            {"no image", "{}", "no image is named"},
            {"a number as text", R"({"Image":"demo","HostConfig":{"Memory":"1"}})",
             "HostConfig.Memory is no whole number"},
            {"half a byte", R"({"Image":"demo","HostConfig":{"Memory":1.5}})",
             "HostConfig.Memory is no whole number"},
            {"below nothing", R"({"Image":"demo","HostConfig":{"Memory":-1}})",
             "HostConfig.Memory is too small"},
            {"too much", R"({"Image":"demo","HostConfig":{"BlkioWeight":70000}})",
             "HostConfig.BlkioWeight is too large"},
            {"truth as text", R"({"Image":"demo","Tty":"yes"})", "Tty is neither true nor false"},
            {"host as a list", R"({"Image":"demo","HostConfig":[]})", "HostConfig is no object"},
            {"numbers as words", R"({"Image":"demo","Cmd":[1]})", "Cmd holds something else than texts"},
            {"NUL", R"({"Image":"demo","User":"a\u0000b"})", "User holds a NUL character"},
            {"short time", R"({"Image":"demo","Healthcheck":{"Interval":1}})",
             "Healthcheck.Interval cannot be less than 1ms"},
            {"relative bind", R"({"Image":"demo","HostConfig":{"Binds":["./a:/b"]}})",
             "neither an absolute path nor"},
            {"bind to nowhere", R"({"Image":"demo","HostConfig":{"Binds":["/a:b"]}})", "is not absolute"},
            {"mount without a target",
             R"({"Image":"demo","HostConfig":{"Mounts":[{"Type":"bind","Source":"/a"}]}})",
             "field Target must not be empty"},
            {"mount with others' options",
             R"({"Image":"demo","HostConfig":{"Mounts":[{"Type":"bind","Source":"/a","Target":"/b","VolumeOptions":{}}]}})",
             "field VolumeOptions must not be specified"},
            {"two at one place", R"({"Image":"demo","HostConfig":{"Binds":["/a:/b","/c:/b/"]}})",
             "Duplicate mount point: /b"},
            {"port", R"({"Image":"demo","HostConfig":{"PortBindings":{"eighty":[]}}})",
             "invalid port specification"},
            {"port 0", R"({"Image":"demo","ExposedPorts":{"0/tcp":{}}})", "invalid port specification"},
            {"another's network and one more",
             R"({"Image":"demo","HostConfig":{"NetworkMode":"container:a"},"NetworkingConfig":{"EndpointsConfig":{"web":{}}}})",
             "conflicting options"},
            {"no network and one",
             R"({"Image":"demo","NetworkDisabled":true,"NetworkingConfig":{"EndpointsConfig":{"web":{}}}})",
             "conflicting options"},
            {"host port", R"({"Image":"demo","HostConfig":{"PortBindings":{"80":[{"HostPort":"99999"}]}}})",
             "invalid port specification"},
        });
    }
    void refusesWhatIsWrong() {
        QFETCH(QString, given);
        QFETCH(QString, expected);
        const QString found = mapped(given.toStdString());
        QVERIFY2(found.contains(expected), qPrintable(found));
    }

    // The docker command line makes its exit status of these words.
    void aStartThatFailsSaysWhyInWordsThatClientsKnow() {
        const Error missing =
            startError({ErrorCode::NotFound,
                        "no program \"x\" in the image: executable file not found in PATH /bin",
                        {},
                        {}});
        QVERIFY(missing.code == ErrorCode::InvalidArgument);
        const Error forbidden =
            startError({ErrorCode::PermissionDenied,
                        "the program \"x\" in the image cannot be executed by user 0: Permission denied",
                        {},
                        {}});
        QVERIFY(forbidden.code == ErrorCode::InvalidArgument &&
                forbidden.message.find("permission denied") != std::string::npos);
    }
};

ESCALE_TEST(CreateRequestTest)
#include "create_request_test.moc"
