#include "gui/volumes/volume_text.h"

#include "gui/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <climits>

namespace escale::gui {
namespace {

constexpr qsizetype kShownName = 12;

QString words(const char* text) {
    return QCoreApplication::translate("VolumeText", text);
}

QString words(const char* text, int count) {
    return QCoreApplication::translate("VolumeText", text, nullptr, count);
}

QString option(const dbus::Volume& volume, const char* key) {
    return volume.options.value(QLatin1String(key));
}

} // namespace

QString shownName(const dbus::Volume& volume) {
    return volume.isAnonymous ? volume.name.left(kShownName) + u'…' : volume.name;
}

QString madeForText(const dbus::Volume& volume) {
    if (!volume.isAnonymous)
        return {};
    if (volume.users.isEmpty())
        return words(QT_TRANSLATE_NOOP("VolumeText", "made for a container that is gone"));
    return words(QT_TRANSLATE_NOOP("VolumeText", "made for %1, at %2"))
        .arg(volume.users.first().name, volume.users.first().target);
}

QString volumeKindText(const dbus::Volume& volume) {
    const auto with = [](const QString& kind, const QString& what) {
        return what.isEmpty() ? kind : kind + QStringLiteral(" · ") + what;
    };
    if (volume.kind == u"nfs") {
        const NfsSource source = nfsSource(volume.options);
        return with(QStringLiteral("NFS"), source.server + u':' + source.path);
    }
    if (volume.kind == u"bind")
        return with(words(QT_TRANSLATE_NOOP("VolumeText", "folder")), option(volume, "device"));
    if (volume.kind == u"tmpfs")
        return words(QT_TRANSLATE_NOOP("VolumeText", "memory"));
    if (volume.kind == u"device")
        return with(option(volume, "type"), option(volume, "device"));
    return volume.driver;
}

QString volumeKindSentence(const dbus::Volume& volume) {
    if (volume.kind == u"nfs")
        return words(QT_TRANSLATE_NOOP("VolumeText", "Its files are on a server of the network (NFS)."));
    if (volume.kind == u"bind")
        return words(QT_TRANSLATE_NOOP("VolumeText", "A name for a folder of this machine."));
    if (volume.kind == u"tmpfs")
        return words(QT_TRANSLATE_NOOP("VolumeText",
                                       "Its files are in memory, as long as a container that uses it runs."));
    if (volume.kind == u"device")
        return words(QT_TRANSLATE_NOOP("VolumeText", "Its files are on a device with a file system."));
    return words(QT_TRANSLATE_NOOP("VolumeText", "Its files are on this machine, kept by Escale."));
}

bool isUnused(const dbus::Volume& volume) {
    return volume.users.isEmpty();
}

bool isInUse(const dbus::Volume& volume) {
    return std::any_of(volume.users.begin(), volume.users.end(),
                       [](const dbus::VolumeUser& user) { return user.isRunning; });
}

QStringList userNames(const dbus::Volume& volume) {
    QStringList running, stopped;
    for (const dbus::VolumeUser& user : volume.users)
        (user.isRunning ? running : stopped).append(user.name);
    for (QStringList* names : {&running, &stopped}) {
        names->sort(Qt::CaseInsensitive);
        names->removeDuplicates();
    }
    return running + stopped;
}

QString usersText(const dbus::Volume& volume) {
    if (volume.users.isEmpty())
        return words(QT_TRANSLATE_NOOP("VolumeText", "nobody"));
    QStringList names = userNames(volume);
    for (QString& name : names) {
        const bool runs = std::any_of(volume.users.begin(), volume.users.end(), [&name](const auto& user) {
            return user.isRunning && user.name == name;
        });
        if (runs)
            name = words(QT_TRANSLATE_NOOP("VolumeText", "%1 (running)")).arg(name);
    }
    return names.join(QStringLiteral(", "));
}

QString lastUseText(const dbus::Volume& volume) {
    if (isInUse(volume))
        return words(QT_TRANSLATE_NOOP("VolumeText", "now"));
    return volume.lastUsed == 0 ? words(QT_TRANSLATE_NOOP("VolumeText", "never"))
                                : formatAgo(volume.lastUsed);
}

QString volumeStateText(const dbus::Volume& volume) {
    if (volume.state == u"mounting")
        return words(QT_TRANSLATE_NOOP("VolumeText", "being mounted"));
    if (volume.state == u"mounted")
        return words(QT_TRANSLATE_NOOP("VolumeText", "mounted"));
    if (volume.state == u"unreachable")
        return words(QT_TRANSLATE_NOOP("VolumeText", "does not answer"));
    if (!volume.problem.isEmpty())
        return words(QT_TRANSLATE_NOOP("VolumeText", "could not be mounted"));
    if (isInUse(volume))
        return words(QT_TRANSLATE_NOOP("VolumeText", "in use"));
    if (isUnused(volume))
        return words(QT_TRANSLATE_NOOP("VolumeText", "not used"));
    return words(QT_TRANSLATE_NOOP("VolumeText", "at rest"));
}

QString contentText(const dbus::Volume& volume) {
    if (volume.measured == 0)
        return words(QT_TRANSLATE_NOOP("VolumeText", "nobody has counted what is in it"));
    if (volume.files == 0)
        return words(QT_TRANSLATE_NOOP("VolumeText", "nothing is in it"));
    const int files = static_cast<int>(std::min<quint64>(volume.files, INT_MAX));
    return words(QT_TRANSLATE_N_NOOP("VolumeText", "%1 in %n file(s)"), files).arg(formatBytes(volume.size));
}

QString problemText(const dbus::Volume& volume) {
    return volume.problem.section(u'\n', 0, 0);
}

QString problemHint(const dbus::Volume& volume) {
    return volume.problem.section(u'\n', 1);
}

bool losesFiles(const dbus::Volume& volume) {
    return volume.kind == u"local" || volume.kind == u"tmpfs";
}

QString lossText(const dbus::Volume& volume) {
    const QString use =
        volume.lastUsed == 0 && !isInUse(volume)
            ? words(QT_TRANSLATE_NOOP("VolumeText", "no container has used it yet"))
            : words(QT_TRANSLATE_NOOP("VolumeText", "last used: %1")).arg(lastUseText(volume));
    if (volume.measured != 0 && volume.files == 0)
        return words(QT_TRANSLATE_NOOP("VolumeText", "Nothing was in it when it was counted, %1; %2."))
            .arg(formatAgo(volume.measured), use);
    QString text = contentText(volume);
    if (volume.measured != 0)
        text += u' ' + words(QT_TRANSLATE_NOOP("VolumeText", "(counted %1)")).arg(formatAgo(volume.measured));
    return words(QT_TRANSLATE_NOOP("VolumeText", "What would be lost: %1; %2.")).arg(text, use);
}

QString unreadableText(const dbus::Volume& volume) {
    if (volume.kind == u"tmpfs" && volume.state != u"mounted")
        return words(QT_TRANSLATE_NOOP(
            "VolumeText", "They are in memory, and there is nothing until a container uses the volume."));
    if (volume.state == u"unreachable")
        return problemText(volume) + u' ' + problemHint(volume);
    return {};
}

QString spokenVolume(const dbus::Volume& volume) {
    QStringList parts{volume.isAnonymous
                          ? words(QT_TRANSLATE_NOOP("VolumeText", "anonymous volume %1, %2"))
                                .arg(volume.name.left(kShownName), madeForText(volume))
                          : words(QT_TRANSLATE_NOOP("VolumeText", "volume %1")).arg(volume.name)};
    parts << volumeKindText(volume) << contentText(volume)
          << words(QT_TRANSLATE_NOOP("VolumeText", "used by %1")).arg(usersText(volume))
          << volumeStateText(volume);
    if (!volume.problem.isEmpty())
        parts << problemText(volume);
    return parts.join(QStringLiteral("; "));
}

NfsSource nfsSource(const dbus::TextMap& options) {
    NfsSource source;
    const QString device = options.value(QStringLiteral("device"));
    source.server = device.section(u':', 0, 0);
    source.path = device.section(u':', 1);
    QStringList others;
    for (const QString& option : options.value(QStringLiteral("o")).split(u',', Qt::SkipEmptyParts)) {
        const QString key = option.section(u'=', 0, 0), value = option.section(u'=', 1);
        if (key == u"addr")
            source.server = value;
        else if (key == u"nfsvers" || key == u"vers")
            source.version = value;
        else
            others.append(option);
    }
    if (options.value(QStringLiteral("type")) == u"nfs4" && source.version.isEmpty())
        source.version = QStringLiteral("4");
    source.options = others.join(u',');
    return source;
}

dbus::TextMap nfsOptions(const NfsSource& source) {
    QStringList words{QStringLiteral("addr=") + source.server};
    if (!source.version.isEmpty())
        words << QStringLiteral("nfsvers=") + source.version;
    if (!source.options.isEmpty())
        words << source.options;
    return {{QStringLiteral("type"), QStringLiteral("nfs")},
            {QStringLiteral("device"), u':' + source.path},
            {QStringLiteral("o"), words.join(u',')}};
}

} // namespace escale::gui
