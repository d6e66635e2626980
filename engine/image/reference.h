// Names of images as people write them: "debian", "localhost:5000/demo:1.0", "quay.io/a/b@sha256:…". Read
// exactly as Docker reads them (github.com/distribution/reference: grammar in reference.go, normalisation in
// normalize.go).
#pragma once

#include "engine/base/digest.h"
#include "engine/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace escale {

struct Reference {
    std::string registry;   // host with port as written, "docker.io" when none was written
    std::string repository; // "library/debian"
    std::string tag;        // "latest" when neither tag nor digest was written; empty when only a digest was
    std::optional<Digest> digest; // decides what is fetched, even when there is a tag too

    /// InvalidArgument when it is no reference; the message says which rule is broken. Unsupported for a
    /// digest other than sha256.
    static Result<Reference> parse(std::string_view text);

    /// "docker.io/library/debian": registry and repository, as the store keeps it.
    [[nodiscard]] std::string name() const { return registry + "/" + repository; }
    /// The full form, "docker.io/library/debian:12@sha256:…".
    [[nodiscard]] std::string toString() const;
    /// The shortest form that reads as the same reference: "debian:12".
    [[nodiscard]] std::string familiar() const;
    /// What the registry is asked for (distribution-spec, <reference>): the digest when there is one, the tag
    /// otherwise.
    [[nodiscard]] std::string manifestReference() const { return digest ? digest->toString() : tag; }
    bool operator==(const Reference&) const = default;
};

/// A repository's name in a registry: lower-case components joined by slashes, at most 255 characters.
bool isRepositoryName(std::string_view text);
bool isTag(std::string_view text);
/// "host", "host:port", "127.0.0.1:5000", "[::1]:5000".
bool isRegistryHost(std::string_view text);

} // namespace escale
