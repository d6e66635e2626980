// Layers by hand: a line a file, folders on the way made as they are needed.
#pragma once

#include "engine/image/layer_stack.h"

#include <map>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace escale::test {

class LayerList {
public:
    LayerList() {
        LayerEntry root;
        root.mode = S_IFDIR | 0755;
        m_entries.push_back(root);
        m_numbers[""] = 0;
    }
    LayerList& file(const std::string& path, std::uint64_t size = 0, std::uint32_t mode = 0644) {
        LayerEntry& entry = add(path, S_IFREG | mode);
        entry.size = size;
        return *this;
    }
    LayerList& folder(const std::string& path, std::uint32_t mode = 0755) {
        add(path, S_IFDIR | mode);
        return *this;
    }
    /// Hides what layers below have in it.
    LayerList& opaque(const std::string& path) {
        add(path, S_IFDIR | 0755).opaque = true;
        return *this;
    }
    LayerList& whiteout(const std::string& path) {
        add(path, S_IFCHR).whiteout = true;
        return *this;
    }
    LayerList& secret(const std::string& path, SecretSign sign) {
        LayerEntry& entry = add(path, S_IFREG | 0600);
        entry.size = 1000;
        entry.secret = sign;
        return *this;
    }
    /// One more name of the file that `link` numbers.
    LayerList& name(const std::string& path, std::uint64_t size, std::uint64_t link) {
        LayerEntry& entry = add(path, S_IFREG | 0755);
        entry.size = size;
        entry.link = link;
        return *this;
    }
    [[nodiscard]] std::uint32_t number(const std::string& path) const { return m_numbers.at(path); }
    [[nodiscard]] std::vector<LayerEntry> entries() const { return m_entries; }

private:
    LayerEntry& add(const std::string& path, std::uint32_t mode) {
        const auto slash = path.rfind('/');
        const std::string parent = slash == std::string::npos ? "" : path.substr(0, slash);
        if (!m_numbers.contains(parent))
            add(parent, S_IFDIR | 0755);
        LayerEntry entry;
        entry.parent = m_numbers.at(parent);
        entry.name = path.substr(slash == std::string::npos ? 0 : slash + 1);
        entry.mode = mode;
        m_numbers[path] = static_cast<std::uint32_t>(m_entries.size());
        m_entries.push_back(entry);
        return m_entries.back();
    }
    std::vector<LayerEntry> m_entries;
    std::map<std::string, std::uint32_t> m_numbers;
};

inline LayerStack stackOf(const std::vector<LayerList>& layers) {
    std::vector<std::vector<LayerEntry>> entries;
    for (const LayerList& layer : layers)
        entries.push_back(layer.entries());
    return LayerStack(std::move(entries));
}

} // namespace escale::test
