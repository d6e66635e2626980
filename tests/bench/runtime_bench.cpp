// Measures escale-runtime beside crun, runc, conmon and a bare clone3 program, on one bundle, in turns: each
// meets the machine's moods alike. Prints rows "name|value|unit|remark" for run.sh. Needs root.
//
//   escale-runtime-bench [ROUNDS]
#include "engine/base/file.h"
#include "engine/base/json.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sched.h>
#include <spawn.h>
#include <string>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace escale;
namespace fs = std::filesystem;

namespace {

const char* const kOurs = ESCALE_BIN "/escale-runtime";
const char* const kCrun = "/usr/bin/crun";
const char* const kRunc = "/usr/sbin/runc";
const char* const kConmon = "/usr/bin/conmon";
constexpr int kMonitors =
    10; // monitors of one kind that are there at a time: pages they share count once in all

[[noreturn]] void die(const std::string& message) {
    std::fprintf(stderr, "escale-runtime-bench: %s\n", message.c_str());
    std::exit(1);
}

struct Cost {
    double milliseconds = 0; // from spawn to its exit
    double processor = 0;    // milliseconds, user and system, of it and its children
};

Cost execute(const std::vector<std::string>& command, const std::string& output = "/dev/null") {
    std::vector<char*> values;
    for (const auto& word : command)
        values.push_back(const_cast<char*>(word.c_str())); // NOLINT: posix_spawn does not write to them
    values.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
    const auto begin = std::chrono::steady_clock::now();
    pid_t pid = 0;
    int status = 0;
    rusage used{};
    if (::posix_spawn(&pid, values[0], &actions, nullptr, values.data(), environ) != 0 ||
        ::wait4(pid, &status, 0, &used) != pid || status != 0)
        die("\"" + command[0] + "\" failed");
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    ::posix_spawn_file_actions_destroy(&actions);
    const auto milliseconds = [](const timeval& time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; };
    return {took.count(), milliseconds(used.ru_utime) + milliseconds(used.ru_stime)};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// crun refuses a machine with v1 controllers and a v2 hierarchy that holds some as well: all are measured
// without the latter, in a mount namespace of our own.
void hideUnifiedHierarchy() {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        die("cannot make a mount namespace: run it as root");
    if (fs::exists("/sys/fs/cgroup/memory"))
        ::umount2("/sys/fs/cgroup/unified", MNT_DETACH);
}

// Docker's usual mounts, masks and capabilities, the host's ids: what every engine's rootful default is like.
const char* const kConfig = R"({
  "ociVersion": "1.0.2", "hostname": "bench", "root": {"path": "rootfs"},
  "process": {"user": {"uid": 0, "gid": 0}, "cwd": "/", "env": ["PATH=/bin"], "args": ["/program"], "noNewPrivileges": true,
    "capabilities": {"bounding": ["CAP_CHOWN", "CAP_KILL", "CAP_SETUID"], "effective": ["CAP_CHOWN", "CAP_KILL", "CAP_SETUID"],
                     "permitted": ["CAP_CHOWN", "CAP_KILL", "CAP_SETUID"]}},
  "mounts": [
    {"destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
    {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
     "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]},
    {"destination": "/dev/shm", "type": "tmpfs", "source": "shm", "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]},
    {"destination": "/dev/mqueue", "type": "mqueue", "source": "mqueue", "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]},
    {"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup", "options": ["nosuid", "noexec", "nodev", "relatime", "ro"]}],
  "linux": {
    "namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"}, {"type": "cgroup"}],
    "resources": {"devices": [{"allow": false, "access": "rwm"}]},
    "maskedPaths": ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"],
    "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys"]}})";

class RuntimeBench {
public:
    RuntimeBench() {
        std::string folder = "/tmp/escale-bench-XXXXXX";
        if (::mkdtemp(folder.data()) == nullptr)
            die("cannot make a temporary folder");
        m_folder = folder;
        // Runtimes keep their state below /run, which is in memory.
        fs::create_directories(m_folder + "/run");
        if (::mount("tmpfs", (m_folder + "/run").c_str(), "tmpfs", 0, nullptr) != 0)
            die("cannot mount a tmpfs");
        makeBundle("bundle", {"/program"});
        makeBundle("idle", {"/program", "wait"});
    }
    ~RuntimeBench() {
        ::umount2((m_folder + "/run").c_str(), MNT_DETACH);
        fs::remove_all(m_folder);
    }
    RuntimeBench(const RuntimeBench&) = delete;
    RuntimeBench& operator=(const RuntimeBench&) = delete;

    void measureRuns(int rounds);
    void measureMonitors();

private:
    void makeBundle(const std::string& name, const std::vector<std::string>& arguments) const {
        for (const char* folder : {"proc", "sys", "dev", "etc"})
            fs::create_directories(m_folder + "/" + name + "/rootfs/" + folder);
        fs::copy_file(ESCALE_BIN "/bench-idle-program", m_folder + "/" + name + "/rootfs/program");
        auto config = Json::parse(kConfig).value();
        auto process = config.at("process");
        process.set("args", Json::strings(arguments));
        config.set("process", std::move(process));
        if (!writeFileAtomically(m_folder + "/" + name + "/config.json", config.dump()))
            die("cannot write the bundle");
    }
    [[nodiscard]] std::vector<std::string> runtime(const std::string& program,
                                                   std::vector<std::string> words) const {
        words.insert(words.begin(),
                     {program, "--root", m_folder + "/run/" + fs::path(program).filename().string()});
        return words;
    }
    [[nodiscard]] std::string startMonitor(const std::string& id, bool ours) const; // its pid
    [[nodiscard]] double weighMonitors(bool ours) const;

    std::string m_folder;
};

double proportionalKilobytes(const std::string& pid) {
    const auto text = readFile("/proc/" + pid + "/smaps_rollup").value_or("");
    const auto at = text.find("\nPss:");
    return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + 5, nullptr);
}

void RuntimeBench::measureRuns(int rounds) {
    struct Contestant {
        std::string name;
        std::vector<std::string> command;
        std::vector<double> times;
        std::vector<double> processor;
    };
    const std::string bundle = m_folder + "/bundle";
    const std::vector<std::string> run{"run", "--bundle", bundle, "escale-bench"};
    std::vector<Contestant> all{{"escale-runtime run", runtime(kOurs, run), {}, {}},
                                {"bare clone3, root and exec",
                                 {ESCALE_BIN "/bench-bare-container", bundle + "/rootfs", "/program"},
                                 {},
                                 {}}};
    for (const char* peer : {kCrun, kRunc}) {
        if (fs::exists(peer))
            all.push_back({fs::path(peer).filename().string() + " run", runtime(peer, run), {}, {}});
        else
            std::fprintf(stderr, "no %s here: not measured\n", peer);
    }
    for (int round = -3; round < rounds; ++round) { // the first ones warm the caches
        for (auto& one : all) {
            // The kernel takes namespaces apart in the background: each starts when the one before is gone.
            ::usleep(50000);
            const auto cost = execute(one.command);
            if (round < 0)
                continue;
            one.times.push_back(cost.milliseconds);
            one.processor.push_back(cost.processor);
        }
    }
    for (const auto& one : all) {
        const double time = median(one.times);
        std::printf("run: %s|%.2f|ms|ours is %.2f of it; processor %.2f ms, least %.2f ms; median of %d\n",
                    one.name.c_str(), time, median(all[0].times) / time, median(one.processor),
                    *std::min_element(one.times.begin(), one.times.end()), rounds);
    }
}

std::string RuntimeBench::startMonitor(const std::string& id, bool ours) const {
    const std::string file = m_folder + "/" + id;
    const std::string bundle = m_folder + "/idle";
    if (ours) {
        execute(runtime(kOurs, {"monitor", "--bundle", bundle, "--log-path", file + ".log", "--exit-file",
                                file + ".exit", id}),
                file + ".answer");
        const auto answer = Json::parse(readFile(file + ".answer").value_or(""));
        return answer ? std::to_string(answer->at("monitorPid").toInteger()) : std::string();
    }
    execute({kConmon,
             "--api-version",
             "1",
             "-c",
             id,
             "-u",
             id,
             "-n",
             id,
             "-r",
             kCrun,
             "--runtime-arg",
             "--root=" + m_folder + "/run/crun",
             "-b",
             bundle,
             "-p",
             file + ".pid",
             "-P",
             file + ".conmon",
             "-l",
             "k8s-file:" + file + ".log",
             "--exit-dir",
             m_folder,
             "--full-attach"});
    while (!fs::exists(file + ".pid")) // it goes to the background before it has created anything
        ::usleep(10000);
    return readFile(file + ".conmon").value_or("");
}

// The mean PSS of some monitors that are there at the same time.
double RuntimeBench::weighMonitors(bool ours) const {
    std::vector<std::pair<std::string, std::string>> monitors; // container, pid
    for (int i = 0; i < kMonitors; ++i) {
        const std::string id = "escale-bench-" + std::to_string(i);
        monitors.emplace_back(id, startMonitor(id, ours));
        execute(runtime(ours ? kOurs : kCrun, {"start", id}));
    }
    ::sleep(1); // what starting has mapped is let go of
    double sum = 0;
    for (const auto& [id, pid] : monitors)
        sum += proportionalKilobytes(pid);
    for (const auto& [id, pid] : monitors)
        execute(runtime(ours ? kOurs : kCrun, {"delete", "--force", id}));
    return sum / kMonitors;
}

void RuntimeBench::measureMonitors() {
    std::printf("memory: escale-runtime monitor, proportional|%.0f|KiB|mean of %d\n", weighMonitors(true),
                kMonitors);
    if (fs::exists(kConmon) && fs::exists(kCrun))
        std::printf("memory: conmon, proportional|%.0f|KiB|mean of %d, driving crun\n", weighMonitors(false),
                    kMonitors);
    else
        std::fprintf(stderr, "no conmon here: not measured\n");
}

} // namespace

int main(int count, char** values) {
    hideUnifiedHierarchy();
    RuntimeBench bench;
    bench.measureRuns(count > 1 ? std::atoi(values[1]) : 50);
    bench.measureMonitors();
    return 0;
}
