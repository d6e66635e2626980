#include "helper/worker/mount_protocol.h"

#include "helper/worker/protocol.h"

#include <climits>

namespace escale::worker {
namespace {

constexpr std::size_t kLongestText = 8192;

} // namespace

Result<void> sendMount(const MessageChannel& channel, const MountRequest& request) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Mount));
    message.number(static_cast<std::uint64_t>(request.action)).text(request.type).text(request.device);
    return channel.send(message.text(request.options).text(request.target).number(request.root));
}

Result<MountRequest> readMount(Message& message) {
    MountRequest request;
    TRY_ASSIGN(const std::uint64_t action, message.number());
    if (action > static_cast<std::uint64_t>(MountRequest::Action::Unmount))
        return fail(ErrorCode::Untrusted, "malformed message: an unknown action");
    request.action = static_cast<MountRequest::Action>(action);
    TRY_ASSIGN(request.type, message.text(kLongestText));
    TRY_ASSIGN(request.device, message.text(kLongestText));
    TRY_ASSIGN(request.options, message.text(kLongestText));
    TRY_ASSIGN(request.target, message.text(kLongestText));
    TRY_ASSIGN(const std::uint64_t root, message.number());
    request.root = static_cast<std::uint32_t>(root);
    TRY(message.end());
    return request;
}

Result<void> sendMounted(const MessageChannel& channel, const MountAnswer& answer) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Mounted));
    message.number(answer.total).number(answer.free).number(answer.uid).number(answer.gid);
    message.number(answer.mode).number(answer.isWritable ? 1 : 0).number(answer.mount ? 1 : 0);
    if (answer.mount)
        message.fd(answer.mount.get());
    return channel.send(message);
}

Result<MountAnswer> readMounted(Message& message) {
    MountAnswer answer;
    TRY_ASSIGN(answer.total, message.number());
    TRY_ASSIGN(answer.free, message.number());
    TRY_ASSIGN(const std::uint64_t uid, message.number());
    TRY_ASSIGN(const std::uint64_t gid, message.number());
    TRY_ASSIGN(const std::uint64_t mode, message.number());
    TRY_ASSIGN(const std::uint64_t isWritable, message.number());
    TRY_ASSIGN(const std::uint64_t hasMount, message.number());
    if (hasMount != 0) {
        TRY_ASSIGN(answer.mount, message.fd());
    }
    TRY(message.end());
    answer.uid = static_cast<uid_t>(uid);
    answer.gid = static_cast<gid_t>(gid);
    answer.mode = static_cast<mode_t>(mode);
    answer.isWritable = isWritable != 0;
    return answer;
}

} // namespace escale::worker
