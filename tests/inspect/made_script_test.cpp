// THE test of "how it was made": a container is started with known settings, the script that is made of its
// record is run by /bin/sh beside it, and both are compared by what the kernel says of their first processes,
// read here without the engine. Then the script ends, and nothing of it is left. Needs root, busybox-static,
// iproute2, nftables, perl.
#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/base/subprocess.h"
#include "engine/cgroup/layout.h"
#include "engine/inspect/made_script.h"
#include "tests/container/container_machine.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const std::string kName = "by-hand-test-" + std::to_string(::getpid());
const std::string kByHand = kName + "-by-hand";

std::string proc(pid_t pid, const std::string& file) {
    return readFile("/proc/" + std::to_string(pid) + "/" + file).value_or("");
}
std::string link(pid_t pid, const std::string& file) {
    std::array<char, 4097> text{};
    const auto path = "/proc/" + std::to_string(pid) + "/" + file;
    const auto size = ::readlink(path.c_str(), text.data(), text.size() - 1);
    return size < 0 ? std::string("none") : std::string(text.data(), static_cast<std::size_t>(size));
}
std::vector<std::string> sortedWords(const std::string& text, std::string_view separators) {
    auto words = splitWords(text, separators);
    std::sort(words.begin(), words.end());
    return words;
}
std::string joined(const std::vector<std::string>& words, const std::string& separator) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : separator) + word;
    return text;
}
// In the process's network, what a program of this machine says.
std::string inNetwork(pid_t pid, std::vector<std::string> command) {
    command.insert(command.begin(), {"/usr/bin/nsenter", "--target", std::to_string(pid), "--net"});
    const auto text = runProgram(std::move(command));
    return text ? *text : "failed: " + text.error().text();
}

// What the kernel says of a container by its first process; where each has a value of its own, what is
// comparable of it.
using Facts = std::map<std::string, std::string>;

void addNamespaces(pid_t pid, Facts& facts) {
    for (const char* type : {"mnt", "pid", "net", "ipc", "uts", "user", "cgroup", "time"})
        facts[std::string("namespace ") + type] =
            link(pid, std::string("ns/") + type) == link(::getpid(), std::string("ns/") + type)
                ? "the machine's"
                : "new";
}

// Words of a mount's or a file system's options, but for paths and those that tell how something was made.
std::string comparableOptions(const std::string& options, const std::string& type) {
    std::vector<std::string> words;
    for (const auto& word : sortedWords(options, ",")) {
        const bool isOwn =
            word.starts_with("lowerdir") || word.starts_with("upperdir") || word.starts_with("workdir") ||
            word.starts_with("uuid=") || word.starts_with("inode64") ||
            (type == "overlay" && (word.starts_with("redirect_dir") || word.starts_with("xino") ||
                                   word.starts_with("index") || word.starts_with("nfs_export")));
        if (!isOwn)
            words.push_back(word);
    }
    return joined(words, ",");
}

void addMounts(pid_t pid, Facts& facts) {
    static const std::set<std::string> kMade{"proc",   "sysfs",   "tmpfs",  "devpts",
                                             "mqueue", "overlay", "cgroup", "cgroup2"};
    std::map<std::string, int> depths;
    for (const auto& line : splitWords(proc(pid, "mountinfo"), "\n")) {
        const auto fields = splitWords(line);
        const auto dash = std::find(fields.begin(), fields.end(), "-") - fields.begin();
        const auto& root = fields[3];
        const auto& target = fields[4];
        const auto& type = fields[static_cast<std::size_t>(dash) + 1];
        // A file of this machine, or a folder of its disk: whatever file system that is on.
        const bool isBound = !kMade.contains(type) || (root != "/" && type == "tmpfs");
        std::string told = isBound ? "bound" : type;
        told += " " + comparableOptions(fields[5], type);
        if (!isBound && type != "cgroup" && type != "cgroup2")
            told += " / " + comparableOptions(fields[static_cast<std::size_t>(dash) + 3], type);
        facts["mount " + target + " " + std::to_string(depths[target]++)] = told;
    }
}

void addCgroup(const std::string& path, Facts& facts) {
    const auto layout = CgroupLayout::detect();
    for (const auto& hierarchy : layout->hierarchies()) {
        const auto folder = hierarchy.mountPoint + path;
        for (const char* file :
             {"memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.soft_limit_in_bytes",
              "memory.swappiness", "cpu.cfs_quota_us", "cpu.cfs_period_us", "cpu.shares", "cpuset.cpus",
              "cpuset.mems", "pids.max", "blkio.weight", "devices.list", "memory.max", "memory.swap.max",
              "memory.low", "cpu.max", "cpu.weight", "io.weight"}) {
            if (const auto value = readFile(folder + "/" + file))
                facts[std::string("cgroup ") + file] = *value;
        }
    }
}

void addNetwork(pid_t pid, Facts& facts) {
    std::map<std::string, int> numbers;
    for (const auto& line :
         splitWords(inNetwork(pid, {"/sbin/ip", "-o", "address", "show", "scope", "global"}), "\n")) {
        const auto fields = splitWords(line); // "2: eth0 inet 172.30.0.2/16 …"
        const auto address = fields[3];
        const auto prefix = address.substr(address.find('/') + 1);
        const auto key = "address of " + fields[1] + " " + fields[2];
        // The subnet, as the kernel's own route tells it.
        facts[key + " " + std::to_string(numbers[key]++)] = "/" + prefix;
    }
    for (const char* family : {"-4", "-6"}) {
        std::vector<std::string> routes;
        for (auto& line : splitWords(inNetwork(pid, {"/sbin/ip", family, "route"}), "\n")) {
            auto words = splitWords(line);
            if (words.front() == "fe80::/64")
                continue;
            if (const auto own = std::find(words.begin(), words.end(), "src"); own != words.end())
                words.erase(own, own + 2);
            routes.push_back(joined(words, " "));
        }
        std::sort(routes.begin(), routes.end());
        facts[std::string("routes ") + family] = joined(routes, "; ");
    }
    for (const char* file :
         {"/proc/sys/net/ipv4/ping_group_range", "/proc/sys/net/ipv4/ip_unprivileged_port_start"})
        facts[std::string("sysctl ") + file] = inNetwork(pid, {"/bin/cat", file});
    facts["loopback"] =
        inNetwork(pid, {"/sbin/ip", "-br", "link", "show", "lo"}).find("LOWER_UP") != std::string::npos
            ? "up"
            : "down";
}

void addProcess(pid_t pid, Facts& facts) {
    for (const char* map : {"uid_map", "gid_map", "oom_score_adj"})
        facts[map] = joined(splitWords(proc(pid, map), " \n"), " ");
    for (const auto& line : splitWords(proc(pid, "status"), "\n")) {
        const auto key = line.substr(0, line.find(':'));
        static const std::set<std::string> kKeys{"Uid",    "Gid",    "Groups", "CapInh",     "CapPrm",
                                                 "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Umask"};
        if (kKeys.contains(key))
            facts[key] = joined(sortedWords(line.substr(line.find(':') + 1), " \t"), " ");
    }
    facts["folder"] = link(pid, "cwd");
    facts["limits"] = proc(pid, "limits");
    facts["environment"] = joined(sortedWords(proc(pid, "environ"), std::string_view("\0", 1)), "\n");
    facts["arguments"] = joined(splitWords(proc(pid, "cmdline"), std::string_view("\0", 1)), "\n");
    const auto name =
        runProgram({"/usr/bin/nsenter", "--target", std::to_string(pid), "--uts", "/bin/hostname"});
    facts["hostname"] = name ? *name : name.error().text();
}

// Devices, links and what is bound there: as they are seen from out here, by way of the process's own root.
void addFiles(pid_t pid, Facts& facts) {
    const auto root = "/proc/" + std::to_string(pid) + "/root";
    const auto add = [&](const std::string& path) {
        struct stat info {};
        if (::lstat((root + path).c_str(), &info) != 0)
            return;
        facts["file " + path] = std::to_string(info.st_mode) + " " + std::to_string(info.st_rdev) + " " +
                                std::to_string(info.st_uid) + ":" + std::to_string(info.st_gid);
    };
    for (const char* folder : {"/", "/dev", "/etc", "/data", "/src", "/srv", "/sys/fs/cgroup"}) {
        const auto names = listDirectory(root + folder);
        for (const auto& name : names ? *names : std::vector<std::string>())
            add((folder == std::string("/") ? "" : std::string(folder)) + "/" + name);
        add(folder);
    }
    facts["hostname file"] = readFile(root + "/etc/hostname").value_or("none");
    facts["resolv.conf"] = readFile(root + "/etc/resolv.conf").value_or("none");
    facts["file of the second layer"] = readFile(root + "/opaque/shown").value_or("none");
}

Facts factsOf(pid_t pid, const std::string& cgroup) {
    Facts facts;
    addNamespaces(pid, facts);
    addMounts(pid, facts);
    addCgroup(cgroup, facts);
    addNetwork(pid, facts);
    addProcess(pid, facts);
    addFiles(pid, facts);
    return facts;
}

std::string differences(const Facts& container, const Facts& byHand) {
    std::string text;
    const auto valueIn = [](const Facts& facts, const std::string& key) {
        const auto found = facts.find(key);
        return found == facts.end() ? std::string("(nothing)") : found->second;
    };
    std::set<std::string> keys;
    for (const auto& facts : {container, byHand}) {
        for (const auto& [key, value] : facts)
            keys.insert(key);
    }
    for (const auto& key : keys) {
        if (valueIn(container, key) != valueIn(byHand, key))
            text += key + "\n  container: " + valueIn(container, key) +
                    "\n  by hand:   " + valueIn(byHand, key) + "\n";
    }
    return text;
}

// Everything a script could leave that has its name.
std::string leftOf(const std::string& name) {
    std::string left;
    const auto run = listDirectory("/run");
    for (const auto& entry : *run) {
        if (entry.starts_with(name))
            left += "/run/" + entry + " ";
    }
    const auto layout = CgroupLayout::detect();
    for (const auto& hierarchy : layout->hierarchies()) {
        if (exists(hierarchy.mountPoint + "/" + name))
            left += hierarchy.mountPoint + "/" + name + " ";
    }
    if (readFile("/proc/thread-self/mountinfo")->find(name) != std::string::npos)
        left += "mounts ";
    const auto tables = runProgram({"/usr/sbin/nft", "list", "tables"});
    if (tables && tables->find(" hand_") != std::string::npos)
        left += *tables;
    return left;
}

} // namespace

class MadeScriptTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Subprocess> m_script;

    Containers& containers() { return *m_machine->containers; }
    std::string path(const char* name) { return m_folder->filePath(name).toStdString(); }

    static std::string cgroupFile(const std::string& name) {
        const auto layout = CgroupLayout::detect();
        return layout->hierarchies().front().mountPoint + "/" + name + "/cgroup.procs";
    }
    // Once it is the program: with its command line.
    static pid_t processByHand(const std::string& commandLine) {
        pid_t found = 0;
        const auto look = [&] {
            for (const auto& pid : splitWords(readFile(cgroupFile(kByHand)).value_or(""), "\n")) {
                if (proc(std::stoi(pid), "cmdline") == commandLine)
                    found = std::stoi(pid);
            }
            return found != 0;
        };
        // Some hundred programs come one after the other, each of which takes an emulated machine its time.
        for (int tries = qEnvironmentVariableIsSet("ESCALE_EMULATED") ? 6 : 1; found == 0 && tries > 0;
             --tries)
            (void)eventually(look);
        return found;
    }
    Result<void> begin(const std::string& script) {
        TRY(writeFileAtomically(path("script"), script, 0600));
        TRY_ASSIGN(const UniqueFd log, openFile(path("log"), O_WRONLY | O_CREAT | O_TRUNC, 0600));
        TRY_ASSIGN(m_script, Subprocess::start({{"/bin/sh", path("script")},
                                                {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"},
                                                {{log.get(), 1}, {log.get(), 2}},
                                                {},
                                                true}));
        return {};
    }
    Result<ExitStatus> ended() {
        auto status = m_script->wait();
        m_script.reset();
        return status;
    }
    std::string log() { return readFile(path("log")).value_or(""); }

    using Change = ContainerMachine::Change;
    std::map<std::string, Change> variants() {
        const std::string folder = path("source");
        return {
            {"usual", [](ContainerOptions&) {}},
            {"everything",
             [folder](ContainerOptions& o) {
                 o.image = kImageUser;
                 o.hostname = "web";
                 o.domainname = "example.org";
                 o.memoryBytes = 64u << 20;
                 o.cpus = 0.5;
                 o.pidsLimit = 77;
                 o.environment = {"GREETING=it's a $HOME `good` day", "LINES=a\nb"};
                 o.mounts = {"source=data,target=/data",
                             "type=bind,source=" + folder + ",target=/src,readonly"};
                 o.tmpfs = {{"/scratch", "size=1m,mode=1777"}};
                 o.readOnly = true;
                 o.groups = {"50"};
                 o.capDrop = {"CHOWN", "NET_RAW"};
                 o.capAdd = {"SYS_PTRACE"};
                 o.ulimits = {"nofile=512:2048"};
                 o.oomScoreAdj = 300;
                 o.sysctls = {{"net.ipv4.ip_default_ttl", "77"}};
                 o.extraHosts = {"db:10.9.8.7"};
             }},
            {"root with more rights",
             [](ContainerOptions& o) {
                 o.capAdd = {"NET_ADMIN", "SYS_TIME"};
                 o.noNewPrivileges = false;
                 o.devices = {"/dev/null:/dev/mine"};
             }},
            {"no rights", [](ContainerOptions& o) { o.capDrop = {"ALL"}; }},
            {"no network", [](ContainerOptions& o) { o.network = "none"; }},
            {"the machine's network", [](ContainerOptions& o) { o.network = "host"; }},
            {"two networks", [](ContainerOptions& o) { o.networks = {"name=second"}; }},
            {"IPv6 without neighbours", [](ContainerOptions& o) { o.network = "apart"; }},
            {"privileged", [](ContainerOptions& o) { o.privileged = true; }},
            {"the machine's ids", [](ContainerOptions& o) { o.userns = "host"; }},
            {"shared memory for others", [](ContainerOptions& o) { o.ipc = "shareable"; }},
            {"the machine's processes", [](ContainerOptions& o) { o.pid = "host"; }},
            {"the machine's cgroups in sight", [](ContainerOptions& o) { o.cgroupns = "host"; }},
            {"another container's network",
             [this](ContainerOptions& o) {
                 const auto other = m_machine->run(kAlice, {"sleep", "1000"}, [](ContainerOptions& options) {
                     options.name = kName + "-other";
                     options.stopTimeoutSeconds = 0;
                 });
                 o.network = "container:" + other.value_or("none");
             }},
        };
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        SKIP_UNLESS(::access("/usr/bin/perl", X_OK) == 0, "needs perl");
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        VERIFY_RESULT(makeDirectories(path("source"), 0755));
        QCOMPARE(::chmod(m_folder->path().toStdString().c_str(), 0755), 0);
        QCOMPARE(::chown(path("source").c_str(), kAlice, kAlice), 0);
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
        NetworkOptions second;
        second.name = "second";
        VERIFY_RESULT(containers().networks().create(kAlice, second));
        NetworkOptions apart;
        apart.name = "apart";
        apart.ipv6 = true;
        apart.icc = false;
        VERIFY_RESULT(containers().networks().create(kAlice, apart));
    }
    void cleanup() {
        if (m_script) { // the test has failed
            (void)m_script->signal(SIGTERM);
            (void)ended();
        }
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void theScriptMakesTheSameContainer_data() {
        QTest::addColumn<QString>("variant");
        m_folder = std::make_unique<QTemporaryDir>();
        for (const auto& [name, change] : variants())
            QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
    }
    void theScriptMakesTheSameContainer() {
        QFETCH(const QString, variant);
        // Given a container that runs, with these settings
        const auto id = m_machine->run(kAlice, {"sleep", "1000"}, [&](ContainerOptions& o) {
            o.name = kName;
            o.stopTimeoutSeconds = 0;
            variants().at(variant.toStdString())(o);
        });
        VERIFY_RESULT(id);
        const auto making = containers().making(kAlice, *id);
        VERIFY_RESULT(making);
        const auto processes = containers().processes(kAlice, *id);
        VERIFY_RESULT(processes);
        const pid_t theirs = processes->front().pid;
        const auto picture = m_machine->picture();

        // When the script of its record runs beside it
        VERIFY_RESULT(begin(madeScript(making->steps, {kName, "busybox"})));
        const pid_t ours = processByHand(proc(theirs, "cmdline"));
        QVERIFY2(ours != 0, log().c_str());

        // Then the kernel says the same of both
        auto container = factsOf(theirs, m_machine->cgroupParent() + "/" + *id);
        auto byHand = factsOf(ours, "/" + kByHand);
        if (link(theirs, "ns/user") == link(ours, "ns/user")) {
            // The one who made the queues' namespace: nsenter(1) can only come in as the user namespace's
            // root.
            container.erase("file /dev/mqueue");
            byHand.erase("file /dev/mqueue");
        }
        QVERIFY(container.size() > 80);
        QCOMPARE(differences(container, byHand), std::string());
        // With addresses and namespaces of its own, and with a way out
        const auto addresses = [](pid_t pid) {
            return inNetwork(pid, {"/sbin/ip", "-o", "-4", "address", "show", "scope", "global"});
        };
        const auto route = container.at("routes -4");
        if (link(theirs, "ns/net") != link(ours, "ns/net") && route.starts_with("default via ")) {
            QVERIFY(addresses(theirs) != addresses(ours));
            const auto gateway = splitWords(route)[2];
            const auto answer = inNetwork(ours, {"/bin/busybox", "ping", "-c", "1", "-W", "10", gateway});
            QVERIFY2(answer.find(" 0% packet loss") != std::string::npos, answer.c_str());
        }
        QVERIFY(link(theirs, "ns/mnt") != link(ours, "ns/mnt"));

        // When it is ended, nothing of it is left, and nothing of the container has changed
        VERIFY_RESULT(m_script->signal(SIGTERM));
        VERIFY_RESULT(ended());
        QCOMPARE(leftOf(kByHand), std::string());
        QCOMPARE(m_machine->differenceSoon(picture), std::string());
        QVERIFY(containers().find(kAlice, *id)->state == ContainerState::Running);
    }

    void itsExitCodeAndOutputAreTheScripts() {
        const auto id = m_machine->run(kAlice, {"sh", "-c", "echo \"it's $0\"; exit 7", "me"},
                                       [](ContainerOptions& o) { o.name = kName; });
        VERIFY_RESULT(id);
        QVERIFY(m_machine->awaitExit(kAlice, *id));
        const auto making = containers().making(kAlice, *id);
        VERIFY_RESULT(making);
        VERIFY_RESULT(begin(madeScript(making->steps, {kName, "busybox"})));
        const auto status = ended();
        VERIFY_RESULT(status);
        QCOMPARE(log(), std::string("it's me\n"));
        QCOMPARE(status->code, 7);
        QCOMPARE(leftOf(kByHand), std::string());
    }

    void whatFailsHalfWayLeavesNothing_data() {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<QString>("key");
        QTest::newRow("a layer") << "overlay-mount"
                                 << "lower";
        QTest::newRow("a limit") << "cgroup-write"
                                 << "value";
        QTest::newRow("an id map") << "id-map"
                                   << "map";
        QTest::newRow("the network") << "route-add"
                                     << "gateway";
        QTest::newRow("the program") << "execute"
                                     << "program";
    }
    void whatFailsHalfWayLeavesNothing() {
        QFETCH(const QString, operation);
        QFETCH(const QString, key);
        const auto id = m_machine->run(kAlice, {"sleep", "1000"}, [](ContainerOptions& o) {
            o.name = kName;
            o.stopTimeoutSeconds = 0;
        });
        VERIFY_RESULT(id);
        auto making = containers().making(kAlice, *id);
        VERIFY_RESULT(making);
        for (auto& step : making->steps) {
            for (auto& [name, value] : step.details) {
                if (step.operation == operation.toStdString() && name == key.toStdString())
                    value = "/nowhere";
            }
        }
        const auto picture = m_machine->picture();
        VERIFY_RESULT(begin(madeScript(making->steps, {kName, "busybox"})));
        const auto status = ended();
        VERIFY_RESULT(status);
        QVERIFY(status->code != 0);
        QVERIFY(!log().empty());
        QCOMPARE(leftOf(kByHand), std::string());
        QCOMPARE(m_machine->differenceSoon(picture), std::string());
    }

    void whatHasItsNamesAlreadyIsLeftAlone() {
        const auto id = m_machine->run(kAlice, {"sleep", "1000"}, [](ContainerOptions& o) {
            o.name = kName;
            o.stopTimeoutSeconds = 0;
        });
        VERIFY_RESULT(id);
        const auto making = containers().making(kAlice, *id);
        VERIFY_RESULT(making);
        // Given somebody's cgroup of that name
        const auto folder = CgroupLayout::detect()->hierarchies().front().mountPoint + "/" + kByHand;
        QCOMPARE(::mkdir(folder.c_str(), 0755), 0);
        VERIFY_RESULT(begin(madeScript(making->steps, {kName, "busybox"})));
        const auto status = ended();
        VERIFY_RESULT(status);
        QVERIFY(status->code != 0);
        QCOMPARE(::rmdir(folder.c_str()), 0); // it was there
        QCOMPARE(leftOf(kByHand), std::string());
    }
};

ESCALE_TEST(MadeScriptTest)
#include "made_script_test.moc"
