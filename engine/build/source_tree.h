// A folder that COPY and ADD take files from, whatever it is: a context of which an index tells everything,
// or the root of an image or a step, which is looked at. Paths are relative to it, without "." and "..";
// empty: itself. No link is followed: whoever asks resolves them (source_selection.h).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/build/context_index.h"

#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace escale {

struct SourceEntry {
    std::string path;
    mode_t mode = 0; // with its type
    uid_t user = 0;
    gid_t group = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0; // nanoseconds since 1970
    std::string target;        // of a link
    /// Of a file with several names: the same for each of them.
    std::optional<std::pair<dev_t, ino_t>> shared;
};

class SourceTree {
public:
    using Attributes = std::vector<std::pair<std::string, std::string>>; // extended ones, that are kept
    virtual ~SourceTree() = default;

    /// Links may not leave it: they are refused when they are followed. In a root "/" is the root.
    [[nodiscard]] virtual bool isContext() const = 0;
    /// Nothing: it is not there, or what is above it is no folder.
    virtual Result<std::optional<SourceEntry>> find(const std::string& path) = 0;
    /// Sorted by name.
    virtual Result<std::vector<SourceEntry>> list(const std::string& folder) = 0;
    /// Of a regular file's content.
    virtual Result<ContentHash> hash(const SourceEntry& file) = 0;
    virtual Result<Attributes> attributes(const SourceEntry& entry) = 0;
    /// A regular file, or a folder, for reading.
    virtual Result<UniqueFd> open(const SourceEntry& entry) = 0;
};

/// What an index tells. Both are borrowed; `files`: the folder with the files, -1: nothing can be opened.
class ContextTree : public SourceTree {
public:
    ContextTree(const ContextIndex& index, int files)
        : m_index(index)
        , m_files(files) {}
    [[nodiscard]] bool isContext() const override { return true; }
    Result<std::optional<SourceEntry>> find(const std::string& path) override;
    Result<std::vector<SourceEntry>> list(const std::string& folder) override;
    Result<ContentHash> hash(const SourceEntry& file) override;
    Result<Attributes> attributes(const SourceEntry&) override { return Attributes(); }
    Result<UniqueFd> open(const SourceEntry& entry) override;

private:
    [[nodiscard]] static SourceEntry describe(const ContextEntry& entry);
    const ContextIndex& m_index;
    int m_files;
};

} // namespace escale
