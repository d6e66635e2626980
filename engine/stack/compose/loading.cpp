#include "engine/stack/compose/loading.h"

#include "engine/stack/compose/parse_yaml.h"

#include <numeric>

namespace escale::compose {

Loading::Loading(const LoadRequest& asked)
    : request(asked) {
    loaded.files.reserve(kFiles); // texts stay where they are
}

Result<std::uint32_t> Loading::read(const std::string& path) {
    if (const auto known = m_read.find(path); known != m_read.end())
        return known->second;
    const auto asked = [&]() -> Result<std::uint32_t> {
        if (loaded.files.size() == kFiles)
            return fail(ErrorCode::InvalidArgument,
                        "the project names more than " + std::to_string(kFiles) + " files",
                        "Include fewer files.");
        TRY_ASSIGN(std::string text, request.read(path));
        if (m_bytes + text.size() > kBytes)
            return fail(ErrorCode::InvalidArgument,
                        "the project's files hold more than " + std::to_string(kBytes >> 20U) + " MiB",
                        "Make them smaller, or name fewer.");
        m_bytes += text.size();
        loaded.files.push_back({path, std::move(text)});
        return static_cast<std::uint32_t>(loaded.files.size() - 1);
    };
    return m_read.emplace(path, asked()).first->second;
}

std::vector<Node> Loading::documents(std::uint32_t file) {
    if (auto kept = m_documents.extract(file)) {
        std::vector<Node> documents = std::move(kept.mapped());
        return documents;
    }
    auto read = parseYaml(loaded.files[file].text, file, loaded.problems).value_or(std::vector<Node>());
    for (const auto& document : read) {
        if (!spend(nodeCount(document), document.place))
            return {};
    }
    return read;
}

void Loading::keepDocuments(std::uint32_t file, std::vector<Node> documents) {
    m_documents[file] = std::move(documents);
}

bool Loading::spend(std::size_t nodes, const Place& place) {
    if (m_nodes > kNodes)
        return false;
    m_nodes += nodes;
    if (m_nodes <= kNodes)
        return true;
    error(place, {}, "the project becomes larger than " + std::to_string(kNodes) + " values",
          "Extend and include less; a service that is extended is copied whole.");
    return false;
}

void Loading::error(Place place, std::string path, std::string what, std::string hint) {
    loaded.problems.push_back(
        {Problem::Severity::Error, place, std::move(path), std::move(what), std::move(hint)});
}

void Loading::warn(Place place, std::string path, std::string what, std::string hint) {
    loaded.problems.push_back(
        {Problem::Severity::Warning, place, std::move(path), std::move(what), std::move(hint)});
}

void Loading::note(Place place, std::string path, std::string what, std::string hint) {
    loaded.problems.push_back(
        {Problem::Severity::Note, place, std::move(path), std::move(what), std::move(hint)});
}

std::size_t nodeCount(const Node& node) {
    std::size_t count = 1;
    for (const auto& item : node.items)
        count += nodeCount(item);
    for (const auto& entry : node.entries)
        count += nodeCount(entry.value);
    return count;
}

std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > kShown ? text + ", …" : text;
}

bool isWithin(std::string_view path, std::string_view part) {
    return path.starts_with(part) &&
           (path.size() == part.size() || path[part.size()] == '.' || path[part.size()] == '[');
}

} // namespace escale::compose
