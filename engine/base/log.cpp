#include "engine/base/log.h"

#include <cstdlib>
#include <string>
#include <unistd.h>

namespace escale {
namespace {

void writeLine(const char* journal, const char* word, std::string_view text) {
    static const bool toJournal = std::getenv("JOURNAL_STREAM") != nullptr;
    std::string line = toJournal ? journal : word;
    line += text;
    line += '\n';
    // One write, so that lines of several processes do not mix; nothing can be done when it fails.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace

void logInfo(std::string_view text) {
    writeLine("<6>", "info: ", text);
}
void logWarning(std::string_view text) {
    writeLine("<4>", "warning: ", text);
}
void logError(std::string_view text) {
    writeLine("<3>", "error: ", text);
}

} // namespace escale
