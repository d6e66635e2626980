// Identifiers of licences. Part of the linter's rules on labels.
#pragma once

#include <string_view>

namespace escale::lintrules {

/// "MIT", "GPL-3.0-or-later WITH Classpath-exception-2.0", "(MIT OR Apache-2.0)".
bool isSpdxExpression(std::string_view text);

} // namespace escale::lintrules
