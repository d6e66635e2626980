// What a Compose file can refer to: the names in all files of its project, variables and images. Pure.
#pragma once

#include "engine/stack/compose/load_project.h"
#include "gui/stacks/compose_outline.h"

#include <QMap>

namespace escale::gui {

struct ComposeVariable {
    QString value;
    QString source; // "…/.env:3", "your environment": in the person's language
    bool isOfFile = false;
};

struct ComposeSurroundings {
    QStringList services, networks, volumes, secrets, configs, profiles; // each once
    QMap<QString, ComposeVariable> variables;
    QStringList images; // that the engine has
};

/// Of a loaded project (null: there is none yet).
ComposeSurroundings surroundingsOf(const compose::Loaded* loaded);
/// With the names that the text declares by now.
ComposeSurroundings withNamesOf(const ComposeOutline& outline, ComposeSurroundings surroundings);

} // namespace escale::gui
