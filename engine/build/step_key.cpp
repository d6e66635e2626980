#include "engine/build/step_key.h"

#include "engine/base/digest.h"

namespace escale {
namespace {

// With a change of what is written, or of what a step makes from it, this must change.
constexpr std::uint64_t kVersion = 1;

/// Numbers of eight bytes, texts behind their length, lists behind their count.
class KeyHasher {
public:
    explicit KeyHasher(std::string_view kind) { number(kVersion).text(kind); }

    KeyHasher& number(std::uint64_t value) {
        std::string bytes(8, '\0');
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(value >> (8 * i) & 0xffU);
        m_hasher.update(bytes);
        return *this;
    }
    KeyHasher& text(std::string_view value) {
        number(value.size());
        m_hasher.update(value);
        return *this;
    }
    KeyHasher& texts(const std::vector<std::string>& values) {
        number(values.size());
        for (const auto& value : values)
            text(value);
        return *this;
    }
    template <class Number>
    KeyHasher& optional(const std::optional<Number>& value) {
        number(value ? 1 : 0);
        return number(value ? static_cast<std::uint64_t>(*value) : 0);
    }
    KeyHasher& files(const std::vector<InlineFile>& files) {
        number(files.size());
        for (const auto& file : files)
            text(file.name).text(file.content).number(file.mode);
        return *this;
    }
    std::string finish() { return m_hasher.finish().toString(); }

private:
    DigestHasher m_hasher;
};

} // namespace

std::string chainAfter(std::string_view chain, std::string_view layer) {
    if (layer.empty())
        return std::string(chain);
    return KeyHasher("chain").text(chain).text(layer).finish();
}

std::string chainOf(const std::vector<std::string>& diffIds) {
    std::string chain;
    for (const auto& diffId : diffIds)
        chain = chainAfter(chain, diffId);
    return chain;
}

std::string copyKey(std::string_view chain, const CopyRequest& request, std::string_view content) {
    // Where the sources come from does not count, but what they hold does.
    return KeyHasher("copy")
        .text(chain)
        .text(content)
        .texts(request.patterns)
        .files(request.files)
        .texts(request.addresses)
        .text(request.target)
        .text(request.owner)
        .text(request.mode)
        .texts(request.excludes)
        .text(request.checksum)
        .number(request.keepsParents)
        .number(request.unpacks)
        .number(request.unpacksFetched)
        .number(request.keepsGitFolder)
        .optional(request.latestTime)
        .finish();
}

std::string folderKey(std::string_view chain, const FolderRequest& request) {
    return KeyHasher("folder")
        .text(chain)
        .text(request.path)
        .text(request.owner)
        .optional(request.latestTime)
        .finish();
}

std::string runKey(std::string_view chain, const RunRequest& request, const std::vector<KeyedMount>& mounts,
                   const std::vector<std::string>& extraHosts) {
    KeyHasher hasher("run");
    hasher.text(chain)
        .texts(request.words)
        .texts(request.environment)
        .text(request.workingDirectory)
        .text(request.user)
        .files(request.files)
        .text(request.network)
        .number(request.isInsecure)
        .optional(request.latestTime)
        .number(mounts.size());
    for (const auto& [mount, content] : mounts) {
        hasher.number(static_cast<std::uint64_t>(mount.kind))
            .text(content)
            .text(mount.source)
            .text(mount.target)
            .text(mount.id)
            .number(mount.readOnly)
            .number(static_cast<std::uint64_t>(mount.sharing))
            .number(mount.isRequired)
            .number(mount.size)
            .number(mount.environment.has_value())
            .text(mount.environment.value_or(std::string()))
            .optional(mount.mode)
            .optional(mount.user)
            .optional(mount.group);
    }
    if (!extraHosts.empty())
        hasher.texts(extraHosts);
    return hasher.finish();
}

} // namespace escale
