// Carries a session between its client and the engine, both ways at once, until it ends. One buffer each way,
// which is filled when it has been emptied only: who is slow makes the other side wait, and neither way waits
// for the other.
//
//   client ── bytes, end of input ──▶ frames ──▶ session        (engine/base/session_frame.h)
//   client ◀── bytes or Docker's frames ◀────── session
#pragma once

#include "engine/base/unique_fd.h"
#include "helper/docker-api/sessions/session_frames.h"
#include "helper/docker-api/sessions/terminal_size.h"

#include <memory>
#include <vector>

namespace escale::docker_api {

class Exchange;

class SessionPump {
public:
    struct Streams {
        bool input = false;
        /// The end of the client's input is that of the program's; else it is that of the session, as dockerd
        /// has it.
        bool endsInput = false;
        SessionFrames::Wanted wanted;
        bool isTerminal = false;
    };
    /// The exchange is hijacked. `sizes`: none, or sizes that the terminal is to get meanwhile.
    SessionPump(Exchange& exchange, UniqueFd session, Streams streams,
                std::shared_ptr<TerminalSizeChange> sizes = {});

    /// Until the program has ended, somebody has detached, or the client has gone. What the client sent
    /// before it went is passed on; a terminal is left as it is then, as by the keys that detach. The client
    /// has all that is for it, but not its end (Exchange::endRaw). A session that ends without a word (its
    /// container was removed before its start, or killed with its monitor) has no exit code. Cancelled: the
    /// server stops.
    Result<void> run();
    /// Of a program that has ended.
    [[nodiscard]] std::optional<int> exitCode() const { return m_frames.exitCode(); }

private:
    Result<void> carry();
    Result<void> wait();
    Result<void> readClient();
    Result<void> readSession();
    void writeClient();
    void writeSession();
    void put(FrameType type, std::string_view payload);
    void leave();
    [[nodiscard]] bool isDone() const;
    [[nodiscard]] bool wantsClient() const { return m_streams.input && m_toSession.empty(); }
    [[nodiscard]] bool wantsSession() const { return m_toClient.empty() && !m_sessionEnded; }

    Exchange& m_exchange;
    UniqueFd m_session;
    Streams m_streams; // input: until it has ended
    std::shared_ptr<TerminalSizeChange> m_sizes;
    SessionFrames m_frames;
    std::vector<char> m_piece;
    std::string m_toClient, m_toSession;
    std::size_t m_clientSent = 0, m_sessionSent = 0; // of these
    bool m_clientGone = false;
    bool m_isLeaving = false; // once the input is passed on
    bool m_sessionEnded = false;
};

} // namespace escale::docker_api
