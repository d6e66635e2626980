#include "helper/validation/mount_sources.h"

#include "engine/container/container_options.h"
#include "helper/dbus/types.h"
#include "helper/validation/received_fd.h"
#include "helper/validation/secret_contents.h"

#include <QDBusArgument>

#include <algorithm>

namespace escale {
Result<std::shared_ptr<PassedSources>> passedSources(const QVariantMap& map,
                                                     const ContainerOptions& options) {
    auto passed = std::make_shared<PassedSources>();
    const auto files = qdbus_cast<dbus::FileList>(map.value(QStringLiteral("bind-sources")));
    TRY_ASSIGN(const auto mounts, mountsOf(options));
    const auto binds = std::count_if(mounts.begin(), mounts.end(),
                                     [](const auto& mount) { return mount.kind == MountKind::Bind; });
    if (files.size() != binds)
        return fail(ErrorCode::InvalidArgument,
                    "bind-sources: " + std::to_string(files.size()) + " descriptors were passed for " +
                        std::to_string(binds) + " mounts of type bind",
                    "Open each source with O_PATH and pass it.");
    for (const auto& file : files) {
        auto own = takePath(file);
        if (!own)
            return fail(std::move(own).error().prefixed("bind-sources"));
        passed->binds.push_back(*std::move(own));
    }
    const auto secrets = qdbus_cast<dbus::SecretFiles>(map.value(QStringLiteral("secrets")));
    if (secrets.size() > static_cast<qsizetype>(kMostSecrets))
        return fail(ErrorCode::InvalidArgument,
                    "a container can have " + std::to_string(kMostSecrets) + " secrets at most");
    std::vector<Secret> described;
    for (const auto& file : secrets) {
        auto own = takeReadable(file.content);
        if (!own)
            return fail(std::move(own).error().prefixed("secrets"));
        Secret secret{file.target.toStdString(), file.user, file.group, file.mode, {}};
        described.push_back(secret);
        passed->secrets.push_back({std::move(secret), *std::move(own)});
    }
    TRY(checkSecrets(described));
    return passed;
}

Result<MountSources> readSources(uid_t owner, PassedSources& passed) {
    MountSources sources;
    sources.binds = std::move(passed.binds);
    if (passed.secrets.empty())
        return sources;
    std::vector<NamedContent> contents;
    for (auto& [secret, content] : passed.secrets)
        contents.push_back(
            {"the secret at " + secret.target, std::make_shared<const UniqueFd>(std::move(content))});
    TRY_ASSIGN(auto texts, readSecretContents(owner, std::move(contents), kLargestSecret));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        sources.secrets.push_back(std::move(passed.secrets[i].secret));
        sources.secrets.back().content = std::move(texts[i]);
    }
    return sources;
}

} // namespace escale
