#include "helper/service/layer_steps.h"

namespace escale {
namespace {

QString phaseName(LayerPhase phase) {
    switch (phase) {
    case LayerPhase::Waiting:
        return QStringLiteral("waiting");
    case LayerPhase::Downloading:
        return QStringLiteral("downloading");
    case LayerPhase::Present:
        return QStringLiteral("present");
    case LayerPhase::Done:
        break;
    }
    return QStringLiteral("done");
}

} // namespace

JobProgress::Report toReport(const std::vector<LayerProgress>& layers) {
    JobProgress::Report report;
    for (const LayerProgress& layer : layers) {
        report.steps.append(
            {QString::fromStdString(layer.digest), phaseName(layer.phase), layer.received, layer.total});
        if (layer.phase == LayerPhase::Present)
            continue; // not one byte of it travels
        report.done += layer.received;
        report.total += layer.total;
    }
    return report;
}

} // namespace escale
