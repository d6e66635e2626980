// The folder a layer is unpacked into. Every path is resolved below that folder by descriptors, following no
// link (openat2(2)), and every object is made anew, so nothing that an entry says reaches beyond it. As what
// is unpacked later wins, an entry takes the place of an earlier one of the same name; a folder stays and
// gets the later entry's attributes. Whiteouts become what overlayfs mounted with `userxattr` reads. Not
// thread-safe.
#pragma once

#include "engine/base/unique_fd.h"
#include "engine/image/entry_attributes.h"
#include "engine/image/entry_path.h"

#include <sys/types.h>
#include <unordered_map>
#include <utility>
#include <vector>

namespace escale {

class LayerTree {
public:
    /// `root` is borrowed; an empty folder.
    static Result<LayerTree> create(int root);

    Result<void> makeDirectory(const EntryPath& path, EntryAttributes attributes);
    /// The new empty file, open for writing; complete it with finishFile().
    Result<UniqueFd> makeFile(const EntryPath& path);
    Result<void> finishFile(const UniqueFd& file, const EntryPath& path, const EntryAttributes& attributes);
    /// `target` is kept as it is.
    Result<void> makeSymlink(const EntryPath& path, const std::string& target,
                             const EntryAttributes& attributes);
    Result<void> makeFifo(const EntryPath& path, const EntryAttributes& attributes);
    /// Untrusted unless the target is a file or link of this layer.
    Result<void> makeHardLink(const EntryPath& path, const EntryPath& target);
    Result<void> makeWhiteout(const std::string& parent, const std::string& name);
    Result<void> makeOpaque(const std::string& parent);
    /// Gives the folders their attributes, which had to wait for their content.
    Result<void> finish();

private:
    explicit LayerTree(int root);
    Result<int> openParent(const std::string& parent);
    /// Invalid when it fails, with errno set.
    [[nodiscard]] UniqueFd openDirectory(const std::string& path) const;
    Result<UniqueFd> makeParents(const std::string& path);
    Result<void> makeDirectoryIn(int parent, const std::string& path, const std::string& name);
    Result<void> clear(int parent, const EntryPath& path);
    Result<void> applyToName(int parent, const EntryPath& path, const EntryAttributes& attributes) const;
    Result<void> defer(const std::string& directory, EntryAttributes attributes);

    int m_root;
    uid_t m_owner; // what new files belong to by themselves
    gid_t m_group;
    std::string m_parent; // the folder that m_parentFd is open on; entries of one folder follow each other
    UniqueFd m_parentFd;
    std::unordered_map<std::string, EntryAttributes> m_directories;
    std::size_t m_deferredBytes = 0;
};

} // namespace escale
