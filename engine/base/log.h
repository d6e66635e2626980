// One line on standard error, prefixed by its syslog priority when journald reads it (sd-daemon(3)),
// by a word otherwise. For what an operator must know; errors travel as values. Never log a secret.
#pragma once

#include <string_view>

namespace escale {

void logInfo(std::string_view text);
void logWarning(std::string_view text);
void logError(std::string_view text);

} // namespace escale
