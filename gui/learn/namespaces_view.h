// Machine and containers as boxes in each other: the namespaces of each, and its processes with their numbers
// inside and outside. Pure.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "gui/learn/namespaces_model.h"

namespace escale::gui {

/// Of a box and of a table's row: "ns:web's id:net" (without an id: the machine's), "p:48213", "c:web's id".
QString namespaceBox(const QString& container, NamespaceType type);
QString processBox(quint32 pid);
QString containerBox(const QString& container);

/// Of `chosen` as many processes are drawn as there is room for, of others some; the rows have all.
/// `room`: how wide it may become, as long as one container fits beside none.
Drawing drawNamespaces(const NamespacesModel& model, const QString& chosen, qreal room = 1600);
QStringList namespaceColumns();
QList<CellsRow> namespaceRows(const NamespacesModel& model);

/// "the machine's", "web's", "its own", "none here".
QString whoseText(const NamespaceOf& one, const NamespacesModel& model);

} // namespace escale::gui
