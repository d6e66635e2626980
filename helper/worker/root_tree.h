// A root that COPY takes files from, as it is on the disk: an image's or a step's, or what git has checked
// out.
#pragma once

#include "engine/build/source_tree.h"

namespace escale::worker {

class RootTree : public SourceTree {
public:
    /// `root`: borrowed. `isForeign`: its owners mean nothing, all is root's.
    explicit RootTree(int root, bool isForeign = false)
        : m_root(root)
        , m_isForeign(isForeign) {}
    [[nodiscard]] bool isContext() const override { return false; }
    Result<std::optional<SourceEntry>> find(const std::string& path) override;
    Result<std::vector<SourceEntry>> list(const std::string& folder) override;
    Result<ContentHash> hash(const SourceEntry& file) override;
    Result<Attributes> attributes(const SourceEntry& entry) override;
    Result<UniqueFd> open(const SourceEntry& entry) override;

private:
    int m_root;
    bool m_isForeign;
    std::vector<char> m_buffer;
};

} // namespace escale::worker
