#include "engine/runtime/spec/mount_options.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <sys/mount.h>

namespace escale::spec {
namespace {

struct AttributeWord {
    std::string_view word;
    std::uint64_t set;
    std::uint64_t clear;
};

// Each access-time mode replaces the others: the kernel wants the whole field cleared with it.
constexpr std::array<AttributeWord, 16> kAttributes{
    {{"ro", MOUNT_ATTR_RDONLY, 0},
     {"rw", 0, MOUNT_ATTR_RDONLY},
     {"nosuid", MOUNT_ATTR_NOSUID, 0},
     {"suid", 0, MOUNT_ATTR_NOSUID},
     {"nodev", MOUNT_ATTR_NODEV, 0},
     {"dev", 0, MOUNT_ATTR_NODEV},
     {"noexec", MOUNT_ATTR_NOEXEC, 0},
     {"exec", 0, MOUNT_ATTR_NOEXEC},
     {"noatime", MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME},
     {"relatime", MOUNT_ATTR_RELATIME, MOUNT_ATTR__ATIME},
     {"strictatime", MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME},
     {"atime", MOUNT_ATTR_RELATIME, MOUNT_ATTR__ATIME},
     {"nodiratime", MOUNT_ATTR_NODIRATIME, 0},
     {"diratime", 0, MOUNT_ATTR_NODIRATIME},
     {"nosymfollow", MOUNT_ATTR_NOSYMFOLLOW, 0},
     {"symfollow", 0, MOUNT_ATTR_NOSYMFOLLOW}}};

struct PropagationWord {
    std::string_view word;
    std::uint64_t flag;
};
constexpr std::array<PropagationWord, 8> kPropagation{{{"private", MS_PRIVATE},
                                                       {"rprivate", MS_PRIVATE},
                                                       {"slave", MS_SLAVE},
                                                       {"rslave", MS_SLAVE},
                                                       {"shared", MS_SHARED},
                                                       {"rshared", MS_SHARED},
                                                       {"unbindable", MS_UNBINDABLE},
                                                       {"runbindable", MS_UNBINDABLE}}};

const AttributeWord* findAttribute(std::string_view word) {
    const auto* found = std::find_if(kAttributes.begin(), kAttributes.end(),
                                     [&](const auto& entry) { return entry.word == word; });
    return found == kAttributes.end() ? nullptr : found;
}

bool sortAttribute(const std::string& option, MountOptions& sorted) {
    if (const auto* attribute = findAttribute(option)) {
        sorted.attributesSet = (sorted.attributesSet & ~attribute->clear) | attribute->set;
        sorted.attributesCleared = (sorted.attributesCleared & ~attribute->set) | attribute->clear;
        return true;
    }
    if (const auto* recursive =
            option.size() > 1 && option[0] == 'r' ? findAttribute(option.substr(1)) : nullptr) {
        sorted.attributesSet |= recursive->set;
        sorted.recursiveSet |= recursive->set;
        return true;
    }
    return false;
}

} // namespace

MountOptions sortMountOptions(const std::vector<std::string>& options, const std::string& type) {
    MountOptions sorted;
    for (const auto& option : options) {
        const auto* propagation = std::find_if(kPropagation.begin(), kPropagation.end(),
                                               [&](const auto& entry) { return entry.word == option; });
        if (propagation != kPropagation.end())
            sorted.propagation = propagation->flag;
        else if (option == "bind" || option == "rbind") {
            sorted.bind = true;
            sorted.recursive = option == "rbind";
        } else if (option == "tmpcopyup") {
            sorted.copyUp = true;
        } else if (option == "idmap" || option == "ridmap") {
            sorted.idmap = true;
            sorted.recursiveIdmap = option == "ridmap";
        } else if (option == "defaults" || option == "async" || option == "norelatime" ||
                   option == "nostrictatime" || option == "nomand" || option == "loud") {
            continue; // the kernel's own default
        } else if (!sortAttribute(option, sorted)) {
            sorted.filesystem.push_back(option);
        }
    }
    sorted.readonlyFilesystem = (sorted.attributesSet & MOUNT_ATTR_RDONLY) != 0;
    if (type == "bind")
        sorted.bind = true;
    return sorted;
}

std::vector<std::string> attributeWords(std::uint64_t attributes) {
    std::vector<std::string> words;
    for (const auto& entry : kAttributes) {
        if (entry.set != 0 && (attributes & entry.set) == entry.set)
            words.emplace_back(entry.word);
    }
    return words;
}

std::string propagationWord(std::uint64_t flag, bool recursive) {
    const auto* const found = std::find_if(kPropagation.begin(), kPropagation.end(),
                                           [&](const auto& entry) { return entry.flag == flag; });
    if (found == kPropagation.end())
        return {};
    return (recursive ? "r" : "") + std::string(found->word);
}

namespace {

// "rw", "suid", …; the access times' own words say by themselves what they clear, but for the default.
std::vector<std::string> clearedWords(const MountOptions& options) {
    std::vector<std::string> words;
    const bool isDefaultTime = (options.attributesSet & MOUNT_ATTR__ATIME) == MOUNT_ATTR_RELATIME;
    for (const auto& entry : kAttributes) {
        const bool isTime = entry.clear == MOUNT_ATTR__ATIME;
        if (entry.set == 0 && (options.attributesCleared & entry.clear) != 0 &&
            (!isTime || (isDefaultTime && entry.word == "relatime")))
            words.emplace_back(entry.word);
    }
    return words;
}

} // namespace

std::string mountOptionText(const MountOptions& options) {
    auto words = options.filesystem;
    const auto add = [&](const std::vector<std::string>& more, const char* prefix) {
        for (const auto& word : more)
            words.push_back(prefix + word);
    };
    if (options.bind)
        words.insert(words.begin(), options.recursive ? "rbind" : "bind");
    add(attributeWords(options.attributesSet), "");
    add(clearedWords(options), "");
    add(attributeWords(options.recursiveSet), "r");
    if (options.copyUp)
        words.emplace_back("tmpcopyup");
    const auto propagation = options.propagation != 0 ? options.propagation : std::uint64_t(MS_PRIVATE);
    if (options.bind || options.propagation != 0)
        words.push_back(propagationWord(propagation, options.recursive));
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : ",") + word;
    return text;
}

std::vector<std::string> mountOptionWords() {
    std::vector<std::string> words;
    for (const auto& attribute : kAttributes) {
        words.emplace_back(attribute.word);
        words.push_back("r" + std::string(attribute.word));
    }
    for (const auto& propagation : kPropagation)
        words.emplace_back(propagation.word);
    for (const char* word : {"bind", "rbind", "defaults", "async", "norelatime", "nostrictatime", "nomand",
                             "loud", "tmpcopyup", "idmap", "ridmap"})
        words.emplace_back(word);
    return words;
}

} // namespace escale::spec
