// The environment of each service as it will be, and where each value comes from. Pure.
#pragma once

#include "engine/stack/compose/load_project.h"

#include <QList>
#include <QString>

namespace escale::gui {

struct EnvironmentEntry {
    QString service;
    QString name, value;
    QString raw;           // as it is written, when variables were replaced in it
    QString origin;        // in words: "compose.yaml:12", "with DB_USER from .env:3"
    compose::Place place;  // line 0: nowhere
    bool isSecret = false; // by its name
};

/// Of the enabled services, in the file's order.
QList<EnvironmentEntry> environmentOf(const compose::Loaded& loaded);

} // namespace escale::gui
