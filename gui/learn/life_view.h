// The Life page as data: the states of a container with the ways that it really went, its processes as a
// tree, and one run on a time line to scale, with its end under a lens. Pure.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "gui/learn/life_story.h"

namespace escale::gui {

/// All that it is drawn from.
struct LifeFacts {
    dbus::Container container;
    LifeStory story;
    dbus::ProcessList processes; // while it runs
    bool hasInit = false;        // --init
    int run = -1;                // of the story's; -1: the last one
    qint64 now = 0;              // Unix milliseconds

    [[nodiscard]] const LifeRun* shown() const;
};

struct LifeView {
    Drawing drawing;
    QList<CellsRow> rows;
};

/// Those of the container itself: without the monitor, which holds it, and the engine.
dbus::ProcessList processesOf(const dbus::InspectedProcesses& processes, const QString& container);

// Ids: "state:running", "way:running:exited", "process:PID" (on this machine), "event:SEQUENCE", "end",
// "run".
LifeView lifeView(const LifeFacts& facts);
QString lifeExplanation(const LifeFacts& facts, const QString& id);

/// A run in a word, for a list to choose from: "3: 20:14:07, 12 s, exited (0)".
QString runTitle(const LifeRun& run, int number);

} // namespace escale::gui
