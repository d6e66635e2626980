#include "gui/client/run_sources.h"

#include "engine/volume/mount_spec.h"
#include "helper/dbus/types.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <unistd.h>

namespace escale::gui {
namespace {

const QString kMounts = QStringLiteral("mounts");
const QString kSecrets = QStringLiteral("secrets");
constexpr quint32 kSecretMode = 0444; // docker's: nobody but the container's own users gets there

QString words(const char* text) {
    return QCoreApplication::translate("RunSources", text);
}

Result<QDBusUnixFileDescriptor> openSource(const QString& path, int flags) {
    const int file = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (file < 0)
        return failErrno(words(QT_TRANSLATE_NOOP("RunSources", "cannot open %1")).arg(path).toStdString());
    QDBusUnixFileDescriptor descriptor;
    descriptor.giveFileDescriptor(file);
    return descriptor;
}

Result<dbus::FileList> bindSources(const QStringList& mounts) {
    dbus::FileList sources;
    for (const QString& text : mounts) {
        TRY_ASSIGN(const MountSpec mount, parseMount(text.toStdString()));
        if (mount.kind != MountKind::Bind)
            continue;
        const QString path = QString::fromStdString(mount.source);
        if (mount.createSource && ::access(mount.source.c_str(), F_OK) != 0 && !QDir().mkpath(path))
            return failErrno(
                words(QT_TRANSLATE_NOOP("RunSources", "cannot make %1")).arg(path).toStdString());
        TRY_ASSIGN(const QDBusUnixFileDescriptor source, openSource(path, O_PATH));
        sources.append(source);
    }
    return sources;
}

Result<dbus::SecretFiles> secretFiles(const QStringList& texts) {
    dbus::SecretFiles files;
    for (const QString& text : texts) {
        const SecretSource source = secretSource(text);
        TRY_ASSIGN(const QDBusUnixFileDescriptor content, openSource(source.file, O_RDONLY | O_NONBLOCK));
        files.append({source.target, 0, 0, kSecretMode, content});
    }
    return files;
}

} // namespace

SecretSource secretSource(const QString& text) {
    const qsizetype colon = text.lastIndexOf(u':');
    return colon < 0 ? SecretSource{text, {}} : SecretSource{text.left(colon), text.mid(colon + 1)};
}

bool needsNoSources(const RunRequest& request) {
    return request.options.value(kMounts).toStringList().isEmpty() && !request.options.contains(kSecrets);
}

Result<RunRequest> withSources(RunRequest request) {
    TRY_ASSIGN(const dbus::FileList sources, bindSources(request.options.value(kMounts).toStringList()));
    if (!sources.isEmpty())
        request.options.insert(QStringLiteral("bind-sources"), QVariant::fromValue(sources));
    if (request.options.contains(kSecrets)) {
        TRY_ASSIGN(const dbus::SecretFiles files,
                   secretFiles(request.options.value(kSecrets).toStringList()));
        request.options.insert(kSecrets, QVariant::fromValue(files));
    }
    return request;
}

} // namespace escale::gui
