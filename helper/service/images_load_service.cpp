#include "helper/service/images_load_service.h"

#include "engine/base/json.h"
#include "helper/service/container_bus.h"
#include "helper/service/layer_steps.h"
#include "helper/validation/arguments.h"
#include "helper/validation/received_fd.h"
#include "helper/worker/load.h"

#include <QDBusUnixFileDescriptor>

namespace escale {
namespace {

JobProgress::Report toReport(const LoadProgress& progress) {
    if (!progress.layers.empty())
        return toReport(progress.layers);
    return {progress.read,
            progress.size,
            {{QStringLiteral("archive"), QStringLiteral("reading"), progress.read, progress.size}}};
}

} // namespace

ImagesLoadService::ImagesLoadService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    constexpr auto kInterface = "org.escale.Engine1.Images";
    dispatcher.handle(kInterface, "Load", [this](const CallPointer& call) { load(call); });
}

void ImagesLoadService::load(const CallPointer& call) {
    auto request = loadRequest(call->owner(), call->options());
    auto passed = takeReadableOrFolder(call->arguments().at(0).value<QDBusUnixFileDescriptor>());
    if (!request || !passed) {
        call->refuse(!request ? request.error() : passed.error());
        return;
    }
    const auto input = std::make_shared<const UniqueFd>(*std::move(passed));
    request->input = input->get();
    const QString title = request->name.empty() ? QStringLiteral("archive") : toQString(request->name);
    start(call, "load", title,
          [this, request = *request, input](JobProgress& progress,
                                            const Cancellation& cancellation) -> Result<QString> {
              TRY_ASSIGN(const auto names,
                         loadImages(
                             m_parts.store, m_parts.workerProgram, request,
                             [&](const Digest& image, const std::string& name) {
                                 m_parts.news.happened(request.owner, "load", image.toString(), name);
                             },
                             [&](const LoadProgress& now) { progress.report(toReport(now)); }, cancellation));
              return toQString(Json(Json::Object{{"images", Json::strings(names)}}).dump());
          });
}

void ImagesLoadService::start(const CallPointer& call, const char* kind, const QString& title,
                              Job::Work work) {
    const auto job = m_parts.jobs.start({call->owner(), QLatin1String(kind), title}, std::move(work));
    if (job)
        call->reply({QVariant::fromValue(QDBusObjectPath((*job)->path()))});
    else
        call->refuse(job.error());
}

} // namespace escale
