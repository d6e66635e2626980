#include "helper/docker-api/images/image_names.h"

#include "engine/image/reference.h"
#include "helper/docker-api/api/answers.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

constexpr std::string_view kAlgorithm = "sha256:";
constexpr std::size_t kShortId = 12;
constexpr std::string_view kLocal = "localhost/"; // without a tag: of images that were made without a name

std::string familiarRepository(const std::string& repository) {
    const auto reference = Reference::parse(repository + ":tag");
    if (!reference)
        return repository;
    const std::string familiar = reference->familiar();
    return familiar.substr(0, familiar.size() - 4);
}

bool isHex(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

std::optional<FoundImage> findName(const std::vector<KnownImage>& images, const Reference& wanted) {
    for (const KnownImage& image : images) {
        for (const ImageTagName& name : image.names) {
            const bool fits = wanted.digest ? image.id == wanted.digest->toString() : name.tag == wanted.tag;
            if (fits && name.repository == wanted.name())
                return FoundImage{image, name};
        }
    }
    return std::nullopt;
}

} // namespace

std::string ImageTagName::familiar(const std::string& digest) const {
    return familiarRepository(repository) + (tag.empty() ? "@" + digest : ":" + tag);
}

std::vector<std::string> KnownImage::tags() const {
    std::vector<std::string> all;
    for (const ImageTagName& name : names) {
        if (!name.tag.empty())
            all.push_back(name.familiar(id));
    }
    return all;
}

std::vector<std::string> KnownImage::digests() const {
    std::vector<std::string> all;
    for (const ImageTagName& name : names) {
        std::string text = ImageTagName{name.repository, {}}.familiar(id);
        const bool isMadeUp = name.tag.empty() && name.repository.starts_with(kLocal);
        if (!isMadeUp && std::find(all.begin(), all.end(), text) == all.end())
            all.push_back(std::move(text));
    }
    return all;
}

std::vector<KnownImage> groupedByImage(const dbus::ImageList& list) {
    std::vector<KnownImage> images;
    QHash<QString, std::size_t> positions;
    for (const dbus::Image& line : list) {
        const auto known = positions.constFind(line.digest);
        if (known == positions.constEnd()) {
            positions.insert(line.digest, images.size());
            images.push_back({line, line.digest.toStdString(), {}});
        }
        images[positions.value(line.digest)].names.push_back(
            {line.repository.toStdString(), line.tag.toStdString()});
    }
    return images;
}

Result<FoundImage> findImage(const std::vector<KnownImage>& images, const std::string& text) {
    const bool isId = std::string_view(text).starts_with(kAlgorithm);
    if (!isId) {
        if (const auto reference = Reference::parse(text)) {
            if (auto found = findName(images, *reference))
                return *std::move(found);
        } else if (!isHex(text)) {
            return fail(ErrorCode::InvalidArgument, "invalid reference format: " + reference.error().message,
                        reference.error().hint);
        }
    }
    const std::string_view digits = std::string_view(text).substr(isId ? kAlgorithm.size() : 0);
    const KnownImage* found = nullptr;
    for (const KnownImage& image : images) {
        if (!isHex(digits) || !std::string_view(image.id).substr(kAlgorithm.size()).starts_with(digits))
            continue;
        if (found != nullptr)
            return fail(ErrorCode::InvalidArgument,
                        "the id \"" + text + "\" could be several images: give more digits");
        found = &image;
    }
    if (found == nullptr)
        return fail(noSuchImage(text));
    return FoundImage{*found, std::nullopt};
}

bool isNameOnly(const std::string& text) {
    const std::size_t slash = text.rfind('/');
    return text.find_first_of(":@", slash == std::string::npos ? 0 : slash) == std::string::npos;
}

std::string shortId(std::string_view digest) {
    const std::size_t colon = digest.find(':');
    return std::string(digest.substr(colon == std::string_view::npos ? 0 : colon + 1, kShortId));
}

} // namespace escale::docker_api
