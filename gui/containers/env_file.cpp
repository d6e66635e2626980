#include "gui/containers/env_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

namespace escale::gui {
namespace {

constexpr qint64 kLargestFile = 1 << 20;

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

Result<QStringList> readFile(const QString& path, bool isEnvironment) {
    TRY_ASSIGN(QByteArray bytes, readSmallFile(path));
    const auto wrong = [&path](qsizetype line, const QString& why) {
        return fail(ErrorCode::InvalidArgument,
                    translate("DockerCommand", "%1, line %2: %3").arg(path).arg(line).arg(why).toStdString());
    };
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3);
    QStringList found;
    qsizetype number = 0;
    for (QByteArray line : bytes.split('\n')) {
        ++number;
        if (line.endsWith('\r'))
            line.chop(1);
        QStringDecoder decoder(QStringDecoder::Utf8);
        QString text = decoder(line);
        if (decoder.hasError() || text.contains(QChar(u'\0')))
            return wrong(number, translate("DockerCommand", "this is no UTF-8 text."));
        while (!text.isEmpty() && text.front().isSpace())
            text.remove(0, 1);
        if (text.isEmpty() || text.startsWith(u'#'))
            continue;
        const QString name = text.section(u'=', 0, 0);
        if (name.isEmpty())
            return wrong(number, translate("DockerCommand", "the name before “=” is missing."));
        if (std::any_of(name.begin(), name.end(), [](QChar c) { return c.isSpace(); }))
            return wrong(number, translate("DockerCommand", "the name “%1” holds a blank.").arg(name));
        if (text.contains(u'='))
            found.append(text);
        else if (!isEnvironment)
            found.append(name + u'=');
        else if (const QByteArray key = name.toLocal8Bit(); qEnvironmentVariableIsSet(key.constData()))
            found.append(name + u'=' + qEnvironmentVariable(key.constData()));
    }
    return found;
}

} // namespace

Result<QByteArray> readSmallFile(const QString& path) {
    const auto wrong = [&path](const QString& why) {
        return fail(
            ErrorCode::InvalidArgument,
            translate("DockerCommand", "The file %1 cannot be read: %2").arg(path, why).toStdString());
    };
    QFile file(path);
    const QFileInfo info(path);
    // Nothing that can block: no pipe, no device.
    if (info.exists() && !info.isFile())
        return wrong(translate("DockerCommand", "it is no ordinary file."));
    if (info.size() > kLargestFile)
        return wrong(translate("DockerCommand", "it is larger than 1 MiB."));
    if (!file.open(QIODevice::ReadOnly))
        return wrong(file.errorString());
    return file.read(kLargestFile);
}

Result<QStringList> readEnvFile(const QString& path) {
    return readFile(path, true);
}
Result<QStringList> readLabelFile(const QString& path) {
    return readFile(path, false);
}

} // namespace escale::gui
