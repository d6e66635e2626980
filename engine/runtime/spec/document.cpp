#include "engine/runtime/spec/document.h"

#include <algorithm>

namespace escale::spec {
namespace {

// As deep as Json::parse lets a document be.
bool holdsZeroByte(const Json& value) {
    if (value.isString())
        return value.toString().find('\0') != std::string::npos;
    return std::any_of(value.items().begin(), value.items().end(), holdsZeroByte) ||
           std::any_of(value.members().begin(), value.members().end(), [](const auto& member) {
               return member.first.find('\0') != std::string::npos || holdsZeroByte(member.second);
           });
}

} // namespace

Result<Json> parseDocument(std::string_view text, const std::string& name) {
    auto document = Json::parse(text);
    if (!document)
        return fail(std::move(document).error().prefixed(name));
    if (!document->isObject())
        return fail(ErrorCode::InvalidArgument, name + " holds no JSON object");
    // JSON writes one as a backslash and u0000: without any there is nothing to look for.
    if (text.find("\\u0000") != std::string_view::npos && holdsZeroByte(*document))
        return fail(ErrorCode::InvalidArgument, name + ": a string holds a zero byte");
    return document;
}

} // namespace escale::spec
