#include "tests/runtime/bundle.h"

#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/cgroup/layout.h"

#include <QProcess>
#include <QTest>

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace escale::test {
namespace {

const char* const kConfig = R"({
  "ociVersion": "1.2.0", "hostname": "box", "root": {"path": "rootfs"},
  "process": {
    "user": {"uid": 0, "gid": 0}, "cwd": "/", "env": ["PATH=/bin"], "noNewPrivileges": true,
    "capabilities": {
      "bounding":  ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_MKNOD"],
      "effective": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_MKNOD"],
      "permitted": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_MKNOD"]}},
  "mounts": [
    {"destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
     "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
    {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
     "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]},
    {"destination": "/dev/shm", "type": "tmpfs", "source": "shm",
     "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]},
    {"destination": "/dev/mqueue", "type": "mqueue", "source": "mqueue", "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]},
    {"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup",
     "options": ["nosuid", "noexec", "nodev", "relatime", "ro"]}],
  "linux": {
    "namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"},
                   {"type": "cgroup"}, {"type": "user"}],
    "uidMappings": [{"containerID": 0, "hostID": 100000, "size": 65536}],
    "gidMappings": [{"containerID": 0, "hostID": 100000, "size": 65536}],
    "resources": {"devices": [{"allow": false, "access": "rwm"}]},
    "maskedPaths": ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware", "/no/such/path"],
    "readonlyPaths": ["/proc/sys", "/proc/irq", "/no/such/path"]}})";

void setMember(Json& object, const QStringList& names, const Json& value) {
    const std::string name = names.first().toStdString();
    if (names.size() == 1) {
        object.set(name, value);
        return;
    }
    Json member = object.at(name);
    setMember(member, names.mid(1), value);
    object.set(name, std::move(member));
}

QStringList partsOf(const std::string& path) {
    return QString::fromStdString(path).split('/');
}

void chownTree(const std::string& path, unsigned owner) {
    [[maybe_unused]] int failed = ::lchown(path.c_str(), owner, owner);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
        failed = ::lchown(entry.path().c_str(), owner, owner);
}

} // namespace

std::string runtimeProgram() {
    const char* other = std::getenv("ESCALE_RUNTIME");
    return other != nullptr ? other : ESCALE_BIN "/escale-runtime";
}

Bundle::Bundle(const std::vector<std::string>& arguments)
    : m_id("t" + shortId(randomId()))
    , m_cgroupParent("/escale-test-" + m_id) {
    makeRoot();
    m_config = Json::parse(kConfig).value();
    set("process/args", Json::strings(arguments));
    set("linux/cgroupsPath", cgroup());
    chownTree(root(), 100000);
}

Bundle::~Bundle() {
    runtime({"delete", "--force"});
    // The monitor still writes into the folder that is about to go.
    if (m_monitored && waitForExit().isNull())
        qWarning("the monitor of %s has written no exit record", m_id.c_str());
}

void Bundle::makeRoot() const {
    namespace fs = std::filesystem;
    for (const char* folder : {"bin", "proc", "sys", "dev", "tmp", "etc", "root"})
        fs::create_directories(root() + "/" + folder);
    fs::copy_file("/bin/busybox", root() + "/bin/busybox");
    for (const char* name :
         {"sh",       "true", "false", "cat",   "ls",    "id",   "sleep", "mkdir", "hostname",
          "readlink", "head", "dd",    "kill",  "touch", "stat", "mount", "grep",  "mknod",
          "tty",      "stty", "cut",   "chmod", "pwd",   "seq",  "ln",    "wc",    "umount"})
        fs::create_symlink("busybox", root() + "/bin/" + name);
    fs::permissions(root() + "/tmp", fs::perms::all);
}

void Bundle::set(const std::string& path, const Json& value) {
    setMember(m_config, partsOf(path), value);
    save();
}

void Bundle::append(const std::string& path, const Json& value) {
    const Json* member = &m_config;
    for (const auto& name : partsOf(path))
        member = &member->at(name.toStdString());
    Json list = member->isArray() ? *member : Json(Json::Array{});
    list.append(value);
    set(path, list);
}

void Bundle::removeNamespace(const std::string& type) {
    Json kept{Json::Array{}};
    for (const auto& one : m_config.at("linux").at("namespaces").items()) {
        if (one.at("type").toString() != type)
            kept.append(one);
    }
    set("linux/namespaces", kept);
}

void Bundle::useHostIds() {
    removeNamespace("user");
    set("linux/uidMappings", Json());
    set("linux/gidMappings", Json());
    chownTree(root(), 0);
}

void Bundle::save() const {
    if (const auto saved = writeFileAtomically(path() + "/config.json", m_config.dump()); !saved)
        qFatal("%s", saved.error().text().c_str());
}

Outcome Bundle::runtime(const std::vector<std::string>& command, const std::vector<std::string>& more) {
    QStringList arguments{"--root", m_folder.path() + "/state", "--log-format", "json"};
    for (const auto& word : command)
        arguments << QString::fromStdString(word);
    if (command[0] == "run" || command[0] == "create" || command[0] == "monitor")
        arguments << "--bundle" << m_folder.path();
    arguments << QString::fromStdString(m_id);
    for (const auto& word : more)
        arguments << QString::fromStdString(word);
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    // A created container keeps the standard output it was given: files, which no reader needs to wait for
    // the end of.
    const QString out = m_folder.path() + "/stdout";
    const QString err = m_folder.path() + "/stderr";
    process.setStandardOutputFile(out);
    process.setStandardErrorFile(err);
    process.start(QString::fromStdString(runtimeProgram()), arguments);
    process.waitForFinished(60000);
    m_monitored = m_monitored || (command[0] == "monitor" && process.exitCode() == 0);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            readFile(out.toStdString()).value_or(""), readFile(err.toStdString()).value_or("")};
}

Outcome Bundle::monitor() {
    return runtime({"monitor", "--log-path", path() + "/log", "--exit-file", path() + "/exit.json"});
}

Json Bundle::state() {
    return Json::parse(runtime({"state"}).out).value_or(Json());
}

Json Bundle::waitForExit() const {
    const auto there = [this] { return exists(path() + "/exit.json"); };
    if (!QTest::qWaitFor(there, 10000))
        return {};
    return Json::parse(readFile(path() + "/exit.json").value_or("")).value_or(Json());
}

std::string Bundle::log(const std::string& stream) const {
    std::string all;
    for (const auto& line : QByteArray::fromStdString(readFile(path() + "/log").value_or("")).split('\n')) {
        const auto record = Json::parse(line.toStdString());
        if (record && record->at("stream").toString() == stream)
            all += record->at("log").toString();
    }
    return all;
}

std::string Bundle::leftovers() const {
    std::string found;
    if (exists(path() + "/state/" + m_id))
        found += "state folder; ";
    const auto layout = CgroupLayout::detect();
    for (const auto& hierarchy : layout ? layout->hierarchies() : std::vector<CgroupHierarchy>{}) {
        if (exists(hierarchy.mountPoint + m_cgroupParent))
            found += "cgroup in " + hierarchy.mountPoint + "; ";
    }
    if (readFile("/proc/self/mountinfo").value_or("").find(path()) != std::string::npos)
        found += "a mount; ";
    return found;
}

void start(Bundle& bundle) {
    QCOMPARE(bundle.monitor().code, 0);
    QCOMPARE(bundle.runtime({"start"}).code, 0);
}

Outcome exec(Bundle& bundle, const std::vector<std::string>& options,
             const std::vector<std::string>& command) {
    std::vector<std::string> words{"exec"};
    words.insert(words.end(), options.begin(), options.end());
    return bundle.runtime(words, command);
}

} // namespace escale::test
