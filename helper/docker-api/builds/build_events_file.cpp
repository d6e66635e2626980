#include "helper/docker-api/builds/build_events_file.h"

#include <array>
#include <cerrno>
#include <string_view>
#include <unistd.h>

namespace escale::docker_api {

Result<std::vector<BuildEvent>> BuildEventsFile::read() {
    std::vector<BuildEvent> events;
    std::array<char, 64 * 1024> piece; // NOLINT(cppcoreguidelines-pro-type-member-init): read into
    while (events.empty()) {
        const ssize_t size = ::pread(m_file.get(), piece.data(), piece.size(), m_position);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failErrno("cannot read what happens in the build");
        if (size == 0)
            return events;
        m_position += size;
        std::string_view rest(piece.data(), static_cast<std::size_t>(size));
        for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            m_line += rest.substr(0, end);
            rest.remove_prefix(end + 1);
            TRY_ASSIGN(auto event, parseBuildEvent(m_line));
            events.push_back(std::move(event));
            m_line.clear();
        }
        m_line += rest;
    }
    return events;
}

} // namespace escale::docker_api
