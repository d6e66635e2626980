// Names of images, which people and programs type: what is taken reads as the same again, in each of its
// forms.
#include "engine/image/reference.h"
#include "tests/fuzz/promise.h"

using namespace escale;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto reference = Reference::parse({reinterpret_cast<const char*>(bytes), size});
    if (!reference)
        return 0;
    for (const std::string& form : {reference->toString(), reference->familiar()}) {
        const auto again = Reference::parse(form);
        require(again && *again == *reference, "each form reads as the same reference");
    }
    // These become parts of an address.
    require(isRegistryHost(reference->registry), "the registry is a host");
    require(isRepositoryName(reference->repository), "the repository is one");
    require(reference->digest || isTag(reference->tag), "there is a tag or a digest");
    require(reference->tag.empty() || isTag(reference->tag), "the tag is one");
    require(("/" + reference->repository + "/").find("/../") == std::string::npos, "no way leads up");
    return 0;
}
