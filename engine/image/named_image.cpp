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

} // namespace escale
