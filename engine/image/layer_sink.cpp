#include "engine/image/layer_sink.h"

namespace escale {

LayerSink::~LayerSink() = default;

tl::unexpected<Error> hostileEntry(const std::string& path, const std::string& why) {
    return fail(ErrorCode::Untrusted, "the layer's entry " + quotedName(path) + " " + why,
                "The image was made to harm or by a broken tool. Do not use it.");
}

tl::unexpected<Error> cannotReadBack(const std::string& path) {
    return fail(ErrorCode::Unsupported, "the layer's " + quotedName(path) + " cannot be read back");
}

} // namespace escale
