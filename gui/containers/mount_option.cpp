#include "gui/containers/mount_option.h"

#include "engine/base/identifier.h"
#include "engine/volume/mount_spec.h"
#include "gui/client/run_sources.h"
#include "gui/containers/row_list.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace escale::gui {
namespace {

const QString kVolume = QStringLiteral("volume");
const QString kBind = QStringLiteral("bind");
const QString kTmpfs = QStringLiteral("tmpfs");
const QString kReadOnly = QStringLiteral("ro");

QString option(const char* text) {
    return QCoreApplication::translate("DockerOption", text);
}

QString row(const char* text) {
    return QCoreApplication::translate("RowShape", text);
}

QString textOf(const MountSpec& mount) {
    return QString::fromStdString(mountText(mount));
}

Result<QString> normal(Result<MountSpec> mount) {
    if (!mount)
        return fail(mount.error());
    const std::string home = QDir::homePath().toStdString();
    makeAbsolute(*mount, home, home);
    TRY(checkMount(*mount));
    return textOf(*mount);
}

// The fields behind the source and the target, as docker writes them.
QString rest(MountSpec mount) {
    mount.source.clear();
    mount.target = "/t";
    mount.readOnly = false;
    const QString text = textOf(mount);
    return text.section(QStringLiteral("target=/t"), 1).mid(1);
}

QString field(const QString& key, const QString& value) {
    QString text = key + u'=' + value;
    if (text.contains(u',') || text.contains(u'"'))
        text = u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return text;
}

QStringList cellsOf(const QString& text) {
    const auto mount = parseMount(text.toStdString());
    if (!mount)
        return {kVolume, {}, {}, QStringLiteral("rw"), text};
    return {QString::fromStdString(std::string(mountKindName(mount->kind))),
            QString::fromStdString(mount->source), QString::fromStdString(mount->target),
            mount->readOnly ? kReadOnly : QStringLiteral("rw"), rest(*mount)};
}

QString joined(const QStringList& cells) {
    QStringList fields{QStringLiteral("type=") + cells.value(0)};
    if (!cells.value(1).trimmed().isEmpty() && cells.value(0) != kTmpfs)
        fields << field(QStringLiteral("source"), cells[1].trimmed());
    fields << field(QStringLiteral("target"), cells.value(2).trimmed());
    if (cells.value(3) == kReadOnly)
        fields << QStringLiteral("readonly");
    if (!cells.value(4).trimmed().isEmpty())
        fields << cells[4].trimmed();
    return fields.join(u',');
}

RowNote noteOf(const QStringList& cells) {
    if (cells.value(0) == kBind)
        return {row(QT_TRANSLATE_NOOP("RowShape", "this computer's own files")), cells.value(3) != kReadOnly};
    if (cells.value(0) == kTmpfs)
        return {row(QT_TRANSLATE_NOOP("RowShape", "gone when it stops")), false};
    return {cells.value(1).trimmed().isEmpty()
                ? row(QT_TRANSLATE_NOOP("RowShape", "a new one without a name"))
                : row(QT_TRANSLATE_NOOP("RowShape", "stays when it is removed")),
            false};
}

} // namespace

RowShape mountShape() {
    RowShape shape;
    shape.cells = {{row(QT_TRANSLATE_NOOP("RowShape", "Kind")), {}, 3, {kVolume, kBind, kTmpfs}},
                   {row(QT_TRANSLATE_NOOP("RowShape", "Volume, or folder here")), {}, 6},
                   {row(QT_TRANSLATE_NOOP("RowShape", "Path inside")), QStringLiteral("→"), 5},
                   {row(QT_TRANSLATE_NOOP("RowShape", "Access")), {}, 2, {QStringLiteral("rw"), kReadOnly}},
                   {row(QT_TRANSLATE_NOOP("RowShape", "more")), QStringLiteral(","), 3}};
    shape.cells[1].browses = true;
    shape.add = row(QT_TRANSLATE_NOOP("RowShape", "Add a mount"));
    shape.fresh = {kVolume, {}, {}, QStringLiteral("rw"), {}};
    shape.split = cellsOf;
    shape.join = joined;
    shape.note = noteOf;
    shape.browsed = [](QStringList cells) {
        cells[0] = kBind;
        return cells;
    };
    return shape;
}

RowShape secretShape() {
    RowShape shape;
    shape.cells = {{row(QT_TRANSLATE_NOOP("RowShape", "File here")), {}, 5},
                   {QStringLiteral("/run/secrets/password"), QStringLiteral("→"), 5}};
    shape.cells[0].browses = true;
    shape.cells[0].browsesFiles = true;
    shape.add = row(QT_TRANSLATE_NOOP("RowShape", "Add a secret file"));
    shape.split = [](const QString& text) {
        const SecretSource source = secretSource(text);
        return QStringList{source.file, source.target};
    };
    shape.join = [](const QStringList& cells) {
        return cells.value(0).trimmed() + u':' + cells.value(1).trimmed();
    };
    shape.browsed = [](QStringList cells) {
        if (cells[1].isEmpty())
            cells[1] = QStringLiteral("/run/secrets/") + cells[0].section(u'/', -1);
        return cells;
    };
    return shape;
}

Result<QString> mountOfVolumeFlag(const QString& text) {
    return normal(parseVolumeFlag(text.toStdString()));
}

Result<QString> mountOfMountFlag(const QString& text) {
    return normal(parseMount(text.toStdString()));
}

QStringList mountWords(const QString& text) {
    const auto mount = parseMount(text.toStdString());
    const QStringList whole{QStringLiteral("--mount"), text};
    if (!mount || mount->kind == MountKind::Tmpfs)
        return whole;
    std::string brief = mount->source.empty() ? mount->target : mount->source + ':' + mount->target;
    if (mount->readOnly)
        brief += ":ro";
    const auto same = parseVolumeFlag(brief);
    return same && *same == *mount ? QStringList{QStringLiteral("-v"), QString::fromStdString(brief)} : whole;
}

MountPlace mountPlace(const QString& text) {
    const auto mount = parseMount(text.toStdString());
    if (!mount)
        return {};
    return {QString::fromStdString(mount->target), QString::fromStdString(mount->source),
            QString::fromStdString(std::string(mountKindName(mount->kind))), mount->readOnly};
}

QStringList anonymousMounts(const dbus::VolumeList& volumes, const QString& container) {
    QStringList mounts;
    for (const dbus::Volume& volume : volumes) {
        for (const dbus::VolumeUser& user : volume.users) {
            if (volume.isAnonymous && user.container == container)
                mounts.append(joined({kVolume, volume.name, user.target,
                                      user.readOnly ? kReadOnly : QStringLiteral("rw"), QString()}));
        }
    }
    return mounts;
}

QStringList withVolumes(const QStringList& mounts, const QStringList& volumes) {
    QStringList all = mounts;
    for (const QString& volume : volumes) {
        const QString target = mountPlace(volume).target;
        const auto there = std::find_if(all.begin(), all.end(), [&target](const QString& mount) {
            return mountPlace(mount).target == target;
        });
        if (there == all.end())
            all.append(volume);
        else if (const MountPlace place = mountPlace(*there); place.kind == kVolume && place.source.isEmpty())
            *there = volume;
    }
    return all;
}

namespace rules {

QString mount(const QString& text) {
    if ((text + u',').contains(QStringLiteral(",target=,")))
        return option(QT_TRANSLATE_NOOP("DockerOption", "Write the path inside, for example /data."));
    const auto read = parseMount(text.toStdString());
    if (!read)
        return QString::fromStdString(read.error().message);
    const MountPlace place = mountPlace(text);
    if (!place.target.startsWith(u'/'))
        return option(QT_TRANSLATE_NOOP("DockerOption", "The path inside begins with a slash."));
    if (place.kind == kBind && place.source.isEmpty())
        return option(QT_TRANSLATE_NOOP("DockerOption", "Name the folder or file of this computer."));
    if (place.kind == kBind && !place.source.startsWith(u'/'))
        return option(QT_TRANSLATE_NOOP("DockerOption", "Write the whole path of the folder, from / on."));
    if (place.kind == kVolume && place.source.contains(u'/'))
        return option(
            QT_TRANSLATE_NOOP("DockerOption", "A volume's name has no slash: choose bind for a folder."));
    const auto checked = checkMount(*read);
    return checked ? QString() : QString::fromStdString(checked.error().message);
}

QString volumesFrom(const QString& text) {
    const QString mode = text.section(u':', 1);
    const bool good = validateName(text.section(u':', 0, 0).toStdString()).has_value() &&
                      (mode.isEmpty() || mode == u"ro" || mode == u"rw");
    return good ? QString() : option(QT_TRANSLATE_NOOP("DockerOption", "Write CONTAINER or CONTAINER:ro."));
}

QString secret(const QString& text) {
    const SecretSource source = secretSource(text);
    if (!source.file.startsWith(u'/'))
        return option(QT_TRANSLATE_NOOP("DockerOption", "Write the whole path of the file, from / on."));
    return source.target.startsWith(u'/') && source.target.size() > 1
               ? QString()
               : option(QT_TRANSLATE_NOOP("DockerOption", "The path inside begins with a slash."));
}

} // namespace rules

} // namespace escale::gui
