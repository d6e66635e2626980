// The script's blocks, in the order in which they happen: what the machine's root does, then what the
// container's first process does. Each is a function of the shell with one comment above it. Only what
// by_hand::Plan has checked becomes the path of a file that is written; all else is quoted.
#include "engine/inspect/made_script.h"

#include "engine/inspect/script_functions.h"
#include "engine/inspect/script_writer.h"

#include <array>
#include <utility>

namespace escale {
namespace by_hand {

void ScriptWriter::writeTop() {
    line("#!/bin/sh");
    line("# The container " + commentText(m_facts.container) + " (image " + commentText(m_facts.image) +
         "), made by hand: what Escale did to start it,");
    line("# as commands of a shell, in the order in which it happens. Run as root on the same machine, this "
         "makes a");
    line("# container like that one beside it, runs its program here, and takes everything down when that "
         "has ended.");
    line("# Needs util-linux, iproute2, nftables and perl.");
    line("#");
    line("# What no shell can do, and is missing here: the seccomp filter" +
         (has("seccomp-load") ? " (" + commentText(m_plan.find("seccomp-load")->detail("rules")) +
                                    " rules, which system calls the program may use)"
                              : std::string(" (the container has none)")) +
         ", an own");
    line("# keyring, a terminal of the container's own, and Escale's name server. seccomp(2), keyrings(7), "
         "pty(7)");
    line("#");
    line("# Words of the container are quoted on purpose: nothing in them means anything to the shell.");
    line("# shellcheck disable=SC2016");
    line("set -eu");
    line("umask 022");
    line("export LC_ALL=C");
    line("\n# What you may change: the name of the cgroup and of the place to work, …");
    line("NAME=" + m_name);
    if (const MadeStep* clone = m_plan.find("clone3"); clone != nullptr && has("namespace-join")) {
        line("# … the first process of the container, whose namespaces that are another's are joined, …");
        line("BESIDE=" + shellWord(clone->detail("pid")));
    }
    for (std::size_t i = 0; i < m_plan.cables.size() && m_plan.makesNetwork; ++i) {
        const Cable& cable = m_plan.cables[i];
        if (cable.link->operation == "veth-create") {
            line("# … the host's end of the cable to the container's " + commentText(cable.inside) + ", …");
            line("LINK" + std::to_string(i) + "=" + hostName(i));
        }
        for (std::size_t a = 0; a < cable.addresses.size(); ++a) {
            line("# … an address that is free: the container has " + commentText(cable.oldAddresses[a]) +
                 ", …");
            line("ADDRESS" + std::to_string(i) + "_" + std::to_string(a) + "=" +
                 shellWord(cable.addresses[a]));
        }
    }
    if (publishingCable())
        writePorts();
}

void ScriptWriter::writePorts() {
    std::string taken;
    for (const auto* step : m_plan.steps) {
        if (step->operation == "port-reserve")
            taken += " " + commentText(step->detail("port")) + "/" + commentText(step->detail("protocol"));
    }
    line("# … and the ports to publish, as this machine's port:the container's (TCP), with spaces between" +
         (taken.empty() ? "." : ". Taken by the container:" + taken));
    line("PORTS=''");
}

void ScriptWriter::writeOwnMounts() {
    begin("All mounts are made in a mount namespace of the script's own: whatever happens, the kernel takes "
          "them down "
          "with the\n# last process in it. mount_namespaces(7)",
          "own_mounts");
    indented("exec unshare --mount --propagation private /bin/sh \"$0\" --outside");
    end();
    m_text += kOutsideFunctions;
}

void ScriptWriter::writeLayers() {
    const bool shifts = std::any_of(m_plan.layers.begin(), m_plan.layers.end(),
                                    [](const Layer& one) { return !one.map.empty(); }) ||
                        std::any_of(m_plan.binds.begin(), m_plan.binds.end(),
                                    [](const Bind& one) { return !one.map.empty(); });
    if (shifts)
        m_text += kShift;
    begin("The image's layers, read-only; then with the owners that the container's ids have out here. "
          "mount(8)",
          "mount_layers");
    if (m_plan.layers.empty())
        indented(":");
    for (const auto& layer : m_plan.layers) {
        const std::string target = "\"$WORK/layers/" + std::to_string(layer.place) + "\"";
        const std::string source =
            layer.isOurs ? "\"$WORK/layers/" + layer.source + "\"" : shellPath(layer.source);
        indented("mkdir " + target);
        if (!layer.map.empty())
            indented("shift_ids " + source + " " + target + " " + shellWord(layer.map) + " " +
                     shellWord(layer.map));
        else if (layer.type == "erofs")
            indented("mount -t erofs -o ro,nodev,nosuid " + source + " " + target +
                     " || mount -t erofs -o loop,ro,nodev,nosuid " + source + " " + target);
        else
            indented("mount --bind " + source + " " + target + " && mount -o remount,bind,ro,nodev,nosuid " +
                     target);
    }
    end();
}

void ScriptWriter::writeRoot() {
    const MadeStep* overlay = m_plan.find("overlay-mount");
    if (overlay == nullptr || m_plan.lower.empty())
        return;
    std::string lower;
    for (const auto& folder : m_plan.lower)
        lower += (lower.empty() ? "" : ":") + folder;
    std::string options = text(*overlay, "options");
    begin("All layers as one tree, the first one on top; what the container changes goes to \"upper\". From "
          "within\n"
          "# the folder, for short names: mount(2) takes one page of options. mount(8)",
          "mount_root");
    indented("mkdir \"$WORK/upper\" \"$WORK/work\"");
    indented("chmod --reference=\"$WORK/layers/" + m_plan.lower.front() + "\" \"$WORK/upper\"");
    indented("chown " + owner() + " \"$WORK/upper\"");
    indented("cd \"$WORK/layers\"");
    indented("options=" + shellWord((options.empty() ? "" : options + ",") + "lowerdir=" + lower));
    indented(
        "mount -t overlay -o \"$options,upperdir=$WORK/upper,workdir=$WORK/work\" overlay \"$WORK/rootfs\"");
    indented("cd /");
    end();
}

std::string ScriptWriter::sourceOf(const std::string& path) const {
    for (std::size_t i = 0; i < m_plan.files.size(); ++i) {
        const MadeStep& step = *m_plan.files[i];
        if (step.detail(step.operation == "tmpfs-mount" ? "target" : "path") == path)
            return "\"$WORK/files/" + std::to_string(i) + "\"";
    }
    for (const auto& group : m_plan.cgroups) {
        if (path == group.hierarchy + group.path)
            return shellPath(group.hierarchy) + "/\"$NAME\"";
    }
    return shellPath(path);
}

// The container's address in its hosts file is another one here.
std::string withAddresses(std::string content, const Plan& plan) {
    for (const auto& cable : plan.cables) {
        for (std::size_t i = 0; i < cable.addresses.size(); ++i) {
            const auto bare = [](const std::string& address) { return address.substr(0, address.find('/')); };
            const std::string old = "\n" + bare(cable.oldAddresses[i]);
            content.insert(0, "\n");
            for (std::size_t found = 0; (found = content.find(old, found)) != std::string::npos; ++found) {
                const auto after = found + old.size();
                if (after < content.size() && (content[after] == '\t' || content[after] == ' '))
                    content.replace(found + 1, old.size() - 1, bare(cable.addresses[i]));
            }
            content.erase(0, 1);
        }
    }
    return content;
}

void ScriptWriter::writeFiles() {
    begin("Files that are shown in the container: its names and addresses, devices that its root owns. "
          "hosts(5), "
          "resolv.conf(5), mknod(1)",
          "write_files");
    if (m_plan.files.empty())
        indented(":");
    for (std::size_t i = 0; i < m_plan.files.size(); ++i) {
        const MadeStep& step = *m_plan.files[i];
        const std::string path = "\"$WORK/files/" + std::to_string(i) + "\"";
        if (step.operation == "file-write") {
            note(text(step, "path"));
            indented("printf '%s' " + shellWord(withAddresses(text(step, "content"), m_plan)) + " > " + path);
            indented("chown " + owner() + " " + path);
        } else if (step.operation == "tmpfs-mount") {
            indented("mkdir " + path);
            indented("mount -t tmpfs -o " + shellWord(text(step, "options")) + " shm " + path);
        } else {
            std::string numbers;
            for (const auto& number : split(step.detail("number"), ':'))
                numbers += " " + shellWord(number);
            indented("mknod -m " + shellWord("0" + text(step, "mode")) + " " + path + " " +
                     shellWord(text(step, "kind")) + numbers);
            indented("chown " + owner() + " " + path);
        }
    }
    end();
}

void ScriptWriter::writePrepared() {
    m_text += kPrepare;
    begin(
        "What of this machine is shown in the container: devices, volumes, folders, its own cgroup. mount(8)",
        "prepare_mounts");
    if (has("path-mask"))
        indented("prepare null --bind /dev/null nosuid,noexec");
    for (const auto* step : m_plan.steps) {
        const auto found = m_plan.bindOf.find(step);
        if (found == m_plan.bindOf.end())
            continue;
        const Bind& bind = m_plan.binds[found->second];
        const std::string number = std::to_string(found->second);
        if (bind.isMissing) {
            note("At " + text(*step, "target") + " the container has " + bind.what +
                 ", which only the engine can hand out: left out.");
            continue;
        }
        if (bind.what != bind.source)
            note(bind.what);
        indented("prepare " + number + (bind.isRecursive ? " --rbind " : " --bind ") + sourceOf(bind.source) +
                 " " + shellWord(bind.options) + "   # " + commentText(step->detail("target")));
        if (!bind.map.empty()) {
            const std::string place = "\"$WORK/mounts/" + number + "\"";
            indented("shift_ids " + place + " " + place + " " + shellWord(bind.map) + " " +
                     shellWord(bind.groupMap.empty() ? bind.map : bind.groupMap));
        }
    }
    if (m_plan.binds.empty() && !has("path-mask"))
        indented(":");
    end();
}

void ScriptWriter::writeCgroup() {
    if (!m_plan.cgroups.empty())
        m_text += kGroup;
    if (std::any_of(m_plan.cgroups.begin(), m_plan.cgroups.end(),
                    [](const Cgroup& one) { return !one.deviceRules.empty(); }))
        m_text += kDeviceRule;
    begin("Cgroups bound what the container may use: one in each hierarchy, with its limits. cgroups(7)",
          "make_cgroups");
    if (m_plan.cgroups.empty())
        indented(":");
    for (const auto& cgroup : m_plan.cgroups) {
        std::string controllers; // "memory.max" is the memory controller's
        for (const auto& [file, value] : cgroup.writes) {
            const auto controller = " " + file.substr(0, file.find('.'));
            if (controller != " cgroup" && (controllers + " ").find(controller + " ") == std::string::npos)
                controllers += controller;
        }
        indented("group " + shellPath(cgroup.hierarchy) + controllers);
        for (const auto& [file, value] : cgroup.writes)
            indented(writeTo(value, "\"$GROUP/" + file + "\""));
        for (const auto& [list, rule] : cgroup.deviceRules)
            indented("device_rule " + list + " " + shellWord(rule));
    }
    end();
}

// Namespaces of others, which the container that runs is in, too: its first process shows them. The record's
// own paths are descriptors of the engine that are closed by now.
std::string ScriptWriter::joinWords() const {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kWords{
        {{"user", "user"},
         {"pid", "pid"},
         {"network", "net"},
         {"ipc", "ipc"},
         {"uts", "uts"},
         {"cgroup", "cgroup"}}};
    const auto enter = [](std::string_view name) {
        const std::string word(name);
        return " --" + word + "=\"/proc/$BESIDE/ns/" + word + "\"";
    };
    std::string words;
    for (const auto& [type, name] : kWords) {
        const bool isJoined =
            std::any_of(m_plan.steps.begin(), m_plan.steps.end(), [&](const MadeStep* step) {
                return step->operation == "namespace-join" && step->detail("type") == type;
            });
        // Whoever joins a namespace joins the ids that it belongs to.
        if (isJoined || (type == "user" && joinsUsers()))
            words += enter(name);
    }
    return words.empty() ? words : "nsenter" + words + " ";
}

void ScriptWriter::writeFirstProcess() {
    std::string words;
    for (const auto& [flag, word] :
         {std::pair("CLONE_NEWUSER", " --user --keep-caps"), std::pair("CLONE_NEWNS", " --mount"),
          std::pair("CLONE_NEWUTS", " --uts"), std::pair("CLONE_NEWIPC", " --ipc"),
          std::pair("CLONE_NEWPID", " --pid --fork --kill-child=KILL"),
          std::pair("CLONE_NEWTIME", " --time")}) {
        if (m_plan.hasFlag(flag))
            words += word;
    }
    if (m_plan.makesNetwork)
        words += " --net";
    const std::string start = joinWords() + (words.empty() ? "/bin/sh" : "unshare" + words + " /bin/sh");
    begin("The container's first process, in namespaces of its own, waits for us. Its number out here is "
          "what it finds "
          "in this\n# machine's /proc. unshare(1), namespaces(7)",
          "start_first_process");
    if (const std::string path = joinedPath(); !joinWords().empty()) {
        indented("# It runs, and is the one that was recorded: it is in its cgroup.");
        indented("grep -q " + shellWord(":" + path + "$") + " \"/proc/$BESIDE/cgroup\"");
    }
    indented("exec 3<&0 # a shell gives what it puts beside no input");
    indented(": > \"$WORK/pid\" && chmod 666 \"$WORK/pid\"");
    indented(start + " \"$WORK/script\" --inside \"$WORK\" <&3 3<&- &");
    indented("OUTSIDE=$!");
    indented("until [ -s \"$WORK/pid\" ]; do");
    indented("    kill -0 \"$OUTSIDE\"");
    indented("    sleep 0.01");
    indented("done");
    indented("read -r PID < \"$WORK/pid\"");
    if (!m_plan.cgroups.empty())
        indented("while read -r group; do echo \"$PID\" > \"$group/cgroup.procs\"; done < \"$WORK/groups\"");
    end();
}

void ScriptWriter::writeIds() {
    if (!m_plan.hasUsers)
        return;
    begin("Which ids the container's are out here: its root is nobody of this machine. user_namespaces(7)",
          "map_ids");
    for (const char* kind : {"uid", "gid"}) {
        auto map = m_plan.idMap(kind);
        std::replace(map.begin(), map.end(), ':', ' ');
        std::replace(map.begin(), map.end(), ',', '\n');
        indented(writeTo(map, "\"/proc/$PID/" + std::string(kind) + "_map\""));
    }
    end();
}

void ScriptWriter::writeLimits() {
    begin("Limits of each process, and whom the kernel ends first when memory is short. prlimit(1), proc(5)",
          "limit_process");
    bool isEmpty = true;
    for (const auto* step : m_plan.steps) {
        if (step->operation == "rlimit") {
            const auto name = safeName(step->detail("name"), 20);
            const auto value = [&](const char* key) {
                const auto number = text(*step, key);
                return number == "18446744073709551615" || number == "-1" ? std::string("unlimited") : number;
            };
            indented("prlimit --pid \"$PID\" --" + name + "=" +
                     shellWord(value("soft") + ":" + value("hard")));
            isEmpty = false;
        } else if (step->operation == "oom-score") {
            indented(writeTo(text(*step, "value"), "\"/proc/$PID/oom_score_adj\""));
            isEmpty = false;
        }
    }
    if (isEmpty)
        indented(": \"$PID has none\"");
    end();
}

void ScriptWriter::writeWait() {
    begin("The first process may go on; its end is ours.", "run");
    indented(": > \"$WORK/go\"");
    indented("status=0");
    indented("wait \"$OUTSIDE\" || status=$?");
    indented("OUTSIDE=");
    indented("exit \"$status\"");
    end();
    m_text += kCleanUp;
}

void ScriptWriter::writeMain() {
    line("\n# The order of it all: this script is run again for each part that is in another namespace.");
    line("OUTSIDE=");
    line("case ${1:-} in");
    line("'') own_mounts ;;");
    line("--outside)");
    indented("make_room");
    indented("mount_layers");
    if (has("overlay-mount") && !m_plan.lower.empty())
        indented("mount_root");
    indented("write_files");
    indented("make_cgroups");
    indented("prepare_mounts");
    indented("start_first_process");
    if (m_plan.hasUsers)
        indented("map_ids");
    indented("limit_process");
    if (m_plan.makesNetwork) {
        indented("wire_network");
        if (publishingCable())
            indented("publish_ports");
    }
    indented("run");
    indented(";;");
    line("--inside)");
    indented("WORK=$2");
    indented("first_process");
    indented(";;");
    line("--root)");
    indented("WORK=$2");
    indented("make_container");
    indented("become_program");
    indented(";;");
    line("esac");
}

std::string ScriptWriter::write() {
    writeTop();
    writeOwnMounts();
    writeLayers();
    writeRoot();
    writeFiles();
    writeCgroup();
    writePrepared();
    writeFirstProcess();
    writeIds();
    writeLimits();
    writeNetwork();
    writeWait();
    writeBecomeRoot();
    writeContainer();
    writeProgram();
    writeMain();
    return std::move(m_text);
}

} // namespace by_hand

std::string madeScript(const MadeSteps& steps, const ScriptFacts& facts) {
    return by_hand::ScriptWriter(steps, facts).write();
}

} // namespace escale
