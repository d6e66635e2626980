#include "engine/image/named_image.h"

namespace escale {

Result<NamedImage> findImageAsWritten(Store& store, uid_t owner, const std::string& text) {
    if (auto reference = Reference::parse(text)) {
        auto image = store.findImage(owner, reference->toString());
        if (image && !reference->digest && !reference->tag.empty())
            return NamedImage{std::move(*image), std::move(*reference)};
        if (image)
            return NamedImage{std::move(*image), std::nullopt};
        if (image.error().code != ErrorCode::NotFound)
            return fail(std::move(image).error());
    }
    TRY_ASSIGN(Image image, store.findImage(owner, text));
    return NamedImage{std::move(image), std::nullopt};
}

Result<KeptNamedImage> keepImageAsWritten(Store& store, uid_t owner, const std::string& text) {
    const auto held = store.lock(); // it must not go in between
    TRY_ASSIGN(NamedImage found, findImageAsWritten(store, owner, text));
    TRY_ASSIGN(KeptImage kept, store.keepImage(found.image.digest));
    return KeptNamedImage{std::move(found), std::move(kept)};
}

} // namespace escale
