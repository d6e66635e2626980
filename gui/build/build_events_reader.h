// Reads what happens in a build from its file of events (Builds.OpenEvents): what is there, then what is
// added. GUI thread.
#pragma once

#include "engine/build/build_events.h"
#include "gui/common/growing_lines.h"

namespace escale::gui {

class BuildEventsReader : public GrowingLines {
    Q_OBJECT
public:
    explicit BuildEventsReader(QObject* parent = nullptr);

Q_SIGNALS:
    void events(const QList<escale::BuildEvent>& events);
};

} // namespace escale::gui
