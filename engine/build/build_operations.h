// What a builder (builder.h) has done for it, by whoever holds images, layers and containers: values and one
// interface. The builder reads the Dockerfile and decides; this does. Every method blocks, may be called from
// several threads at once (stages are built at the same time), and answers Cancelled when the build is to
// end.
#pragma once

#include "engine/base/result.h"
#include "engine/build/instructions.h"
#include "engine/build/stage_state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace escale {

/// A file system in the making: an image's, or what a step has made of another one. Numbers are given by the
/// operations and hold for one build. 0: an empty one ("scratch").
using RootId = std::uint64_t;

struct ResolvedImage {
    RootId root = 0;
    std::string name;   // in full, with its digest: "docker.io/library/debian:12@sha256:…"
    std::string config; // the document's bytes (image-spec config.md), untrusted
    std::string layers; // the same for the same layers: what keys of steps begin with
};

/// A file whose content stands in the Dockerfile.
struct InlineFile {
    std::string name;
    std::string content;
    std::uint32_t mode = 0644;
    bool operator==(const InlineFile&) const = default;
};

/// Where COPY, ADD and RUN's bind mounts take files from.
struct SourceFolder {
    bool isContext = true;
    RootId root = 0; // when it is not
    bool operator==(const SourceFolder&) const = default;
};

/// COPY and ADD, variables replaced. Sources of all kinds may stand in one.
struct CopyRequest {
    SourceFolder from;
    std::vector<std::string> patterns; // in `from`, as written: PathPattern's
    std::vector<InlineFile> files;
    std::vector<std::string> addresses; // ADD: http(s), or git
    std::string target;                 // absolute; "/" at its end: a folder
    std::string owner; // --chown, names of the parent's /etc/passwd and /etc/group; empty: the files' own,
                       // which in a context are 0:0
    std::string mode;  // --chmod; empty: the source's
    std::vector<std::string> excludes;
    std::string checksum; // of the only address, "sha256:…"; of a git repository: a commit
    bool keepsParents = false;
    bool unpacks = false;        // ADD: a local archive's content in the archive's place
    bool unpacksFetched = false; // the same of one that was downloaded
    bool keepsGitFolder = false;
    std::optional<std::int64_t> latestTime; // SOURCE_DATE_EPOCH: no file is newer (seconds since 1970)
};

/// WORKDIR: the folder and those above it, as far as they are missing.
struct FolderRequest {
    std::string path;  // absolute
    std::string owner; // of what is made, as in CopyRequest; empty: root
    std::optional<std::int64_t> latestTime;
};

/// RUN's mounts, with what their `from` means.
struct StepMount {
    RunMount mount; // `target` absolute
    SourceFolder from;
    bool isEmpty = false; // a cache that begins with nothing
};

struct RunRequest {
    std::vector<std::string> words;
    std::vector<std::string> environment; // "NAME=value"
    std::string workingDirectory;
    std::string user;
    std::vector<StepMount> mounts;
    std::vector<InlineFile> files; // put at /dev/pipes/NAME meanwhile: here-documents that are scripts
    std::string network;           // "default", "none", "host"
    bool isInsecure = false;
    std::optional<std::int64_t> latestTime;
};

/// What a step has made.
struct StepResult {
    RootId root = 0;
    std::string layer;      // its diffId; empty: it has changed no file
    std::uint64_t size = 0; // bytes of its layer's files
};

struct RunOutcome {
    int exitCode = 0;  // 0: `result` is kept under the key
    StepResult result; // of a step that failed: what somebody looks into who wants to know why
};

/// One line of an image's history (image-spec config.md).
struct HistoryLine {
    std::int64_t created = 0; // Unix milliseconds; 0: when its layer was made
    std::string createdBy;
    std::string author;
    std::string comment;
    bool isEmpty = false; // no layer
};

/// The image that a build makes.
struct BuiltImage {
    RootId root = 0;
    StageConfig config;
    std::string architecture, os, variant;
    std::int64_t created = 0;         // Unix milliseconds; 0: when its last layer was made
    std::vector<HistoryLine> history; // the base's, then one an instruction
};

struct CommittedImage {
    std::string digest; // of the manifest
    std::vector<std::string> names;
    std::uint64_t size = 0; // of its layers, unpacked
};

class BuildOperations {
public:
    virtual ~BuildOperations() = default;

    /// Pulled when it is not there, or when the build asks for that. NotFound, PermissionDenied, Unreachable.
    virtual Result<ResolvedImage> resolveImage(const std::string& reference, const std::string& platform) = 0;
    /// A step's result of an earlier build, on top of this parent. Never with no-cache.
    virtual Result<std::optional<StepResult>> find(RootId parent, const std::string& key) = 0;
    /// Says what these sources hold: the same for the same names, modes and contents, whatever their times.
    /// NotFound names a path that is not there (wildcards may match nothing).
    virtual Result<std::string> digest(const CopyRequest& request) = 0;
    /// `text`: the instruction, for the list of what is in the cache.
    virtual Result<StepResult> copy(RootId parent, const CopyRequest& request, const std::string& key,
                                    const std::string& text) = 0;
    virtual Result<StepResult> makeFolder(RootId parent, const FolderRequest& request, const std::string& key,
                                          const std::string& text) = 0;
    /// `output`: the write end of a pipe, for both of the program's streams; borrowed until this returns.
    virtual Result<RunOutcome> run(RootId parent, const RunRequest& request, int output,
                                   const std::string& key, const std::string& text) = 0;
    /// Under the names that the build was asked for.
    virtual Result<CommittedImage> commit(const BuiltImage& image) = 0;
    /// A step has failed: what is under way ends, and all answers are Cancelled from now on. Does not wait.
    virtual void cancel() {}
};

} // namespace escale
