#include "helper/validation/container_options.h"

#include "engine/container/container_options_fields.h"
#include "helper/dbus/container_options_map.h"
#include "helper/dbus/types.h"
#include "helper/validation/arguments.h"

#include <string_view>

namespace escale {
namespace {

constexpr std::size_t kLongestText = 128 * 1024;
constexpr std::size_t kLongestProfile = 1U << 20; // of seccomp

Result<void> tooLong(const char* key) {
    return fail(ErrorCode::InvalidArgument, std::string("the option \"") + key + "\" is too long");
}

// One for each type of an option; only what has a length can be too long.
Result<void> checkLength(const char* key, const QVariant& value, const std::string&) {
    const bool isProfile = std::string_view(key) == "seccomp";
    const auto size = static_cast<std::size_t>(value.toString().toUtf8().size());
    return size > (isProfile ? kLongestProfile : kLongestText) ? tooLong(key) : Result<void>();
}
Result<void> checkLength(const char* key, const QVariant& value, const Texts&) {
    TRY(boundedWords(value.toStringList(), key));
    return {};
}
Result<void> checkLength(const char* key, const QVariant& value, const std::optional<Texts>&) {
    return checkLength(key, value, Texts());
}
Result<void> checkLength(const char* key, const QVariant& value, const TextMap&) {
    const auto map = qdbus_cast<dbus::TextMap>(value);
    qsizetype size = 0;
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        size += entry.key().toUtf8().size() + entry.value().toUtf8().size();
    return static_cast<std::size_t>(size) > kLongestText ? tooLong(key) : Result<void>();
}
template <class Number>
Result<void> checkLength(const char*, const QVariant&, const Number&) {
    return {};
}

} // namespace

Result<void> applyOptions(const QVariantMap& map, ContainerOptions& options) {
    Result<void> outcome;
    visitOptions(options, [&](const char* key, const auto& member) {
        const auto value = map.constFind(QLatin1String(key));
        if (outcome && value != map.constEnd())
            outcome = checkLength(key, *value, member);
    });
    if (outcome)
        optionsFromBus(map, options);
    return outcome;
}

} // namespace escale
