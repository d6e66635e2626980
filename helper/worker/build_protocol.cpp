#include "helper/worker/build_protocol.h"

#include "helper/worker/protocol.h"

#include <algorithm>

namespace escale::worker {
namespace {

constexpr std::size_t kPiece = 128 * 1024;
constexpr std::size_t kMostBegun = 64;
constexpr std::size_t kMostBytes = 4 * kLongestParcel;
constexpr std::size_t kMostFds = 2;

tl::unexpected<Error> malformed(const char* why) {
    return fail(ErrorCode::Untrusted, std::string("malformed message of a build: ") + why);
}

} // namespace

Result<void> sendParcel(const MessageChannel& channel, BuildWord word, std::uint64_t number,
                        std::string_view fields, const std::vector<int>& fds) {
    if (fields.size() > kLongestParcel)
        return fail(ErrorCode::InvalidArgument,
                    "a step has texts of " + std::to_string(fields.size()) + " bytes, which is too long",
                    "Put long texts into files of the build's context.");
    do {
        const std::string_view piece = fields.substr(0, kPiece);
        fields.remove_prefix(piece.size());
        MessageWriter message(static_cast<std::uint32_t>(Kind::BuildPiece));
        message.number(static_cast<std::uint64_t>(word)).number(number).number(fields.empty() ? 1 : 0);
        message.text(piece).number(fields.empty() ? fds.size() : 0);
        for (const int fd : fds) {
            if (fields.empty())
                message.fd(fd);
        }
        TRY(channel.send(message));
    } while (!fields.empty());
    return {};
}

Result<std::optional<BuildParcel>> ParcelReader::take(Message& message) {
    if (message.kind() != static_cast<std::uint32_t>(Kind::BuildPiece))
        return fail(ErrorCode::Untrusted, "an unexpected message of a build: " + kindName(message.kind()));
    BuildParcel parcel;
    TRY_ASSIGN(const std::uint64_t word, message.number());
    TRY_ASSIGN(parcel.number, message.number());
    TRY_ASSIGN(const std::uint64_t isLast, message.number());
    TRY_ASSIGN(const std::string piece, message.text());
    TRY_ASSIGN(const std::uint64_t fds, message.number());
    if (word > static_cast<std::uint64_t>(BuildWord::Done) || isLast > 1 || fds > kMostFds)
        return malformed("an unknown word");
    parcel.word = static_cast<BuildWord>(word);
    for (std::uint64_t i = 0; i < fds; ++i) {
        TRY_ASSIGN(UniqueFd fd, message.fd());
        parcel.fds.push_back(std::move(fd));
    }
    TRY(message.end());
    std::string& text = m_begun[parcel.number];
    text += piece;
    m_bytes += piece.size();
    if (text.size() > kLongestParcel || m_bytes > kMostBytes || m_begun.size() > kMostBegun)
        return malformed("too much");
    if (isLast == 0)
        return std::nullopt;
    m_bytes -= text.size();
    parcel.fields = std::move(text);
    m_begun.erase(parcel.number);
    return std::optional(std::move(parcel));
}

} // namespace escale::worker
