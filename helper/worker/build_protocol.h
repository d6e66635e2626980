// The words between the helper and the worker that builds images: BuildOperations as messages, several under
// way at once. The worker has read a stranger's Dockerfile and image configurations, root reads its words as
// typed fields, each length checked.
//
//   helper                                         escale-worker build (no privileges, no files, no network)
//     |-- Start (request, Dockerfile, events) ------->|
//     |<- Resolve | Find | Digest | Copy | -----------|  each with a number of its own; Run with the pipe for
//     |     MakeFolder | Run | Commit                 |  the program's output
//     |-- Answer (the number) ----------------------->|  in any order
//     |<- Cancel -------------------------------------|  a step has failed: what is under way is to end
//     |<- Done (result or error) ---------------------|  ends; Failed instead: it could not begin
//
// Each is a parcel: one or more BuildPiece messages, as configurations, histories and here-documents are
// longer than a message may be. Pieces of several parcels may come mixed.
#pragma once

#include "engine/base/message_channel.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace escale::worker {

enum class BuildWord : std::uint8_t {
    Start,
    Resolve,
    Find,
    Digest,
    Copy,
    MakeFolder,
    Run,
    Commit,
    Answer,
    Cancel,
    Done
};

/// Longest parcel in bytes: an image's configuration document has at most half of it.
constexpr std::size_t kLongestParcel = 8u << 20;
constexpr std::size_t kLongestDockerfile = 1u << 20;

struct BuildParcel {
    BuildWord word = BuildWord::Cancel;
    std::uint64_t number = 0; // of the request, also in its answer
    std::string fields;       // build_fields.h
    std::vector<UniqueFd> fds;
};

/// `fds` are borrowed. From any thread. InvalidArgument: too long.
Result<void> sendParcel(const MessageChannel& channel, BuildWord word, std::uint64_t number,
                        std::string_view fields, const std::vector<int>& fds = {});

/// Puts pieces together. Untrusted: a malformed one, a parcel that is too long, or too much at once.
class ParcelReader {
public:
    /// Takes one BuildPiece; nothing when its parcel has more.
    Result<std::optional<BuildParcel>> take(Message& message);

private:
    std::map<std::uint64_t, std::string> m_begun;
    std::size_t m_bytes = 0; // of those
};

} // namespace escale::worker
