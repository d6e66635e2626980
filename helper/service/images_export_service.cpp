#include "helper/service/images_export_service.h"

#include "engine/base/json.h"
#include "engine/container/step_container.h"
#include "engine/image/named_image.h"
#include "helper/service/container_bus.h"
#include "helper/service/files_calls.h"
#include "helper/validation/arguments.h"
#include "helper/validation/received_fd.h"
#include "helper/worker/relay.h"

namespace escale {

ImagesExportService::ImagesExportService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    dispatcher.handle("org.escale.Engine1.Images", "Export",
                      [this](const CallPointer& call) { exportImage(call); });
}

void ImagesExportService::exportImage(const CallPointer& call) {
    const auto image = checkReference(call->arguments().at(0).toString());
    auto output = takeWritable(call->arguments().at(1).value<QDBusUnixFileDescriptor>());
    if (!image || !output) {
        call->refuse(!image ? image.error() : output.error());
        return;
    }
    // The job's work can be copied; the descriptor goes with its last copy, which is the output's end.
    const auto file = std::make_shared<const UniqueFd>(*std::move(output));
    const auto job = m_parts.jobs.start({call->owner(), QStringLiteral("export-image"), toQString(*image)},
                                        [this, owner = call->owner(), image = *image,
                                         file](JobProgress& progress, const Cancellation& cancellation) {
                                            return run(owner, image, file->get(), progress, cancellation);
                                        });
    answerWithJob(call, job);
}

Result<QString> ImagesExportService::run(uid_t owner, const std::string& image, int output,
                                         JobProgress& progress, const Cancellation& cancellation) {
    TRY_ASSIGN(const KeptNamedImage kept, keepImageAsWritten(m_parts.store, owner, image));
    TRY_ASSIGN(const ContainerRoot root,
               m_parts.containers.openStepRoot(owner, StepRoot{kept.found.image.layers, {}}));
    TRY_ASSIGN(Pipe pipe, Pipe::make());
    TRY_ASSIGN(Relay relay, Relay::between(m_parts.workerProgram, pipe.reading.get(), output, cancellation));
    pipe.reading.reset();
    TRY_ASSIGN(auto archive, FilesWorker(m_parts.workerProgram)
                                 .copyOut({root.directory(), root.userNamespace()}, "/",
                                          {.contentOnly = true}, pipe.writing.get(), cancellation));
    pipe.writing.reset(); // the worker's is the last: its end is the archive's
    const auto written = archive.finish(reporting(progress), cancellation);
    // Whose fault it is that nobody reads the archive any longer, the reader says.
    if (!written && written.error().code != ErrorCode::Unreachable)
        return fail(written.error());
    TRY_ASSIGN(const std::uint64_t bytes, relay.finish());
    TRY(written);
    return toQString(Json(Json::Object{{"bytes", bytes}}).dump());
}

} // namespace escale
