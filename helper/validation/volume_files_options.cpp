#include "helper/validation/volume_files_options.h"

#include "helper/validation/arguments.h"
#include "helper/validation/volume_options.h"

namespace escale {
namespace {

constexpr int kMostNames = 4096;
constexpr std::size_t kMostPathBytes = 1 << 20;
constexpr std::size_t kLongestSearch = 255;

} // namespace

Result<std::vector<std::string>> checkVolumeNames(const QStringList& names) {
    if (names.isEmpty() || names.size() > kMostNames)
        return fail(ErrorCode::InvalidArgument, "between 1 and 4096 volumes are measured in one call");
    std::vector<std::string> checked;
    for (const QString& name : names) {
        TRY_ASSIGN(auto one, checkVolumeName(name));
        checked.push_back(std::move(one));
    }
    return checked;
}

Result<std::vector<std::string>> checkPathsInside(const QStringList& paths) {
    std::vector<std::string> checked;
    std::size_t bytes = 0;
    for (const QString& path : paths) {
        TRY_ASSIGN(auto one, checkPathInside(path));
        bytes += one.size();
        checked.push_back(std::move(one));
    }
    if (checked.empty() || checked.size() > kMostNames || bytes > kMostPathBytes)
        return fail(ErrorCode::InvalidArgument, "between 1 and 4096 files are removed in one call",
                    "Remove the folder that they are in, or fewer at once.");
    return checked;
}

Result<std::string> checkSearchText(const QString& text) {
    std::string checked = text.toStdString();
    if (checked.empty() || checked.size() > kLongestSearch)
        return fail(ErrorCode::InvalidArgument, "a text of 1 to 255 bytes is searched for");
    return checked;
}

Result<AttributeChange> attributeChange(const QVariantMap& options) {
    AttributeChange change;
    const auto number = [&](const char* name) -> std::optional<std::uint32_t> {
        const auto found = options.constFind(QString::fromLatin1(name));
        return found == options.constEnd() ? std::nullopt : std::optional(found->toUInt());
    };
    change.mode = number("mode");
    change.user = number("user");
    change.group = number("group");
    change.isRecursive = options.value(QStringLiteral("recursive")).toBool();
    if (!change.mode && !change.user && !change.group)
        return fail(ErrorCode::InvalidArgument, "neither a mode nor a user nor a group is given");
    if (change.mode.value_or(0) > 07777)
        return fail(ErrorCode::InvalidArgument, "the mode has more than permission, set-id and sticky bits");
    // The last one means "leave it" to chown(2).
    if (change.user.value_or(0) == UINT32_MAX || change.group.value_or(0) == UINT32_MAX)
        return fail(ErrorCode::InvalidArgument, "no file can belong to this user or group");
    return change;
}

Result<LayerCompression> backupCompression(const QVariantMap& options) {
    const QString name = options.value(QStringLiteral("compression"), QStringLiteral("zstd")).toString();
    if (name == QLatin1String("zstd"))
        return LayerCompression::Zstd;
    if (name == QLatin1String("gzip"))
        return LayerCompression::Gzip;
    if (name == QLatin1String("none"))
        return LayerCompression::None;
    return fail(ErrorCode::InvalidArgument, "the compression of a backup is zstd, gzip or none");
}

Result<VolumeRequest> restoredVolume(const std::string& name, const QVariantMap& options) {
    const QString labels = QStringLiteral("labels");
    QVariantMap used;
    if (options.contains(labels))
        used.insert(labels, options.value(labels));
    return volumeRequest(QString::fromStdString(name), used);
}

} // namespace escale
