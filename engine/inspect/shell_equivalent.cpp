// The vocabulary of engine/base/made_step.h, word for word. Where a step does not hold a value that its
// command needs (the process's number, the place of the container's root), the command has a variable: $PID,
// $ROOT.
#include "engine/base/shell_word.h"
#include "engine/inspect/by_hand.h"
#include "engine/inspect/made_script.h"

#include <algorithm>
#include <array>
#include <utility>

namespace escale {
namespace {

using by_hand::every;
using by_hand::split;
using by_hand::text;
using by_hand::Words;
using by_hand::writeTo;

std::string joined(const Words& words, std::string_view separator) {
    std::string all;
    for (const auto& word : words)
        all.append(all.empty() ? "" : separator).append(word);
    return all;
}

std::string replaced(std::string text, char from, char to) {
    std::replace(text.begin(), text.end(), from, to);
    return text;
}

// " key value" when there is a value.
std::string option(const std::string& key, const std::string& value) {
    return value.empty() ? "" : " " + key + " " + shellWord(value);
}

// Where a program would take it for an option, "--" says that it is none.
std::string operand(const std::string& value) {
    return (value.starts_with('-') ? "-- " : "") + shellWord(value);
}

// "-o a,b "; nothing for no options.
std::string mountOptions(const Words& words) {
    Words some;
    for (const auto& word : words) {
        if (!word.empty())
            some.push_back(word);
    }
    return some.empty() ? "" : "-o " + shellWord(joined(some, ",")) + " ";
}

std::string inNetwork(const MadeStep& step, const std::string& command) {
    return (step.detail("namespace") == "container" ? "nsenter --target \"$PID\" --net " : "") + command;
}

std::string ownerAndMode(const MadeStep& step) {
    const auto path = shellPath(text(step, "path"));
    std::string commands;
    if (const auto owner = text(step, "owner"); !owner.empty())
        commands += "\nchown " + operand(owner) + " " + path;
    if (const auto mode = text(step, "mode"); !mode.empty())
        commands += "\nchmod " + operand(mode) + " " + path;
    return commands;
}

// A heredoc whose end is no line of it.
std::string heredoc(const std::string& content) {
    std::string end = "EOF";
    while (("\n" + content + "\n").find("\n" + end + "\n") != std::string::npos)
        end += '_';
    return "<<'" + end + "'\n" + content + (content.empty() || content.back() == '\n' ? "" : "\n") + end;
}

// ---- mounts ----

std::string layerMount(const MadeStep& step) {
    const std::string how = text(step, "type") == "bind" ? "--bind" : "-t erofs";
    return "mount " + how + " -o ro,nodev,nosuid " + shellPath(text(step, "source")) + " " +
           shellPath(text(step, "target"));
}
std::string idmapOption(const MadeStep& step) {
    const auto map = text(step, "map");
    if (map.empty())
        return {};
    const auto groups = text(step, "group-map");
    const auto form = [](const std::string& kind, const std::string& maps) {
        return kind + joined(split(maps, ','), " " + kind);
    };
    return "X-mount.idmap=" + (groups.empty() ? form("", map) : form("u:", map) + " " + form("g:", groups));
}
std::string layerShift(const MadeStep& step) {
    return "mount --bind " + mountOptions({"ro,nodev,nosuid", idmapOption(step)}) +
           shellPath(text(step, "source")) + " " + shellPath(text(step, "target"));
}
std::string overlayMount(const MadeStep& step) {
    return "mount -t overlay overlay " +
           mountOptions({text(step, "options"), "lowerdir=" + text(step, "lower"),
                         "upperdir=" + text(step, "upper"), "workdir=" + text(step, "work")}) +
           shellPath(text(step, "target"));
}
std::string tmpfsMount(const MadeStep& step) {
    return "mount -t tmpfs " + mountOptions({text(step, "options")}) + "tmpfs " +
           shellPath(text(step, "target"));
}
std::string sourceOpen(const MadeStep& step) {
    const auto folder = text(step, "folder");
    const auto path = folder.empty() ? text(step, "path") : folder;
    if (!path.starts_with('/')) // a secret, or a volume whose place is not told
        return {};
    return "mount --bind " +
           mountOptions({"nosuid,nodev", step.detail("read-only") == "yes" ? "ro" : "", idmapOption(step)}) +
           shellPath(path) + " \"$ROOT\"" + shellWord(text(step, "target"));
}
// What is mounted where: of a file system's type, or something that stands here already.
std::string mountOn(const MadeStep& step, const std::string& target) {
    const auto type = text(step, "type");
    const auto source = text(step, "source");
    const bool isBind = type.empty() || type == "bind";
    std::string how = isBind ? "--bind " : "-t " + shellWord(type) + " ";
    Words options;
    for (auto& word : split(step.detail("options"), ',')) {
        if (word == "rbind")
            how = "--rbind ";
        else if (word != "bind")
            options.push_back(std::move(word));
    }
    if (isBind)
        options.push_back(idmapOption(step));
    return "mount " + how + mountOptions(options) + (source.empty() ? "none" : shellPath(source)) + " " +
           target;
}
std::string mountAttach(const MadeStep& step) {
    return mountOn(step, "\"$ROOT\"" + shellWord(text(step, "target")));
}
std::string mountPrepare(const MadeStep& step) {
    return step.detail("target").empty() ? mountOn(step, "\"$TARGET\"") : mountAttach(step);
}
std::string remountReadonly(const std::string& path) {
    return "mount -o remount,bind,ro " + path;
}
std::string pathReadonly(const MadeStep& step) {
    const auto path = shellPath(text(step, "path"));
    return "mount --rbind " + path + " " + path + "\n" + remountReadonly(path);
}
std::string pathMask(const MadeStep& step) {
    const bool isFolder = step.detail("kind") == "folder";
    return (isFolder ? "mount -t tmpfs -o ro,mode=555,size=4k tmpfs " : "mount --bind /dev/null ") +
           shellPath(text(step, "path"));
}
std::string rootEnter(const MadeStep& step) {
    return step.detail("how") == "move" ? "cd \"$ROOT\" && mount --move . / && chroot ."
                                        : "cd \"$ROOT\" && pivot_root . . && umount --lazy .";
}

// ---- files ----

std::string fileWrite(const MadeStep& step) {
    const bool isTold = std::any_of(step.details.begin(), step.details.end(),
                                    [](const auto& detail) { return detail.first == "content"; });
    return isTold ? "cat > " + shellPath(text(step, "path")) + " " + heredoc(text(step, "content")) +
                        ownerAndMode(step)
                  : std::string();
}
std::string deviceMake(const MadeStep& step) {
    const auto path = shellPath(text(step, "path"));
    std::string command =
        "mknod" + option("-m", text(step, "mode")) + " -- " + path + " " + shellWord(text(step, "kind"));
    for (const auto& number : split(step.detail("number"), ':'))
        command += " " + shellWord(number);
    if (const auto uid = text(step, "uid"); !uid.empty())
        command += "\nchown " + operand(uid + ":" + text(step, "gid")) + " " + path;
    return command;
}
std::string folderMake(const MadeStep& step) {
    return "mkdir -p " + shellPath(text(step, "path")) + ownerAndMode(step);
}
std::string sysctlWrite(const MadeStep& step) {
    auto path = text(step, "path");
    if (!path.starts_with('/'))
        path = "/proc/sys/" + by_hand::settingPath(path);
    const auto command = writeTo(text(step, "value"), shellPath(path));
    // The redirection is the shell's, who is not in there: a shell in there does it.
    return step.detail("namespace") == "container" ? inNetwork(step, "sh -c " + shellWord(command)) : command;
}

// ---- network ----

std::string bridgeCreate(const MadeStep& step) {
    const auto name = shellWord(text(step, "name"));
    std::string commands = "ip link add name " + name + option("address", text(step, "mac")) +
                           option("mtu", text(step, "mtu")) + " type bridge";
    for (const auto& address : every(step, "address"))
        commands += "\nip address add " + shellWord(address) + " dev " + name;
    return commands + "\nip link set dev " + name + " up";
}
std::string vethCreate(const MadeStep& step) {
    const auto host = shellWord(text(step, "host"));
    return "ip link add name " + host + option("mtu", text(step, "mtu")) + " type veth peer name " +
           shellWord(text(step, "inside")) + option("address", text(step, "mac")) +
           option("mtu", text(step, "mtu")) + " netns \"$PID\"\nip link set dev " + host + " master " +
           shellWord(text(step, "bridge"));
}
std::string linkCreate(const MadeStep& step) {
    const auto kind = text(step, "kind");
    const auto inside = text(step, "inside");
    return "ip link add" + option("link", text(step, "parent")) + " name " +
           shellWord(inside.empty() ? text(step, "name") : inside) + option("address", text(step, "mac")) +
           (inside.empty() ? "" : " netns \"$PID\"") + " type " + shellWord(kind) +
           option("mode", text(step, "mode")) + option("id", text(step, "vlan"));
}
std::string addressAdd(const MadeStep& step) {
    return inNetwork(step, "ip address add " + shellWord(text(step, "address")) + " dev " +
                               shellWord(text(step, "interface")));
}
std::string linkUp(const MadeStep& step) {
    return inNetwork(step, "ip link set dev " + shellWord(text(step, "interface")) + " up");
}
std::string routeAdd(const MadeStep& step) {
    return inNetwork(step, "ip route add " + shellWord(text(step, "destination")) +
                               option("via", text(step, "gateway")) + option("dev", text(step, "interface")));
}
std::string nftRun(const MadeStep& step) {
    return inNetwork(step, "nft -f - " + heredoc(text(step, "commands")));
}

// ---- cgroups, namespaces, limits ----

std::string cgroupCreate(const MadeStep& step) {
    return "mkdir -p " + shellPath(text(step, "hierarchy") + text(step, "path"));
}
std::string cgroupWrite(const MadeStep& step) {
    return writeTo(text(step, "value"), shellPath(text(step, "file")));
}
std::string clone(const MadeStep& step) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kWords{
        {{"CLONE_NEWUSER", "--user"},
         {"CLONE_NEWNS", "--mount"},
         {"CLONE_NEWUTS", "--uts"},
         {"CLONE_NEWIPC", "--ipc"},
         {"CLONE_NEWNET", "--net"},
         {"CLONE_NEWPID", "--pid"},
         {"CLONE_NEWCGROUP", "--cgroup"},
         {"CLONE_NEWTIME", "--time"}}};
    const auto flags = split(step.detail("flags"), '|');
    std::string command = "unshare";
    for (const auto& [flag, word] : kWords) {
        if (std::find(flags.begin(), flags.end(), flag) != flags.end())
            command.append(" ").append(word);
    }
    return command + " --fork sh";
}
std::string namespaceJoin(const MadeStep& step) {
    auto type = text(step, "type");
    if (type == "network")
        type = "net";
    return "nsenter " + shellWord("--" + type + "=" + text(step, "path")) + " sh";
}
std::string idMap(const MadeStep& step) {
    const auto lines = replaced(replaced(text(step, "map"), ':', ' '), ',', '\n');
    return writeTo(lines,
                   "\"/proc/$PID/" + std::string(step.detail("kind") == "gid" ? "gid" : "uid") + "_map\"");
}
std::string limitSet(const MadeStep& step) {
    return "prlimit --pid \"$PID\" " +
           shellWord("--" + text(step, "name") + "=" + text(step, "soft") + ":" + text(step, "hard"));
}

// ---- the process ----

std::string boundingDrop(const MadeStep& step) {
    std::string set = "-all";
    for (const auto& name : split(step.detail("keep"), ','))
        set += ",+" + name;
    return "setpriv --bounding-set " + shellWord(set) + " sh";
}
std::string identitySet(const MadeStep& step) {
    const auto groups = text(step, "groups");
    return "setpriv" + option("--reuid", text(step, "uid")) + option("--regid", text(step, "gid")) +
           (groups.empty() ? " --clear-groups" : option("--groups", groups)) + " sh";
}
std::string capabilitiesSet(const MadeStep& step) {
    Words clauses{"="}; // none
    for (const auto& [key, letter] :
         {std::pair("effective", "e"), std::pair("permitted", "p"), std::pair("inheritable", "i")}) {
        Words names;
        for (const auto& name : split(step.detail(key), ','))
            names.push_back(name.starts_with("cap_") ? name : "cap_" + name);
        if (!names.empty())
            clauses.push_back(joined(names, ",") + "+" + letter);
    }
    return "capsh " + shellWord("--caps=" + joined(clauses, " ")) + " --";
}
// Quoted anew, whatever the record has: it is a record of what strangers have chosen.
Words wordsOf(const MadeStep& step, const char* key) {
    return readShellWords(step.detail(key)).value_or(Words{text(step, key)});
}
std::string execute(const MadeStep& step) {
    const auto folder = text(step, "folder");
    std::string command = folder.empty() || folder == "/" ? "" : "cd " + shellPath(folder) + "\n";
    command += "exec env -i";
    for (const auto& variable : wordsOf(step, "environment")) {
        if (!variable.starts_with('-') &&
            variable.find('=') != std::string::npos) // else an option, or the program
            command += " " + shellWord(variable);
    }
    auto arguments = wordsOf(step, "arguments");
    if (!arguments.empty() && arguments.front().starts_with('-'))
        arguments.front().insert(0, "./");
    return command + (arguments.empty() ? "" : " " + shellWords(arguments));
}

struct Entry {
    std::string_view operation;
    const char* manPage;
    std::string (*command)(const MadeStep& step); // null: a shell has no word for it
};

constexpr auto kEntries = std::to_array<Entry>({
    {"layer-mount", "fsopen(2)", layerMount},
    {"layer-shift", "mount_setattr(2)", layerShift},
    {"overlay-mount", "mount(2)", overlayMount},
    {"tmpfs-mount", "tmpfs(5)", tmpfsMount},
    {"file-write", "open(2)", fileWrite},
    {"source-open", "open_tree(2)", sourceOpen},
    {"bridge-create", "rtnetlink(7)", bridgeCreate},
    {"sysctl-write", "proc(5)", sysctlWrite},
    {"veth-create", "veth(4)", vethCreate},
    {"link-create", "rtnetlink(7)", linkCreate},
    {"address-add", "rtnetlink(7)", addressAdd},
    {"link-up", "netdevice(7)", linkUp},
    {"route-add", "rtnetlink(7)", routeAdd},
    {"port-isolate", "bridge(8)",
     [](const MadeStep& step) {
         return "bridge link set dev " + shellWord(text(step, "interface")) + " isolated on";
     }},
    {"nft-run", "nft(8)", nftRun},
    {"names-serve", "resolv.conf(5)", nullptr},
    {"port-reserve", "bind(2)", nullptr},
    {"runtime-start", "execve(2)", nullptr},
    {"cgroup-create", "cgroups(7)", cgroupCreate},
    {"cgroup-write", "cgroups(7)", cgroupWrite},
    {"cgroup-device", "bpf(2)", nullptr},
    {"cgroup-delegate", "cgroups(7)",
     [](const MadeStep& step) {
         return "chown -R " + operand(text(step, "uid") + ":" + text(step, "gid")) + " " +
                shellPath(text(step, "path"));
     }},
    {"netns-create", "network_namespaces(7)",
     [](const MadeStep&) { return std::string("unshare --net sh"); }},
    {"mount-prepare", "open_tree(2)", mountPrepare},
    {"clone3", "clone(2)", clone},
    {"id-map", "user_namespaces(7)", idMap},
    {"namespace-join", "setns(2)", namespaceJoin},
    {"netns-enter", "setns(2)", nullptr},
    {"timens-create", "time_namespaces(7)", [](const MadeStep&) { return std::string("unshare --time sh"); }},
    {"mount-idmap", "mount_setattr(2)",
     [](const MadeStep& step) {
         const auto target = "\"$ROOT\"" + shellWord(text(step, "target"));
         return "mount --bind " + mountOptions({idmapOption(step)}) + target + " " + target;
     }},
    {"seccomp-compile", "seccomp(2)", nullptr},
    {"go-wait", "unix(7)", nullptr},
    {"hooks-wait", "unix(7)", nullptr},
    {"scope-start", "systemd.scope(5)", nullptr},
    {"root-stage", "move_mount(2)", nullptr},
    {"descriptor-set", "dup(2)", nullptr},
    {"label-open", "proc(5)", nullptr},
    {"rlimit", "getrlimit(2)", limitSet},
    {"oom-score", "proc(5)",
     [](const MadeStep& step) { return writeTo(text(step, "value"), "\"/proc/$PID/oom_score_adj\""); }},
    {"start", "unix(7)", nullptr},
    {"session", "setsid(2)", [](const MadeStep&) { return std::string("setsid sh"); }},
    {"cgroup-join", "cgroups(7)",
     [](const MadeStep& step) { return "echo \"$$\" > " + shellPath(text(step, "file")); }},
    {"user-root", "setuid(2)",
     [](const MadeStep& step) {
         return "setpriv" + option("--reuid", text(step, "uid")) + option("--regid", text(step, "gid")) +
                " --clear-groups sh";
     }},
    {"cgroup-namespace", "cgroup_namespaces(7)",
     [](const MadeStep&) { return std::string("unshare --cgroup sh"); }},
    {"keyring", "keyctl(2)", [](const MadeStep&) { return std::string("keyctl session - sh"); }},
    {"hostname-set", "sethostname(2)",
     [](const MadeStep& step) { return "hostname " + operand(text(step, "name")); }},
    {"domainname-set", "setdomainname(2)",
     [](const MadeStep& step) { return "domainname " + operand(text(step, "name")); }},
    {"mounts-private", "mount_namespaces(7)",
     [](const MadeStep&) { return std::string("mount --make-rprivate /"); }},
    {"filesystem-make", "fsopen(2)", [](const MadeStep& step) { return mountOn(step, "\"$TARGET\""); }},
    {"root-enter", "pivot_root(2)", rootEnter},
    {"mount-attach", "move_mount(2)", mountAttach},
    {"mount-readonly", "mount_setattr(2)",
     [](const MadeStep& step) { return remountReadonly(shellPath(text(step, "target"))); }},
    {"device-make", "mknod(2)", deviceMake},
    {"link-make", "symlink(2)",
     [](const MadeStep& step) {
         return "ln -s -- " + shellWord(text(step, "target")) + " " + shellPath(text(step, "path"));
     }},
    {"path-mask", "mount(2)", pathMask},
    {"path-readonly", "mount_setattr(2)", pathReadonly},
    {"root-readonly", "mount_setattr(2)", [](const MadeStep&) { return remountReadonly("/"); }},
    {"propagation-set", "mount_namespaces(7)",
     [](const MadeStep& step) { return "mount " + shellWord("--make-" + text(step, "value")) + " /"; }},
    {"folder-make", "mkdir(2)", folderMake},
    {"folder-enter", "chdir(2)", [](const MadeStep& step) { return "cd " + shellPath(text(step, "path")); }},
    {"terminal-open", "pty(7)", nullptr},
    {"umask-set", "umask(2)", [](const MadeStep& step) { return "umask " + operand(text(step, "value")); }},
    {"descriptors-close", "close_range(2)", nullptr},
    {"bounding-drop", "capabilities(7)", boundingDrop},
    {"identity-set", "setuid(2)", identitySet},
    {"capabilities-set", "capabilities(7)", capabilitiesSet},
    {"no-new-privileges", "prctl(2)",
     [](const MadeStep&) { return std::string("setpriv --no-new-privs sh"); }},
    {"seccomp-load", "seccomp(2)", nullptr},
    {"personality-set", "personality(2)", nullptr},
    {"home-find", "passwd(5)", nullptr},
    {"program-find", "environ(7)",
     [](const MadeStep& step) { return "command -v -- " + shellWord(text(step, "program")); }},
    {"label-write", "apparmor(7)", nullptr},
    {"hook-run", "execve(2)", [](const MadeStep& step) { return shellPath(text(step, "path")); }},
    {"start-wait", "unix(7)", nullptr},
    {"execute", "execve(2)", execute},
});

} // namespace

ShellEquivalent shellEquivalent(const MadeStep& step) {
    const auto entry = std::find_if(kEntries.begin(), kEntries.end(),
                                    [&](const Entry& one) { return one.operation == step.operation; });
    if (entry == kEntries.end())
        return {};
    return {entry->command == nullptr ? std::string() : entry->command(step), entry->manPage};
}

} // namespace escale
