// Link, by which a registry says where its list goes on: never at another host or path.
#include "engine/registry/pagination.h"
#include "engine/registry/rate_limit.h"
#include "tests/fuzz/promise.h"

using namespace escale;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string header(reinterpret_cast<const char*>(bytes), size);
    const std::string next = nextPage(header);
    require(next.empty() || next.starts_with('?'), "the next page is a query");
    for (const std::string& query : {pageQuery(next, 100), pageQuery(header, 100)}) {
        require(query.starts_with('?'), "what is asked is a query");
        require(query.find_first_of(" #\r\n\t\"") == std::string::npos, "it stays in its line and its part");
    }
    (void)RateLimit::parse(header, header);
    return 0;
}
