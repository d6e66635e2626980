#include "gui/common/text_file.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QStringDecoder>

namespace escale::gui {

void TextFile::setPath(const QString& path) {
    m_path = path;
    m_time.reset();
}

Result<QString> TextFile::read(const QString& path, qint64 most) {
    const QFileInfo info(path);
    const std::string name = path.toStdString();
    // A pipe would make us wait.
    if (info.exists() && !info.isFile())
        return fail(ErrorCode::InvalidArgument, name + " is no file");
    if (info.size() > most)
        return fail(ErrorCode::InvalidArgument, name + " is larger than such a file ever is (" +
                                                    std::to_string(most / (1024 * 1024)) + " MiB)");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(info.exists() ? ErrorCode::PermissionDenied : ErrorCode::NotFound,
                    "cannot read " + name + ": " + file.errorString().toStdString());
    const QByteArray bytes = file.read(most);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    if (text.toUtf8() != bytes || text.contains(QChar::Null))
        return fail(ErrorCode::InvalidArgument, name + " is no text in UTF-8");
    m_path = path;
    m_time = info.lastModified();
    m_hasMark = text.startsWith(QChar::ByteOrderMark);
    if (m_hasMark)
        text.remove(0, 1);
    m_crlf = text.contains(QLatin1String("\r\n"));
    if (m_crlf)
        text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    return text;
}

bool TextFile::isChanged() const {
    const QFileInfo now(m_path);
    return now.exists() && (!m_time || now.lastModified() != *m_time);
}

Result<void> TextFile::write(const QString& text) {
    QString whole = text;
    if (m_crlf)
        whole.replace(QLatin1String("\n"), QLatin1String("\r\n"));
    if (m_hasMark)
        whole.prepend(QChar::ByteOrderMark);
    const QByteArray bytes = whole.toUtf8();
    QSaveFile file(m_path);
    file.setDirectWriteFallback(true); // a folder in which nothing can be made
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::SystemFailure,
                    "cannot write " + m_path.toStdString() + ": " + file.errorString().toStdString());
    m_time = QFileInfo(m_path).lastModified();
    return {};
}

} // namespace escale::gui
