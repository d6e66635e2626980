#include "gui/common/part_file.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::gui {

PartFile::PartFile(QString path, QByteArray part, UniqueFd file)
    : m_path(std::move(path))
    , m_part(std::move(part))
    , m_file(std::move(file)) {}

PartFile::~PartFile() {
    if (!m_kept)
        ::unlink(m_part.constData());
}

Result<std::shared_ptr<PartFile>> PartFile::create(const QString& path) {
    const QFileInfo info(path);
    QByteArray part = QFile::encodeName(info.absolutePath() + QStringLiteral("/.") + info.fileName() +
                                        QStringLiteral(".part-XXXXXX"));
    UniqueFd file(::mkostemp(part.data(), O_CLOEXEC));
    if (!file)
        return failErrno("cannot write in " + info.absolutePath().toStdString());
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(file.get(), 0666 & ~mask);
    return std::shared_ptr<PartFile>(new PartFile(info.absoluteFilePath(), part, std::move(file)));
}

Result<void> PartFile::sync() {
    if (::fsync(m_file.get()) != 0)
        return failErrno("cannot write " + m_path.toStdString());
    return {};
}

Result<void> PartFile::keep() {
    if (::rename(m_part.constData(), QFile::encodeName(m_path).constData()) != 0)
        return failErrno("cannot name " + m_path.toStdString());
    m_kept = true;
    return {};
}

} // namespace escale::gui
