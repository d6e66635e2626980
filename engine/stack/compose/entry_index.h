// The entries of a map by key, for maps with many: Node::find() looks at one after the other.
#pragma once

#include "engine/stack/compose/node.h"

#include <unordered_map>

namespace escale::compose {

/// Of a map that nobody else adds to or removes from meanwhile.
class EntryIndex {
public:
    /// `more`: how many may be added.
    explicit EntryIndex(Node& map, std::size_t more = 0)
        : m_map(map) {
        m_map.kind = NodeKind::Map;
        m_map.entries.reserve(m_map.entries.size() + more); // the keys below are views of its entries
        m_capacity = m_map.entries.capacity();
        index();
    }

    [[nodiscard]] NodeEntry* find(std::string_view key) {
        const auto found = m_places.find(key);
        return found == m_places.end() ? nullptr : &m_map.entries[found->second];
    }
    NodeEntry& add(NodeEntry entry) {
        m_map.entries.push_back(std::move(entry));
        if (m_map.entries.capacity() != m_capacity) {
            m_capacity = m_map.entries.capacity();
            index();
        } else {
            m_places.emplace(m_map.entries.back().key, m_map.entries.size() - 1);
        }
        return m_map.entries.back();
    }

private:
    void index() {
        m_places.clear();
        for (std::size_t i = 0; i < m_map.entries.size(); ++i)
            m_places.emplace(m_map.entries[i].key, i);
    }

    Node& m_map;
    std::size_t m_capacity = 0;
    std::unordered_map<std::string_view, std::size_t> m_places;
};

} // namespace escale::compose
