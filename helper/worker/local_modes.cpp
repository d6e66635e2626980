// What escale-worker does: all but talking to the network.
#include "engine/base/file.h"
#include "engine/image/layer_walk.h"
#include "engine/image/name_pattern.h"
#include "helper/worker/agent_worker.h"
#include "helper/worker/archive_protocol.h"
#include "helper/worker/files_protocol.h"
#include "helper/worker/git_worker.h"
#include "helper/worker/jobs.h"
#include "helper/worker/layers_protocol.h"
#include "helper/worker/modes.h"
#include "helper/worker/mount_protocol.h"
#include "helper/worker/pack_protocol.h"
#include "helper/worker/protocol.h"
#include "helper/worker/relay.h"
#include "helper/worker/sandbox.h"
#include "helper/worker/source_protocol.h"

#include <algorithm>
#include <array>

namespace escale::worker {
namespace {

/// A context is written to when its files come, and linked from when they are copied.
Result<void> runSource(const MessageChannel& channel) {
    TRY_ASSIGN(Message message, channel.receive());
    TRY_ASSIGN(ReceivedSource received, readSource(message));
    std::vector<ReceivedFetched> fetched;
    for (std::size_t i = 0; i < received.fetched; ++i) {
        TRY_ASSIGN(Message next, channel.receive());
        TRY_ASSIGN(auto file, readFetched(next));
        fetched.push_back(std::move(file));
    }
    const bool isContext = received.kind == SourceKind::Context || received.kind == SourceKind::CopyContext;
    SourceReach reach;
    reach.root = received.folder ? received.folder.get() : received.upper.get();
    reach.userNamespace = received.userNamespace.get();
    for (const auto& [fd, writes] :
         {std::pair(received.folder.get(), isContext), std::pair(received.upper.get(), true),
          std::pair(received.parent.get(), false)}) {
        if (fd >= 0)
            (writes ? reach.writable : reach.readable).push_back(fd);
    }
    for (const ReceivedFetched& file : fetched) {
        if (isFolder(file.content.get()))
            reach.readable.push_back(file.content.get());
    }
    TRY(confineSource(reach));
    received.userNamespace.reset();
    return source(channel, received, fetched);
}

} // namespace

bool isMode(std::string_view mode) {
    constexpr std::array<std::string_view, 12> kModes = {"archive", "describe", "build", "unpack",
                                                         "files",   "layers",   "pack",  "relay",
                                                         "mount",   "source",   "git",   "agent"};
    return std::find(kModes.begin(), kModes.end(), mode) != kModes.end();
}

Result<void> runMode(std::string_view mode, const MessageChannel& channel) {
    if (mode == "archive") {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(const ArchiveRequest request, readArchive(message));
        TRY(isFolder(request.input.get()) ? confineArchiveFolder(request.input.get(), request.owner)
                                          : confineArchive());
        return archive(channel, request);
    }
    if (mode == "git") {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(const GitOrder order, readGit(message));
        return git(channel, order); // confines itself
    }
    if (mode == "agent") {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(const AgentOrder order, readAgent(message));
        TRY(confineAgent(order.user));
        return agent(channel, order);
    }
    if (mode == "describe") {
        TRY(confineDescribe());
        return describe(channel);
    }
    if (mode == "build") {
        TRY(confineBuild());
        return build(channel);
    }
    if (mode == "files") {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(ReceivedFiles received, readFiles(message));
        if (received.request.task == FilesTask::Measure)
            standBack();
        if (received.request.task == FilesTask::Search)
            loadLetterCases();
        TRY(confineFiles({received.root.get(), received.userNamespace.get(), received.otherFolder.get(),
                          changesFiles(received.request.task), received.request.task == FilesTask::Watch}));
        received.userNamespace.reset();
        return files(channel, received);
    }
    if (mode == "layers") {
        TRY(allowManyFiles());
        TRY_ASSIGN(const ReceivedLayers received, receiveLayers(channel));
        TRY(confineLayers(received.folders));
        TRY(writeLayerRecords(received.folders, received.output.get(), received.idBase));
        return sendLayersDone(channel);
    }
    if (mode == "pack") {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(const ReceivedPack received, readPack(message));
        TRY(confinePack(received.root.get()));
        return pack(channel, received);
    }
    if (mode == "relay") {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(const ReceivedRelay received, readRelay(message));
        TRY(confineRelay());
        return relay(channel, received);
    }
    if (mode == "source")
        return runSource(channel);
    if (mode == "mount") {
        TRY_ASSIGN(Message message, channel.receive());
        TRY_ASSIGN(const MountRequest request, readMount(message));
        TRY_ASSIGN(const MountPreparation prepared, prepareMount(request));
        TRY(confineMount());
        return mountVolume(channel, request, prepared);
    }
    // The layer's folder or file comes with the message; it is the helper's, and holds nothing foreign yet.
    TRY_ASSIGN(Message message, channel.receive());
    TRY_ASSIGN(const UnpackRequest request, readUnpack(message));
    TRY(isFolder(request.layer.get()) ? confineUnpack(request.layer.get()) : confineImage());
    return unpack(channel, request);
}

} // namespace escale::worker
