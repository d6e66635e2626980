// Where the files at a path of a container lie: in its own root file system, or in a volume that is mounted
// there.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/bus/bus.h"

#include <string>

namespace escale::docker_api {

struct FilePlace {
    Face face = Face::Containers; // whose methods StatFile, CopyOut and CopyIn it takes
    QString name;                 // the container's id, the volume's name
    std::string path;             // in there
    bool isReadOnly = false;      // it is mounted so
    std::string container;        // its name, for messages
    std::string user;             // the container's, as it was given
};

/// `path`: clean (path_stat.h). NotFound: no such container. Unsupported: a folder of this machine or a tmpfs
/// is mounted there.
Result<FilePlace> findFilePlace(const Bus& bus, const std::string& container, const std::string& path);

} // namespace escale::docker_api
