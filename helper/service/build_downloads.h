// What ADD takes from elsewhere. A file is downloaded when a step's key is asked for, once a build, and not
// at all when the server says that it is still what an earlier build has got, or when --checksum says what it
// is. A repository is asked for its commit then, and fetched when it is copied. Thread-safe.
#pragma once

#include "helper/service/build_work.h"
#include "helper/service/step_folder.h"
#include "helper/worker/download_worker.h"
#include "helper/worker/git_worker.h"
#include "helper/worker/source_worker.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace escale {

/// For one copy.
struct FetchedAddresses {
    std::vector<FetchedSource> sources; // of the following
    std::vector<UniqueFd> contents;
    std::vector<StepFolder> folders;
    bool keepsGitFolder = false; // which an address may say, too
};

class BuildDownloads {
public:
    explicit BuildDownloads(const BuildWork& work)
        : m_work(work) {}

    /// What the addresses of the request hold. InvalidArgument: an address that is none; as download() and
    /// findGitCommit().
    Result<std::string> digest(const CopyRequest& request);
    /// The same that digest() has spoken of, or an error.
    Result<FetchedAddresses> fetch(const CopyRequest& request);

private:
    struct File {
        std::mutex mutex; // guards the rest
        std::optional<DownloadRecord> record;
        UniqueFd content; // none: only what it is was asked
    };
    struct Repository {
        std::mutex mutex; // guards the rest
        std::optional<GitCommit> commit;
    };
    /// The same one for the same key, made when it is missing.
    template <class Item>
    Result<std::shared_ptr<Item>> itemOf(std::map<std::string, std::shared_ptr<Item>>& items,
                                         const std::string& key);
    Result<std::string> fileDigest(const CopyRequest& request, const std::string& address);
    Result<void> fetchFile(const CopyRequest& request, const std::string& address, FetchedAddresses& fetched);
    Result<void> get(File& file, const DownloadRequest& request);
    Result<std::optional<DownloadRecord>> recordOf(const std::string& address);
    Result<void> remember(const std::string& address, const DownloadRecord& record);
    Result<GitCommit> commitOf(const CopyRequest& request, const std::string& address);
    Result<void> fetchRepository(const CopyRequest& request, const std::string& address,
                                 FetchedAddresses& fetched);

    const BuildWork& m_work;
    std::mutex m_mutex; // guards the maps
    std::map<std::string, std::shared_ptr<File>> m_files;
    std::map<std::string, std::shared_ptr<Repository>> m_repositories;
};

} // namespace escale
