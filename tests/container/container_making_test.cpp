// The record of a start against the machine that it tells of, which is read by other programs: ip, nft, and
// the kernel's own files.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/open_as_user.h"
#include "engine/base/subprocess.h"
#include "engine/container/container_making.h"
#include "tests/container/container_machine.h"
#include "tests/support/failing_step.h"

#include <QTemporaryDir>

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class ContainerMakingTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;
    std::unique_ptr<QTemporaryDir> m_files;

    Containers& containers() { return *m_machine->containers; }

    std::string aliceFolder(const std::string& name) {
        std::string made = m_files->filePath(QString::fromStdString(name)).toStdString();
        const auto alice = credentialsOf(kAlice);
        ::mkdir(made.c_str(), 0755);
        ::chown(made.c_str(), kAlice, alice ? alice->gid : kAlice);
        return made;
    }
    NetworkRecord network(const std::string& name) {
        NetworkOptions options;
        options.name = name;
        return containers().networks().create(kAlice, options).value_or(NetworkRecord());
    }
    std::string run(const ContainerMachine::Change& change = {}) {
        const auto id = m_machine->run(kAlice, {"sleep", "1000"}, [&](ContainerOptions& options) {
            options.stopTimeoutSeconds = 0;
            if (change)
                change(options);
        });
        if (!id)
            qWarning("%s", id.error().text().c_str());
        return id.value_or("");
    }
    // Whole: the process may be still on its way to its program.
    ContainerMaking makingOf(const std::string& id) {
        ContainerMaking making;
        (void)eventually([&] {
            auto now = containers().making(kAlice, id);
            if (!now)
                return false;
            making = *std::move(now);
            return !all(making, "execute").empty();
        });
        return making;
    }
    static MadeSteps all(const ContainerMaking& making, std::string_view operation) {
        MadeSteps found;
        std::copy_if(making.steps.begin(), making.steps.end(), std::back_inserter(found),
                     [&](const auto& step) { return step.operation == operation; });
        return found;
    }
    // What the engine has prepared; the container's process opens some, too.
    static MadeSteps sourcesOf(const ContainerMaking& making) {
        MadeSteps sources = all(making, "source-open");
        std::erase_if(sources, [](const auto& step) { return step.by != MadeBy::Engine; });
        return sources;
    }
    static MadeStep one(const ContainerMaking& making, std::string_view operation) {
        const auto found = all(making, operation);
        return found.size() == 1 ? found.front() : MadeStep();
    }
    static std::string text(const MadeStep& step, std::string_view key) {
        return std::string(step.detail(key));
    }
    // Of `what` in the namespace of the container's network.
    std::string inside(const std::string& id, const Texts& what) {
        Texts words{"/usr/bin/nsenter", "-t", std::to_string(containers().find(kAlice, id)->pid), "-n"};
        words.insert(words.end(), what.begin(), what.end());
        const auto output = runProgram(words);
        return output ? *output : output.error().text();
    }
    static Json parsed(const std::string& text) { return Json::parse(text).value_or(Json()); }
    static bool isBound(std::uint16_t port) {
        const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_port = htons(port);
        return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        QCOMPARE(::system("ip link set lo up"), 0);
    }
    void init() {
        m_files = std::make_unique<QTemporaryDir>();
        ::chmod(m_files->path().toLocal8Bit().constData(), 0755);
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
        m_files.reset();
    }

    void itsOrderIsThatOfTheSteps() {
        const auto making = makingOf(run());
        QVERIFY(!making.steps.empty());
        QVERIFY(std::is_sorted(making.steps.begin(), making.steps.end(),
                               [](const auto& one, const auto& other) { return one.begin < other.begin; }));
        // What each of the three did is there, in the order in which the one waits for the other.
        Texts seen;
        for (const auto& step : making.steps)
            seen.push_back(step.operation);
        auto at = seen.begin();
        for (const char* next : {"overlay-mount", "file-write", "runtime-start", "clone3", "root-enter",
                                 "program-start", "execute"}) {
            at = std::find(at, seen.end(), next);
            QVERIFY2(at != seen.end(), next);
        }
    }

    void theRootIsTheOverlayThatTheKernelHas() {
        const auto id = run([](ContainerOptions& options) { options.readOnly = true; });
        const auto overlay = one(makingOf(id), "overlay-mount");
        std::istringstream mounts(readFile("/proc/thread-self/mountinfo").value_or(""));
        std::string found;
        for (std::string line; std::getline(mounts, line);) {
            if (line.find(" " + text(overlay, "target") + " ") != std::string::npos)
                found = line;
        }
        QVERIFY2(found.find(" - overlay ") != std::string::npos, found.c_str());
        QVERIFY(found.find(",upperdir=" + text(overlay, "upper")) != std::string::npos);
        QVERIFY(found.find(",workdir=" + text(overlay, "work")) != std::string::npos);
        QVERIFY(found.find("userxattr") != std::string::npos);
        // The kernel has the layers as they were named to it, below the folder where they are shifted.
        const auto from = found.find("lowerdir=") + 9;
        std::istringstream kernels(found.substr(from, found.find(',', from) - from));
        std::istringstream told(text(overlay, "lower"));
        int layers = 0;
        for (std::string layer, whole; std::getline(kernels, layer, ':') && std::getline(told, whole, ':');
             ++layers)
            QVERIFY2(whole.ends_with("/" + layer), whole.c_str());
        QCOMPARE(layers, 2);
        QVERIFY(told.eof());
    }

    void theLayersAreMountedOnceAndUsedAgain() {
        const auto first = makingOf(run());
        const auto second = makingOf(run());
        QVERIFY(!all(first, "layer-shift").empty());
        QCOMPARE(all(second, "layer-shift").size(), all(first, "layer-shift").size());
        for (const auto& step : all(first, "layer-shift")) {
            QVERIFY(step.detail("reused").empty() && step.duration > 0);
            QVERIFY(readFile("/proc/thread-self/mountinfo")->find(" " + text(step, "target") + " ") !=
                    std::string::npos);
        }
        for (const auto& step : all(second, "layer-shift"))
            QVERIFY(step.detail("reused") == "yes" && step.duration == -1);
    }

    void theFilesAreWhatWasWritten() {
        const auto making = makingOf(run());
        Texts names;
        for (const auto& step : all(making, "file-write")) {
            const std::string path = text(step, "path");
            names.push_back(path.substr(path.rfind('/') + 1));
            struct stat status {};
            QCOMPARE(::stat(path.c_str(), &status), 0);
            QCOMPARE(std::to_string(status.st_uid) + ":" + std::to_string(status.st_gid),
                     text(step, "owner"));
            QCOMPARE(status.st_mode & 07777U, std::stoul(text(step, "mode"), nullptr, 8));
            if (names.back() != "config.json")
                QCOMPARE(readFile(path).value_or("?"), text(step, "content"));
            else
                QVERIFY(step.detail("content").empty());
        }
        std::sort(names.begin(), names.end());
        QCOMPARE(names, (Texts{"config.json", "hostname", "hosts", "resolv.conf"}));
    }

    void theMountsAreWhatWasAskedFor() {
        const std::string folder = aliceFolder("shown");
        const auto id = run([&](ContainerOptions& options) {
            options.mounts = {"type=bind,source=" + folder + ",target=/shown,readonly",
                              "type=volume,source=kept,target=/kept"};
            options.tmpfs = {{"/scratch", ""}};
        });
        const auto making = makingOf(id);
        const auto sources = sourcesOf(making);
        QCOMPARE(sources.size(), std::size_t(2));
        QCOMPARE(text(sources[0], "path"), folder);
        QCOMPARE(text(sources[0], "target"), std::string("/shown"));
        QCOMPARE(text(sources[0], "read-only"), std::string("yes"));
        const auto base = m_machine->store->idRangeOf(kAlice);
        VERIFY_RESULT(base);
        QCOMPARE(text(sources[0], "map"), std::to_string(kAlice) + ":" + std::to_string(*base) + ":1");
        QCOMPARE(text(sources[1], "path"), std::string("volume kept"));
        QVERIFY(sources[1].detail("read-only").empty());
        QCOMPARE(text(sources[1], "map"), "0:" + std::to_string(*base) + ":65536");
        // The volume's folder is the one that the container writes to.
        VERIFY_RESULT(containers().exec(kAlice, id, {.command = {"touch", "/kept/mark"}, .detached = true}));
        QVERIFY(eventually([&] { return exists(text(sources[1], "folder") + "/mark"); }));
    }

    void theNetworkIsWhatIpShows() {
        const auto id = run([&](ContainerOptions& options) {
            options.name = "web";
            options.network = network("shop").network.name;
        });
        const auto making = makingOf(id);
        const auto bridge = one(making, "bridge-create");
        const auto pair = one(making, "veth-create");
        const Json onBridge =
            parsed(runProgram({"/bin/ip", "-j", "addr", "show", text(bridge, "name")}).value_or(""));
        const Json& bridges = onBridge.items().at(0).at("addr_info").items().at(0);
        QCOMPARE(bridges.at("local").toString() + "/" + std::to_string(bridges.at("prefixlen").toInteger()),
                 text(bridge, "address"));
        QCOMPARE(onBridge.items().at(0).at("address").toString(), text(bridge, "mac"));
        const Json host =
            parsed(runProgram({"/bin/ip", "-j", "link", "show", text(pair, "host")}).value_or(""));
        QCOMPARE(host.items().at(0).at("master").toString(), text(bridge, "name"));
        QCOMPARE(std::to_string(host.items().at(0).at("mtu").toInteger()), text(pair, "mtu"));
        const Json ends = parsed(inside(id, {"ip", "-j", "addr", "show", text(pair, "inside")}));
        QCOMPARE(ends.items().at(0).at("address").toString(), text(pair, "mac"));
        const auto addresses = all(making, "address-add");
        QCOMPARE(addresses.size(), std::size_t(1));
        const Json& own = ends.items().at(0).at("addr_info").items().at(0);
        QCOMPARE(own.at("local").toString() + "/" + std::to_string(own.at("prefixlen").toInteger()),
                 text(addresses[0], "address"));
        QCOMPARE(text(addresses[0], "namespace"), std::string("container"));
        const Json routes = parsed(inside(id, {"ip", "-j", "route", "show", "default"}));
        const auto route = one(making, "route-add");
        QCOMPARE(routes.items().at(0).at("gateway").toString(), text(route, "gateway"));
        QCOMPARE(routes.items().at(0).at("dev").toString(), text(route, "interface"));
        const auto names = one(making, "names-serve");
        QVERIFY((" " + text(names, "names") + " ").find(" web ") != std::string::npos);
        QCOMPARE(text(names, "addresses"), own.at("local").toString());
        QCOMPARE(text(names, "listen"), bridges.at("local").toString());
        for (const auto& step : all(making, "sysctl-write")) {
            if (step.by == MadeBy::Engine && step.detail("namespace") == "host")
                QVERIFY(readFile(text(step, "path")).value_or("?").starts_with(text(step, "value")));
        }
    }

    void eachChainOfItsRulesIsInTheKernel() {
        const auto id = run([&](ContainerOptions& options) {
            options.network = network("shop").network.name;
            options.publish = {"18080:80"};
        });
        const auto making = makingOf(id);
        int chains = 0;
        for (const auto& step : all(making, "nft-run")) {
            QVERIFY(step.detail("commands").size() <= 4096);
            std::istringstream lines(text(step, "commands"));
            for (std::string line; std::getline(lines, line);) {
                if (!line.starts_with("add chain "))
                    continue;
                std::istringstream words(line.substr(10));
                std::string family, table, chain;
                words >> family >> table >> chain;
                const Texts list{"/usr/sbin/nft", "list", "chain", family, table, chain};
                if (step.detail("namespace") == "host")
                    VERIFY_RESULT(runProgram(list));
                else
                    QVERIFY(inside(id, list).find("chain " + chain) != std::string::npos);
                ++chains;
            }
        }
        QVERIFY(chains >= 10); // of the network, of its guard, of published ports
        const auto port = one(making, "port-reserve");
        QCOMPARE(text(port, "address") + ":" + text(port, "port") + "/" + text(port, "protocol"),
                 std::string("0.0.0.0:18080/tcp"));
        QVERIFY(isBound(18080));
    }

    void theLimitsAreInTheCgroupsFiles() {
        const auto id = run([](ContainerOptions& options) {
            options.memoryBytes = 64U << 20;
            options.pidsLimit = 77;
        });
        const auto making = makingOf(id);
        std::map<std::string, std::string> limits;
        for (const auto& step : all(making, "cgroup-write")) {
            const std::string file = text(step, "file");
            limits[file.substr(file.rfind('/') + 1)] = text(step, "value");
            // A cpuset's parent is filled first.
            QVERIFY2(file.find(m_machine->cgroupParent() + "/") != std::string::npos, file.c_str());
            if (file.ends_with("/pids.max"))
                QCOMPARE(readFile(file).value_or("?"), text(step, "value") + "\n");
        }
        QCOMPARE(limits["pids.max"], std::string("77"));
        const std::string memory = limits.contains("memory.max") ? "memory.max" : "memory.limit_in_bytes";
        QCOMPARE(limits[memory], std::to_string(64U << 20));
        QCOMPARE(text(one(making, "clone3"), "pid"), std::to_string(containers().find(kAlice, id)->pid));
    }

    void theNextStartReplacesIt() {
        const auto id = run([&](ContainerOptions& o) { o.network = network("shop").network.name; });
        const auto first = makingOf(id);
        QCOMPARE(first.started, containers().find(kAlice, id)->startedAt);
        QVERIFY(one(first, "bridge-create").detail("reused").empty());
        VERIFY_RESULT(containers().restart(kAlice, id, 0, {}));
        const auto second = makingOf(id);
        QCOMPARE(second.started, containers().find(kAlice, id)->startedAt);
        QVERIFY(second.started > first.started);
        QVERIFY(second.steps.front().begin > first.steps.back().begin);
        // The bridge is there, and what it is made with is told all the same.
        const auto bridge = one(second, "bridge-create");
        QCOMPARE(text(bridge, "reused"), std::string("yes"));
        QCOMPARE(text(bridge, "address"), text(one(first, "bridge-create"), "address"));
        QCOMPARE(all(second, "nft-run").size(), all(first, "nft-run").size());
    }

    void itOutlivesTheContainersEndAndTheHelper() {
        const auto id = run();
        const auto told = makingOf(id);
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(makingOf(id).steps.size(), told.steps.size()); // while it runs
        VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
        const auto ended = containers().making(kAlice, id);
        VERIFY_RESULT(ended);
        QCOMPARE(ended->started, told.started);
        QCOMPARE(ended->steps.size(), told.steps.size());
        for (std::size_t i = 0; i < told.steps.size(); ++i) {
            QCOMPARE(ended->steps[i].operation, told.steps[i].operation);
            QCOMPARE(ended->steps[i].details, told.steps[i].details);
            QCOMPARE(ended->steps[i].begin, told.steps[i].begin);
        }
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(containers().making(kAlice, id)->steps.size(), told.steps.size());
    }

    void aFailedStartKeepsTheLastAndLeavesNothing() {
        const auto id = run([](ContainerOptions& options) { options.publish = {"18080:80"}; });
        const auto told = makingOf(id);
        VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
        const auto before = m_machine->picture();
        for (const char* step : {"pair", "guard", "port"}) {
            const FailingStep failing(step);
            QVERIFY(!containers().start(kAlice, id, {}));
            QVERIFY(failing.reached());
            QCOMPARE(m_machine->differenceSoon(before), std::string());
            const auto kept = containers().making(kAlice, id);
            VERIFY_RESULT(kept);
            QCOMPARE(kept->started, told.started);
            QCOMPARE(kept->steps.size(), told.steps.size());
        }
    }

    void nobodyElseIsToldOfIt() {
        const auto id = run();
        QCOMPARE(containers().making(kBob, id).error().code, ErrorCode::NotFound);
    }

    void whatWasNeverStartedSaysWhatToDo() {
        const auto id = m_machine->create(kAlice, {"true"});
        VERIFY_RESULT(id);
        const auto making = containers().making(kAlice, *id);
        QCOMPARE(making.error().code, ErrorCode::NotFound);
        QCOMPARE(making.error().hint, std::string("Start it."));
    }

    void oneOfAnOlderVersionSaysWhatToDo() {
        const auto id = run();
        (void)makingOf(id);
        ::unlink((m_machine->runFolder() + "/containers/" + id + "/making.engine").c_str());
        const auto making = containers().making(kAlice, id);
        QCOMPARE(making.error().code, ErrorCode::NotFound);
        QVERIFY(making.error().hint.starts_with("Start it anew"));
        VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
        QCOMPARE(containers().making(kAlice, id).error().code, ErrorCode::NotFound);
    }

    void secretsAreNotInIt() {
        MountSources sources;
        sources.secrets.push_back({.target = "/run/secrets/token", .content = "the token of tokens"});
        const auto id = m_machine->create(kAlice, {"sleep", "1000"}, {}, sources);
        VERIFY_RESULT(id);
        VERIFY_RESULT(containers().start(kAlice, *id, {}));
        const auto making = makingOf(*id);
        const auto told = sourcesOf(making);
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(text(told[0], "path"), std::string("secret"));
        QCOMPARE(text(told[0], "target"), std::string("/run/secrets/token"));
        for (const auto& step : making.steps) {
            for (const auto& [key, value] : step.details)
                QVERIFY2(value.find("the token of tokens") == std::string::npos, step.operation.c_str());
        }
    }

    void aLongOneIsCutAndSaysSo() {
        MadeSteps steps;
        for (int i = 0; i < 200; ++i)
            steps.push_back({MadeBy::Engine, "nft-run", {{"commands", std::string(4000, 'x')}}, i + 1, 1});
        const std::string folder = m_files->path().toStdString();
        VERIFY_RESULT(writeEngineMaking(folder, 7, steps));
        bool isWhole = true;
        const auto read = readMaking(folder, isWhole);
        VERIFY_RESULT(read);
        QVERIFY(!isWhole);
        QCOMPARE(read->started, std::int64_t(7));
        QVERIFY(read->steps.size() < 70);
        QCOMPARE(text(read->steps.back(), "what"),
                 "write down " + std::to_string(201 - read->steps.size()) + " more steps");
    }

    // Each control character is six bytes of JSON.
    void whatIsLongInItsFileAloneIsReadAllTheSame() {
        const MadeSteps steps(60,
                              {MadeBy::Engine, "file-write", {{"content", std::string(4000, '\x01')}}, 1, 1});
        const std::string folder = m_files->path().toStdString();
        VERIFY_RESULT(writeEngineMaking(folder, 7, steps));
        bool isWhole = true;
        const auto read = readMaking(folder, isWhole);
        VERIFY_RESULT(read);
        QCOMPARE(read->steps.size(), steps.size());
    }
};

ESCALE_TEST(ContainerMakingTest)
#include "container_making_test.moc"
