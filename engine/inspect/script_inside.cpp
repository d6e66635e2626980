// What the script's own first process does: it becomes root of its namespaces, makes names and file systems,
// and then the program.
#include "engine/inspect/script_functions.h"
#include "engine/inspect/script_writer.h"

#include <array>
#include <cinttypes>
#include <cstdio>

namespace escale::by_hand {
namespace {

std::string hex(std::uint64_t mask) {
    std::array<char, 32> words{};
    std::snprintf(words.data(), words.size(), "0x%" PRIx64, mask);
    return words.data();
}

bool isNumber(std::string_view words) {
    return !words.empty() && words.size() <= 10 &&
           words.find_first_not_of("0123456789") == std::string_view::npos;
}

// As it stands in perl, where nothing but a number may.
std::string numberOr0(const MadeStep* step, std::string_view key) {
    const std::string_view words = step == nullptr ? std::string_view() : step->detail(key);
    return isNumber(words) ? std::string(words) : "0";
}

} // namespace

void ScriptWriter::writeBecomeRoot() {
    line("\n# ---- From here on: the container's first process ----");
    begin("Says which process it is (this /proc is the machine's still) and waits until the ids are mapped" +
              std::string(m_plan.hasUsers
                              ? ", then becomes root\n# of its user namespace. What it sees as the "
                                "cgroups' root is where it is now. setpriv(1), cgroup_namespaces(7)"
                              : ".\n# What it sees as the cgroups' root is where it is now. "
                                "cgroup_namespaces(7)"),
          "first_process");
    indented("read -r pid _ < /proc/self/stat");
    indented("echo \"$pid\" > \"$WORK/pid\"");
    indented("until [ -e \"$WORK/go\" ]; do sleep 0.01; done");
    std::string command = "exec";
    if (m_plan.hasUsers) {
        const MadeStep* root = m_plan.find("user-root");
        const auto id = [&](const char* key) {
            return shellWord(root == nullptr || root->detail(key).empty() ? "0" : text(*root, key));
        };
        command += " setpriv --reuid " + id("uid") + " --regid " + id("gid") +
                   " --clear-groups --inh-caps=-all --ambient-caps=-all";
    }
    if (has("cgroup-namespace") || m_plan.hasFlag("CLONE_NEWCGROUP"))
        command += " unshare --cgroup";
    indented(command + " /bin/sh \"$WORK/script\" --root \"$WORK\"");
    end();
}

void ScriptWriter::writeName(const MadeStep& step) {
    const auto name = text(step, "name"); // by its tool: the file of /proc is the machine's root's
    indented((step.operation == "hostname-set" ? "hostname " : "domainname ") +
             std::string(name.starts_with('-') ? "-- " : "") + shellWord(name));
}

void ScriptWriter::writeSetting(const MadeStep& step) {
    const auto name = settingPath(text(step, "path"));
    if (isPlainPath(name))
        indented(writeTo(text(step, "value"), "/proc/sys/" + name));
}

void ScriptWriter::writeMount(const MadeStep& step) {
    const auto target = shellPath(text(step, "target"));
    if (const auto bind = m_plan.bindOf.find(&step); bind != m_plan.bindOf.end()) {
        if (!m_plan.binds[bind->second].isMissing)
            indented("attach " + std::to_string(bind->second) + " " + target);
        return;
    }
    std::string options;
    for (const auto& word : split(step.detail("options"), ',')) {
        if (word != "tmpcopyup") // the folder's files again, which mount(8) cannot
            options += (options.empty() ? "" : ",") + word;
    }
    const auto source = text(step, "source");
    const auto type = text(step, "type");
    indented("at folder " + target);
    indented("mount -t " + shellWord(type) + (options.empty() ? "" : " -o " + shellWord(options)) + " " +
             shellPath(source.empty() ? type : source) + " \"$AT\"");
}

std::string ScriptWriter::atParent(const std::string& path) {
    const auto slash = path.rfind('/');
    indented("at folder " +
             shellPath(slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash)));
    return "\"$AT\"/" + shellWord(path.substr(slash + 1)); // npos + 1 = 0
}

void ScriptWriter::writeLink(const MadeStep& step) {
    const auto place = atParent(text(step, "path"));
    indented("[ -e " + place + " ] || [ -L " + place + " ] || ln -s -- " + shellWord(text(step, "target")) +
             " " + place);
}

void ScriptWriter::writeDevice(const MadeStep& step) {
    const auto place = atParent(text(step, "path"));
    std::string numbers;
    for (const auto& number : split(step.detail("number"), ':'))
        numbers += " " + shellWord(number);
    indented("[ -e " + place + " ] || mknod -m " + shellWord("0" + text(step, "mode")) + " " + place + " " +
             shellWord(text(step, "kind")) + numbers);
}

// The steps of the container's own process that its file systems and names are made of; what has no
// equivalent is told at the top, what is done elsewhere is passed over.
void ScriptWriter::writeInside(const MadeStep& step) {
    using Writer = void (ScriptWriter::*)(const MadeStep& step);
    static constexpr std::array<std::pair<std::string_view, Writer>, 6> kWriters{
        {{"hostname-set", &ScriptWriter::writeName},
         {"domainname-set", &ScriptWriter::writeName},
         {"sysctl-write", &ScriptWriter::writeSetting},
         {"mount-attach", &ScriptWriter::writeMount},
         {"link-make", &ScriptWriter::writeLink},
         {"device-make", &ScriptWriter::writeDevice}}};
    const std::string_view operation = step.operation;
    for (const auto& [name, writer] : kWriters) {
        if (name == operation)
            return (this->*writer)(step);
    }
    const auto path = shellPath(text(step, "path"));
    if (operation == "mount-readonly") {
        indented("at folder " + shellPath(text(step, "target")));
        indented("mount -o remount,bind,ro \"$AT\"");
    } else if (operation == "path-mask") {
        indented("mask " + path);
    } else if (operation == "path-readonly") {
        indented("read_only " + path);
    } else if (operation == "folder-make") {
        indented("at folder " + path);
    } else if (operation == "root-readonly") {
        indented("mount -o remount,bind,ro \"$ROOT\"");
    } else if (operation == "propagation-set") {
        indented("mount " + shellWord("--make-" + text(step, "value")) + " \"$ROOT\"");
    } else if (operation == "terminal-open") {
        note("The container has a terminal of its own, from its /dev/pts; by hand the program has this one.");
    } else if (operation == "personality-set" || operation == "label-write" || operation == "hook-run") {
        note("Left out by hand: " + step.operation + " " + text(step, "value") + text(step, "path"));
    }
}

void ScriptWriter::writeContainer() {
    m_text += kAt;
    if (has("path-mask"))
        m_text += kMask;
    if (has("path-readonly"))
        m_text += kReadonly;
    begin("Names, settings and file systems, as root of the container's namespaces. The root is shown on "
          "itself: it\n"
          "# becomes a mount that can be the namespace's root. hostname(1), mount(8), ln(1)",
          "make_container");
    indented("ROOT=$WORK/rootfs");
    indented("mount --rbind \"$ROOT\" \"$ROOT\"");
    for (const auto* step : m_plan.steps) {
        if (step->by == MadeBy::Container)
            writeInside(*step);
    }
    end();
}

void ScriptWriter::writeIdentity() {
    const MadeStep* identity = m_plan.find("identity-set");
    const MadeStep* bounding = m_plan.find("bounding-drop");
    const std::uint64_t keep = bounding == nullptr ? ~0ULL : capabilityMask(bounding->detail("keep"));
    std::size_t count = 0;
    std::string groups;
    for (const auto& group :
         split(identity == nullptr ? std::string_view() : identity->detail("groups"), ',')) {
        if (!isNumber(group))
            continue;
        groups += (count++ == 0 ? "" : ", ") + group;
    }
    perl("foreach my $capability (0 .. 63) { # kept: " + capabilityNames(keep));
    perl("    next if " + hex(keep) + " >> $capability & 1;");
    perl("    syscall($numbers{prctl}, 24, $capability, 0, 0, 0); # PR_CAPBSET_DROP; the kernel knows fewer");
    perl("}");
    perl("call(\"prctl\", 8, 1, 0, 0, 0); # PR_SET_KEEPCAPS");
    perl("my $groups = pack(\"L*\", " + (count == 0 ? "()" : groups) + ");");
    perl("call(\"setgroups\", " + std::to_string(count) + ", $groups);");
    for (const auto& [call, key] : {std::pair("setresgid", "gid"), std::pair("setresuid", "uid")}) {
        const auto id = numberOr0(identity, key);
        perl(std::string("call(\"") + call + "\", " + id + ", " + id + ", " + id + ");");
    }
}

void ScriptWriter::writeCapabilities() {
    const MadeStep* sets = m_plan.find("capabilities-set");
    if (sets == nullptr)
        return;
    std::string low;
    std::string high;
    for (const char* key : {"effective", "permitted", "inheritable"}) {
        const auto mask = capabilityMask(sets->detail(key));
        low += ", " + hex(mask & 0xffffffffULL);
        high += ", " + hex(mask >> 32);
    }
    perl("my ($version, $sets) = (pack(\"LL\", 0x20080522, 0), pack(\"L6\"" + low + high + "));");
    perl("call(\"capset\", $version, $sets); # effective, permitted, inheritable");
    perl("call(\"prctl\", 47, 4, 0, 0, 0); # PR_CAP_AMBIENT_CLEAR_ALL");
    const auto ambient = capabilityMask(sets->detail("ambient"));
    for (unsigned capability = 0; capability < 64; ++capability) {
        if ((ambient >> capability & 1) != 0)
            perl("call(\"prctl\", 47, 2, " + std::to_string(capability) + ", 0, 0); # PR_CAP_AMBIENT_RAISE");
    }
}

// The variables go to perl as arguments: one of the container's could else mean something to perl itself.
void ScriptWriter::writeExecution() {
    const MadeStep none;
    const MadeStep* found = m_plan.find("execute");
    const MadeStep& execute = found == nullptr ? none : *found;
    const auto variables = readShellWords(execute.detail("environment")).value_or(Words());
    const auto arguments =
        readShellWords(execute.detail("arguments")).value_or(Words{text(execute, "arguments")});
    auto program = text(execute, "program");
    if (program.empty() && !arguments.empty())
        program = arguments.front();
    const auto folder = text(execute, "folder");
    perl("$SIG{$_} = \"DEFAULT\" foreach qw(HUP INT QUIT TERM PIPE);");
    perl("%ENV = map { /^([^=]*)=(.*)$/s ? ($1, $2) : () } splice(@ARGV, 0, $variables);");
    perl("exec { $program } @ARGV or die \"$program: $!\\n\";");
    indented("' -- \"$(uname -m)\" " + shellWord(program) + " " + shellWord(folder.empty() ? "/" : folder) +
             " " + std::to_string(variables.size()) + " \\");
    for (const auto& variable : variables)
        line("        " + shellWord(variable) + " \\");
    line("        " + shellWords(arguments));
}

void ScriptWriter::writeProgram() {
    std::string mask;
    for (const auto* step : m_plan.steps) {
        if (step->operation == "umask-set") // the last one is the program's
            mask = text(*step, "value");
    }
    const bool isOctal =
        !mask.empty() && mask.size() <= 5 && mask.find_first_not_of("01234567") == std::string::npos;
    begin("Goes into the new root, leaves the machine's behind, gives up what the program is not to have, "
          "and becomes\n"
          "# it. All in one process, because no tool of this machine is in sight any more. pivot_root(2), "
          "capabilities(7),\n# execve(2)",
          "become_program");
    indented("umask " + (isOctal ? mask : "022"));
    indented("cd \"$ROOT\"");
    m_text += "    exec perl -e '";
    m_text += kBecome;
    perl("my ($program, $folder, $variables) = splice(@ARGV, 0, 3);");
    perl("my $here = \".\";");
    perl("call(\"pivot_root\", $here, $here); # now the old root lies on the new one,");
    perl("call(\"umount2\", $here, 2); # and goes: MNT_DETACH");
    perl("chdir(\"/\") && chdir($folder) or die \"$folder: $!\\n\";");
    writeIdentity();
    writeCapabilities();
    if (has("no-new-privileges"))
        perl("call(\"prctl\", 38, 1, 0, 0, 0); # PR_SET_NO_NEW_PRIVS");
    perl("# Here the engine loads its seccomp filter. seccomp(2)");
    writeExecution();
    end();
}

} // namespace escale::by_hand
