// What could be better about an image: about its files, layer by layer, and about its configuration. Findings
// are values; whoever shows them says in words what each means and how to do better.
#pragma once

#include "engine/image/image_history.h"
#include "engine/image/layer_stack.h"
#include "engine/store/store.h"

#include <optional>
#include <string>
#include <vector>

namespace escale {

enum class FindingCode : std::uint8_t {
    // of the files
    PrivateKey,     // a private key; also one that a later layer removes
    SecretToken,    // a file with a token in it
    SecretFile,     // a file whose name says that it holds passwords or keys
    VersionControl, // a .git folder: the whole history of the source
    RemovedLater,   // a layer removes what layers below still hold
    ReplacedLater,  // a layer holds again, and otherwise, what layers below hold
    SameFileAgain,  // a layer holds a file again with the same content: only its owner or mode changed
    StoredTwice,    // the same content at several paths, in several layers
    PackageCache,   // what a package manager has downloaded
    TemporaryFiles, // in /tmp and /var/tmp
    SetUserId,      // set-uid and set-gid programs
    // of the configuration
    RunsAsRoot,
    NoHealthCheck,
    LatestTag,
    SecretInEnvironment, // a variable that is named like a password and has a value
    SecretInHistory,     // a build argument or ENV with one: everybody reads it in the history
    ShellCommand,        // the command runs in a shell, which keeps signals to itself
    SshPort,             // EXPOSE 22
    NoLabels,            // where it comes from is not told
    RelativeWorkdir,
    UpdateAlone,     // RUN apt-get update in a layer of its own
    AddFromNetwork,  // ADD https://…
    PipeToShell,     // curl … | sh
    OpenPermissions, // chmod 777
};

enum class Severity : std::uint8_t { Notice, Warning, Serious };

struct Finding {
    FindingCode code = FindingCode::RemovedLater;
    Severity severity = Severity::Notice;
    std::optional<std::size_t> layer; // that did it, base first
    std::vector<std::string> paths;   // files, or what else it is about; at most kMostFindingPaths
    std::size_t count = 0;            // of all
    std::uint64_t bytes = 0;          // that could be saved
};

constexpr std::size_t kMostFindingPaths = 200;

/// About the files; the worst first, then the largest. `contents`: marks of files that may be doubles
/// (layer_records.h); none: nothing is said of doubles.
std::vector<Finding> fileFindings(const LayerStack& stack,
                                  const std::vector<LayerRecordReader::Content>& contents);

/// About the configuration and the history. `tag` is the one that the image is known by; may be empty.
std::vector<Finding> configFindings(const ImageConfig& config, const std::vector<HistoryStep>& history,
                                    const std::string& tag);

} // namespace escale
