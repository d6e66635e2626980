#include "helper/docker-api/sessions/session_frames.h"

#include <algorithm>

namespace escale::docker_api {

bool SessionFrames::isWanted() const {
    return (m_frame.type == FrameType::Output && m_wanted.output) ||
           (m_frame.type == FrameType::Error && m_wanted.errors);
}

Result<void> SessionFrames::take(std::string_view bytes, std::string& out) {
    while (!bytes.empty() && !isOver()) {
        if (m_headerSize < m_header.size())
            TRY(takeHeader(bytes, out));
        if (m_headerSize < m_header.size())
            continue; // not whole yet, or a frame without a payload, behind which the next one stands
        const std::string_view piece = bytes.substr(0, m_left);
        bytes.remove_prefix(piece.size());
        m_left -= piece.size();
        if (isWanted())
            out.append(piece);
        else if (m_frame.type == FrameType::Exited)
            m_small.append(piece.substr(0, 4));
        if (m_left == 0)
            endFrame();
    }
    return {};
}

Result<void> SessionFrames::takeHeader(std::string_view& bytes, std::string& out) {
    const std::string_view piece = bytes.substr(0, m_header.size() - m_headerSize);
    std::copy(piece.begin(), piece.end(), m_header.begin() + static_cast<std::ptrdiff_t>(m_headerSize));
    m_headerSize += piece.size();
    bytes.remove_prefix(piece.size());
    if (m_headerSize < m_header.size())
        return {};
    const auto frame = parseFrameHeader(m_header);
    if (!frame)
        return fail(ErrorCode::Internal, "the container's monitor says what is no session");
    m_frame = *frame;
    m_left = frame->length;
    if (isWanted() && m_wanted.isFramed && m_left > 0)
        out.append(m_header.data(), m_header.size());
    if (m_left == 0)
        endFrame();
    return {};
}

void SessionFrames::endFrame() {
    m_headerSize = 0;
    if (m_frame.type == FrameType::Exited)
        m_exitCode = static_cast<int>(parseNumber(m_small));
    m_isDetached = m_isDetached || m_frame.type == FrameType::Detached;
}

std::string outputFor(FrameType stream, std::string_view text, bool isFramed) {
    std::string result;
    if (isFramed) {
        const FrameHeaderBytes header = makeFrameHeader(stream, text.size());
        result.append(header.data(), header.size());
    }
    return result.append(text);
}

} // namespace escale::docker_api
