#include "helper/validation/build_secrets.h"

#include "helper/dbus/types.h"
#include "helper/validation/received_fd.h"
#include "helper/validation/secret_contents.h"

#include <QDBusArgument>

#include <algorithm>
#include <functional>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr std::size_t kLongestId = 255;

using Take = std::function<Result<UniqueFd>(const QDBusUnixFileDescriptor&)>;

Result<std::vector<LentDescriptor>> lent(const QVariantMap& options, const char* option, std::size_t most,
                                         const Take& take) {
    const auto list = qdbus_cast<dbus::NamedDescriptors>(options.value(QString::fromLatin1(option)));
    if (list.size() > static_cast<qsizetype>(most))
        return fail(ErrorCode::InvalidArgument,
                    std::string(option) + ": a build can have " + std::to_string(most) + " of these at most");
    std::vector<LentDescriptor> result;
    for (const auto& entry : list) {
        std::string id = entry.id.toStdString();
        if (auto good = checkLentId(id); !good)
            return fail(std::move(good).error().prefixed(option));
        const auto isSame = [&id](const LentDescriptor& other) { return other.id == id; };
        if (std::any_of(result.begin(), result.end(), isSame))
            return fail(ErrorCode::InvalidArgument,
                        std::string(option) + ": there are two with the id \"" + id + "\"");
        auto own = take(entry.descriptor);
        if (!own)
            return fail(std::move(own).error().prefixed(std::string(option) + ": \"" + id + "\""));
        result.push_back({std::move(id), std::make_shared<const UniqueFd>(*std::move(own))});
    }
    return result;
}

} // namespace

Result<void> checkLentId(const std::string& id) {
    const auto isForbidden = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '/' || c == ',';
    };
    if (id.empty() || id.size() > kLongestId || id == "." || id == ".." ||
        std::any_of(id.begin(), id.end(), isForbidden))
        return fail(ErrorCode::InvalidArgument,
                    "an id must be the name of a file, without spaces, \"/\" and \",\"");
    return {};
}

Result<std::vector<LentDescriptor>> lentSecrets(const QVariantMap& options) {
    return lent(options, "secrets", kMostBuildSecrets, takeReadable);
}

Result<std::vector<LentDescriptor>> lentAgents(const QVariantMap& options) {
    return lent(options, "ssh", kMostBuildAgents, takeSocketPath);
}

Result<std::map<std::string, std::string>> readLentSecrets(uid_t owner,
                                                           const std::vector<LentDescriptor>& secrets) {
    std::vector<NamedContent> contents;
    for (const LentDescriptor& secret : secrets)
        contents.push_back({"the secret \"" + secret.id + "\"", secret.descriptor});
    TRY_ASSIGN(auto texts, readSecretContents(owner, std::move(contents), kLargestBuildSecret));
    std::map<std::string, std::string> result;
    for (std::size_t i = 0; i < texts.size(); ++i)
        result.emplace(secrets[i].id, std::move(texts[i]));
    return result;
}

} // namespace escale
