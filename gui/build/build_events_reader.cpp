#include "gui/build/build_events_reader.h"

namespace escale::gui {

BuildEventsReader::BuildEventsReader(QObject* parent)
    : GrowingLines(parent) {
    connect(this, &GrowingLines::lines, this, [this](const QList<QByteArray>& lines) {
        QList<BuildEvent> found;
        for (const QByteArray& line : lines) {
            // A line that is no event comes from another version: what is known is shown.
            if (auto event = parseBuildEvent({line.constData(), static_cast<std::size_t>(line.size())}))
                found.append(std::move(*event));
        }
        if (!found.isEmpty())
            Q_EMIT events(found);
    });
}

} // namespace escale::gui
