#include "gui/common/tar_input.h"
#include "gui/common/tar_stream.h"

#include "engine/base/unique_fd.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <ctime>

namespace escale::gui {
namespace {

constexpr std::size_t kBuffer = 64 * 1024;

struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

Entry makeEntry(const QByteArray& name, unsigned type, unsigned permissions, qint64 modified) {
    Entry entry(archive_entry_new());
    archive_entry_copy_pathname(entry.get(), name.constData());
    archive_entry_set_filetype(entry.get(), type);
    archive_entry_set_perm(entry.get(), permissions & 07777);
    archive_entry_set_mtime(entry.get(), modified, 0);
    archive_entry_set_size(entry.get(), 0);
    return entry;
}

class Writer {
public:
    Writer(int fd, Transfer::Control& control)
        : m_output(fd, control)
        , m_control(control)
        , m_buffer(kBuffer) {}

    Result<void> add(const QByteArray& path, const QByteArray& name);
    Result<void> finish() { return m_output.finish(); }

private:
    Result<void> addFile(const QByteArray& path, const QByteArray& name);
    Result<void> addFolder(const QByteArray& path, const QByteArray& name, const struct stat& info);

    TarOutput m_output;
    Transfer::Control& m_control;
    std::vector<char> m_buffer;
};

QFileInfoList contentOf(const QByteArray& folder) {
    return QDir(QFile::decodeName(folder))
        .entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

Result<void> Writer::add(const QByteArray& path, const QByteArray& name) {
    TRY(m_control.cancellation.check());
    struct stat info {};
    if (::lstat(path.constData(), &info) != 0)
        return failErrno("cannot read " + path.toStdString());
    if (S_ISREG(info.st_mode))
        return addFile(path, name);
    if (S_ISDIR(info.st_mode))
        return addFolder(path, name, info);
    if (!S_ISLNK(info.st_mode))
        return {};
    const Entry entry = makeEntry(name, AE_IFLNK, 0777, info.st_mtime);
    std::vector<char> target(static_cast<std::size_t>(info.st_size) + 1);
    if (::readlink(path.constData(), target.data(), target.size() - 1) < 0)
        return failErrno("cannot read " + path.toStdString());
    archive_entry_copy_symlink(entry.get(), target.data());
    return m_output.add(entry.get());
}

// The size is that of the open file: an archive holds exactly as many bytes as it says.
Result<void> Writer::addFile(const QByteArray& path, const QByteArray& name) {
    const UniqueFd fd(::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat info {};
    if (!fd || ::fstat(fd.get(), &info) != 0)
        return failErrno("cannot open " + path.toStdString());
    if (!S_ISREG(info.st_mode))
        return {};
    const Entry entry = makeEntry(name, AE_IFREG, info.st_mode & 0777, info.st_mtime);
    archive_entry_set_size(entry.get(), info.st_size);
    TRY(m_output.add(entry.get()));
    for (qint64 left = info.st_size; left > 0;) {
        const ssize_t count =
            ::read(fd.get(), m_buffer.data(), std::min(m_buffer.size(), static_cast<std::size_t>(left)));
        if (count < 0)
            return failErrno("cannot read " + path.toStdString());
        if (count == 0)
            return fail(ErrorCode::WrongState, path.toStdString() + " became shorter while it was read");
        TRY(m_output.data(m_buffer.data(), static_cast<std::size_t>(count)));
        m_control.bytes += static_cast<quint64>(count);
        left -= count;
    }
    return {};
}

Result<void> Writer::addFolder(const QByteArray& path, const QByteArray& name, const struct stat& info) {
    TRY(m_output.add(makeEntry(name + '/', AE_IFDIR, info.st_mode & 0777, info.st_mtime).get()));
    if (::access(path.constData(), R_OK | X_OK) != 0)
        return failErrno("cannot read " + path.toStdString());
    for (const QFileInfo& inside : contentOf(path)) {
        const QByteArray part = '/' + QFile::encodeName(inside.fileName());
        TRY(add(path + part, name + part));
    }
    return {};
}

Result<quint64> sizeOf(const QByteArray& path, const Cancellation& cancellation) {
    TRY(cancellation.check());
    struct stat info {};
    if (::lstat(path.constData(), &info) != 0)
        return failErrno("cannot read " + path.toStdString());
    if (!S_ISDIR(info.st_mode))
        return S_ISREG(info.st_mode) ? static_cast<quint64>(info.st_size) : 0;
    quint64 total = 0;
    for (const QFileInfo& inside : contentOf(path)) {
        TRY_ASSIGN(const quint64 size,
                   sizeOf(path + '/' + QFile::encodeName(inside.fileName()), cancellation));
        total += size;
    }
    return total;
}

} // namespace

Result<void> writeTar(int archive, const QStringList& paths, Transfer::Control& control) {
    quint64 total = 0;
    for (const QString& path : paths) {
        TRY_ASSIGN(const quint64 size, sizeOf(QFile::encodeName(path), control.cancellation));
        total += size;
    }
    control.total = total;
    Writer writer(archive, control);
    for (const QString& path : paths) {
        const QString clean = QDir::cleanPath(path);
        TRY(writer.add(QFile::encodeName(clean), QFile::encodeName(QFileInfo(clean).fileName())));
    }
    return writer.finish();
}

Result<void> writeTarFile(int archive, const TarFile& file, Transfer::Control& control) {
    TarOutput output(archive, control);
    const Entry entry = makeEntry(file.name, AE_IFREG, file.mode, file.modified);
    archive_entry_set_size(entry.get(), file.bytes.size());
    archive_entry_set_uid(entry.get(), file.user);
    archive_entry_set_gid(entry.get(), file.group);
    TRY(output.add(entry.get()));
    TRY(output.data(file.bytes.constData(), static_cast<std::size_t>(file.bytes.size())));
    return output.finish();
}

} // namespace escale::gui
