#include "gui/containers/published_port.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("escale::gui::PublishedPort", text);
}

// Ports on which a server inside speaks TLS by convention.
bool speaksTls(quint16 port) {
    return port == 443 || port == 8443;
}

} // namespace

std::optional<PublishedPort> PublishedPort::parse(const QString& text) {
    const qsizetype arrow = text.indexOf(QLatin1String("->"));
    if (arrow < 0)
        return std::nullopt;
    PublishedPort made;
    const QString outside = text.left(arrow);
    const qsizetype colon = outside.lastIndexOf(QLatin1Char(':'));
    made.address = outside.left(std::max<qsizetype>(colon, 0));
    if (made.address.startsWith(QLatin1Char('[')) && made.address.endsWith(QLatin1Char(']')))
        made.address = made.address.mid(1, made.address.size() - 2);
    const QString inside = text.mid(arrow + 2);
    bool outsideIsNumber = false, insideIsNumber = false;
    made.port = outside.mid(colon + 1).toUShort(&outsideIsNumber);
    made.containerPort = inside.section(QLatin1Char('/'), 0, 0).toUShort(&insideIsNumber);
    made.protocol = inside.section(QLatin1Char('/'), 1);
    if (made.protocol.isEmpty())
        made.protocol = QStringLiteral("tcp");
    if (!outsideIsNumber || !insideIsNumber || made.port == 0)
        return std::nullopt;
    return made;
}

QString PublishedPort::label() const {
    QString text = QString::number(port);
    if (containerPort != port)
        text += QStringLiteral("→") + QString::number(containerPort);
    if (protocol != QLatin1String("tcp"))
        text += QLatin1Char('/') + protocol;
    return text;
}

bool PublishedPort::isEverywhere() const {
    return address.isEmpty() || address == QLatin1String("0.0.0.0") || address == QLatin1String("::") ||
           address == QLatin1String("*");
}

bool PublishedPort::isLocal() const {
    return address.startsWith(QLatin1String("127.")) || address == QLatin1String("::1");
}

QUrl PublishedPort::url() const {
    if (protocol != QLatin1String("tcp"))
        return {};
    QUrl url;
    url.setScheme(speaksTls(containerPort) ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(isEverywhere() ? QStringLiteral("localhost") : address);
    url.setPort(port);
    return url;
}

QString PublishedPort::reach() const {
    const QString first = translated(QT_TRANSLATE_NOOP("escale::gui::PublishedPort",
                                                       "Port %1/%2 of the container is port %3 here."))
                              .arg(QString::number(containerPort), protocol, QString::number(port));
    const QString second =
        isEverywhere() ? translated(QT_TRANSLATE_NOOP("escale::gui::PublishedPort",
                                                      "Every computer that reaches this one can use it."))
        : isLocal()    ? translated(QT_TRANSLATE_NOOP("escale::gui::PublishedPort",
                                                      "Only programs on this machine can reach it."))
                       : translated(QT_TRANSLATE_NOOP("escale::gui::PublishedPort",
                                                      "Computers that reach the address %1 can use it."))
                          .arg(address);
    return first + QLatin1Char('\n') + second;
}

} // namespace escale::gui
