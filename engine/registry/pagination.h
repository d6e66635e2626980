// Pages of names: distribution-spec "Listing Tags", RFC 8288 Link headers.
#pragma once

#include <string>
#include <string_view>

namespace escale {

/// "?n=…&last=…" for a page after `last`, which is a name, or what nextPage() returned.
std::string pageQuery(const std::string& last, int count);
/// What to ask for the next page: the query of the Link header's rel="next" address ("?…"), since some
/// registries count by other parameters than `last`. The rest of the address is not used: the registry does
/// not choose whom we ask. Empty: no more.
std::string nextPage(std::string_view linkHeader);

} // namespace escale
