// What a script needs of the record of a start, put together from its steps: where each thing is for the
// container that exists, and what stands for it beside that one. Pure; for the script's writer and
// shell_equivalent.cpp. Everything here is a stranger's text until it is quoted (base/shell_word.h); what
// would become the path of a file that root writes is checked here.
#pragma once

#include "engine/base/made_step.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace escale::by_hand {

using Words = std::vector<std::string>;

Words split(std::string_view list, char separator);
/// Every value of a detail that may stand there several times.
Words every(const MadeStep& step, std::string_view key);
/// A detail; empty when there is none.
std::string text(const MadeStep& step, std::string_view key);
/// The command that writes `value` and a newline to `file`, which is a word of the shell already.
std::string writeTo(const std::string& value, const std::string& file);
/// Letters, digits, "_", "." and "-" alone, the first one no "-", "." and at most `most` of them; others
/// become "-".
std::string safeName(std::string_view name, std::size_t most);
/// One line for a comment: no control character, at most 200 bytes.
std::string commentText(std::string_view text);
/// No "..", no empty part, and no character that a path of the kernel's settings does not have.
bool isPlainPath(std::string_view path);

/// "net.ipv4.conf.eth0/1.forwarding", as sysctl(8) takes it, below /proc/sys.
std::string settingPath(std::string name);

struct Layer {
    std::string source; // a file, a folder; or "$WORK/layers/N" of another one, see isOurs
    bool isOurs = false;
    std::string type; // "erofs", "bind"; empty: shifted
    std::string map;
    std::size_t place = 0; // $WORK/layers/<place>
};

struct Bind {
    std::string source; // a path of this machine, as the record has it
    bool isRecursive = false;
    std::string options; // without "bind" and "rbind"
    std::string map;
    std::string groupMap;   // empty: the same
    std::string what;       // for the comment: "the volume data"
    bool isMissing = false; // nobody but the engine has it (a secret)
};

struct Cgroup {
    std::string hierarchy;                                        // mount point
    std::string path;                                             // of the recorded one, below it
    std::vector<std::pair<std::string, std::string>> writes;      // file's name, value
    std::vector<std::pair<std::string, std::string>> deviceRules; // "allow" or "deny", "c 1:3 rwm"
};

struct Cable {
    const MadeStep* link = nullptr; // veth-create or link-create
    std::string inside;
    Words addresses;    // other ones than the recorded
    Words oldAddresses; // the recorded ones, in the same order
    std::vector<const MadeStep*> routes;
    bool isIsolated = false;
};

/// Another address of the same subnet: 100 further, and neither the subnet's first or last nor one of
/// `taken`. The same when there is none, or it is no address.
std::string otherAddress(const std::string& addressWithPrefix, const Words& taken);

/// The lines of a uid_map that show a folder's owner as the container's root need one more: files of the
/// range's other ids are whose they are. `map`: "1000:1879048192:1".
std::string completedMap(const std::string& map);

/// Bits of names like "cap_chown", "CAP_CHOWN" or "chown", "," between; or of a number ("0x…"). What is no
/// capability is left out.
std::uint64_t capabilityMask(std::string_view list);
/// "chown dac_override".
std::string capabilityNames(std::uint64_t mask);

struct Plan {
    explicit Plan(const MadeSteps& steps);

    [[nodiscard]] const MadeStep* find(std::string_view operation) const;
    [[nodiscard]] bool hasFlag(std::string_view flag) const; // of clone3
    [[nodiscard]] std::string idMap(std::string_view kind) const;
    /// The id that the container's root has out here; empty where ids are not shifted.
    [[nodiscard]] std::string rootId(std::string_view kind) const;

    std::vector<const MadeStep*> steps; // without those that are told twice
    std::vector<Layer> layers;          // as they are mounted, a layer after what it is made of
    Words lower;                        // names below $WORK/layers, top first
    std::vector<Bind> binds;
    std::map<const MadeStep*, std::size_t> bindOf; // of a mount-attach
    std::vector<Cgroup> cgroups;
    std::vector<Cable> cables;
    std::vector<const MadeStep*> files; // file-write and device-make of the engine that a bind shows
    bool makesNetwork = false;
    bool hasUsers = false; // a user namespace

private:
    void planLayers();
    void planBinds();
    void planBind(const MadeStep& attach);
    void planCgroups();
    void planDeviceRules(const MadeStep& step);
    void planCables();
};

} // namespace escale::by_hand
