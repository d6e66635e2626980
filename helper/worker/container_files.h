// Looking at, copying and comparing a container's files: the helper's side. Each call starts a worker whose
// root is the container's (sandbox.h); the helper itself opens nothing below it and reads no archive.
// Blocking, and a worker dies with the thread that started it: call and use all on one thread.
#pragma once

#include "engine/base/cancellation.h"
#include "helper/worker/files_protocol.h"
#include "helper/worker/worker_process.h"

#include <functional>
#include <string>
#include <vector>

namespace escale {

/// A container's root as the helper holds it; borrowed.
struct FilesRoot {
    int directory = -1;     // its folder
    int userNamespace = -1; // of its ids; -1: they are the host's
};

using FilesProgress = std::function<void(std::uint64_t bytes)>;

class ContainerFiles {
public:
    explicit ContainerFiles(std::string workerProgram)
        : m_program(std::move(workerProgram)) {}

    /// NotFound. `follow`: a link as the last component stands for what it names.
    [[nodiscard]] Result<FileEntry> stat(const FilesRoot& root, const std::string& path, bool follow) const;
    /// At most worker::kMostListed, sorted by name. InvalidArgument: not a folder.
    [[nodiscard]] Result<FileList> list(const FilesRoot& root, const std::string& path) const;
    /// An archive that comes in through `input`, to its end. What was extracted before an error stays.
    [[nodiscard]] Result<worker::FilesTotals> copyIn(const FilesRoot& root, const std::string& path,
                                                     const ExtractOptions& options, int input,
                                                     const FilesProgress& progress,
                                                     const Cancellation& cancellation) const;
    /// `upper`: the overlay's upper folder; `layers`: names of folders in `layersFolder`, top first.
    [[nodiscard]] Result<std::vector<FileChange>> changes(int upper, int layersFolder,
                                                          std::vector<std::string> layers,
                                                          const Cancellation& cancellation) const;

    /// What is in the overlay's upper folder, as a layer of an image (tree_archive.h).
    [[nodiscard]] Result<worker::FilesTotals> archiveLayer(const FilesRoot& upper, int output,
                                                           const FilesProgress& progress,
                                                           const Cancellation& cancellation) const;

    struct OutOptions {
        bool follow = false;
        bool contentOnly = false;
        std::string name;
    };
    /// One archive on its way out.
    class Out {
    public:
        /// The file that is copied, as it was found.
        [[nodiscard]] const FileEntry& file() const { return m_file; }
        /// Waits for the end. Unreachable: the reader has gone.
        Result<worker::FilesTotals> finish(const FilesProgress& progress, const Cancellation& cancellation);

    private:
        friend class ContainerFiles;
        Out(WorkerProcess process, FileEntry file)
            : m_process(std::move(process))
            , m_file(std::move(file)) {}
        WorkerProcess m_process;
        FileEntry m_file;
    };
    /// Answers when the file was found: the archive is being written to `output`, which the caller closes.
    /// After a failure it ends without its end mark.
    [[nodiscard]] Result<Out> copyOut(const FilesRoot& root, const std::string& path,
                                      const OutOptions& options, int output,
                                      const Cancellation& cancellation) const;

private:
    [[nodiscard]] Result<WorkerProcess> start(const worker::FilesRequest& request,
                                              const worker::FilesDescriptors& descriptors) const;
    std::string m_program;
};

} // namespace escale
