// What the steps of one loading share: the files that were read, what was said, and how much is allowed.
#pragma once

#include "engine/stack/compose/load_project.h"

namespace escale::compose {

class Loading {
public:
    static constexpr std::size_t kFiles = 200;
    static constexpr std::size_t kBytes = 16U << 20;
    static constexpr std::size_t kNodes = 500'000; // of all files, and of what extends copies
    static constexpr std::size_t kDepth = 40;      // of include, and of extends

    explicit Loading(const LoadRequest& asked);

    const LoadRequest& request;
    Loaded loaded;

    /// Index in loaded.files; each path is asked for once.
    Result<std::uint32_t> read(const std::string& path);
    [[nodiscard]] const SourceFile& file(std::uint32_t index) const { return loaded.files[index]; }
    /// The documents of a file, not interpolated; none when it is no YAML, which is told.
    std::vector<Node> documents(std::uint32_t file);
    /// Puts them back for who asks next.
    void keepDocuments(std::uint32_t file, std::vector<Node> documents);

    /// False once more is made than is allowed, which is told once, there.
    bool spend(std::size_t nodes, const Place& place);

    void error(Place place, std::string path, std::string what, std::string hint = {});
    void warn(Place place, std::string path, std::string what, std::string hint = {});
    void note(Place place, std::string path, std::string what, std::string hint = {});

private:
    std::map<std::string, Result<std::uint32_t>> m_read;
    std::map<std::uint32_t, std::vector<Node>> m_documents;
    std::size_t m_bytes = 0;
    std::size_t m_nodes = 0;
};

std::size_t nodeCount(const Node& node);
std::string quoted(std::string_view text);
/// "a, b, c" of the first few.
std::string listed(const std::vector<std::string>& names);
/// "services.web" is at or below "services".
bool isWithin(std::string_view path, std::string_view part);

} // namespace escale::compose
