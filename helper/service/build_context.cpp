#include "helper/service/build_context.h"

#include "engine/base/file.h"
#include "engine/base/thread.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {

Result<std::unique_ptr<BuildContext>> BuildContext::open(const BuildWork& work, UniqueFd socket) {
    std::unique_ptr<BuildContext> context(new BuildContext(work));
    TRY_ASSIGN(CacheFolder folder,
               work.use.takeFolder(CacheKind::Context, work.order.name, FolderUse::Alone, work.cancellation));
    context->m_folder.emplace(std::move(folder));
    const std::string path = context->m_folder->path();
    TRY_ASSIGN(const UniqueFd opened, openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (context->m_folder->isNew() && ::fchown(opened.get(), work.idBase, work.idBase) != 0)
        return failErrno("cannot hand " + path + " to its owner");
    TRY(context->m_folder->made());
    TRY_ASSIGN(context->m_worker,
               SourceWorker::forContext(work.parts.workerProgram, opened.get(), work.userNamespace));
    auto promise = std::make_shared<std::promise<std::optional<Error>>>();
    context->m_received = promise->get_future().share();
    // The client's end is told by ours that goes: with the thread, whatever comes.
    const auto stream = std::make_shared<UniqueFd>(std::move(socket));
    const auto over = context->m_over.get_future().share();
    TRY_ASSIGN(context->m_receiver, startThread([raw = context.get(), promise, stream, over] {
                   auto done = raw->receive(stream->get());
                   stream->reset();
                   promise->set_value(done ? std::nullopt : std::optional(std::move(done).error()));
                   over.wait(); // the process that has received it is this thread's
               }));
    return context;
}

Result<void> BuildContext::receive(int socket) {
    const auto step = m_work.progress.begin("context", QStringLiteral("receiving"));
    TRY_ASSIGN(const ContextTotals totals,
               m_worker->receive(
                   socket, [&step](const ContextTotals& so) { step.moved(so.bytes); }, m_work.cancellation));
    m_size = totals.size;
    return {};
}

BuildContext::~BuildContext() {
    m_over.set_value();
    if (m_receiver.joinable())
        m_receiver.join();
    if (m_folder && m_size)
        m_work.parts.cache.setSize(*m_folder, *m_size);
}

Result<SourceWorker*> BuildContext::ready() {
    if (const auto& failed = m_received.get(); failed)
        return fail(*failed);
    return m_worker.get();
}

Result<UniqueFd> BuildContext::openPath(const std::string& path) {
    TRY(ready());
    TRY_ASSIGN(const UniqueFd files,
               openFile(m_folder->path() + "/files", O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    return openInRoot(files.get(), path.empty() ? "/" : path, O_PATH);
}

} // namespace escale
