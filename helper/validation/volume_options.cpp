#include "helper/validation/volume_options.h"

#include "helper/dbus/types.h"
#include "helper/validation/arguments.h"

namespace escale {
namespace {

constexpr qsizetype kLongestName = 128;
constexpr qsizetype kMostOptions = 16;
constexpr qsizetype kMostLabels = 128;
constexpr std::size_t kMostText = 8 * 1024; // bytes: a list of all volumes must fit into a message

Result<std::map<std::string, std::string>> texts(const QVariantMap& options, const char* key,
                                                 qsizetype most) {
    const auto map = qdbus_cast<dbus::TextMap>(options.value(QLatin1String(key)));
    if (map.size() > most)
        return fail(ErrorCode::InvalidArgument, std::string("there is too much in the option ") + key);
    TRY(boundedWords(map.keys() + map.values(), key));
    std::map<std::string, std::string> result;
    std::size_t size = 0;
    for (auto one = map.begin(); one != map.end(); ++one) {
        std::string& text = result[one.key().toStdString()] = one.value().toStdString();
        size += text.size() + static_cast<std::size_t>(one.key().size());
    }
    if (size > kMostText)
        return fail(ErrorCode::InvalidArgument, std::string("there is too much in the option ") + key,
                    "All of it together has 8 KiB at most.");
    return result;
}

} // namespace

Result<std::string> checkVolumeName(const QString& text) {
    if (text.isEmpty() || text.size() > kLongestName)
        return fail(ErrorCode::InvalidArgument, "no volume is named");
    return text.toStdString();
}

Result<VolumeRequest> volumeRequest(const QString& name, const QVariantMap& options) {
    VolumeRequest request;
    request.name = name.left(2 * kLongestName).toStdString();
    TRY_ASSIGN(request.options, texts(options, "driver-options", kMostOptions));
    // Docker's clients send what nobody has filled in.
    std::erase_if(request.options, [](const auto& option) { return option.second.empty(); });
    TRY_ASSIGN(request.labels, texts(options, "labels", kMostLabels));
    return request;
}

Result<void> checkVolumeDriver(const QVariantMap& options) {
    const QString driver = options.value(QStringLiteral("driver")).toString();
    if (!driver.isEmpty() && driver != QLatin1String("local"))
        return fail(ErrorCode::Unsupported,
                    "there is no volume driver \"" + driver.left(kLongestName).toStdString() + '"',
                    "Use local; it mounts NFS and other file systems, too.");
    return {};
}

Result<VolumePrune> volumePrune(const QVariantMap& options) {
    VolumePrune prune;
    prune.all = options.value(QStringLiteral("all")).toBool();
    prune.until = options.value(QStringLiteral("until")).toLongLong();
    TRY_ASSIGN(prune.labels,
               boundedWords(options.value(QStringLiteral("label")).toStringList(), "the labels"));
    return prune;
}

} // namespace escale
