// What root reads of the worker that builds: the fields of its requests.
#include "helper/worker/build_fields.h"
#include "tests/fuzz/promise.h"

using namespace escale;
using fuzz::require;

namespace {

void requireWhole(const std::vector<std::string>& texts) {
    for (const auto& text : texts)
        require(text.find('\0') == std::string::npos, "what goes to the kernel as a C string has no NUL");
}

template <class... Values>
bool readsBack(std::string_view bytes, Values&... values) {
    if (!worker::readFields(bytes, values...))
        return false;
    const std::string written = worker::packFields(values...);
    require(worker::readFields(written, values...).has_value(),
            "what was read can be written and read again");
    require(worker::packFields(values...) == written, "and is the same then");
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    RootId parent = 0;
    std::string key;
    RunRequest run;
    CopyRequest copy;
    BuiltImage image;
    BuilderResult result;
    switch (bytes[0] % 4) {
    case 0:
        if (readsBack(text, parent, run, key)) {
            requireWhole(run.words);
            requireWhole(run.environment);
            for (const auto& mount : run.mounts)
                require(mount.mount.kind <= RunMount::Kind::Ssh, "a mount is of a known kind");
        }
        break;
    case 1:
        if (readsBack(text, parent, copy, key))
            requireWhole(copy.patterns);
        break;
    case 2:
        readsBack(text, image);
        break;
    default:
        readsBack(text, result);
    }
    return 0;
}
