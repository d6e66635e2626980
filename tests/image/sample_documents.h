// The documents of tests/data/image, and edits of them.
#pragma once

#include "engine/base/file.h"

#include <stdexcept>
#include <string>

namespace escale::test {

inline std::string sample(const std::string& name) {
    return readFile(std::string(ESCALE_TEST_DATA "/image/") + name).value();
}

/// `text` with its first `from` replaced; throws when there is none, so that a test cannot pass by accident.
inline std::string edited(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
        throw std::logic_error("nothing to edit: " + from);
    return text.replace(at, from.size(), to);
}

} // namespace escale::test
