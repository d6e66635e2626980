// A layer as a folder. Every path is resolved below that folder by descriptors, following no link
// (openat2(2)), and every object is made anew, so nothing that an entry says reaches beyond it.
#pragma once

#include "engine/base/unique_fd.h"
#include "engine/image/layer_sink.h"

#include <memory>
#include <sys/types.h>
#include <unordered_map>
#include <utility>
#include <vector>

namespace escale {

class LayerTree final : public LayerSink {
public:
    /// `root` is borrowed; an empty folder.
    static Result<std::unique_ptr<LayerTree>> create(int root);

    Result<void> makeDirectory(const EntryPath& path, EntryAttributes attributes) override;
    Result<void> beginFile(const EntryPath& path, std::uint64_t size) override;
    Result<void> write(std::uint64_t offset, std::span<const char> bytes) override;
    Result<void> finishFile(const EntryAttributes& attributes) override;
    Result<void> makeSymlink(const EntryPath& path, const std::string& target,
                             const EntryAttributes& attributes) override;
    Result<void> makeFifo(const EntryPath& path, const EntryAttributes& attributes) override;
    Result<void> makeHardLink(const EntryPath& path, const EntryPath& target) override;
    Result<void> makeWhiteout(const std::string& parent, const std::string& name) override;
    Result<void> makeOpaque(const std::string& parent) override;
    Result<std::string> readBack(const EntryPath& path, std::uint64_t most) override;
    /// Gives the folders their attributes, which had to wait for their content.
    Result<void> finish() override;

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
    // The file that is being written.
    UniqueFd m_file;
    std::string m_filePath;
    std::uint64_t m_fileSize = 0;
    std::uint64_t m_fileEnd = 0; // of what was written
    std::unordered_map<std::string, EntryAttributes> m_directories;
    std::size_t m_deferredBytes = 0;
};

} // namespace escale
