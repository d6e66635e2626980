// .hadolint.yaml: what people who use hadolint have written down already. github.com/hadolint/hadolint
// (Configure). yaml-cpp reads it: not for a process with privileges.
#pragma once

#include "engine/base/result.h"
#include "engine/build/lint/lint.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// The names hadolint looks for in a project's folder, the first first.
std::vector<std::string_view> lintConfigurationNames();

/// Keys that say how hadolint prints are passed over. InvalidArgument: no YAML, a key of another type, a
/// severity or a kind of label that does not exist; the message names the line or the key.
Result<LintSettings> readLintConfiguration(const std::string& yaml);

} // namespace escale
