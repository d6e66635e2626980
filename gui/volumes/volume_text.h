// What the engine tells of volumes, in words: for cells, questions, tool tips, screen readers. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

/// Its name; of an anonymous one the beginning.
QString shownName(const dbus::Volume& volume);
/// "made for web, at /data"; empty for one that somebody named.
QString madeForText(const dbus::Volume& volume);
/// "local", "NFS · nas:/photos", "folder · /srv/web", "memory", "ext4 · /dev/sdb1".
QString volumeKindText(const dbus::Volume& volume);
/// What that kind is, as a sentence.
QString volumeKindSentence(const dbus::Volume& volume);
/// No container has it, not even one that is stopped.
bool isUnused(const dbus::Volume& volume);
bool isInUse(const dbus::Volume& volume);
/// Names of the containers that have it, each once; those that run are first.
QStringList userNames(const dbus::Volume& volume);
/// "web (running), db"; a dash when it is unused.
QString usersText(const dbus::Volume& volume);
QString lastUseText(const dbus::Volume& volume);
QString volumeStateText(const dbus::Volume& volume);
/// "1.2 GB in 3,402 files"; that nobody has counted it.
QString contentText(const dbus::Volume& volume);
/// The engine's problem in two parts.
QString problemText(const dbus::Volume& volume);
QString problemHint(const dbus::Volume& volume);
/// Its files go with it; what another file system holds stays there.
bool losesFiles(const dbus::Volume& volume);
/// What is gone when its content is: size, files, last use. A sentence.
QString lossText(const dbus::Volume& volume);
/// Why its files cannot be seen now; empty: they can.
QString unreadableText(const dbus::Volume& volume);
/// A volume in one sentence.
QString spokenVolume(const dbus::Volume& volume);

struct NfsSource {
    QString server, path, version, options; // options: the others, "soft,ro"
};
/// Of a volume of the kind "nfs", however its options say it.
NfsSource nfsSource(const dbus::TextMap& options);
/// The other way round, as Volumes.Create takes it.
dbus::TextMap nfsOptions(const NfsSource& source);

} // namespace escale::gui
