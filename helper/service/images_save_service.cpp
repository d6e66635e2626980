#include "helper/service/images_save_service.h"

#include "engine/base/json.h"
#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/received_fd.h"
#include "helper/worker/save.h"

#include <array>

namespace escale {
namespace {

constexpr qsizetype kMostImages = 256;

Result<std::vector<std::string>> checkImages(const QStringList& texts) {
    if (texts.isEmpty() || texts.size() > kMostImages)
        return fail(ErrorCode::InvalidArgument,
                    "an archive is made of one image to " + std::to_string(kMostImages));
    std::vector<std::string> images;
    for (const QString& text : texts) {
        TRY_ASSIGN(std::string image, checkReference(text));
        images.push_back(std::move(image));
    }
    return images;
}

Result<LayerCompression> checkForm(const QVariantMap& options) {
    const QString format = options.value(QStringLiteral("format"), QStringLiteral("archive")).toString();
    if (format != QLatin1String("archive"))
        return fail(ErrorCode::InvalidArgument, "no format \"" + format.toStdString().substr(0, 40) + "\"",
                    "There is \"archive\".");
    const QString name = options.value(QStringLiteral("compression"), QStringLiteral("none")).toString();
    if (name == QLatin1String("none"))
        return LayerCompression::None;
    if (name == QLatin1String("gzip"))
        return LayerCompression::Gzip;
    if (name == QLatin1String("zstd"))
        return LayerCompression::Zstd;
    return fail(ErrorCode::InvalidArgument, "no compression \"" + name.toStdString().substr(0, 40) + "\"",
                "There are \"none\", \"gzip\" and \"zstd\".");
}

} // namespace

ImagesSaveService::ImagesSaveService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    dispatcher.handle("org.escale.Engine1.Images", "Save", [this](const CallPointer& call) { save(call); });
}

void ImagesSaveService::save(const CallPointer& call) {
    auto images = checkImages(call->arguments().at(0).toStringList());
    auto output = takeWritable(call->arguments().at(1).value<QDBusUnixFileDescriptor>());
    const auto compression = checkForm(call->options());
    const std::array<const Error*, 3> faults{images ? nullptr : &images.error(),
                                             output ? nullptr : &output.error(),
                                             compression ? nullptr : &compression.error()};
    for (const Error* error : faults) {
        if (error != nullptr) {
            call->refuse(*error);
            return;
        }
    }
    const QString title = toQString(images->front()) +
                          (images->size() > 1 ? QStringLiteral(" …") : QString()); // the first stands for all
    // The job's work can be copied; the descriptor goes with its last copy, which is the output's end.
    const auto file = std::make_shared<const UniqueFd>(std::move(*output));
    SaveRequest request{call->owner(), std::move(*images), *compression, file->get()};
    const auto job = m_parts.jobs.start(
        {call->owner(), QStringLiteral("save"), title},
        [this, request = std::move(request), file](JobProgress& progress,
                                                   const Cancellation& cancellation) -> Result<QString> {
            TRY_ASSIGN(const SavedArchive saved, saveImages(
                                                     m_parts.store, m_parts.workerProgram, request,
                                                     [&progress](std::uint64_t done, std::uint64_t total) {
                                                         progress.report({done, total, {}});
                                                     },
                                                     cancellation));
            for (std::size_t i = 0; i < saved.digests.size(); ++i)
                m_parts.news.happened(request.owner, "save", saved.digests[i], request.images.at(i));
            return toQString(Json(Json::Object{{"bytes", saved.bytes}}).dump());
        });
    answerWithJob(call, job);
}

} // namespace escale
