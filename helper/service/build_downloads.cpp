#include "helper/service/build_downloads.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/build/git_address.h"
#include "engine/build/web_address.h"
#include "engine/registry/registry_settings.h"

#include <fcntl.h>

namespace escale {
namespace {

constexpr std::size_t kMostAddresses = 256; // a file of each is open until the build's end
constexpr auto kSelection = "download";     // among the digests that the cache keeps

/// Nothing of an address' password is kept.
std::string sourceOf(const std::string& address) {
    return "address " + Digest::ofData(address).toString();
}

Result<ProxySettings> machinesProxy() {
    TRY_ASSIGN(const RegistrySettings settings, RegistrySettings::ofMachine());
    return settings.proxy();
}

Result<void> checkAddress(const std::string& address) {
    return isWebAddress(address) ? checkWebAddress(address)
                                 : Result<void>(fail(ErrorCode::InvalidArgument,
                                                     "\"" + withoutUserInfo(address).substr(0, 200) +
                                                         "\" is no address that can be added",
                                                     "Give one of http, https or a git repository."));
}

} // namespace

template <class Item>
Result<std::shared_ptr<Item>> BuildDownloads::itemOf(std::map<std::string, std::shared_ptr<Item>>& items,
                                                     const std::string& key) {
    const std::lock_guard lock(m_mutex);
    auto& item = items[key];
    if (!item)
        item = std::make_shared<Item>();
    if (items.size() > kMostAddresses)
        return fail(ErrorCode::Unsupported,
                    "a build can add " + std::to_string(kMostAddresses) + " addresses at most");
    return item;
}

Result<std::string> BuildDownloads::digest(const CopyRequest& request) {
    Json parts = Json::Array();
    for (const std::string& address : request.addresses) {
        if (isGitAddress(address)) {
            TRY_ASSIGN(const GitCommit commit, commitOf(request, address));
            parts.append(commit.id).append(commit.folder).append(commit.keepsGitFolder);
        } else {
            TRY_ASSIGN(const std::string content, fileDigest(request, address));
            parts.append(content);
        }
    }
    return Digest::ofData(parts.dump()).toString();
}

Result<FetchedAddresses> BuildDownloads::fetch(const CopyRequest& request) {
    FetchedAddresses fetched;
    for (const std::string& address : request.addresses)
        TRY(isGitAddress(address) ? fetchRepository(request, address, fetched)
                                  : fetchFile(request, address, fetched));
    return fetched;
}

Result<std::string> BuildDownloads::fileDigest(const CopyRequest& request, const std::string& address) {
    TRY(checkAddress(address));
    if (!request.checksum.empty()) {
        TRY(Digest::parse(request.checksum));
        return request.checksum;
    }
    TRY_ASSIGN(const auto file, itemOf(m_files, address));
    const std::lock_guard lock(file->mutex);
    if (!file->record) {
        DownloadRequest download;
        download.address = address;
        // Without the cache it will have to be here in any case.
        if (m_work.order.usesCache) {
            TRY_ASSIGN(download.known, recordOf(address));
        }
        TRY(get(*file, download));
    }
    return file->record->digest;
}

Result<void> BuildDownloads::fetchFile(const CopyRequest& request, const std::string& address,
                                       FetchedAddresses& fetched) {
    TRY(checkAddress(address));
    TRY_ASSIGN(const auto file, itemOf(m_files, address + request.checksum));
    const std::lock_guard lock(file->mutex);
    if (!file->content) {
        const auto promised = file->record;
        DownloadRequest download;
        download.address = address;
        download.checksum = request.checksum;
        TRY(get(*file, download));
        if (promised && file->record->digest != promised->digest)
            return fail(ErrorCode::RemoteFailure,
                        withoutUserInfo(address) + " has changed while the image was built",
                        "Build it again.");
    }
    // Each reads at a place of its own.
    TRY_ASSIGN(UniqueFd content, openFile("/proc/self/fd/" + std::to_string(file->content.get()), O_RDONLY));
    fetched.sources.push_back({fileNameOf(address), content.get()});
    fetched.contents.push_back(std::move(content));
    return {};
}

Result<void> BuildDownloads::get(File& file, const DownloadRequest& what) {
    DownloadRequest request = what;
    TRY_ASSIGN(request.proxy, machinesProxy());
    TRY_ASSIGN(UniqueFd spool, m_work.parts.store.openSpool());
    const auto step = m_work.progress.begin(withoutUserInfo(request.address), QStringLiteral("downloading"));
    TRY_ASSIGN(Downloaded done,
               download(
                   m_work.parts.workerProgram, request, spool.get(),
                   [&step](std::uint64_t received, std::uint64_t total) { step.moved(received, total); },
                   m_work.cancellation));
    file.record = std::move(done.record);
    if (done.isUnchanged)
        return {};
    file.content = std::move(spool);
    return remember(request.address, *file.record);
}

Result<std::optional<DownloadRecord>> BuildDownloads::recordOf(const std::string& address) {
    TRY_ASSIGN(const auto kept, m_work.use.digest(sourceOf(address), kSelection));
    const auto json = kept ? Json::parse(*kept) : Result<Json>(Json());
    if (!kept || !json)
        return std::optional<DownloadRecord>();
    return std::optional(DownloadRecord{json->at("etag").toString(), json->at("last-modified").toString(),
                                        json->at("digest").toString(), json->at("modified").toInteger(),
                                        json->at("size").toUnsigned().value_or(0)});
}

Result<void> BuildDownloads::remember(const std::string& address, const DownloadRecord& record) {
    if (record.etag.empty() && record.lastModified.empty())
        return {}; // nothing that the server could be asked by
    Json json;
    json.set("etag", record.etag).set("last-modified", record.lastModified).set("digest", record.digest);
    json.set("modified", record.modified).set("size", record.size);
    return m_work.use.addDigest(sourceOf(address), kSelection, json.dump());
}

Result<GitCommit> BuildDownloads::commitOf(const CopyRequest& request, const std::string& address) {
    const std::string key = address + '\n' + request.checksum + (request.keepsGitFolder ? "\n.git" : "\n");
    TRY_ASSIGN(const auto repository, itemOf(m_repositories, key));
    const std::lock_guard lock(repository->mutex);
    if (!repository->commit) {
        GitRequest git{address, request.checksum, request.keepsGitFolder, m_work.idBase, {}};
        TRY_ASSIGN(git.proxy, machinesProxy());
        const auto step = m_work.progress.begin(withoutUserInfo(address), QStringLiteral("downloading"));
        TRY_ASSIGN(repository->commit, findGitCommit(m_work.parts.workerProgram, git, m_work.cancellation));
    }
    return *repository->commit;
}

Result<void> BuildDownloads::fetchRepository(const CopyRequest& request, const std::string& address,
                                             FetchedAddresses& fetched) {
    TRY_ASSIGN(const GitCommit commit, commitOf(request, address));
    GitRequest git{address, commit.id, request.keepsGitFolder, m_work.idBase, {}};
    TRY_ASSIGN(git.proxy, machinesProxy());
    const auto step = m_work.progress.begin(withoutUserInfo(address), QStringLiteral("downloading"));
    TRY_ASSIGN(StepFolder folder, StepFolder::make(m_work));
    TRY_ASSIGN(const UniqueFd files, folder.makeOwned("git"));
    TRY_ASSIGN(GitCheckout checkout,
               checkOutGit(m_work.parts.workerProgram, git, files.get(), {}, m_work.cancellation));
    fetched.keepsGitFolder = fetched.keepsGitFolder || checkout.commit.keepsGitFolder;
    fetched.sources.push_back({"repository", checkout.content.get()});
    fetched.contents.push_back(std::move(checkout.content));
    fetched.folders.push_back(std::move(folder));
    return {};
}

} // namespace escale
