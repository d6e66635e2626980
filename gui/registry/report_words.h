// A registry's check in sentences, one a step, each with what it means for the person.
#pragma once

#include "engine/registry/registry_check.h"

#include <QList>
#include <QString>

namespace escale::gui {

struct ReportLine {
    enum class Kind { Good, Note, Bad };
    Kind kind = Kind::Note;
    QString text;
    QString hint; // may be empty
};

/// `given`: whether a name and password were given for it.
QList<ReportLine> reportLines(const QString& registry, const RegistryReport& report, bool given);

} // namespace escale::gui
