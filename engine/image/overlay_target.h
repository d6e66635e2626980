// Writing on top of a file system without mounting it: what COPY does goes into an empty folder that becomes
// overlayfs' upper one (Linux: Documentation/filesystems/overlayfs.rst). Paths are those of the two together:
// relative to the root, clean, empty for the root itself. What is changed in a folder of the parent brings
// that folder up with its attributes, as overlayfs would. Nothing is removed from the parent but what a file
// or folder of the same name hides. Nobody else works in `upper`; the parent is only read.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/image/entry_attributes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <unordered_map>
#include <vector>

namespace escale {

class OverlayTarget {
public:
    /// Borrowed. `parent`: -1: there is none. `latest`: seconds since 1970; no time is later.
    OverlayTarget(int parent, int upper, std::optional<std::int64_t> latest)
        : m_parent(parent)
        , m_upper(upper)
        , m_latest(latest) {}

    /// Before anything else.
    Result<void> begin();
    /// Where a path ends when all its links are followed within the root; what is not there stays in it.
    Result<std::string> follow(const std::string& path);
    /// Follows no link. Nothing: not there.
    Result<std::optional<struct stat>> find(const std::string& path);

    /// The folder and those above it: brought up, or made with these attributes. InvalidArgument: something
    /// else has one of the names. Says whether any was made.
    Result<bool> makeFolders(const std::string& path, const EntryAttributes& attributes);
    /// The folder, whose parent is there, is made if it has to be, and has the attributes in any case.
    /// InvalidArgument: a file has the name.
    Result<void> putFolder(const std::string& path, const EntryAttributes& attributes);
    /// The same for a folder of which something in it is wanted: one that is there gets the mode alone.
    Result<void> putFolderOnWay(const std::string& path, const EntryAttributes& attributes);
    /// Of a folder that was brought up or made.
    Result<void> setTimes(const std::string& path, const EntryAttributes& from);

    /// The folder, open in `upper`, to make `name` in: what has the name now is gone, or hidden by what is
    /// made. InvalidArgument: it is a folder. Good until the next call.
    Result<int> makeRoom(const std::string& folder, const std::string& name);
    /// The same without a look at the name, when nothing of the parent can have it; -1: makeRoom() has to
    /// look.
    Result<int> enter(const std::string& folder);

    /// The folder as it is in `upper`, where it has been brought or made. Good until the next call.
    Result<int> opened(const std::string& folder);

    /// An archive's entry `name` is about to be extracted into the folder `path`: brings up the folders and
    /// links that it meets there.
    Result<void> prepareEntry(const std::string& path, const std::string& name);
    /// Something was extracted: the folders in `path` are as they are now.
    Result<void> adopt(const std::string& path);

    /// No later than it may be.
    [[nodiscard]] timespec clamped(timespec time) const;
    /// The attributes of folders, at the end: what is made in them changes their times.
    Result<void> finish();

private:
    struct Folder {
        EntryAttributes attributes;
        bool isInParent = false;
        bool isTouched = false;  // what is in it has changed, and its time with that
        bool keepsTimes = false; // those of `attributes`, all the same
    };
    struct Open {
        std::string path;
        UniqueFd upper, parent; // parent: invalid when it has no such folder
    };
    Result<Open*> open(const std::string& path, const EntryAttributes* made, bool* isMade = nullptr);
    Result<void> goDown(const std::string& name, const EntryAttributes* made, bool* isMade);
    Result<bool> bringUp(Open& above, const std::string& path, const std::string& name);
    Result<void> bringUpLink(const std::string& path, const struct stat& info);
    [[nodiscard]] static Result<EntryAttributes> attributesOf(int folder, const std::string& path);

    int m_parent, m_upper;
    std::optional<std::int64_t> m_latest;
    std::unordered_map<std::string, Folder> m_folders; // in `upper`
    std::vector<Open> m_way;                           // the root, and the folders down to the last one used
};

} // namespace escale
