#include "engine/image/layer_records.h"

#include "engine/base/file.h"

#include <climits>
#include <optional>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::string_view kMagic = "EscLay1\n";
constexpr std::size_t kPiece = 64 * 1024;

enum Tag : char { kLayer = 1, kEntry, kListed, kContent, kEnd };
enum Flag : unsigned { kWhiteout = 1, kOpaque = 2, kKey = 4, kToken = 8, kAllFlags = 15 };

tl::unexpected<Error> malformed(const char* what) {
    return fail(ErrorCode::Untrusted, std::string("the list of the image's files is malformed: ") + what);
}

// So that times before 1970 are short, too.
std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}
std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// Takes fields off the beginning of a piece; after the first that is not there whole, `isShort`.
class Fields {
public:
    explicit Fields(std::string_view bytes)
        : m_rest(bytes) {}
    std::uint64_t number() {
        std::uint64_t value = 0;
        if (isShort || isBad) // what follows is still of that field
            return 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_rest.empty()) {
                isShort = true;
                return 0;
            }
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        isBad = true;
        return 0;
    }
    std::string_view bytes(std::uint64_t size, std::size_t longest) {
        if (size > longest)
            isBad = true;
        else if (size > m_rest.size())
            isShort = true;
        if (isBad || isShort)
            return {};
        const std::string_view found = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return found;
    }
    std::string_view text(std::size_t longest) {
        const std::uint64_t size = number();
        return bytes(size, longest);
    }
    std::uint32_t number32() {
        const std::uint64_t value = number();
        isBad = isBad || value > UINT32_MAX;
        return static_cast<std::uint32_t>(value);
    }
    [[nodiscard]] std::string_view rest() const { return m_rest; }
    bool isShort = false, isBad = false;

private:
    std::string_view m_rest;
};

bool isName(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

} // namespace

LayerRecordWriter::LayerRecordWriter(int output)
    : m_output(output)
    , m_bytes(kMagic) {
    m_bytes.reserve(kPiece + 16 * 1024);
}

void LayerRecordWriter::number(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7)
        m_bytes.push_back(static_cast<char>((value & 0x7fU) | 0x80U));
    m_bytes.push_back(static_cast<char>(value));
}

void LayerRecordWriter::text(std::string_view value) {
    number(value.size());
    m_bytes.append(value);
}

Result<void> LayerRecordWriter::beginLayer() {
    m_bytes.push_back(kLayer);
    return flushWhenFull();
}

Result<void> LayerRecordWriter::entry(const LayerEntry& entry) {
    const unsigned sign = entry.secret == SecretSign::PrivateKey ? kKey
                          : entry.secret == SecretSign::Token    ? kToken
                                                                 : 0U;
    m_bytes.push_back(kEntry);
    m_bytes.push_back(
        static_cast<char>((entry.whiteout ? kWhiteout : 0U) | (entry.opaque ? kOpaque : 0U) | sign));
    number(entry.parent);
    text(entry.name);
    number(entry.mode);
    number(entry.owner);
    number(entry.group);
    number(entry.size);
    number(zigzag(entry.modified));
    number(entry.link);
    text(entry.target);
    return flushWhenFull();
}

Result<void> LayerRecordWriter::listed() {
    m_bytes.push_back(kListed);
    return flush(); // somebody waits for it
}

Result<void> LayerRecordWriter::content(std::size_t layer, std::uint32_t entry, const ContentMark& mark) {
    m_bytes.push_back(kContent);
    number(layer);
    number(entry);
    m_bytes.append(reinterpret_cast<const char*>(mark.data()), mark.size());
    return flushWhenFull();
}

Result<void> LayerRecordWriter::end() {
    m_bytes.push_back(kEnd);
    return flush();
}

Result<void> LayerRecordWriter::flushWhenFull() {
    return m_bytes.size() < kPiece ? Result<void>() : flush();
}

Result<void> LayerRecordWriter::flush() {
    TRY(writeAll(m_output, m_bytes, "the list of an image's files"));
    m_bytes.clear();
    return {};
}

Result<void> LayerRecordReader::take(std::string_view bytes) {
    // Records are read where they lie; only one that is cut is kept for the next piece.
    std::string joined;
    if (!m_pending.empty()) {
        joined = std::move(m_pending);
        m_pending.clear();
        joined.append(bytes);
        bytes = joined;
    }
    for (;;) {
        TRY_ASSIGN(const bool whole, record(bytes));
        if (!whole)
            break;
    }
    m_pending = bytes;
    return {};
}

/// False: its end has not come yet, and `rest` begins with it.
Result<bool> LayerRecordReader::record(std::string_view& rest) {
    if (rest.empty())
        return false;
    if (m_hasEnded)
        return malformed("it goes on after its end");
    if (!m_hasBegun) {
        if (rest.size() < kMagic.size())
            return false;
        if (!rest.starts_with(kMagic))
            return malformed("it does not begin like one");
        m_hasBegun = true;
        rest.remove_prefix(kMagic.size());
        return true;
    }
    switch (rest.front()) {
    case kLayer:
        if (m_isListed || (!m_sizes.empty() && m_sizes.back() == 0))
            return malformed("a layer where none belongs");
        m_layers.emplace_back();
        m_sizes.push_back(0);
        break;
    case kEntry:
        return readEntry(rest);
    case kListed:
        if (m_isListed || (!m_sizes.empty() && m_sizes.back() == 0))
            return malformed("its middle stands where none belongs");
        m_isListed = true;
        break;
    case kContent:
        return readContent(rest);
    case kEnd:
        if (!m_isListed)
            return malformed("it ends too early");
        m_hasEnded = true;
        break;
    default:
        return malformed("an unknown record");
    }
    rest.remove_prefix(1);
    return true;
}

Result<bool> LayerRecordReader::readEntry(std::string_view& rest) {
    Fields fields(rest.substr(1));
    LayerEntry entry;
    const std::string_view flagByte = fields.bytes(1, 1);
    const unsigned flags = flagByte.empty() ? 0U : static_cast<unsigned char>(flagByte.front());
    entry.parent = fields.number32();
    const std::string_view name = fields.text(NAME_MAX);
    entry.mode = fields.number32();
    entry.owner = fields.number32();
    entry.group = fields.number32();
    entry.size = fields.number();
    entry.modified = unzigzag(fields.number());
    entry.link = fields.number();
    const std::string_view target = fields.text(PATH_MAX);
    if (fields.isShort && !fields.isBad)
        return false;
    if (fields.isBad || flags > kAllFlags || m_isListed || m_sizes.empty() || entry.size > INT64_MAX)
        return malformed("an entry");
    std::vector<LayerEntry>& layer = m_layers.back();
    if (layer.empty() ? !name.empty() || entry.parent != 0 || !S_ISDIR(entry.mode)
                      : !isName(name) || entry.parent >= layer.size() || !S_ISDIR(layer[entry.parent].mode))
        return malformed("an entry in no folder");
    if (++m_count > kMostLayerEntries)
        return fail(ErrorCode::Unsupported, "the image has more than " + std::to_string(kMostLayerEntries) +
                                                " files: too many to show them");
    entry.name = name;
    entry.target = target;
    entry.whiteout = (flags & kWhiteout) != 0;
    entry.opaque = (flags & kOpaque) != 0 && S_ISDIR(entry.mode);
    entry.secret = (flags & kKey) != 0     ? SecretSign::PrivateKey
                   : (flags & kToken) != 0 ? SecretSign::Token
                                           : SecretSign::None;
    layer.push_back(std::move(entry));
    ++m_sizes.back();
    rest = fields.rest();
    return true;
}

Result<bool> LayerRecordReader::readContent(std::string_view& rest) {
    Fields fields(rest.substr(1));
    Content content;
    content.layer = fields.number();
    content.entry = fields.number32();
    const std::string_view mark = fields.bytes(content.mark.size(), content.mark.size());
    if (fields.isShort && !fields.isBad)
        return false;
    if (fields.isBad || !m_isListed || content.layer >= m_sizes.size() ||
        content.entry >= m_sizes[content.layer] || m_contents.size() >= m_count)
        return malformed("a digest of no file");
    std::copy(mark.begin(), mark.end(), content.mark.begin());
    m_contents.push_back(content);
    rest = fields.rest();
    return true;
}

} // namespace escale
