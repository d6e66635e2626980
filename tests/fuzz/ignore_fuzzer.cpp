// .dockerignore, and a path as the first line: what is said of a folder as a whole holds for what is in it.
#include "engine/build/ignore_file.h"
#include "tests/fuzz/promise.h"

using namespace escale;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(bytes), size);
    const auto end = std::min(all.find('\n'), all.size());
    const std::string path = cleanPath(all.substr(0, end));
    require(cleanPath(path) == path, "a clean path stays");
    const auto file = IgnoreFile::parse(all.substr(std::min(end + 1, all.size())));
    if (!file)
        return 0;
    const bool ignored = file->ignores(path);
    require(!ignored || !file->isEmpty(), "an empty file ignores nothing");
    const auto slash = path.rfind('/');
    if (slash != std::string::npos && slash > 0 && file->ignoresAllIn(path.substr(0, slash)))
        require(ignored, "what is in a folder that is left out is left out");
    return 0;
}
