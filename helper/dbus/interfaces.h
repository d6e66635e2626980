// The interface XML of this folder at run time: what introspection answers and what the gate compares itself
// with.
#pragma once

#include <QList>
#include <QString>

namespace escale::dbus {

/// The files, whole: each one <node> with its interfaces.
QString engineXml();
QString jobXml();

struct MethodDescription {
    QString interface;
    QString name;
    QString in; // D-Bus signatures of all arguments together
    QString out;
};

/// Every method that `xml` declares, in its order. Empty when it is no well-formed XML (the tests prove ours
/// is).
QList<MethodDescription> describedMethods(const QString& xml);

/// The <interface> elements of `xml` alone, to be put into an introspection answer beside others.
QString interfaceElements(const QString& xml);

} // namespace escale::dbus
