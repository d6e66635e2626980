// Looking at, changing, copying and comparing the files of a container or a volume: the helper's side. Each
// call starts a worker whose root is theirs (sandbox.h); the helper itself opens nothing below it and reads
// no archive. Blocking, and a worker dies with the thread that started it: call and use all on one thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/image/tree_measure.h"
#include "engine/image/tree_search.h"
#include "helper/worker/files_protocol.h"
#include "helper/worker/worker_process.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace escale {

/// The root of a container or a volume as the helper holds it; borrowed.
struct FilesRoot {
    int directory = -1;     // its folder
    int userNamespace = -1; // of its ids; -1: they are the host's
};

using FilesProgress = std::function<void(std::uint64_t bytes)>;

/// For VolumesSettings::copier: runs escale-worker.
std::function<Result<void>(int source, int target, int userNamespace, const Cancellation& cancellation)>
copyTree(std::string workerProgram);

class FilesWorker {
public:
    /// `patience`: how long a call without a cancellation waits for a file system. Timeout.
    explicit FilesWorker(std::string workerProgram,
                         std::chrono::milliseconds patience = std::chrono::seconds(60))
        : m_program(std::move(workerProgram))
        , m_patience(patience) {}

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

    /// The same arguments. Its worker writes lines to `output`, as watchUpper() has them, until nobody reads
    /// them.
    [[nodiscard]] Result<void> watch(int upper, int layersFolder, std::vector<std::string> layers, int output,
                                     const Cancellation& cancellation) const;

    /// What is in the overlay's upper folder, as a layer of an image (archiveLayer() in tree_archive.h).
    [[nodiscard]] Result<worker::FilesTotals> archiveLayer(const FilesRoot& upper, int output,
                                                           const FilesProgress& progress,
                                                           const Cancellation& cancellation,
                                                           const ArchiveOptions& options = {}) const;

    /// What is in the folder `source`, of the root's ids as well, into the root, which is empty; and its own
    /// attributes.
    [[nodiscard]] Result<worker::FilesTotals> copyTree(const FilesRoot& root, int source,
                                                       const Cancellation& cancellation) const;

    // Changes of single files (engine/image/tree_change.h).
    [[nodiscard]] Result<void> makeFolder(const FilesRoot& root, const std::string& path) const;
    [[nodiscard]] Result<void> move(const FilesRoot& root, const std::string& from,
                                    const std::string& to) const;
    /// Progress in files.
    [[nodiscard]] Result<void> remove(const FilesRoot& root, const std::string& path,
                                      const FilesProgress& progress, const Cancellation& cancellation) const;
    [[nodiscard]] Result<void> setAttributes(const FilesRoot& root, const std::string& path,
                                             const AttributeChange& change) const;

    /// Its worker writes lines to `output`, as searchTree() has them, and sees when nobody reads them.
    [[nodiscard]] Result<worker::FilesTotals> search(const FilesRoot& root, const SearchRequest& request,
                                                     int output, const Cancellation& cancellation) const;
    /// As measureTree(), behind everybody else's work.
    [[nodiscard]] Result<TreeSize> measure(const FilesRoot& root, const Cancellation& cancellation) const;

    struct OutOptions {
        bool follow = false;
        bool contentOnly = false;
        std::string name;
        ArchiveOptions archive;
    };
    /// A backup of the whole root, for copyOut(), which restoreOptions() make the same again with copyIn().
    static OutOptions backupOptions(LayerCompression compression);
    static ExtractOptions restoreOptions();
    /// One archive on its way out.
    class Out {
    public:
        /// The file that is copied, as it was found.
        [[nodiscard]] const FileEntry& file() const { return m_file; }
        /// Waits for the end. Unreachable: the reader has gone.
        Result<worker::FilesTotals> finish(const FilesProgress& progress, const Cancellation& cancellation);

    private:
        friend class FilesWorker;
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
    [[nodiscard]] Result<worker::FilesTotals>
    runToEnd(const FilesRoot& root, const worker::FilesRequest& request, const FilesProgress& progress = {},
             const Cancellation& cancellation = {}, int stream = -1) const;
    [[nodiscard]] Result<WorkerProcess> start(const worker::FilesRequest& request,
                                              const worker::FilesDescriptors& descriptors) const;
    std::string m_program;
    std::chrono::milliseconds m_patience;
};

} // namespace escale
