// IP addresses and subnets as people write them: what is wrong with one, said while it is typed. Pure.
#pragma once

#include <QString>
#include <QStringList>

namespace escale::gui {

/// What is wrong with an address of that family; empty: nothing, or there is none.
QString addressProblem(const QString& text, bool six);
/// The same for one that must be in one of these subnets.
QString addressProblem(const QString& text, const QStringList& subnets, bool six);
/// "10.5.0.0/24".
QString subnetProblem(const QString& text, bool six);

} // namespace escale::gui
