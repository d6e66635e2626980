#include "helper/worker/files_protocol.h"

#include "helper/worker/protocol.h"

#include <array>
#include <climits>

namespace escale::worker {
namespace {

constexpr std::size_t kPiece = 96 * 1024;
// What the helper keeps of a container's changes, and what a message of the bus can carry.
constexpr std::size_t kMostChanges = 1'000'000;

MessageWriter writer(Kind kind) {
    return MessageWriter(static_cast<std::uint32_t>(kind));
}

tl::unexpected<Error> malformed(const char* what) {
    return fail(ErrorCode::Untrusted, std::string("malformed message: ") + what);
}

Result<std::uint32_t> number32(Message& message) {
    TRY_ASSIGN(const std::uint64_t value, message.number());
    if (value > UINT32_MAX)
        return malformed("a number is too large");
    return static_cast<std::uint32_t>(value);
}

Result<bool> flag(Message& message) {
    TRY_ASSIGN(const std::uint64_t value, message.number());
    return value != 0;
}

} // namespace

bool changesFiles(FilesTask task) {
    switch (task) {
    case FilesTask::CopyIn:
    case FilesTask::CopyTree:
    case FilesTask::MakeFolder:
    case FilesTask::Move:
    case FilesTask::Remove:
    case FilesTask::SetAttributes:
        return true;
    default:
        return false;
    }
}

Result<void> sendFiles(const MessageChannel& channel, const FilesRequest& request,
                       const FilesDescriptors& descriptors) {
    auto message = writer(Kind::Files);
    message.number(static_cast<std::uint64_t>(request.task)).text(request.path);
    message.number(request.follow ? 1 : 0).number(request.contentOnly ? 1 : 0).text(request.name);
    message.number(static_cast<std::uint64_t>(request.archive.compression));
    message.number(request.archive.isBackup ? 1 : 0).number(request.archive.latestTime ? 1 : 0);
    message.number(static_cast<std::uint64_t>(request.archive.latestTime.value_or(0)));
    message.number(request.archive.keepsMountPlaces ? 1 : 0);
    for (const auto& each : {request.change.mode, request.change.user, request.change.group})
        message.number(each ? 1 : 0).number(each.value_or(0));
    message.number(request.change.isRecursive ? 1 : 0).number(request.extract.isBackup ? 1 : 0);
    const auto owner = request.extract.owner.value_or(std::pair<uid_t, gid_t>());
    message.number(request.extract.keepKinds ? 1 : 0).number(request.extract.owner ? 1 : 0);
    message.number(owner.first).number(owner.second).texts(request.layers);
    for (const int each :
         {descriptors.root, descriptors.userNamespace, descriptors.stream, descriptors.otherFolder}) {
        message.number(each >= 0 ? 1 : 0);
        if (each >= 0)
            message.fd(each);
    }
    return channel.send(message);
}

Result<ReceivedFiles> readFiles(Message& message) {
    ReceivedFiles received;
    FilesRequest& request = received.request;
    TRY_ASSIGN(const std::uint64_t task, message.number());
    if (task > static_cast<std::uint64_t>(FilesTask::Watch))
        return malformed("an unknown task");
    request.task = static_cast<FilesTask>(task);
    TRY_ASSIGN(request.path, message.text());
    TRY_ASSIGN(request.follow, flag(message));
    TRY_ASSIGN(request.contentOnly, flag(message));
    TRY_ASSIGN(request.name, message.text());
    TRY_ASSIGN(request.archive.compression, readCompression(message));
    TRY_ASSIGN(request.archive.isBackup, flag(message));
    TRY_ASSIGN(const bool hasLatest, flag(message));
    TRY_ASSIGN(const std::uint64_t latest, message.number());
    if (hasLatest)
        request.archive.latestTime = static_cast<std::int64_t>(latest);
    TRY_ASSIGN(request.archive.keepsMountPlaces, flag(message));
    for (auto* each : {&request.change.mode, &request.change.user, &request.change.group}) {
        TRY_ASSIGN(const bool there, flag(message));
        TRY_ASSIGN(const std::uint32_t value, number32(message));
        if (there)
            *each = value;
    }
    TRY_ASSIGN(request.change.isRecursive, flag(message));
    TRY_ASSIGN(request.extract.isBackup, flag(message));
    TRY_ASSIGN(request.extract.keepKinds, flag(message));
    TRY_ASSIGN(const bool hasOwner, flag(message));
    TRY_ASSIGN(const std::uint32_t user, number32(message));
    TRY_ASSIGN(const std::uint32_t group, number32(message));
    if (hasOwner)
        request.extract.owner.emplace(user, group);
    TRY_ASSIGN(request.layers, message.texts());
    for (UniqueFd* each :
         {&received.root, &received.userNamespace, &received.stream, &received.otherFolder}) {
        TRY_ASSIGN(const bool there, flag(message));
        if (there) {
            TRY_ASSIGN(*each, message.fd());
        }
    }
    TRY(message.end());
    return received;
}

Result<void> sendFound(const MessageChannel& channel, const FileEntry& entry) {
    auto message = writer(Kind::FoundFile);
    message.text(entry.name).number(entry.mode).number(entry.size);
    message.number(static_cast<std::uint64_t>(entry.modified)).number(entry.owner).number(entry.group);
    return channel.send(message.text(entry.linkTarget));
}

Result<FileEntry> readFound(Message& message) {
    FileEntry entry;
    TRY_ASSIGN(entry.name, message.text(NAME_MAX));
    TRY_ASSIGN(entry.mode, number32(message));
    TRY_ASSIGN(entry.size, message.number());
    TRY_ASSIGN(const std::uint64_t modified, message.number());
    entry.modified = static_cast<std::int64_t>(modified);
    TRY_ASSIGN(entry.owner, number32(message));
    TRY_ASSIGN(entry.group, number32(message));
    TRY_ASSIGN(entry.linkTarget, message.text(PATH_MAX));
    TRY(message.end());
    if (entry.name.empty() || entry.name.find('/') != std::string::npos ||
        (entry.name + entry.linkTarget).find('\0') != std::string::npos)
        return malformed("a file's name");
    return entry;
}

// Each as its kind's digit and its path.
Result<void> sendChanges(const MessageChannel& channel, const std::vector<FileChange>& changes) {
    std::vector<std::string> some;
    std::size_t size = 0;
    const auto flush = [&]() -> Result<void> {
        auto message = writer(Kind::FoundChanges);
        TRY(channel.send(message.texts(some)));
        some.clear();
        size = 0;
        return {};
    };
    for (const FileChange& change : changes) {
        std::string text(1, static_cast<char>('0' + static_cast<int>(change.kind)));
        text += change.path;
        if (size + text.size() > kPiece || some.size() == 8192)
            TRY(flush());
        size += text.size() + sizeof(std::uint32_t);
        some.push_back(std::move(text));
    }
    return some.empty() ? Result<void>() : flush();
}

Result<void> takeChanges(Message& message, std::vector<FileChange>& changes) {
    TRY_ASSIGN(const auto texts, message.texts());
    TRY(message.end());
    if (changes.size() + texts.size() > kMostChanges)
        return fail(ErrorCode::Unsupported, "the container has changed more than 1,000,000 files");
    for (const std::string& text : texts) {
        if (text.size() < 2 || text[0] < '0' || text[0] > '2' || text[1] != '/' ||
            text.find('\0') != std::string::npos)
            return malformed("a change");
        changes.push_back({text.substr(1), static_cast<ChangeKind>(text[0] - '0')});
    }
    return {};
}

Result<void> sendMoved(const MessageChannel& channel, std::uint64_t bytes) {
    auto message = writer(Kind::FilesMoved);
    return channel.send(message.number(bytes));
}

Result<void> sendFilesDone(const MessageChannel& channel, const FilesTotals& totals) {
    auto message = writer(Kind::FilesDone);
    return channel.send(message.number(totals.bytes).number(totals.entries).number(totals.isCut ? 1 : 0));
}

Result<FilesTotals> readFilesDone(Message& message) {
    FilesTotals totals;
    TRY_ASSIGN(totals.bytes, message.number());
    TRY_ASSIGN(totals.entries, message.number());
    TRY_ASSIGN(totals.isCut, flag(message));
    TRY(message.end());
    return totals;
}

} // namespace escale::worker
