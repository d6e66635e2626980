// Docker's filter by a label: "name", whatever its value, or "name=value".
#pragma once

#include <algorithm>
#include <string_view>

namespace escale {

/// `labels`: pairs of name and value.
template <class Labels>
bool hasLabel(const Labels& labels, std::string_view wanted) {
    const auto equals = wanted.find('=');
    return std::any_of(labels.begin(), labels.end(), [&](const auto& label) {
        return label.first == wanted.substr(0, equals) &&
               (equals == std::string_view::npos || label.second == wanted.substr(equals + 1));
    });
}

} // namespace escale
