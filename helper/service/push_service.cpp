#include "helper/service/push_service.h"

#include "engine/base/json.h"
#include "helper/validation/arguments.h"
#include "helper/worker/push.h"

namespace escale {
namespace {

QString phaseName(PushPhase phase) {
    switch (phase) {
    case PushPhase::Waiting:
        return QStringLiteral("waiting");
    case PushPhase::Packing:
        return QStringLiteral("packing");
    case PushPhase::Sending:
        return QStringLiteral("sending");
    case PushPhase::Present:
        return QStringLiteral("present");
    case PushPhase::Done:
        break;
    }
    return QStringLiteral("done");
}

/// What travels counts: a layer that is packed has not set out, and one that is there never will.
JobProgress::Report toReport(const std::vector<PushedLayer>& layers) {
    JobProgress::Report report;
    for (const PushedLayer& layer : layers) {
        report.steps.append(
            {QString::fromStdString(layer.digest), phaseName(layer.phase), layer.done, layer.total});
        if (layer.phase == PushPhase::Present)
            continue;
        report.done += layer.phase == PushPhase::Packing ? 0 : layer.done;
        report.total += layer.size;
    }
    return report;
}

QString toJson(const Pushed& pushed) {
    return QString::fromStdString(Json(Json::Object{{"digest", pushed.digest},
                                                    {"size", pushed.size},
                                                    {"reference", pushed.reference},
                                                    {"present", pushed.present},
                                                    {"mounted", pushed.mounted},
                                                    {"sent", pushed.sent},
                                                    {"bytes", pushed.bytes}})
                                      .dump());
}

} // namespace

PushService::PushService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    dispatcher.handle("org.escale.Engine1.Images", "Push", [this](const CallPointer& call) { push(call); });
}

void PushService::push(const CallPointer& call) {
    auto request = pushRequest(call->owner(), call->arguments().at(0).toString(), call->options());
    if (!request) {
        call->refuse(request.error());
        return;
    }
    const std::string title = request->target.empty() ? request->image : request->target;
    const auto job = m_parts.jobs.start(
        {call->owner(), QStringLiteral("push"), QString::fromStdString(title)},
        [this, request = std::move(*request)](JobProgress& progress,
                                              const Cancellation& cancellation) -> Result<QString> {
            TRY_ASSIGN(const Pushed pushed,
                       pushImage(
                           m_parts.store, m_parts.workerProgram, request,
                           [&progress](const auto& layers) { progress.report(toReport(layers)); },
                           cancellation));
            m_parts.news.happened(request.owner, "push", pushed.image, pushed.reference);
            return toJson(pushed);
        });
    answerWithJob(call, job);
}

} // namespace escale
