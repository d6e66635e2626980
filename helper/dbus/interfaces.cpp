#include "helper/dbus/interfaces.h"

#include "interface_text.h"

#include <QXmlStreamReader>

namespace escale::dbus {

QString engineXml() {
    return QString::fromUtf8(kEngineXml);
}
QString jobXml() {
    return QString::fromUtf8(kJobXml);
}

QList<MethodDescription> describedMethods(const QString& xml) {
    QList<MethodDescription> methods;
    QXmlStreamReader reader(xml);
    QString interface;
    bool inMethod = false;
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        const auto attribute = [&reader](const char* name) {
            return reader.attributes().value(QLatin1String(name)).toString();
        };
        if (token == QXmlStreamReader::StartElement) {
            if (reader.name() == QLatin1String("interface")) {
                interface = attribute("name");
            } else if (reader.name() == QLatin1String("method")) {
                methods.append({interface, attribute("name"), {}, {}});
                inMethod = true;
            } else if (inMethod && reader.name() == QLatin1String("arg")) {
                (attribute("direction") == QLatin1String("out") ? methods.last().out : methods.last().in) +=
                    attribute("type");
            }
        } else if (token == QXmlStreamReader::EndElement && reader.name() == QLatin1String("method")) {
            inMethod = false;
        }
    }
    return reader.hasError() ? QList<MethodDescription>() : methods;
}

QString interfaceElements(const QString& xml) {
    const auto first = xml.indexOf(QLatin1String("<interface"));
    const auto last = xml.lastIndexOf(QLatin1String("</node>"));
    return first < 0 || last < first ? QString() : xml.mid(first, last - first);
}

} // namespace escale::dbus
