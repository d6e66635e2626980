// Keys of a build's steps: SHA-256 over what decides what a step makes, written so that no two different
// inputs have the same bytes. The same in every run and on every machine. Pure.
#pragma once

#include "engine/build/build_operations.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

// A chain says which layers a root has: ResolvedImage::layers to begin with, "" for an empty root, and with
// each layer a digest more. A step that was run again and made the same has the same chain, and what follows
// it the same keys.
/// `layer`: its diffId; empty: nothing has changed, the chain is the same.
std::string chainAfter(std::string_view chain, std::string_view layer);
/// Of an image's layers, base first, as ResolvedImage::layers.
std::string chainOf(const std::vector<std::string>& diffIds);

/// `content`: what BuildOperations::digest() says of the sources. Each key is "sha256:…".
std::string copyKey(std::string_view chain, const CopyRequest& request, std::string_view content);
std::string folderKey(std::string_view chain, const FolderRequest& request);

/// A mount as it is declared.
struct KeyedMount {
    RunMount mount;
    std::string content; // of what is mounted, where that comes from elsewhere
};
/// `request`: with the environment that counts; its mounts do not (whether a secret was lent, say, changes
/// nothing), these do.
std::string runKey(std::string_view chain, const RunRequest& request, const std::vector<KeyedMount>& mounts,
                   const std::vector<std::string>& extraHosts = {});

} // namespace escale
