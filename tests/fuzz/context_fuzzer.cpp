// A list of a build's files, or an index of them: what is let through is what a folder could hold, and comes
// out of writing and reading the same.
#include "engine/build/context_index.h"
#include "engine/build/context_stream.h"
#include "tests/fuzz/promise.h"

#include <sys/stat.h>

using namespace escale;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(bytes), size);
    ContextListReader reader;
    ContextIndex index;
    if (reader.take(all)) {
        index.entries = reader.finish();
        index.hashes.resize(index.entries.size());
    } else if (auto read = readContextIndex(all)) {
        index = *std::move(read);
    } else {
        return 0;
    }
    for (const ContextEntry& entry : index.entries) {
        const std::string framed = '/' + entry.path + '/';
        for (const char* bad : {"//", "/./", "/../"})
            require(framed.find(bad) == std::string::npos, "a path has plain names");
        const auto slash = entry.path.rfind('/');
        if (slash == std::string::npos)
            continue;
        const std::size_t folder = findContextEntry(index.entries, entry.path.substr(0, slash));
        require(folder < index.entries.size() && S_ISDIR(index.entries[folder].mode),
                "it is in a folder of the list");
    }
    const std::string written = writeContextIndex(index);
    const auto again = readContextIndex(written);
    require(again && again->entries == index.entries && writeContextIndex(*again) == written,
            "an index is read as it was written");
    return 0;
}
