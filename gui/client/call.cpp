#include "gui/client/call.h"

#include "helper/dbus/types.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("escale::gui::Client", text);
}

// Errors of the message bus itself; the person never asked for "D-Bus", so it is named only in the hint.
Error busError(const QDBusError& error) {
    const std::string reason = error.message().toStdString();
    // The bus could not start the helper; Qt has no type for these.
    const bool notStarted = error.name().startsWith(QLatin1String("org.freedesktop.DBus.Error.Spawn."));
    switch (notStarted ? QDBusError::ServiceUnknown : error.type()) {
    case QDBusError::ServiceUnknown:
    case QDBusError::NoReply:
    case QDBusError::Disconnected:
    case QDBusError::NoServer:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return {ErrorCode::Unreachable,
                translated(QT_TRANSLATE_NOOP("escale::gui::Client", "The engine does not answer: %1"))
                    .arg(error.message())
                    .toStdString(),
                translated(QT_TRANSLATE_NOOP("escale::gui::Client",
                                             "Check that the service escale-helper is installed and "
                                             "runs, then try again."))
                    .toStdString()};
    case QDBusError::AccessDenied:
        return {ErrorCode::PermissionDenied, reason,
                translated(QT_TRANSLATE_NOOP("escale::gui::Client",
                                             "The system's message bus refuses this account. Ask an "
                                             "administrator for access to org.escale.Engine1."))
                    .toStdString()};
    default:
        return {
            ErrorCode::Internal, (error.name() + QStringLiteral(": ") + error.message()).toStdString(), {}};
    }
}

} // namespace

Error errorFrom(const QString& name, const QString& message, const QString& hint) {
    const QString code = name.startsWith(QLatin1String(dbus::kErrorPrefix))
                             ? name.mid(QLatin1String(dbus::kErrorPrefix).size())
                             : name;
    if (code == QLatin1String("AuthorizationNeeded"))
        return {ErrorCode::PermissionDenied, message.toStdString(), hint.toStdString()};
    return {errorCodeFromString(code.toStdString()), message.toStdString(), hint.toStdString()};
}

Error errorFrom(const QDBusError& error) {
    if (!error.name().startsWith(QLatin1String(dbus::kErrorPrefix)))
        return busError(error);
    const qsizetype line = error.message().indexOf(QLatin1Char('\n'));
    if (line < 0)
        return errorFrom(error.name(), error.message(), {});
    return errorFrom(error.name(), error.message().left(line), error.message().mid(line + 1));
}

} // namespace escale::gui
