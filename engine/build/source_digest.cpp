#include "engine/build/source_digest.h"

#include "engine/base/byte_stream.h"
#include "engine/build/source_selection.h"

#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::string_view kMark = "escale copy 1";
constexpr std::size_t kEnough = 64 * 1024;

/// Everything with its length, so that no two requests read the same.
class SourceDigest {
public:
    explicit SourceDigest(SourceTree& tree)
        : m_tree(tree) {}

    Result<Digest> run(const CopyRequest& request) {
        m_writer.text(kMark).text(request.target).text(request.owner).text(request.mode);
        for (const bool flag : {request.keepsParents, request.unpacks, request.keepsGitFolder})
            m_writer.number(static_cast<std::uint8_t>(flag));
        m_writer.number(request.excludes.size());
        for (const std::string& exclude : request.excludes)
            m_writer.text(exclude);
        for (const std::string& pattern : request.patterns) {
            TRY_ASSIGN(const auto sources,
                       selectSources(m_tree, pattern, {request.keepsParents, request.excludes}));
            m_writer.number('p').number(sources.size());
            for (const SelectedSource& source : sources)
                TRY(add(source));
        }
        for (const InlineFile& file : request.files)
            m_writer.number('f').text(file.name).text(file.content).number(file.mode);
        flush();
        return m_hasher.finish();
    }

private:
    Result<void> add(const SelectedSource& source) {
        // A folder's own name and attributes are not copied, but what is in it.
        m_writer.text(source.isFolder() ? std::string() : source.name).number(source.entries.size());
        for (const SelectedEntry& selected : source.entries) {
            const SourceEntry& entry = selected.entry;
            const bool isTop = selected.relative.empty() && source.isFolder();
            m_writer.text(selected.relative).number(static_cast<std::uint8_t>(selected.isOnWay));
            m_writer.number(isTop ? mode_t(S_IFDIR) : entry.mode).number(isTop ? 0U : entry.user);
            m_writer.number(isTop ? 0U : entry.group);
            if (S_ISREG(entry.mode)) {
                TRY_ASSIGN(const ContentHash hash, m_tree.hash(entry));
                m_writer.number(entry.size);
                m_writer.text({reinterpret_cast<const char*>(hash.data()), hash.size()});
            } else {
                m_writer.text(entry.target);
            }
            if (!isTop && !S_ISLNK(entry.mode)) {
                TRY_ASSIGN(const auto attributes, m_tree.attributes(entry));
                m_writer.number(attributes.size());
                for (const auto& [name, value] : attributes)
                    m_writer.text(name).text(value);
            }
            if (m_bytes.size() > kEnough)
                flush();
        }
        return {};
    }

    void flush() {
        m_hasher.update(m_bytes);
        m_bytes.clear();
    }

    SourceTree& m_tree;
    DigestHasher m_hasher;
    std::string m_bytes;
    ByteWriter m_writer{m_bytes};
};

} // namespace

Result<Digest> digestSources(SourceTree& tree, const CopyRequest& request) {
    return SourceDigest(tree).run(request);
}

} // namespace escale
