#include "engine/stack/stack_labels.h"

#include <charconv>

namespace escale::stack_labels {

std::string valueOf(const TextMap& labels, const char* name) {
    const auto found = labels.find(name);
    return found == labels.end() ? std::string() : found->second;
}

unsigned numberOf(const TextMap& labels) {
    const std::string text = valueOf(labels, kNumber);
    unsigned number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace escale::stack_labels
