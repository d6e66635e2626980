// One client's connection: Boost.Beast over a stream whose every wait is a poll(2) that the server's end and
// a deadline end, too. Of http/ alone: handlers see an Exchange.
#pragma once

#include "engine/base/unique_fd.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <sys/uio.h>

namespace escale::docker_api {

using Deadline = std::optional<std::chrono::steady_clock::time_point>;

inline constexpr std::size_t kSmallBuffer = 4096; // of a client that says nothing
inline constexpr std::size_t kLargestBuffer =
    128 * 1024; // of any: a head, or the head of a chunk with its extensions
inline constexpr std::size_t kPieceOfBody = 64 * 1024; // that is read at once
inline constexpr std::uint64_t kLongestLeftBody =
    1u << 20; // that is read to keep a connection; else it is closed

/// For poll(2): rounded up; -1 without a deadline.
int millisecondsUntil(Deadline deadline);

/// What Beast calls a SyncStream.
class ClientStream {
public:
    /// `stop` is borrowed: readable once everything is to end.
    ClientStream(UniqueFd socket, int stop);

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, boost::system::error_code& error) {
        const boost::asio::mutable_buffer first = *boost::asio::buffer_sequence_begin(buffers);
        return readSome(first.data(), first.size(), error);
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {
        boost::system::error_code error;
        const std::size_t size = read_some(buffers, error);
        if (error)
            throw boost::system::system_error(error);
        return size;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, boost::system::error_code& error) {
        std::array<iovec, 16> pieces{};
        int count = 0;
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto at = boost::asio::buffer_sequence_begin(buffers); at != end && count < 16; ++at) {
            const boost::asio::const_buffer piece = *at;
            if (piece.size() > 0)
                pieces[static_cast<std::size_t>(count++)] = {
                    const_cast<void*>(piece.data()),
                    piece.size()}; // NOLINT(cppcoreguidelines-pro-type-const-cast): writev(2) reads
        }
        return writeSome(pieces.data(), count, error);
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers) {
        boost::system::error_code error;
        const std::size_t size = write_some(buffers, error);
        if (error)
            throw boost::system::system_error(error);
        return size;
    }

    /// Never waits; 0: there is no room.
    std::size_t writeNow(const void* bytes, std::size_t size, boost::system::error_code& error);

    void setDeadline(Deadline deadline) { m_deadline = deadline; }
    [[nodiscard]] int fd() const { return m_socket.get(); }
    [[nodiscard]] int stop() const { return m_stop; }
    /// Nothing more is sent; the client may still send.
    void shutdownWriting();

private:
    std::size_t readSome(void* buffer, std::size_t size, boost::system::error_code& error);
    std::size_t writeSome(const iovec* pieces, int count, boost::system::error_code& error);
    bool await(short events, boost::system::error_code& error) const;

    UniqueFd m_socket; // does not block
    int m_stop;
    Deadline m_deadline;
};

class Connection {
public:
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

    Connection(UniqueFd socket, int stop)
        : stream(std::move(socket), stop) {}

    /// A part of the request's body; 0: the end, or an error.
    std::size_t readBody(std::span<char> piece, boost::system::error_code& error);

    ClientStream stream;
    boost::beast::flat_buffer buffer{kLargestBuffer}; // read, not yet used
    std::optional<Parser> parser;                     // of the request under way
    bool mustContinue = false;                        // the client waits for "100 Continue"
    bool keepsAlive = false;                          // another request may follow
};

} // namespace escale::docker_api
