#include "gui/common/tar_input.h"
#include "gui/common/tar_stream.h"

#include "engine/base/unique_fd.h"

#include <QFile>

#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace escale::gui {
namespace {

using Names = QList<QByteArray>;

// "./a//b/" is a, b.
Result<Names> namesOf(const QByteArray& path) {
    Names names;
    if (path.startsWith('/'))
        return fail(ErrorCode::Untrusted, "the archive wants to write to " + path.toStdString());
    for (const QByteArray& name : path.split('/')) {
        if (name == "..")
            return fail(ErrorCode::Untrusted, "the archive wants to write to " + path.toStdString());
        if (!name.isEmpty() && name != ".")
            names.append(name);
    }
    return names;
}

class Extractor {
public:
    Extractor(int archive, UniqueFd folder, Transfer::Control& control)
        : m_input(archive, control)
        , m_folder(std::move(folder))
        , m_control(control) {}

    Result<int> run();

private:
    Result<void> extract(archive_entry* entry);
    /// The folder of the last name; made where it is missing, never through a link.
    Result<UniqueFd> enter(const Names& names) const;
    Result<void> makeFolder(int at, const QByteArray& name);
    Result<void> makeFile(int at, const QByteArray& name, archive_entry* entry);
    Result<void> makeLink(int at, const QByteArray& name, const char* target);
    Result<void> makeHardLink(int at, const QByteArray& name, const char* target);

    TarInput m_input;
    UniqueFd m_folder;
    Transfer::Control& m_control;
    int m_left = 0; // out
};

UniqueFd openFolder(int at, const char* name) {
    return UniqueFd(::openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

Error systemFailure(const char* what, const QByteArray& name) {
    // A link where a folder belongs.
    if (errno == ELOOP || errno == ENOTDIR)
        return {ErrorCode::Untrusted, "the archive wants to write through " + name.toStdString(), {}, {}};
    return systemError(std::string(what) + name.toStdString());
}

Result<int> Extractor::run() {
    for (;;) {
        TRY_ASSIGN(archive_entry * entry, m_input.next());
        if (entry == nullptr)
            return m_left;
        TRY(extract(entry));
    }
}

Result<UniqueFd> Extractor::enter(const Names& names) const {
    UniqueFd at(::fcntl(m_folder.get(), F_DUPFD_CLOEXEC, 3));
    for (qsizetype i = 0; i + 1 < names.size(); ++i) {
        UniqueFd below = openFolder(at.get(), names[i].constData());
        if (!below && errno == ENOENT) {
            if (::mkdirat(at.get(), names[i].constData(), 0755) != 0)
                return fail(systemFailure("cannot make ", names[i]));
            below = openFolder(at.get(), names[i].constData());
        }
        if (!below)
            return fail(systemFailure("cannot open ", names[i]));
        at = std::move(below);
    }
    if (!at)
        return failErrno("cannot open the folder");
    return at;
}

Result<void> Extractor::extract(archive_entry* entry) {
    TRY_ASSIGN(const Names names, namesOf(archive_entry_pathname(entry)));
    if (names.isEmpty())
        return {}; // the folder itself
    TRY_ASSIGN(const UniqueFd at, enter(names));
    const QByteArray& name = names.last();
    if (const char* target = archive_entry_hardlink(entry))
        return makeHardLink(at.get(), name, target);
    switch (archive_entry_filetype(entry)) {
    case AE_IFDIR:
        return makeFolder(at.get(), name);
    case AE_IFREG:
        return makeFile(at.get(), name, entry);
    case AE_IFLNK:
        return makeLink(at.get(), name, archive_entry_symlink(entry));
    default:
        ++m_left;
        return {};
    }
}

// Always with all rights for the owner: what is in it follows.
Result<void> Extractor::makeFolder(int at, const QByteArray& name) {
    if (::mkdirat(at, name.constData(), 0755) == 0)
        return {};
    if (errno == EEXIST && openFolder(at, name.constData()))
        return {};
    return fail(systemFailure("cannot make ", name));
}

Result<void> Extractor::makeFile(int at, const QByteArray& name, archive_entry* entry) {
    if (::unlinkat(at, name.constData(), 0) != 0 && errno != ENOENT)
        return fail(systemFailure("cannot replace ", name));
    const UniqueFd fd(
        ::openat(at, name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd)
        return fail(systemFailure("cannot make ", name));
    for (;;) {
        TRY_ASSIGN(const std::optional<TarInput::Block> block, m_input.nextBlock());
        if (!block)
            break;
        for (std::size_t done = 0; done < block->size;) {
            const ssize_t count = ::pwrite(fd.get(), block->bytes + done, block->size - done,
                                           block->offset + static_cast<off_t>(done));
            if (count < 0)
                return failErrno("cannot write " + name.toStdString());
            done += static_cast<std::size_t>(count);
        }
        TRY(m_control.cancellation.check());
    }
    // A hole at its end has no block.
    if (::ftruncate(fd.get(), archive_entry_size(entry)) != 0 ||
        ::fchmod(fd.get(), archive_entry_perm(entry) & 0777) != 0)
        return failErrno("cannot write " + name.toStdString());
    const timespec modified{archive_entry_mtime(entry), 0};
    const timespec times[] = {modified, modified};
    ::futimens(fd.get(), times); // a file system without times is no reason to fail
    return {};
}

// Kept as it is, wherever it leads: nothing is written through it.
Result<void> Extractor::makeLink(int at, const QByteArray& name, const char* target) {
    if (target == nullptr || (::unlinkat(at, name.constData(), 0) != 0 && errno != ENOENT))
        return fail(systemFailure("cannot replace ", name));
    if (::symlinkat(target, at, name.constData()) != 0)
        return fail(systemFailure("cannot make ", name));
    return {};
}

Result<void> Extractor::makeHardLink(int at, const QByteArray& name, const char* target) {
    TRY_ASSIGN(const Names names, namesOf(target));
    if (names.isEmpty())
        return fail(ErrorCode::Untrusted, "a hard link to nothing");
    TRY_ASSIGN(const UniqueFd from, enter(names));
    if (::unlinkat(at, name.constData(), 0) != 0 && errno != ENOENT)
        return fail(systemFailure("cannot replace ", name));
    if (::linkat(from.get(), names.last().constData(), at, name.constData(), 0) != 0)
        return fail(systemFailure("cannot link ", name));
    return {};
}

} // namespace

Result<int> extractTar(int archive, const QString& folder, Transfer::Control& control) {
    UniqueFd at(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!at)
        return failErrno("cannot open " + folder.toStdString());
    return Extractor(archive, std::move(at), control).run();
}

} // namespace escale::gui
