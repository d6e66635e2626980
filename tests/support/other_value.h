// For tests that go over all options: another value than the one that a member has.
#pragma once

#include "engine/container/container.h"

#include <type_traits>

namespace escale::test {

inline void makeOther(std::string& text) {
    text += "x";
}
inline void makeOther(Texts& texts) {
    texts.emplace_back("x=1");
}
inline void makeOther(std::optional<Texts>& texts) {
    texts = texts ? std::nullopt : std::optional<Texts>(Texts());
}
inline void makeOther(TextMap& map) {
    map["x"] += "1";
}
inline void makeOther(bool& flag) {
    flag = !flag;
}
template <class Number>
requires std::is_arithmetic_v<Number>
void makeOther(Number& number) {
    number += Number(3);
}

} // namespace escale::test
