// What builds keep for the next ones: layers that steps have made, found by the step's key; contexts as they
// were sent last; caches of RUN; and what sources of COPY --from hold. Each owner has their own.
//
//   <state>/build/contexts/<number>/   a context (engine/build/context_sender.h), of the owner's ids
//   <state>/build/mounts/<number>/     a cache of RUN, of the owner's ids
//   <state>/build/steps/<random>/      upper and work folders of steps under way; emptied at start
//   <state>/build/old/                 what goes, emptied in the background
//
// A row of build_step is written once the layer's bytes are on the disk; until then the build that has made
// it holds the layer (KeptLayers). Thread-safe. Methods may block on the disk.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/tree_remover.h"
#include "engine/store/store.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct CachedStep {
    std::optional<Layer> layer; // nothing: the step has changed no file
    std::uint64_t size = 0;     // bytes of its files
    std::int64_t madeAt = 0;    // Unix milliseconds
};

struct NewStep {
    std::string key;
    std::string text; // the instruction
    CachedStep made;
};

enum class CacheKind : std::uint8_t { Step, Context, Mount };
/// "step", "context", "mount".
const char* cacheKindName(CacheKind kind);

/// What happens when another build, or another step, has the folder already.
enum class FolderUse : std::uint8_t {
    Alone,  // it gets one that nobody keeps
    Shared, // both have it
    Locked, // it waits
};

struct CacheEntry {
    std::int64_t number = 0; // with the kind it is unique
    CacheKind kind = CacheKind::Step;
    std::string text; // the instruction, the context's name, the mount's id
    std::uint64_t size = 0;
    std::int64_t madeAt = 0, usedAt = 0; // Unix milliseconds
    bool isInUse = false;                // a build runs that uses it
    bool isShared = false;               // an image has its layer
};

struct CachePrune {
    std::optional<std::int64_t> until; // used before this moment
    std::optional<std::uint64_t> keepBytes;
    std::set<CacheKind> kinds; // empty: all
};

struct PrunedCache {
    unsigned removed = 0;
    std::uint64_t bytes = 0;
};

class BuildCache;

/// A folder while somebody uses it. Must not outlive the cache.
class CacheFolder {
public:
    CacheFolder(CacheFolder&& other) noexcept;
    CacheFolder& operator=(CacheFolder&&) = delete;
    ~CacheFolder();
    /// Another one after made().
    [[nodiscard]] const std::string& path() const { return m_path; }
    /// Nothing was put into it yet.
    [[nodiscard]] bool isNew() const { return m_isNew; }
    /// What a new one begins with is in it, and it is the one that stays: without this it goes.
    Result<void> made();

private:
    friend class BuildCache;
    CacheFolder(BuildCache& cache, std::int64_t number, CacheKind kind, std::string path, bool isNew)
        : m_cache(&cache)
        , m_number(number)
        , m_kind(kind)
        , m_path(std::move(path))
        , m_isNew(isNew) {}
    BuildCache* m_cache;   // null: moved from
    std::int64_t m_number; // 0: nobody keeps it
    CacheKind m_kind;
    std::string m_path;
    bool m_isNew;
};

class BuildCache {
public:
    /// After Containers::open(), which ends steps of a helper that was killed; nobody else uses the store
    /// yet. Clears what that one has left.
    static Result<std::unique_ptr<BuildCache>> open(Store& store);
    BuildCache(const BuildCache&) = delete;
    BuildCache& operator=(const BuildCache&) = delete;
    ~BuildCache() = default;

    /// One build's hold on the cache: what it has found or made stays until this goes. Thread-safe.
    class Use {
    public:
        ~Use();
        /// The layer is there and whole.
        Result<std::optional<CachedStep>> find(const std::string& key);
        /// The layer is kept for the build; the cache has it from write() on.
        Result<Layer> commitLayer(ImageLayer layer);
        /// A layer of a base image, for as long as the build runs.
        Result<void> keepLayer(std::int64_t layer);
        void add(NewStep step);
        /// Writes what was added, with its layers, to the disk, and when steps were used.
        Result<void> write();
        Result<std::optional<std::string>> digest(const std::string& source, const std::string& selection);
        Result<void> addDigest(const std::string& source, const std::string& selection,
                               const std::string& digest);
        /// Waits for a Locked one, and for a Shared one that another is making; Cancelled then. A new folder
        /// belongs to root and has the mode 0755.
        Result<CacheFolder> takeFolder(CacheKind kind, const std::string& name, FolderUse use,
                                       const Cancellation& cancellation);

    private:
        friend class BuildCache;
        Use(BuildCache& cache, uid_t owner)
            : m_cache(cache)
            , m_owner(owner)
            , m_kept(cache.m_store.keepLayers()) {}
        BuildCache& m_cache;
        const uid_t m_owner;
        KeptLayers m_kept;
        std::mutex m_mutex;               // guards the rest
        std::set<std::int64_t> m_touched; // numbers of steps, since the last write()
        std::set<std::int64_t> m_used;    // and all of them
        std::vector<NewStep> m_new;
    };
    Result<std::unique_ptr<Use>> begin(uid_t owner);

    /// A folder of its own for one step, mode 0700.
    Result<std::string> makeStepFolder();
    /// Later, on a thread of its own. `path` lies in the store.
    void removeLater(const std::string& path);
    /// Until nothing is to be removed.
    void waitForRemovals() { m_remover.wait(); }

    /// Oldest use first.
    Result<std::vector<CacheEntry>> list(uid_t owner);
    /// The longest unused first; what a running build uses stays. An entry whose layer an image has frees
    /// nothing, and stays when `keepBytes` asks for room.
    Result<PrunedCache> prune(uid_t owner, const CachePrune& filter);
    /// What the folder takes now, for the list: as it is known, or counted for two seconds at most.
    void setSize(const CacheFolder& folder, std::uint64_t bytes);
    void measure(const CacheFolder& folder);
    /// Whether a step of the owner's has made this layer.
    Result<std::optional<Layer>> layerOf(uid_t owner, const Digest& diffId);

private:
    friend class CacheFolder;
    struct FolderState {
        unsigned users = 0;
        bool isAlone = false;
        bool isBeingMade = false;
    };
    explicit BuildCache(Store& store)
        : m_store(store) {}
    Result<void> sweep();
    Result<std::pair<std::int64_t, bool>> folderRow(uid_t owner, CacheKind kind, const std::string& name);
    void release(const CacheFolder& folder);
    [[nodiscard]] std::string folderOf(CacheKind kind, std::int64_t number) const;
    [[nodiscard]] std::string buildFolder() const { return m_store.folder() + "/build"; }

    Store& m_store;
    std::mutex m_mutex; // guards the next three; taken before the store's lock
    std::condition_variable m_released;
    std::map<std::int64_t, FolderState> m_folders; // that are used now
    std::map<std::int64_t, unsigned> m_steps;      // that running builds use, and how many of them
    TreeRemover m_remover;
};

} // namespace escale
