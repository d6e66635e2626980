#include "helper/service/commit_service.h"

#include "engine/base/log.h"
#include "engine/base/revert.h"
#include "engine/container/container_image.h"
#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/commit_options.h"

#include <QDateTime>
#include <QThreadPool>

#include <utility>

namespace escale {
namespace {

std::string wordsOf(const Texts& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text.substr(0, 4096);
}

} // namespace

CommitService::CommitService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    dispatcher.handle("org.escale.Engine1.Containers", "Commit",
                      [this](const CallPointer& call) { commit(call); });
}

void CommitService::commit(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    const QString name = call->arguments().at(1).toString();
    const auto reference = name.isEmpty() ? Result<std::string>(std::string()) : checkReference(name);
    const auto author = commitText(call->options(), "author");
    const auto comment = commitText(call->options(), "comment");
    ImageConfig tried; // the options' faults are told before a job is made
    const auto settings = applyCommitOptions(call->options(), tried);
    for (const Error* error : {id ? nullptr : &id.error(), reference ? nullptr : &reference.error(),
                               author ? nullptr : &author.error(), comment ? nullptr : &comment.error(),
                               settings ? nullptr : &settings.error()}) {
        if (error != nullptr) {
            call->refuse(*error);
            return;
        }
    }
    const Order order{*reference,
                      {{}, *author, *comment},
                      call->options(),
                      call->options().value(QStringLiteral("pause"), true).toBool()};
    m_parts.pool.start([this, call, id = *id, order] {
        const auto found = m_parts.containers.find(call->owner(), id);
        if (found)
            QMetaObject::invokeMethod(
                this, [this, call, order, container = *found] { begin(call, container, order); },
                Qt::QueuedConnection);
        else
            call->refuse(found.error());
    });
}

void CommitService::begin(const CallPointer& call, const Container& container, const Order& order) {
    const auto job =
        m_parts.jobs.start({call->owner(), QStringLiteral("commit"), toQString(container.options.name)},
                           [this, container, order](JobProgress& progress, const Cancellation& cancellation) {
                               return run(container, order, progress, cancellation);
                           });
    answerWithJob(call, job);
}

Result<QString> CommitService::run(const Container& container, const Order& order, JobProgress& progress,
                                   const Cancellation& cancellation) {
    Containers& containers = m_parts.containers;
    TRY_ASSIGN(const Digest base, Digest::parse(container.imageDigest));
    TRY_ASSIGN(ImageConfig image, containers.imageConfig(container));
    CommitRequest request{{container.owner, order.reference,
                           committedConfig(std::move(image), container.options), order.history},
                          base};
    TRY(applyCommitOptions(order.options, request.image.settings));
    request.image.settings.created = QDateTime::currentMSecsSinceEpoch();
    request.image.history.createdBy = wordsOf(container.options.command);

    TRY_ASSIGN(const ContainerLayers layers, containers.openLayers(container.owner, container.id, "commit"));
    bool isPaused = false;
    const auto resume = [&]() -> Result<void> {
        return std::exchange(isPaused, false) ? containers.unpause(container.owner, container.id)
                                              : Result<void>();
    };
    Revert goOn; // whatever happens
    goOn.add(resume);
    if (order.pauses && container.state == ContainerState::Running) {
        // One that has ended meanwhile, or that somebody has paused, stands still, too.
        const auto paused = containers.pause(container.owner, container.id);
        if (!paused && paused.error().code != ErrorCode::WrongState)
            return fail(paused.error());
        isPaused = paused.has_value();
    }
    const CommitSource source{layers.upper.get(), layers.userNamespace.get(), [&resume] {
                                  if (const auto done = resume(); !done)
                                      logWarning("after a commit: " + done.error().text());
                              }};
    TRY_ASSIGN(const Digest digest, commitContainer(
                                        m_parts.store, m_parts.workerProgram, request, source,
                                        [&progress](std::uint64_t bytes) {
                                            progress.report({bytes, 0, {}});
                                        },
                                        cancellation));
    m_parts.news.changed(container.owner, digest.toString());
    return toQString(digest.toString());
}

} // namespace escale
