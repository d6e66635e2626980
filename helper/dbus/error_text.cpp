#include "helper/dbus/error_text.h"

#include "helper/dbus/types.h"

namespace escale::dbus {
namespace {

// A line feed separates message and hint, so neither may hold one.
QString oneLine(const std::string& text) {
    QString line = QString::fromStdString(text).simplified();
    line.remove(QChar::Null);
    return line;
}

} // namespace

ErrorText errorText(const Error& error) {
    std::string message = error.message;
    for (const auto& cause : error.causes)
        message += "; " + cause;
    const auto code = errorName(error.code);
    return {QLatin1String(kErrorPrefix) + QLatin1String(code.data(), static_cast<qsizetype>(code.size())),
            oneLine(message), oneLine(error.hint)};
}

} // namespace escale::dbus
