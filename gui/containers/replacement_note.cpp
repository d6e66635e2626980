#include "gui/containers/replacement_note.h"

#include "gui/containers/state_text.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace escale::gui {
namespace {

constexpr qint64 kLongest = 16 * 1024; // bytes

QDir folder() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                QStringLiteral("/escale/replacing"));
}

/// Open and ours alone; none when a window that lives has it.
UniqueFd locked(const QString& path, int flags) {
    UniqueFd file(::open(QFile::encodeName(path).constData(), flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file && ::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
        file.reset();
    return file;
}

} // namespace

void ReplacementNote::begin() {
    if (!folder().mkpath(QStringLiteral(".")))
        return;
    m_lock = locked(folder().filePath(m_words.id), O_CREAT | O_TRUNC);
    const QByteArray text = QJsonDocument(QJsonObject{{QStringLiteral("name"), m_words.name},
                                                      {QStringLiteral("aside"), m_words.aside},
                                                      {QStringLiteral("wasAlive"), m_words.wasAlive}})
                                .toJson(QJsonDocument::Compact);
    if (m_lock && ::write(m_lock.get(), text.constData(), size_t(text.size())) != text.size())
        forget();
}

void ReplacementNote::forget() {
    QFile::remove(folder().filePath(m_words.id));
    m_lock.reset();
}

std::vector<ReplacementNote> ReplacementNote::leftBehind() {
    std::vector<ReplacementNote> notes;
    for (const QString& name : folder().entryList(QDir::Files)) {
        const QString path = folder().filePath(name);
        UniqueFd lock = locked(path, 0);
        QFile file(path);
        if (!lock || !file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject told = QJsonDocument::fromJson(file.read(kLongest)).object();
        ReplacementNote note({name, told.value(QStringLiteral("name")).toString(),
                              told.value(QStringLiteral("aside")).toString(),
                              told.value(QStringLiteral("wasAlive")).toBool()});
        note.m_lock = std::move(lock);
        if (note.m_words.name.isEmpty())
            note.forget(); // the window ended before it was written: nothing was done yet
        else
            notes.push_back(std::move(note));
    }
    return notes;
}

std::optional<Leftover> leftoverOf(const ReplacementNote::Words& note,
                                   const dbus::ContainerList& containers) {
    const auto find = [&containers](auto matches) {
        const auto found = std::find_if(containers.begin(), containers.end(), matches);
        return found == containers.end() ? nullptr : &*found;
    };
    const dbus::Container* old = find([&note](const dbus::Container& c) { return c.id == note.id; });
    if (old == nullptr)
        return std::nullopt;
    if (old->name == note.name)
        return note.wasAlive && !isAlive(*old) ? std::optional(Leftover{}) : std::nullopt;
    if (old->name != note.aside)
        return std::nullopt; // somebody has decided about it
    const dbus::Container* made = find([&note](const dbus::Container& c) { return c.name == note.name; });
    return Leftover{true, made != nullptr ? made->id : QString()};
}

} // namespace escale::gui
