// The record of how a container was made, against what the kernel says of the container that lives.
#include "engine/base/file.h"
#include "engine/base/made_step_json.h"
#include "engine/base/making.h"
#include "engine/base/shell_word.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iomanip>
#include <map>
#include <memory>
#include <sched.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

using Words = std::vector<std::string>;

Json json(const char* text) {
    return Json::parse(text).value();
}

// Every member that a step tells of has a value that is not the kernel's own.
void giveKnownSettings(Bundle& bundle) {
    std::filesystem::create_directories(bundle.path() + "/data");
    std::filesystem::permissions(bundle.path() + "/data", std::filesystem::perms::all);
    Json data =
        json(R"({"destination": "/data", "type": "bind", "options": ["bind", "ro", "nosuid", "nodev"]})");
    data.set("source", bundle.path() + "/data");
    bundle.append("mounts", data);
    bundle.append("mounts", json(R"({"destination": "/scratch", "type": "tmpfs", "source": "scratch", )"
                                 R"("options": ["nosuid", "nodev", "mode=700", "size=1m"]})"));
    bundle.set("domainname", "example");
    bundle.set("process/cwd", "/tmp/work");
    bundle.set("process/env", Json::strings({"PATH=/bin", "HOME=/root", "WORDS=two words", "QUOTE='"}));
    bundle.set("process/rlimits", json(R"([{"type": "RLIMIT_NOFILE", "soft": 512, "hard": 1024}, )"
                                       R"({"type": "RLIMIT_CORE", "soft": 0, "hard": 0}])"));
    bundle.set("process/oomScoreAdj", 200);
    bundle.set("linux/sysctl",
               json(R"({"net.ipv4.ip_unprivileged_port_start": "80", "kernel.msgmax": "4096"})"));
    bundle.set("linux/resources/pids", json(R"({"limit": 50})"));
    bundle.set("linux/resources/memory", json(R"({"limit": 67108864})"));
    bundle.set("linux/resources/cpu", json(R"({"quota": 50000, "period": 100000})"));
    bundle.set("linux/seccomp",
               json(R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ )"
                    R"({"names": ["reboot", "swapon"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]})"));
}

// One user among others, in a user namespace; capabilities that survive its execve(2).
void giveUser(Bundle& bundle) {
    bundle.set("process/user", json(R"({"uid": 1000, "gid": 1001, "additionalGids": [5, 20], "umask": 63})"));
    for (const char* set : {"bounding", "effective", "permitted", "inheritable", "ambient"})
        bundle.set(std::string("process/capabilities/") + set,
                   Json::strings({"CAP_CHOWN", "CAP_NET_BIND_SERVICE"}));
}

Words linesOf(const std::string& text) {
    Words lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

Words wordsOf(const std::string& text) {
    Words words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

std::string join(const Words& words, const char* separator) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : separator) + word;
    return text;
}

test::Outcome monitor(Bundle& bundle, const std::string& record) {
    return bundle.runtime({"monitor", "--log-path", bundle.path() + "/log", "--exit-file",
                           bundle.path() + "/exit.json", "--making", record});
}

class Recorded {
public:
    explicit Recorded(const std::function<void(Bundle&)>& configure)
        : m_bundle({"sleep", "1000"}) {
        configure(m_bundle);
        m_begin = monotonicNanoseconds();
        const auto created = monitor(m_bundle, file());
        QVERIFY2(created.code == 0, created.err.c_str());
        m_startBegin = monotonicNanoseconds();
        const auto started = m_bundle.runtime({"start"});
        m_end = monotonicNanoseconds();
        QVERIFY2(started.code == 0, started.err.c_str());
        // The monitor writes when it has answered.
        QVERIFY(QTest::qWaitFor([this] { return exists(file()); }, 10000));
        auto steps = readMadeSteps(file());
        VERIFY_RESULT(steps);
        m_steps = *std::move(steps);
        m_pid = std::to_string(m_bundle.state().at("pid").toInteger());
    }

    [[nodiscard]] std::string file() const { return m_bundle.path() + "/making"; }
    [[nodiscard]] const MadeSteps& steps() const { return m_steps; }
    [[nodiscard]] Bundle& bundle() { return m_bundle; }
    [[nodiscard]] std::int64_t begin() const { return m_begin; }
    [[nodiscard]] std::int64_t startBegin() const { return m_startBegin; }
    [[nodiscard]] std::int64_t end() const { return m_end; }

    [[nodiscard]] std::vector<const MadeStep*> all(const std::string& operation) const {
        std::vector<const MadeStep*> found;
        for (const auto& step : m_steps) {
            if (step.operation == operation)
                found.push_back(&step);
        }
        return found;
    }
    /// Of the only step that is called so.
    [[nodiscard]] std::string detail(const std::string& operation, const char* key) const {
        const auto found = all(operation);
        return found.size() == 1 ? std::string(found.front()->detail(key))
                                 : std::to_string(found.size()) + " steps " + operation;
    }

    [[nodiscard]] std::string proc(const std::string& name) const {
        return readFile("/proc/" + m_pid + "/" + name).value_or("cannot be read");
    }
    [[nodiscard]] std::string procPath(const std::string& name) const {
        return "/proc/" + m_pid + "/" + name;
    }
    /// "CapEff" of /proc/…/status, without white space at its ends.
    [[nodiscard]] std::string status(const std::string& name) const {
        for (const auto& line : linesOf(proc("status"))) {
            if (line.starts_with(name + ":"))
                return join(wordsOf(line.substr(name.size() + 1)), " ");
        }
        return "no " + name;
    }

private:
    Bundle m_bundle;
    MadeSteps m_steps;
    std::string m_pid;
    std::int64_t m_begin = 0;
    std::int64_t m_startBegin = 0;
    std::int64_t m_end = 0;
};

// "chown,net_raw" as /proc has it, by the numbers of capabilities(7) that this test needs.
std::string maskOf(const std::string& names) {
    const std::map<std::string, unsigned> numbers{
        {"chown", 0},  {"dac_override", 1},      {"kill", 5},  {"setgid", 6},
        {"setuid", 7}, {"net_bind_service", 10}, {"mknod", 27}};
    std::uint64_t mask = 0;
    std::istringstream stream(names);
    for (std::string name; std::getline(stream, name, ',');)
        mask |= 1ULL << numbers.at(name);
    std::ostringstream text;
    text << std::hex << std::setw(16) << std::setfill('0') << mask;
    return text.str();
}

} // namespace

class MakingRecordTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Recorded> m_mapped; // with a user namespace
    std::unique_ptr<Recorded> m_plain;  // with the host's ids

    static void rows() {
        QTest::addColumn<bool>("isMapped");
        QTest::newRow("user namespace") << true;
        QTest::newRow("host's ids") << false;
    }
    [[nodiscard]] Recorded& recorded() const {
        QFETCH(bool, isMapped);
        return isMapped ? *m_mapped : *m_plain;
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        m_mapped = std::make_unique<Recorded>([](Bundle& bundle) {
            giveKnownSettings(bundle);
            giveUser(bundle);
        });
        m_plain = std::make_unique<Recorded>([](Bundle& bundle) {
            giveKnownSettings(bundle);
            bundle.useHostIds();
            bundle.set("process/noNewPrivileges", false);
            bundle.append("linux/devices",
                          json(R"({"path": "/dev/fuse", "type": "c", "major": 10, "minor": 229, )"
                               R"("fileMode": 384, "uid": 7, "gid": 8})"));
        });
    }
    void cleanupTestCase() {
        m_mapped.reset();
        m_plain.reset();
    }

    void hasEveryMountAndNoOther_data() { rows(); }
    void hasEveryMountAndNoOther() {
        const Recorded& made = recorded();
        Words told{"/"};
        for (const char* operation : {"mount-attach", "path-mask", "path-readonly"}) {
            for (const auto* step : made.all(operation))
                told.emplace_back(step->detail(step->operation == "mount-attach" ? "target" : "path"));
        }
        Words there;
        for (const auto& line : linesOf(made.proc("mountinfo")))
            there.push_back(wordsOf(line).at(4));
        std::sort(told.begin(), told.end());
        std::sort(there.begin(), there.end());
        QCOMPARE(join(told, "\n"), join(there, "\n"));
    }

    void tellsTypeSourceAndOptionsOfAMount_data() { rows(); }
    void tellsTypeSourceAndOptionsOfAMount() {
        Recorded& made = recorded();
        const auto mountOn = [&](const std::string& target) {
            for (const auto* step : made.all("mount-attach")) {
                if (step->detail("target") == target)
                    return std::string(step->detail("type")) + " " + std::string(step->detail("source")) +
                           " " + std::string(step->detail("options"));
            }
            return std::string("not mounted");
        };
        QCOMPARE(mountOn("/data"), "bind " + made.bundle().path() + "/data bind,ro,nosuid,nodev,private");
        QCOMPARE(mountOn("/scratch"), std::string("tmpfs scratch mode=700,size=1m,nosuid,nodev"));
        QCOMPARE(mountOn("/proc"), std::string("proc proc nosuid,nodev,noexec"));
        QVERIFY(made.proc("mountinfo").find(" /data ro,nosuid,nodev,relatime - ") != std::string::npos);
        QVERIFY(made.proc("mountinfo")
                    .find(" /scratch rw,nosuid,nodev,relatime - tmpfs scratch rw,size=1024k,mode=700") !=
                std::string::npos);
    }

    // What the parent has prepared, with the host's privileges, is told by it with the place where it will
    // be.
    void tellsWhoPreparedAMount() {
        Words prepared;
        for (const auto* step : m_mapped->all("mount-prepare")) {
            QCOMPARE(step->by, MadeBy::Runtime);
            prepared.emplace_back(step->detail("target"));
        }
        for (const char* target : {"/", "/data", "/dev/null", "/dev/tty"})
            QVERIFY2(std::find(prepared.begin(), prepared.end(), target) != prepared.end(), target);
    }

    void tellsTheCapabilities_data() { rows(); }
    void tellsTheCapabilities() {
        const Recorded& made = recorded();
        QCOMPARE(maskOf(made.detail("bounding-drop", "keep")), made.status("CapBnd"));
        QCOMPARE(maskOf(made.detail("capabilities-set", "ambient")), made.status("CapAmb"));
        QCOMPARE(maskOf(made.detail("capabilities-set", "inheritable")), made.status("CapInh"));
        QCOMPARE(maskOf(made.detail("capabilities-set", "effective")), made.status("CapEff"));
        QCOMPARE(maskOf(made.detail("capabilities-set", "permitted")), made.status("CapPrm"));
    }

    void tellsTheIdentity_data() { rows(); }
    void tellsTheIdentity() {
        const Recorded& made = recorded();
        QFETCH(bool, isMapped);
        const std::uint64_t first = isMapped ? 100000 : 0;
        const auto inHost = [&](const std::string& id) { return std::to_string(first + std::stoull(id)); };
        const auto fourTimes = [](const std::string& id) { return join({id, id, id, id}, " "); };
        QCOMPARE(fourTimes(inHost(made.detail("identity-set", "uid"))), made.status("Uid"));
        QCOMPARE(fourTimes(inHost(made.detail("identity-set", "gid"))), made.status("Gid"));
        Words groups;
        std::istringstream stream(isMapped ? made.detail("identity-set", "groups") : std::string());
        for (std::string group; std::getline(stream, group, ',');)
            groups.push_back(inHost(group));
        QCOMPARE(join(groups, " "), made.status("Groups"));
        QCOMPARE(made.all("umask-set").back()->detail("value"), std::string_view(isMapped ? "077" : "022"));
        QCOMPARE(made.status("Umask"), std::string(isMapped ? "0077" : "0022"));
    }

    void tellsTheIdMaps() {
        QVERIFY(m_plain->all("id-map").empty());
        for (const auto* step : m_mapped->all("id-map")) {
            auto map = std::string(step->detail("map"));
            std::replace(map.begin(), map.end(), ':', ' ');
            QCOMPARE(map, join(wordsOf(m_mapped->proc(std::string(step->detail("kind")) + "_map")), " "));
        }
        QCOMPARE(m_mapped->all("id-map").size(), std::size_t{2});
    }

    // The kernel gives a thread's namespaces by number: those that clone3 made are not ours.
    void tellsTheNamespaces_data() { rows(); }
    void tellsTheNamespaces() {
        const Recorded& made = recorded();
        const std::string flags = "|" + made.detail("clone3", "flags") + "|";
        const std::map<std::string, std::string> names{{"CLONE_NEWUSER", "user"}, {"CLONE_NEWNS", "mnt"},
                                                       {"CLONE_NEWPID", "pid"},   {"CLONE_NEWIPC", "ipc"},
                                                       {"CLONE_NEWUTS", "uts"},   {"CLONE_NEWTIME", "time"}};
        for (const auto& [flag, name] : names) {
            const bool isOwn = std::filesystem::read_symlink(made.procPath("ns/" + name)) !=
                               std::filesystem::read_symlink("/proc/self/ns/" + name);
            QCOMPARE(flags.find("|" + flag + "|") != std::string::npos, isOwn);
        }
        QCOMPARE(made.all("netns-create").size(), std::size_t{1});
        QCOMPARE(made.all("cgroup-namespace").size(), std::size_t{1});
        QCOMPARE(made.detail("clone3", "pid"),
                 std::filesystem::path(made.procPath("")).parent_path().filename().string());
        QFETCH(bool, isMapped);
        QCOMPARE(made.all("netns-create").front()->by, isMapped ? MadeBy::Container : MadeBy::Runtime);
    }

    void tellsTheFilter_data() { rows(); }
    void tellsTheFilter() {
        const Recorded& made = recorded();
        QCOMPARE(made.status("Seccomp"), std::string("2"));
        QCOMPARE(made.status("Seccomp_filters"), std::to_string(made.all("seccomp-load").size()));
        QCOMPARE(made.detail("seccomp-load", "default"), std::string("allow"));
        QCOMPARE(made.detail("seccomp-load", "rules"), std::string("1"));
        QVERIFY(std::stoi(made.detail("seccomp-load", "instructions")) > 3);
        QCOMPARE(made.detail("seccomp-compile", "instructions"), made.detail("seccomp-load", "instructions"));
        QCOMPARE(std::to_string(made.all("no-new-privileges").size()), made.status("NoNewPrivs"));
    }

    void tellsTheLimits_data() { rows(); }
    void tellsTheLimits() {
        const Recorded& made = recorded();
        const std::map<std::string, std::string> lines{{"nofile", "Max open files"},
                                                       {"core", "Max core file size"}};
        QCOMPARE(made.all("rlimit").size(), lines.size());
        for (const auto* step : made.all("rlimit")) {
            const auto& name = lines.at(std::string(step->detail("name")));
            const auto limits = linesOf(made.proc("limits"));
            const auto line = std::find_if(limits.begin(), limits.end(),
                                           [&](const auto& one) { return one.starts_with(name); });
            QVERIFY(line != limits.end());
            const auto values = wordsOf(line->substr(name.size()));
            QCOMPARE(step->detail("soft"), std::string_view(values.at(0)));
            QCOMPARE(step->detail("hard"), std::string_view(values.at(1)));
        }
        QCOMPARE(made.detail("oom-score", "value") + "\n", made.proc("oom_score_adj"));
    }

    void tellsTheCgroupFiles_data() { rows(); }
    void tellsTheCgroupFiles() {
        Recorded& made = recorded();
        Words names;
        for (const auto* step : made.all("cgroup-write")) {
            const std::string file(step->detail("file"));
            if (file.find(made.bundle().id()) == std::string::npos || file.ends_with("subtree_control"))
                continue;
            names.push_back(file.substr(file.rfind('/') + 1));
            QCOMPARE(join(wordsOf(readFile(file).value_or("cannot be read")), " "),
                     std::string(step->detail("value")));
        }
        for (const char* controller : {"pids.", "memory.", "cpu."}) { // as either version calls its files
            const auto isOf = [controller](const std::string& name) { return name.starts_with(controller); };
            QVERIFY2(std::any_of(names.begin(), names.end(), isOf), controller);
        }
        bool isMade = false;
        for (const auto* step : made.all("cgroup-create")) {
            QVERIFY(exists(std::string(step->detail("hierarchy")) + std::string(step->detail("path"))));
            isMade = isMade || step->detail("path") == made.bundle().cgroup();
        }
        QVERIFY(isMade);
        QVERIFY(made.detail("cgroup-device", "rules").starts_with("deny a *:* rwm, allow c "));
    }

    void tellsTheProgram_data() { rows(); }
    void tellsTheProgram() {
        const Recorded& made = recorded();
        const auto zeroed = [](const std::optional<Words>& words) {
            std::string text;
            for (const auto& word : words.value_or(Words{"not readable"}))
                text += word + '\0';
            return text;
        };
        QCOMPARE(zeroed(readShellWords(made.detail("execute", "arguments"))), made.proc("cmdline"));
        QCOMPARE(zeroed(readShellWords(made.detail("execute", "environment"))), made.proc("environ"));
        QCOMPARE(made.detail("execute", "program"), std::string("/bin/sleep"));
        QCOMPARE(made.detail("execute", "folder"), std::string("/tmp/work"));
        QCOMPARE(made.detail("execute", "folder"),
                 std::filesystem::read_symlink(made.procPath("cwd")).string());
    }

    void tellsNamesAndSysctls_data() { rows(); }
    void tellsNamesAndSysctls() {
        Recorded& made = recorded();
        const auto inside = [&](const std::string& file) {
            auto outcome = test::exec(made.bundle(), {}, {"cat", file});
            return join(wordsOf(outcome.out + outcome.err), " ");
        };
        QCOMPARE(made.detail("hostname-set", "name"), inside("/proc/sys/kernel/hostname"));
        QCOMPARE(made.detail("domainname-set", "name"), inside("/proc/sys/kernel/domainname"));
        QCOMPARE(made.all("sysctl-write").size(), std::size_t{2});
        for (const auto* step : made.all("sysctl-write")) {
            std::string file(step->detail("path"));
            std::replace(file.begin(), file.end(), '.', '/');
            QCOMPARE(std::string(step->detail("value")), inside("/proc/sys/" + file));
        }
    }

    void tellsTheDevices() {
        QVERIFY(m_mapped->all("device-make").empty()); // bound from the host
        QCOMPARE(m_plain->all("device-make").size(), std::size_t{7});
        for (const auto* step : m_plain->all("device-make")) {
            struct stat info {};
            QCOMPARE(::stat(m_plain->procPath("root" + std::string(step->detail("path"))).c_str(), &info), 0);
            QCOMPARE(std::string(step->detail("number")),
                     std::to_string(major(info.st_rdev)) + ":" + std::to_string(minor(info.st_rdev)));
            QCOMPARE(std::stoul(std::string(step->detail("mode")), nullptr, 8), info.st_mode & 07777UL);
            QCOMPARE(std::string(step->detail("uid")), std::to_string(info.st_uid));
            QCOMPARE(std::string(step->detail("gid")), std::to_string(info.st_gid));
            QCOMPARE(step->detail("kind"), std::string_view("c"));
        }
    }

    void tellsTheTimesInOrder_data() { rows(); }
    void tellsTheTimesInOrder() {
        const Recorded& made = recorded();
        std::int64_t last = made.begin();
        std::int64_t sum = 0;
        bool hasStarted = false;
        for (const auto& step : made.steps()) {
            QVERIFY2(step.begin >= made.begin() && step.begin <= made.end(), step.operation.c_str());
            QCOMPARE(step.duration >= 0, step.operation != "execute"); // which never comes back
            QVERIFY(step.begin + step.duration <= made.end());
            if (step.by != MadeBy::Container)
                continue;
            QVERIFY2(step.begin >= last, step.operation.c_str());
            last = step.begin + std::max<std::int64_t>(step.duration, 0);
            sum += std::max<std::int64_t>(step.duration, 0);
            QVERIFY(!hasStarted || step.begin >= made.startBegin());
            hasStarted = hasStarted || step.operation == "start-wait";
        }
        QVERIFY(sum <= made.end() - made.begin());
        QVERIFY(made.all("execute").front()->begin >= made.startBegin());
        QCOMPARE(made.steps().back().operation, std::string("execute"));
    }

    void leavesOutWhatIsNotDoneYet() {
        Bundle bundle({"true"});
        QCOMPARE(bundle.runtime({"create", "--making", bundle.path() + "/making"}).code, 0);
        const auto steps = readMadeSteps(bundle.path() + "/making");
        VERIFY_RESULT(steps);
        QCOMPARE(steps->back().operation, std::string("start-wait"));
        QCOMPARE(steps->back().duration, std::int64_t{-1});
    }

    void recordsARun() {
        Bundle bundle({"true"});
        QCOMPARE(bundle.runtime({"run", "--making", bundle.path() + "/making"}).code, 0);
        const auto steps = readMadeSteps(bundle.path() + "/making");
        VERIFY_RESULT(steps);
        QCOMPARE(steps->back().operation, std::string("execute"));
        QCOMPARE(steps->back().detail("program"), std::string_view("/bin/true"));
        // "/no/such/path" is to be masked and made read-only.
        for (const auto& step : *steps)
            QVERIFY(step.detail("path") != "/no/such/path");
    }

    void leavesNoRecordOfAFailure_data() {
        QTest::addColumn<QString>("command");
        QTest::newRow("create") << "create";
        QTest::newRow("run") << "run";
        QTest::newRow("monitor") << "monitor";
    }
    void leavesNoRecordOfAFailure() {
        QFETCH(QString, command);
        Bundle bundle({"/no/such/program"});
        const std::string file = bundle.path() + "/making";
        QVERIFY(writeFileAtomically(file, "of an earlier start").has_value());
        QVERIFY(writeFileAtomically(madeTimesFile(file), "of an earlier start").has_value());
        Words words{command.toStdString(), "--making", file};
        if (command == "monitor")
            words.insert(words.end(), {"--exit-file", bundle.path() + "/exit.json"});
        QVERIFY(bundle.runtime(words).code != 0);
        QVERIFY(!exists(file));
        QVERIFY(!exists(madeTimesFile(file)));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aRecordThatCannotBeWrittenIsAWarning() {
        Bundle bundle({"true"});
        const auto outcome = bundle.runtime({"run", "--making", "/no/such/folder/making"});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.err.find("/no/such/folder/making.times") != std::string::npos, outcome.err.c_str());
    }

    void refusesARelativePathUnderAMonitor() {
        Bundle bundle({"true"});
        const auto outcome = monitor(bundle, "making");
        QVERIFY(outcome.code != 0);
        QVERIFY(outcome.err.find("absolute") != std::string::npos);
    }

    // The container's own clock is 100 days ahead; the record tells the machine's time.
    void tellsTheMachinesTime() {
        SKIP_UNLESS(exists("/proc/self/timens_offsets"), "this kernel has no time namespaces");
        const Recorded made([](Bundle& bundle) {
            bundle.append("linux/namespaces", json(R"({"type": "time"})"));
            bundle.set("linux/timeOffsets", json(R"({"monotonic": {"secs": 8640000, "nanosecs": 5}})"));
        });
        for (const auto& step : made.steps())
            QVERIFY2(step.begin >= made.begin() && step.begin <= made.end(), step.operation.c_str());
        QCOMPARE(made.detail("timens-create", "offsets"), std::string("monotonic 8640000 5"));
    }

    // Asking for the time would end the container; it starts, and nobody knows how long the rest took.
    void asksForNoTimeThatTheFilterForbids() {
        const Recorded made([](Bundle& bundle) {
            bundle.useHostIds();
            bundle.set("process/noNewPrivileges", false); // the filter is loaded before most of the rest
            bundle.set("linux/seccomp",
                       json(R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ )"
                            R"({"names": ["clock_gettime"], "action": "SCMP_ACT_KILL_PROCESS"}]})"));
        });
        bool isFiltered = false;
        for (const auto& step : made.steps()) {
            isFiltered = isFiltered || step.operation == "seccomp-load";
            if (step.by == MadeBy::Container)
                QCOMPARE(step.duration >= 0, !isFiltered);
            QVERIFY(step.begin > 0);
        }
        QCOMPARE(made.steps().back().operation, std::string("execute"));
        QCOMPARE(made.status("Seccomp"), std::string("2"));
    }

    // Each in the way that it went: by mount(2), where the newer calls are refused.
    void tellsMountsOfAnOldKernel_data() { rows(); }
    void tellsMountsOfAnOldKernel() {
        QFETCH(bool, isMapped);
        qputenv("REFUSED_RUNTIME", QByteArray::fromStdString(test::runtimeProgram()));
        qputenv("REFUSED_WITH", QByteArray::number(ENOSYS));
        qputenv("ESCALE_RUNTIME", ESCALE_BIN "/without_mount_calls");
        {
            const Recorded made([&](Bundle& bundle) {
                giveKnownSettings(bundle);
                if (!isMapped)
                    bundle.useHostIds();
            });
            Words told{"/"};
            for (const auto& step : made.steps()) {
                if (step.operation == "mount-attach") {
                    told.emplace_back(step.detail("target"));
                    QVERIFY(!step.detail("type").empty());
                    QVERIFY(!step.detail("source").empty());
                } else if (step.operation == "path-mask" || step.operation == "path-readonly") {
                    told.emplace_back(step.detail("path"));
                }
            }
            Words there;
            for (const auto& line : linesOf(made.proc("mountinfo")))
                there.push_back(wordsOf(line).at(4));
            std::sort(told.begin(), told.end());
            std::sort(there.begin(), there.end());
            QCOMPARE(join(told, "\n"), join(there, "\n"));
            QCOMPARE(made.all("root-stage").size(), std::size_t{1});
        }
        qunsetenv("ESCALE_RUNTIME");
    }

    void namesTimesThatAreCutOff() {
        const std::string times = madeTimesFile(m_mapped->file());
        const auto whole = readFile(times).value();
        QVERIFY(writeFileAtomically(times, whole.substr(0, 12)).has_value());
        const auto read = readMadeSteps(m_mapped->file());
        QVERIFY(writeFileAtomically(times, whole).has_value());
        QVERIFY(!read);
        QVERIFY2(read.error().text().find(times) != std::string::npos, read.error().text().c_str());
    }

    // Numbers of root's: nobody else may read which program was started how.
    void belongsToRootAlone() {
        for (const auto& file : {m_plain->file(), madeTimesFile(m_plain->file())}) {
            struct stat info {};
            QCOMPARE(::stat(file.c_str(), &info), 0);
            QCOMPARE(info.st_mode & 07777U, 0600U);
        }
        QVERIFY(m_plain->proc("maps").find("making") == std::string::npos); // the mapping ended with execve
    }
};

ESCALE_TEST(MakingRecordTest)
#include "making_record_test.moc"
