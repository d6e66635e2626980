#include "engine/store/store.h"

#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/store/expected_content.h"
#include "engine/store/schema.h"

#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

/// The state folder, opened and locked. The lock goes with the descriptor, so with the process.
Result<UniqueFd> lockFolder(const std::string& path) {
    TRY(makeDirectories(path, 0700));
    TRY_ASSIGN(UniqueFd folder, openFile(path, O_RDONLY | O_DIRECTORY));
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return fail(ErrorCode::InUse, "the state folder " + path + " is in use by another process",
                        "Another escale-helper works on it: stop that one, or choose another folder.");
        return failErrno("cannot lock the state folder " + path);
    }
    // Layers hold set-user-ID programs and containers' files: no other user of the host may reach them.
    if (::fchmod(folder.get(), 0700) != 0)
        return failErrno("cannot close the state folder " + path + " to others");
    for (const char* name : {"blobs", "blobs/sha256", "layers", "staging", "containers"}) {
        if (::mkdirat(folder.get(), name, 0700) != 0 && errno != EEXIST)
            return failErrno("cannot make folder " + path + "/" + name);
        TRY(openBeneath(folder.get(), name, O_PATH | O_DIRECTORY));
    }
    return folder;
}

/// A database that was lost must not take the containers' and the volumes' files along: recovery would find
/// no row that names them.
Result<void> refuseLostDatabase(const std::string& folder) {
    if (exists(folder + "/escale.db"))
        return {};
    for (const std::string name : {"containers", "volumes"}) {
        const std::string path = folder + "/" + name;
        if (!exists(path))
            continue;
        TRY_ASSIGN(const auto content, listDirectory(path));
        if (!content.empty())
            return fail(ErrorCode::WrongState,
                        "the state folder " + folder + " holds " + name + " but no escale.db",
                        "Restore the database, or move the folder \"" + name + "\" away.");
    }
    return {};
}

Result<void> removeAllBut(const std::set<std::string>& kept, const std::string& folder) {
    TRY_ASSIGN(const auto names, listDirectory(folder));
    for (const auto& name : names) {
        if (kept.contains(name))
            continue;
        const std::string path = std::string(folder).append("/").append(name);
        logInfo("removing left-over " + path);
        TRY(removeTree(path));
    }
    return {};
}

} // namespace

Result<std::unique_ptr<Store>> Store::open(const std::string& stateFolder) {
    std::unique_ptr<Store> store(new Store);
    store->m_folder = stateFolder;
    TRY_ASSIGN(store->m_folderLock, lockFolder(stateFolder));
    TRY(refuseLostDatabase(stateFolder));
    const std::string path = stateFolder + "/escale.db";
    auto database = Database::open(path);
    // SQLite needs a few pages even to read. On a full disk the store must open, or nothing could be removed
    // from it.
    if (!database && database.error().code == ErrorCode::NoSpace &&
        ::unlink(store->reservePath().c_str()) == 0)
        database = Database::open(path);
    TRY_ASSIGN(store->m_database, std::move(database));
    if (auto migrated = migrate(*store->m_database); !migrated)
        return fail(std::move(migrated).error().prefixed("cannot use the state folder " + stateFolder));
    // In memory, and gone with the connection: what is kept while this process works on it (KeptImage,
    // KeptLayers).
    TRY(store->m_database->execute(
        "PRAGMA temp_store=MEMORY;"
        "CREATE TEMP TABLE kept_image(number INTEGER PRIMARY KEY, image TEXT NOT NULL) STRICT;"
        "CREATE TEMP TABLE kept_layer(keeper INTEGER NOT NULL, layer INTEGER NOT NULL, "
        "PRIMARY KEY (keeper, layer)) STRICT, WITHOUT ROWID"));
    if (auto recovered = store->recover(); !recovered)
        return fail(std::move(recovered).error().prefixed("cannot clear left-overs in " + stateFolder));
    store->keepReserve();
    return store;
}

Store::~Store() = default;

Result<void> Store::recover() {
    TRY(removeUnusedImages());
    TRY(removeUnusedLayers());
    TRY_ASSIGN(const auto expected, expectedContent(*m_database));
    TRY(removeAllBut({}, m_folder + "/staging"));
    std::set<std::string> layers = expected.records;
    layers.insert(expected.layers.begin(), expected.layers.end());
    TRY(removeAllBut(layers, layersFolder()));
    TRY(removeAllBut(expected.blobs, m_folder + "/blobs/sha256"));
    TRY(removeAllBut(expected.containers, m_folder + "/containers"));
    // AUTOINCREMENT's own memory: a number is not used again even when its layer has gone.
    TRY_ASSIGN(auto last,
               m_database->prepare("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'layer'"));
    TRY(last.step());
    m_nextLayer = last.number(0) + 1;
    return {};
}

std::string Store::layerFolder(std::int64_t number) const {
    return layersFolder() + "/" + std::to_string(number);
}

std::string Store::blobPath(const Digest& digest) const {
    return m_folder + "/blobs/sha256/" + std::string(digest.hex());
}

Result<UniqueFd> Store::openBlob(const Digest& digest) {
    return openFile(blobPath(digest), O_RDONLY | O_NOFOLLOW);
}

Result<std::string> Store::readBlob(const Digest& digest) {
    auto content = readFile(blobPath(digest));
    if (!content)
        return fail(std::move(content).error().prefixed("cannot read blob " + digest.toString()));
    if (Digest::ofData(*content) != digest)
        return fail(ErrorCode::Untrusted, "blob " + digest.toString() + " was changed on the disk",
                    "Remove the image and pull it again.");
    return content;
}

} // namespace escale
