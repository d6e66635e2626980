#include "helper/service/images_service.h"

#include "engine/image/named_image.h"
#include "engine/image/reference.h"
#include "helper/service/layer_steps.h"
#include "helper/service/pipe_reply.h"
#include "helper/validation/arguments.h"
#include "helper/worker/image_layers.h"
#include "helper/worker/made_image.h"
#include "helper/worker/pull.h"

#include <QDBusUnixFileDescriptor>
#include <QThreadPool>

namespace escale {
namespace {

QStringList toStrings(const std::vector<std::string>& texts) {
    QStringList list;
    for (const auto& text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

// What an image says of itself is as long as its maker liked; a list on the bus is not.
QStringList bounded(const QStringList& words) {
    constexpr qsizetype kMost = 4096;
    QStringList kept;
    qsizetype size = 0;
    for (const QString& word : words) {
        size += word.size() + 1;
        if (size > kMost)
            return kept << QStringLiteral("…");
        kept.append(word);
    }
    return kept;
}

dbus::Image toBus(const ImageName& name) {
    const ImageConfig& config = name.image.settings;
    dbus::Image image;
    image.digest = QString::fromStdString(name.image.digest.toString());
    image.repository = QString::fromStdString(name.repository);
    image.tag = QString::fromStdString(name.tag);
    image.architecture = QString::fromStdString(config.architecture);
    image.created = config.created;
    image.pulledAt = name.pulledAt;
    image.downloadSize = name.image.downloadSize;
    image.size = name.image.size;
    for (const Layer& layer : name.image.layers)
        image.layers.append({QString::fromStdString(layer.diffId.toString()), layer.size});
    image.command = bounded(toStrings(config.entrypoint) + toStrings(config.command));
    image.exposedPorts = bounded(toStrings(config.exposedPorts));
    return image;
}

Result<QVariantList> listImages(Store& store, uid_t owner) {
    TRY_ASSIGN(const auto names, store.images(owner));
    dbus::ImageList list;
    for (const ImageName& name : names)
        list.append(toBus(name));
    return QVariantList{QVariant::fromValue(list)};
}

} // namespace

ImagesService::ImagesService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    constexpr auto kInterface = "org.escale.Engine1.Images";
    dispatcher.handle(kInterface, "List", [this](const CallPointer& call) {
        answerFrom(m_parts.pool, call,
                   [this, owner = call->owner()] { return listImages(m_parts.store, owner); });
    });
    dispatcher.handle(kInterface, "Pull", [this](const CallPointer& call) { pull(call); });
    dispatcher.handle(kInterface, "Remove", [this](const CallPointer& call) { remove(call); });
    dispatcher.handle(kInterface, "Tag", [this](const CallPointer& call) { tag(call); });
    dispatcher.handle(kInterface, "OpenDocuments", [this](const CallPointer& call) { openDocuments(call); });
    dispatcher.handle(kInterface, "ReadLayers", [this](const CallPointer& call) { readLayers(call); });
}

void ImagesService::pull(const CallPointer& call) {
    auto request = pullRequest(call->owner(), call->arguments().at(0).toString(), call->options());
    if (!request) {
        call->refuse(request.error());
        return;
    }
    const Job::Description description{call->owner(), QStringLiteral("pull"),
                                       QString::fromStdString(request->reference)};
    const auto job = m_parts.jobs.start(
        description,
        [this, request = std::move(*request)](JobProgress& progress,
                                              const Cancellation& cancellation) -> Result<QString> {
            TRY_ASSIGN(const Pulled pulled,
                       pullImage(
                           m_parts.store, m_parts.workerProgram, request,
                           [&progress](const auto& layers) { progress.report(toReport(layers)); },
                           cancellation));
            m_parts.news.happened(request.owner, "pull", pulled.imageDigest, pulled.name);
            return QString::fromStdString(pulled.imageDigest);
        });
    answerWithJob(call, job);
}

void ImagesService::remove(const CallPointer& call) {
    const auto repository = checkReference(call->arguments().at(0).toString());
    const QString tag = call->arguments().at(1).toString();
    const auto checkedTag = tag.isEmpty() ? Result<std::string>(std::string()) : checkReference(tag);
    if (!repository || !checkedTag) {
        call->refuse(!repository ? repository.error() : checkedTag.error());
        return;
    }
    answerFrom(
        m_parts.pool, call,
        [this, owner = call->owner(), repository = *repository, tag = *checkedTag]() -> Result<QVariantList> {
            TRY_ASSIGN(const Digest image, m_parts.store.removeImageName(owner, repository, tag));
            m_parts.news.happened(owner, "untag", image.toString(),
                                  tag.empty() ? repository : repository + ':' + tag);
            m_parts.news.isWithoutName(owner, image);
            return QVariantList();
        });
}

void ImagesService::tag(const CallPointer& call) {
    const auto source = checkReference(call->arguments().at(0).toString());
    const auto checked = checkReference(call->arguments().at(1).toString());
    const auto target = checked ? Reference::parse(*checked) : fail(checked.error());
    if (!source || !target) {
        call->refuse(!source ? source.error() : target.error());
        return;
    }
    if (const auto named = checkNewName(*checked); !named) {
        call->refuse(named.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), source = *source, target = *target]() -> Result<QVariantList> {
                   TRY_ASSIGN(const NamedImage found, findImageAsWritten(m_parts.store, owner, source));
                   const std::string image = found.image.digest.toString();
                   TRY(m_parts.store.tagImage(owner, image, target.name(), target.tag));
                   m_parts.news.happened(owner, "tag", image, target.toString());
                   return QVariantList();
               });
}

void ImagesService::openDocuments(const CallPointer& call) {
    const auto reference = checkReference(call->arguments().at(0).toString());
    if (!reference) {
        call->refuse(reference.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), reference = *reference]() -> Result<QVariantList> {
                   TRY_ASSIGN(const Image image, m_parts.store.findImage(owner, reference));
                   TRY_ASSIGN(const UniqueFd manifest, m_parts.store.openBlob(image.digest));
                   TRY_ASSIGN(const UniqueFd config, m_parts.store.openBlob(image.configDigest));
                   return QVariantList{QString::fromStdString(image.digest.toString()),
                                       QVariant::fromValue(QDBusUnixFileDescriptor(manifest.get())),
                                       QVariant::fromValue(QDBusUnixFileDescriptor(config.get()))};
               });
}

void ImagesService::readLayers(const CallPointer& call) {
    const auto reference = checkReference(call->arguments().at(0).toString());
    if (!reference) {
        call->refuse(reference.error());
        return;
    }
    const auto read = [this, owner = call->owner(), reference = *reference](
                          PipeReply& reply, const Cancellation& cancellation) -> Result<QString> {
        TRY_ASSIGN(const Image image, m_parts.store.findImage(owner, reference));
        TRY_ASSIGN(Pipe pipe, Pipe::make());
        reply.send(pipe.reading);
        pipe.reading.reset();
        TRY(readImageLayers(m_parts.store, m_parts.workerProgram, image, std::move(pipe.writing),
                            cancellation));
        return QString::fromStdString(image.digest.toString());
    };
    startJobThatReplies(m_parts.jobs, call,
                        {call->owner(), QStringLiteral("read-layers"), QString::fromStdString(*reference)},
                        read);
}

} // namespace escale
