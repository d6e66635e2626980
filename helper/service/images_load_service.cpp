#include "helper/service/images_load_service.h"

#include "engine/base/json.h"
#include "helper/service/container_bus.h"
#include "helper/service/layer_steps.h"
#include "helper/validation/arguments.h"
#include "helper/validation/commit_options.h"
#include "helper/validation/received_fd.h"
#include "helper/worker/import.h"
#include "helper/worker/load.h"

#include <QDBusUnixFileDescriptor>
#include <QDateTime>

namespace escale {
namespace {

JobProgress::Report toReport(const LoadProgress& progress) {
    if (!progress.layers.empty())
        return toReport(progress.layers);
    return {progress.read,
            progress.size,
            {{QStringLiteral("archive"), QStringLiteral("reading"), progress.read, progress.size}}};
}

/// What Docker says of an import.
Result<MadeImage> importedImage(uid_t owner, const QString& name, const QVariantMap& options) {
    MadeImage image;
    image.owner = owner;
    if (!name.isEmpty()) {
        TRY_ASSIGN(image.reference, checkReference(name));
        TRY(checkNewName(image.reference));
    }
    TRY_ASSIGN(image.history.comment, commitText(options, "message"));
    if (image.history.comment.empty())
        image.history.comment = "Imported from -";
    TRY_ASSIGN(const std::string written,
               checkPlatform(options.value(QStringLiteral("platform")).toString()));
    TRY_ASSIGN(const Platform platform, Platform::parseOrThisMachine(written));
    if (platform.os != "linux")
        return fail(ErrorCode::InvalidArgument, "an image for " + platform.os + " cannot run here");
    image.settings.os = platform.os;
    image.settings.architecture = platform.architecture;
    image.settings.variant = platform.variant;
    image.settings.created = QDateTime::currentMSecsSinceEpoch();
    TRY(applyCommitOptions(options, image.settings));
    return image;
}

} // namespace

ImagesLoadService::ImagesLoadService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    constexpr auto kInterface = "org.escale.Engine1.Images";
    dispatcher.handle(kInterface, "Load", [this](const CallPointer& call) { load(call); });
    dispatcher.handle(kInterface, "Import", [this](const CallPointer& call) { import(call); });
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

void ImagesLoadService::import(const CallPointer& call) {
    auto image = importedImage(call->owner(), call->arguments().at(1).toString(), call->options());
    auto passed = takeReadable(call->arguments().at(0).value<QDBusUnixFileDescriptor>());
    if (!image || !passed) {
        call->refuse(!image ? image.error() : passed.error());
        return;
    }
    const auto input = std::make_shared<const UniqueFd>(*std::move(passed));
    start(call, "import", image->reference.empty() ? QStringLiteral("archive") : toQString(image->reference),
          [this, request = ImportRequest{*image, input->get()},
           input](JobProgress& progress, const Cancellation& cancellation) -> Result<QString> {
              TRY_ASSIGN(const Digest digest, importImage(
                                                  m_parts.store, m_parts.workerProgram, request,
                                                  [&](std::uint64_t done, std::uint64_t total) {
                                                      progress.report({done, total, {}});
                                                  },
                                                  cancellation));
              const std::string& name = request.image.reference;
              m_parts.news.happened(request.image.owner, "import", digest.toString(),
                                    name.empty() ? digest.toString() : name);
              return toQString(Json(Json::Object{{"digest", digest.toString()}}).dump());
          });
}

void ImagesLoadService::start(const CallPointer& call, const char* kind, const QString& title,
                              Job::Work work) {
    const auto job = m_parts.jobs.start({call->owner(), QLatin1String(kind), title}, std::move(work));
    answerWithJob(call, job);
}

} // namespace escale
