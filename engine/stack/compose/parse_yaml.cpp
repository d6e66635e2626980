#include "engine/stack/compose/parse_yaml.h"

#include "engine/stack/compose/text_places.h"
#include "engine/stack/compose/yaml_expansion.h"
#include "engine/stack/compose/yaml_mistakes.h"
#include "engine/stack/compose/yaml_source.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace escale::compose {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";

/// Ends yaml-cpp's work; it never leaves this file.
struct Stop {
    Problem problem;
};

Problem errorAt(Place place, std::string what, std::string hint) {
    return {Problem::Severity::Error, place, {}, std::move(what), std::move(hint)};
}

/// yaml-cpp's events → RawNodes. Events tell where a node begins, its anchor and tag included; where it ends,
/// how it is quoted, and what yaml-cpp lets pass although it is none is read from the text.
class Reader final : public YAML::EventHandler {
public:
    Reader(std::string_view text, const TextPlaces& places, const YamlLimits& limits, Problems& problems)
        : m_source(text, places)
        , m_limits(limits)
        , m_problems(problems) {}

    std::vector<RawNode> raw;
    std::vector<std::uint32_t> roots; // a document each

    [[nodiscard]] YamlStop stopAt(std::string_view reason, std::size_t position) const {
        YamlStop stop{reason, position, m_lastQuote, npos};
        for (const auto& frame : m_frames) {
            if (frame.isFlow)
                stop.bracket = frame.position;
        }
        return stop;
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        m_anchors.clear();
        m_frames.clear();
        const std::size_t position = positionOf(mark);
        if (!roots.empty() && !m_source.beginsDocument(position))
            throw Stop{errorAt(m_source.placeOf(position, m_source.size()),
                               "this line does not belong to what stands above it",
                               "indent it as deep as the lines that it belongs to")};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::size_t begin = positionOf(mark);
        const std::size_t position = anchor != 0 ? m_source.behindProperties(begin) : begin;
        const std::size_t end = m_source.nullEnd(position);
        RawNode node;
        node.place = end != position ? m_source.placeOf(position, end) : emptyPlace(begin);
        if (end == position)
            checkColon();
        add(std::move(node), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::size_t position = positionOf(mark);
        RawNode node;
        node.isAlias = true;
        node.place = m_source.placeOf(position, m_source.propertyEnd(position));
        node.target = anchor < m_anchors.size() ? m_anchors[anchor] : 0;
        add(std::move(node), 0);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        const std::size_t begin = positionOf(mark);
        const bool tagged = tag != "?" && tag != "!";
        const std::size_t position = tagged || anchor != 0 ? m_source.behindProperties(begin) : begin;
        const bool plain = tag == "?" || (tagged && !m_source.opensText(position, value.empty()));
        RawNode node;
        node.kind = NodeKind::Scalar;
        node.quoted = !plain;
        node.text = value;
        node.place = m_source.placeOf(position, scalarEnd(position, value, plain));
        if (tagged) {
            readTag(tag, begin, node);
            if (plain && !node.quoted && isOneOf(value, {"", "~", "null", "Null", "NULL"}))
                node.kind = NodeKind::Null;
        }
        if (node.kind == NodeKind::Null)
            node.text.clear();
        if (value.empty() && plain)
            node.place = m_source.placeOf(begin, m_source.propertyEnd(begin));
        add(std::move(node), anchor);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(NodeKind::List, mark, tag, anchor, style);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(NodeKind::Map, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { m_frames.pop_back(); }
    void OnMapEnd() override { m_frames.pop_back(); }

private:
    struct Frame {
        std::uint32_t index;
        std::size_t position;
        bool isFlow;
    };

    [[nodiscard]] std::size_t positionOf(const YAML::Mark& mark) const {
        return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), m_source.size());
    }
    [[nodiscard]] RawNode* parent() { return m_frames.empty() ? nullptr : &raw[m_frames.back().index]; }
    [[nodiscard]] bool isKeyNext() {
        const RawNode* map = parent();
        return map != nullptr && map->kind == NodeKind::Map && map->children.size() % 2 == 0;
    }

    std::uint32_t add(RawNode node, YAML::anchor_t anchor) {
        const auto index = static_cast<std::uint32_t>(raw.size());
        const bool isKey = isKeyNext();
        if (isKey)
            checkKey(node);
        else if (++m_values > m_limits.nodes)
            throw Stop{errorAt(node.place, "the file holds too many values",
                               "at most " + std::to_string(m_limits.nodes) + " are read")};
        if (RawNode* above = parent())
            above->children.push_back(index);
        else
            roots.push_back(index);
        raw.push_back(std::move(node));
        if (anchor != 0) {
            m_anchors.resize(std::max<std::size_t>(m_anchors.size(), anchor + 1));
            m_anchors[anchor] = index;
        }
        return index;
    }

    void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style) {
        const std::size_t begin = positionOf(mark);
        const bool tagged = tag != "?" && tag != "!" && !tag.empty();
        const std::size_t position = tagged || anchor != 0 ? m_source.behindProperties(begin) : begin;
        RawNode node;
        node.kind = kind;
        node.place = m_source.placeOf(position, position);
        if (m_frames.size() >= m_limits.depth)
            throw Stop{errorAt(node.place, "lists and maps are nested too deeply",
                               "at most " + std::to_string(m_limits.depth) + " levels are read")};
        if (tagged)
            readTag(tag, begin, node);
        const std::uint32_t index = add(std::move(node), anchor);
        m_frames.push_back({index, position, style == YAML::EmitterStyle::Flow});
    }

    void readTag(const std::string& tag, std::size_t begin, RawNode& node) {
        const std::string_view core =
            tag.starts_with(kCoreTag) ? std::string_view(tag).substr(kCoreTag.size()) : std::string_view();
        const bool isScalar = node.kind == NodeKind::Scalar;
        if (tag == "!reset")
            node.tag = NodeTag::Reset;
        else if (tag == "!override")
            node.tag = NodeTag::Override;
        else if (isScalar && core == "str")
            node.quoted = true;
        else if (isScalar && isOneOf(core, {"int", "float", "bool", "null", "timestamp", "merge"}))
            node.quoted = false;
        else if (!((core == "map" && node.kind == NodeKind::Map) ||
                   (core == "seq" && node.kind == NodeKind::List)))
            m_problems.push_back(errorAt(
                m_source.placeOf(begin, m_source.propertyEnd(begin)),
                "the tag " + (core.empty() ? tag : "!!" + std::string(core)) + " means nothing here",
                "Compose files know !reset and !override, and YAML's own !!str, !!int, !!float, !!bool, "
                "!!null"));
    }

    /// compose-go takes texts alone as keys.
    void checkKey(const RawNode& node) {
        const RawNode& key = node.isAlias ? raw[node.target] : node;
        Node scalar = Node::scalar(key.text, {}, key.quoted);
        if (key.kind == NodeKind::Null)
            m_problems.push_back(errorAt(node.place, "a key is missing before the colon, or it is null",
                                         "write a name before the colon"));
        else if (key.kind != NodeKind::Scalar)
            m_problems.push_back(errorAt(node.place, "a list or a map cannot be a key",
                                         "write a name before the colon, or put the value into quotes"));
        else if (booleanOf(scalar) || numberOf(scalar))
            m_problems.push_back(errorAt(node.place, "the key " + key.text + " is no text",
                                         "put it into quotes: \"" + key.text + "\""));
    }

    /// "key" on a line alone: yaml-cpp takes it for "key:".
    void checkColon() {
        const RawNode* map = parent();
        if (map == nullptr || map->kind != NodeKind::Map || m_frames.back().isFlow ||
            map->children.size() % 2 == 0)
            return;
        const auto next = m_source.wordFrom(m_lastEnd);
        if (next && m_source.at(*next) == ':')
            return;
        const RawNode& key = raw[map->children.back()];
        const auto before = m_source.wordBefore(m_lastBegin);
        if (key.kind != NodeKind::Scalar || (before && m_source.at(*before) == '?'))
            return;
        throw Stop{
            errorAt(key.place, "a colon is missing after \"" + key.text.substr(0, 60) + "\"",
                    "write \"" + key.text.substr(0, 60) + ":\", or indent it as a part of the value above")};
    }

    /// Of a value that is not written: its key's, or its dash's.
    [[nodiscard]] Place emptyPlace(std::size_t position) {
        const RawNode* above = parent();
        if (above != nullptr && above->kind == NodeKind::Map && above->children.size() % 2 == 1)
            return raw[above->children.back()].place;
        if (above != nullptr && above->kind == NodeKind::List) {
            const auto before = m_source.wordBefore(position);
            if (before && m_source.at(*before) == '-')
                return m_source.placeOf(*before, *before + 1);
        }
        return m_source.placeOf(position, position);
    }

    [[nodiscard]] std::size_t scalarEnd(std::size_t position, const std::string& value, bool plain) {
        const bool quoted = !plain && (m_source.at(position) == '"' || m_source.at(position) == '\'');
        const auto end = plain    ? m_source.plainEnd(position, value)
                         : quoted ? m_source.quoteEnd(position)
                                  : m_source.headerEnd(position);
        if (!end) // yaml-cpp closes it at the text's end
            throw Stop{errorAt(m_source.placeOf(position, m_source.size()),
                               "the quote that opens here is never closed", "close it where the text ends")};
        if (quoted)
            m_lastQuote = position;
        m_lastBegin = position;
        m_lastEnd = *end;
        return *end;
    }

    YamlSource m_source;
    YamlLimits m_limits;
    Problems& m_problems;
    std::vector<Frame> m_frames;
    std::vector<std::uint32_t> m_anchors; // yaml-cpp's numbers → nodes
    std::size_t m_values = 0;
    std::size_t m_lastBegin = 0; // of the scalar read last
    std::size_t m_lastEnd = 0;
    std::size_t m_lastQuote = npos;
};

/// What yaml-cpp would misread, or take for another encoding.
std::optional<Problem> unreadable(std::string_view text, const TextPlaces& places, const YamlLimits& limits) {
    if (text.size() > limits.bytes)
        return errorAt(places.at(0), "the file is too large",
                       "at most " + std::to_string(limits.bytes >> 20U) + " MiB are read");
    // Where brackets open, yaml-cpp looks far ahead, and each sign costs it some two hundred bytes.
    const auto signs = std::count_if(text.begin(), text.end(), [](char letter) {
        return letter == '[' || letter == '{' || letter == ',';
    });
    if (static_cast<std::size_t>(signs) > 2 * limits.nodes)
        return errorAt(places.at(0), "the file holds too many values",
                       "at most " + std::to_string(limits.nodes) + " are read");
    if (const auto position = invalidUtf8(text); position != npos)
        return errorAt(places.at(position), "this is no text in UTF-8", "save the file as UTF-8");
    const auto control = std::find_if(text.begin(), text.end(), [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return (byte < 0x20 && letter != '\t' && letter != '\n' && letter != '\r') || byte == 0x7F;
    });
    if (control != text.end())
        return errorAt(places.at(static_cast<std::size_t>(control - text.begin()), 1),
                       "a control character that cannot be seen stands here", "remove it");
    return std::nullopt;
}

/// Whether the text was read to its end.
bool readEvents(std::string_view text, const TextPlaces& places, Reader& reader, Problems& problems) {
    std::istringstream stream{std::string(text)};
    const std::size_t before = problems.size();
    std::optional<Problem> stopped; // alone: what was told before it may come from the same mistake
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(reader)) {
        }
        return true;
    } catch (const Stop& stop) {
        stopped = stop.problem;
    } catch (const YAML::Exception& error) {
        const auto position = static_cast<std::size_t>(std::max(error.mark.pos, 0));
        stopped = explainYamlStop(reader.stopAt(error.msg, position), text, places);
    }
    problems.resize(before);
    problems.push_back(std::move(*stopped));
    return false;
}

} // namespace

std::optional<std::vector<Node>> parseYaml(std::string_view text, std::uint32_t file, Problems& problems,
                                           const YamlLimits& limits) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    const TextPlaces places(text, file);
    if (auto problem = unreadable(text, places, limits)) {
        problems.push_back(std::move(*problem));
        return std::nullopt;
    }
    Reader reader(text, places, limits, problems);
    if (!readEvents(text, places, reader, problems))
        return std::nullopt;
    YamlExpansion expansion(reader.raw, limits, problems);
    std::vector<Node> documents;
    for (const auto root : reader.roots) {
        auto document = expansion.expand(root);
        if (!document)
            return std::nullopt;
        documents.push_back(std::move(*document));
    }
    return documents;
}

} // namespace escale::compose
