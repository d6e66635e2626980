// An overlay's upper folder as it was seen last, and what is different at the next look: which files a
// container has made, copied up from the layers below, changed or removed since. The folder is the
// container's: it is walked by descriptors, no link is followed, and it may change under the walk.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <sys/stat.h>
#include <unordered_map>
#include <vector>

namespace escale {

enum class UpperChange : std::uint8_t {
    Created,
    CopiedUp, // it was in a layer below
    Changed,
    Removed, // a whiteout hides what is below
    Opaque,  // a folder that hides what is below
    Gone,    // what the container had made, or a whiteout, is no more
};

struct UpperNews {
    std::string path; // absolute in the container
    UpperChange change = UpperChange::Created;
    mode_t type = 0;          // S_IFREG …; of what was removed: what it was below
    std::uint64_t size = 0;   // bytes
    std::uint64_t blocks = 0; // bytes on the disk
};

/// Most files of one upper folder: what is kept of them has an end.
constexpr std::size_t kMostUpperFiles = 200'000;
constexpr std::size_t kMostUpperNames = 64U << 20; // bytes: of files' names and of folders' paths

class UpperFolder {
public:
    struct Listener {
        std::function<void(const UpperNews&)> news;
        /// Before the folder at `path` ("etc/ssl"; "": the upper folder) is listed for the first time, and
        /// after it has gone.
        std::function<void(const std::string&path)> folderCame, folderWent;
    };
    /// `upper` and `layers` (open folders, top first) are borrowed.
    UpperFolder(int upper, const std::vector<UniqueFd>& layers, Listener listener)
        : m_upper(upper)
        , m_layers(layers)
        , m_listener(std::move(listener)) {}

    /// Everything; the first one tells all that is there. Unsupported: more than kMostUpperFiles, or than
    /// kMostUpperNames.
    Result<void> look();
    /// Only `names` in the folder at `path`, and all that is in folders that have come.
    Result<void> lookAt(const std::string& path, const std::set<std::string>& names);
    [[nodiscard]] std::size_t fileCount() const { return m_count; }

private:
    struct Known {
        struct stat info {};
        bool opaque = false;
    };
    using Names = std::map<std::string, Known>;
    /// A folder that is being looked at.
    struct Open {
        UniqueFd fd;
        std::string path;
        std::vector<UniqueFd> below; // the same folder in the layers
        int depth = 0;
    };
    Result<void> lookInto(const Open& folder, bool isNew);
    Result<void> lookAtEntry(const Open& folder, const std::string& name, bool isDeep);
    void compare(const Open& folder, const std::string& name, const Known& now);
    static UpperChange arrival(const Open& folder, const std::string& name, const Known& now,
                               const Known* before);
    void forget(const std::string& folder, const std::string& name);
    void forgetContent(const std::string& path);
    void tell(const std::string& path, UpperChange change, const struct stat& info);

    int m_upper;
    const std::vector<UniqueFd>& m_layers;
    Listener m_listener;
    std::unordered_map<std::string, Names> m_folders; // by path
    std::size_t m_count = 0;
    std::size_t m_nameBytes = 0;
};

} // namespace escale
