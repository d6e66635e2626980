#include "engine/image/image_findings.h"
#include "engine/image/secret_signs.h"

#include <algorithm>
#include <array>
#include <map>
#include <sys/stat.h>

namespace escale {
namespace {

using NodeId = LayerStack::NodeId;

/// Folders below which package managers keep what they have downloaded; "*" stands for one name.
constexpr std::array<std::string_view, 18> kCaches = {"/var/lib/apt/lists",
                                                      "/var/cache/apt",
                                                      "/var/cache/apk",
                                                      "/var/cache/dnf",
                                                      "/var/cache/yum",
                                                      "/var/cache/libdnf5",
                                                      "/var/cache/zypp",
                                                      "/var/cache/pacman/pkg",
                                                      "/root/.cache/pip",
                                                      "/home/*/.cache/pip",
                                                      "/root/.npm/_cacache",
                                                      "/home/*/.npm/_cacache",
                                                      "/usr/local/share/.cache/yarn",
                                                      "/root/.cache/go-build",
                                                      "/root/.cargo/registry/cache",
                                                      "/usr/local/cargo/registry/cache",
                                                      "/root/.composer/cache",
                                                      "/root/.m2/repository"};

class Search {
public:
    Search(const LayerStack& stack, const std::vector<LayerRecordReader::Content>& contents)
        : m_stack(stack)
        , m_contents(contents) {}
    std::vector<Finding> run();

private:
    using Key = std::pair<FindingCode, std::size_t>; // and the layer

    void note(FindingCode code, Severity severity, std::size_t layer, NodeId node, std::uint64_t bytes);
    void lookAtEntry(std::size_t layer, std::uint32_t number);
    void lookAtHistory(NodeId node);
    void lookForFolders();
    void noteFolder(FindingCode code, Severity severity, NodeId folder);
    [[nodiscard]] std::vector<NodeId> matching(std::string_view pattern) const;
    void lookForDoubles();
    [[nodiscard]] const ContentMark* markOf(std::size_t layer, std::uint32_t entry) const;

    const LayerStack& m_stack;
    const std::vector<LayerRecordReader::Content>& m_contents;
    std::map<std::pair<std::size_t, std::uint32_t>, ContentMark> m_marks; // by layer and entry
    std::map<Key, Finding> m_found;
};

void Search::note(FindingCode code, Severity severity, std::size_t layer, NodeId node, std::uint64_t bytes) {
    Finding& finding = m_found[{code, layer}];
    finding.code = code;
    finding.severity = severity;
    finding.layer = layer;
    finding.bytes += bytes;
    ++finding.count;
    if (finding.paths.size() < kMostFindingPaths)
        finding.paths.push_back(m_stack.path(node));
}

const ContentMark* Search::markOf(std::size_t layer, std::uint32_t entry) const {
    const auto found = m_marks.find({layer, entry});
    return found == m_marks.end() ? nullptr : &found->second;
}

void Search::lookAtEntry(std::size_t layer, std::uint32_t number) {
    const LayerEntry& entry = m_stack.entries(layer)[number];
    const NodeId node = m_stack.nodeOf(layer, number);
    const std::string_view folder = m_stack.name(m_stack.node(node).parent);
    if (!S_ISREG(entry.mode))
        return;
    if (entry.secret == SecretSign::PrivateKey)
        note(FindingCode::PrivateKey, Severity::Serious, layer, node, 0);
    else if (entry.secret == SecretSign::Token)
        note(FindingCode::SecretToken, Severity::Serious, layer, node, 0);
    else if (entry.size > 0 && isSecretName(folder, entry.name))
        note(FindingCode::SecretFile, Severity::Warning, layer, node, 0);
    const bool isSet =
        (entry.mode & S_ISUID) != 0 || ((entry.mode & S_ISGID) != 0 && (entry.mode & S_IXGRP) != 0);
    const std::size_t top = m_stack.layerCount() - 1;
    if (isSet && m_stack.entryAt(node, top) == &entry && m_stack.existsAt(node, top))
        note(FindingCode::SetUserId, Severity::Notice, layer, node, 0);
}

/// What layers below still hold of a path that a layer removes or replaces.
void Search::lookAtHistory(NodeId node) {
    const LayerEntry* before = nullptr;
    std::uint32_t beforeLayer = 0, beforeNumber = 0;
    for (const LayerStack::Version& version : m_stack.versions(node)) {
        const bool wasFile = before != nullptr && S_ISREG(before->mode) && before->size > 0;
        if (version.change == LayerChange::Removed) {
            if (wasFile)
                note(FindingCode::RemovedLater, Severity::Warning, version.layer, node, before->size);
            before = nullptr;
            continue;
        }
        const LayerEntry& entry = m_stack.entries(version.layer)[version.entry];
        if (wasFile && S_ISREG(entry.mode)) {
            const ContentMark* one = markOf(beforeLayer, beforeNumber);
            const ContentMark* other = markOf(version.layer, version.entry);
            const bool isSame =
                before->size == entry.size && one != nullptr && other != nullptr && *one == *other;
            // Until the contents have been compared, files of one size may be the same.
            if (isSame)
                note(FindingCode::SameFileAgain, Severity::Warning, version.layer, node, entry.size);
            else
                note(FindingCode::ReplacedLater, Severity::Notice, version.layer, node, before->size);
        }
        before = &entry;
        beforeLayer = version.layer;
        beforeNumber = version.entry;
    }
}

std::vector<NodeId> Search::matching(std::string_view pattern) const {
    std::vector<NodeId> found{LayerStack::kRoot};
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const std::string_view name = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(name.size());
        std::vector<NodeId> next;
        for (const NodeId folder : found) {
            for (const NodeId child : m_stack.children(folder)) {
                if (name == "*" || m_stack.name(child) == name)
                    next.push_back(child);
            }
        }
        found = std::move(next);
    }
    return found;
}

/// Files of the folder that the whole image still shows, told by the layer that brought them.
void Search::noteFolder(FindingCode code, Severity severity, NodeId folder) {
    const std::size_t top = m_stack.layerCount() - 1;
    std::vector<NodeId> waiting{folder};
    while (!waiting.empty()) {
        const NodeId node = waiting.back();
        waiting.pop_back();
        const LayerStack::Version* version = m_stack.versionAt(node, top);
        if (version == nullptr || version->change == LayerChange::Removed)
            continue;
        const LayerEntry& entry = m_stack.entries(version->layer)[version->entry];
        if (S_ISDIR(entry.mode))
            waiting.insert(waiting.end(), m_stack.children(node).begin(), m_stack.children(node).end());
        else if (S_ISREG(entry.mode) && entry.size > 0)
            note(code, severity, version->layer, node, entry.size);
    }
}

void Search::lookForFolders() {
    for (const std::string_view cache : kCaches) {
        for (const NodeId folder : matching(cache))
            noteFolder(FindingCode::PackageCache, Severity::Warning, folder);
    }
    for (const std::string_view temporary : {"/tmp", "/var/tmp"}) {
        for (const NodeId folder : matching(temporary))
            noteFolder(FindingCode::TemporaryFiles, Severity::Notice, folder);
    }
    for (NodeId id = 1; id < m_stack.nodeCount(); ++id) {
        if (m_stack.name(id) != ".git")
            continue;
        for (const LayerStack::Version& version : m_stack.versions(id)) {
            if (version.change == LayerChange::Added)
                note(FindingCode::VersionControl, Severity::Serious, version.layer, id, 0);
        }
    }
}

/// The same content at several paths, brought by more than one layer: all but one could be saved.
void Search::lookForDoubles() {
    std::map<std::pair<ContentMark, std::uint64_t>, std::map<NodeId, std::pair<std::size_t, std::uint32_t>>>
        same;
    for (const auto& content : m_contents) {
        const LayerEntry& entry = m_stack.entries(content.layer)[content.entry];
        same[{content.mark, entry.size}].try_emplace(m_stack.nodeOf(content.layer, content.entry),
                                                     content.layer, content.entry);
    }
    for (const auto& [mark, files] : same) {
        if (files.size() < 2)
            continue; // at one path only: SameFileAgain
        // The first layer's is the one that is needed; names of one file are stored once.
        std::map<std::size_t, std::vector<NodeId>> byLayer;
        for (const auto& [node, place] : files)
            byLayer[place.first].push_back(node);
        for (auto each = std::next(byLayer.begin()); each != byLayer.end(); ++each)
            note(FindingCode::StoredTwice, Severity::Notice, each->first, each->second.front(), mark.second);
    }
}

std::vector<Finding> Search::run() {
    if (m_stack.layerCount() == 0)
        return {};
    for (const auto& content : m_contents)
        m_marks[{content.layer, content.entry}] = content.mark;
    for (std::size_t layer = 0; layer < m_stack.layerCount(); ++layer) {
        for (std::uint32_t number = 1; number < m_stack.entries(layer).size(); ++number)
            lookAtEntry(layer, number);
    }
    for (NodeId id = 1; id < m_stack.nodeCount(); ++id) {
        if (m_stack.node(id).versionCount > 1)
            lookAtHistory(id);
    }
    lookForFolders();
    lookForDoubles();
    std::vector<Finding> findings;
    for (auto& [key, finding] : m_found)
        findings.push_back(std::move(finding));
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& one, const Finding& other) {
        return std::tie(other.severity, other.bytes) < std::tie(one.severity, one.bytes);
    });
    return findings;
}

} // namespace

std::vector<Finding> fileFindings(const LayerStack& stack,
                                  const std::vector<LayerRecordReader::Content>& contents) {
    return Search(stack, contents).run();
}

} // namespace escale
