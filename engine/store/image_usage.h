// What images and containers take on the disk, a layer counted once however many images have it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace escale {

/// An image as far as counting goes.
struct CountedImage {
    std::string digest;
    bool isOwners = false;   // the owner names it, or a container of theirs uses it
    bool isHeld = false;     // would stay if the owner took all their names away
    unsigned containers = 0; // of the owner
    std::vector<std::int64_t> layers;
};

struct ImageUsage {
    std::string digest;
    std::uint64_t size = 0;   // bytes on the disk of its layers: shared + unique
    std::uint64_t shared = 0; // of layers that another image has, too, whosever
    std::uint64_t unique = 0;
    unsigned containers = 0; // of the owner, that use it
};

struct ImagesUsage {
    std::vector<ImageUsage> images; // the owner's, in the order given
    std::uint64_t total = 0;        // bytes of all their layers
    std::uint64_t reclaimable = 0;  // of those that would go with all images the owner does not use
};

/// `images`: all of the store, since any may share; `bytes`: of the owner's layers at least, by number.
ImagesUsage countImages(const std::vector<CountedImage>& images,
                        const std::map<std::int64_t, std::uint64_t>& bytes);

struct ContainerUsage {
    std::string id;
    std::uint64_t writable = 0; // bytes on the disk of what it has changed
    std::uint64_t logs = 0;
    bool isRunning = false;
    bool isWhole = true; // false: there was no time to count all
};

} // namespace escale
