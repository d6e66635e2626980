// Tells that the host's resolv.conf may have changed: written in its place, replaced, or its link led
// elsewhere (inotify(7)).
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <string>

namespace escale {

class ResolvConfWatch {
public:
    static Result<ResolvConfWatch> open(std::string path = "/etc/resolv.conf");
    /// Readable when something happened there.
    [[nodiscard]] int fd() const { return m_fd.get(); }
    /// Whether any of it was about the file. Call when fd() is readable.
    bool takeChange();

private:
    void follow();
    std::string m_path;
    UniqueFd m_fd;
};

} // namespace escale
