#include "helper/validation/mount_sources.h"

#include "engine/base/file.h"
#include "engine/base/within_time.h"
#include "engine/container/container_options.h"
#include "helper/dbus/types.h"
#include "helper/validation/received_fd.h"

#include <QDBusArgument>

#include <algorithm>

namespace escale {
namespace {

constexpr std::chrono::seconds kPatience(10);

} // namespace

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
    const auto files = std::make_shared<std::vector<PassedSources::PassedSecret>>(std::move(passed.secrets));
    auto read = withinTime<std::vector<Secret>>(
        kPatience, owner, "cannot read the secrets", [files]() -> Result<std::vector<Secret>> {
            std::vector<Secret> secrets;
            for (auto& [secret, content] : *files) {
                auto text = readFd(content.get(), kLargestSecret);
                if (!text)
                    return fail(std::move(text).error().prefixed("the secret at " + secret.target));
                secrets.push_back(std::move(secret));
                secrets.back().content = *std::move(text);
            }
            return secrets;
        });
    if (!read)
        return fail(std::move(read).error());
    sources.secrets = *std::move(read);
    return sources;
}

} // namespace escale
