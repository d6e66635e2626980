// What a session says (engine/base/session_frame.h), as the client of an attached stream gets it: a
// terminal's bytes as they are, else in Docker's frames (Engine API, "Stream format"), whose header is the
// session's own. Pure.
#pragma once

#include "engine/base/result.h"
#include "engine/base/session_frame.h"

#include <optional>
#include <string>
#include <string_view>

namespace escale::docker_api {

class SessionFrames {
public:
    struct Wanted {
        bool output = true;
        bool errors = true;
        bool isFramed = false; // standard output and standard error apart
    };
    explicit SessionFrames(Wanted wanted)
        : m_wanted(wanted) {}

    /// Any piece of what the session says; what the client gets is appended to `out`. Internal: this is no
    /// session.
    Result<void> take(std::string_view bytes, std::string& out);

    /// Whether the last word has come.
    [[nodiscard]] bool isOver() const { return m_exitCode.has_value() || m_isDetached; }
    [[nodiscard]] std::optional<int> exitCode() const { return m_exitCode; }
    [[nodiscard]] bool isDetached() const { return m_isDetached; }

private:
    Result<void> takeHeader(std::string_view& bytes, std::string& out);
    void endFrame();
    [[nodiscard]] bool isWanted() const;

    Wanted m_wanted;
    FrameHeaderBytes m_header{};
    std::size_t m_headerSize = 0;
    FrameHeader m_frame;
    std::size_t m_left = 0; // of its payload
    std::string m_small;    // a payload that is looked at
    std::optional<int> m_exitCode;
    bool m_isDetached = false;
};

/// Of what the engine does not say itself: as one frame, or as it is.
std::string outputFor(FrameType stream, std::string_view text, bool isFramed);

} // namespace escale::docker_api
