// The store: blobs by digest, unpacked layers, and the record (SQLite) of images, names, containers and id
// ranges.
//
//   <state>/escale.db           SQLite, WAL, foreign keys; schema.h has the versions
//   <state>/blobs/sha256/<hex>  manifests and configurations, verified as they were written (image-spec
//                               image-layout.md)
//   <state>/layers/<number>     a layer, ids as in the image, whiteouts in overlayfs form (0/0 character
//                               devices; user.overlay.opaque="y", mounted with userxattr): a folder, or a
//                               file that is an EROFS image
//   <state>/layers/<number>.record   what makes the layer its tar again (engine/image/tar_record.h)
//   <state>/staging/            what is being written; emptied at start
//   <state>/reserve             space that a removal gives up when the disk is full
//   <state>/containers/<id>/    upper/, work/ and log/ of a container
//   <state>/build/, builds/     what builds keep, engine/build/cache's
//
// A crash at any moment leaves the old state or the new one: content is written to staging/, renamed into
// place, synced once (syncfs(2)), and only then named by a database transaction; open() removes what no row
// names. Thread-safe: one connection, one mutex. Every method may block on the disk; commits and removals
// wait for each other, the others never wait for bulk bytes. Do not hold lock() while calling commitImage()
// or a remove method.
#pragma once

#include "engine/base/digest.h"
#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/store/database.h"
#include "engine/store/image_usage.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

class Store;

struct Layer {
    std::int64_t number = 0; // the folder's name
    Digest diffId;           // of the uncompressed tar
    std::uint64_t size = 0;  // bytes of file content, unpacked
};

/// What a layer is on the disk. Both may be in one store.
enum class LayerForm : std::uint8_t { Folder, Image };

/// A layer that is being unpacked. It goes away with this object unless Store::commitImage took it.
class StagedLayer {
public:
    StagedLayer(StagedLayer&& other) noexcept;
    StagedLayer& operator=(StagedLayer&&) noexcept;
    ~StagedLayer();
    /// What to unpack into: an empty folder (O_DIRECTORY | O_RDONLY), or an empty file (O_RDWR) for an image.
    [[nodiscard]] int content() const { return m_content.get(); }
    /// An empty file (O_RDWR) for the record of the layer's tar.
    [[nodiscard]] int record() const { return m_record.get(); }

private:
    friend class Store;
    explicit StagedLayer(std::string path)
        : m_path(std::move(path)) {}
    void drop();
    std::string m_path; // empty: taken or moved from
    UniqueFd m_content;
    UniqueFd m_record;
};

/// One layer of an image being committed: either found in the store or freshly staged.
struct ImageLayer {
    Digest diffId;
    Digest blobDigest;
    std::uint64_t blobSize = 0;
    std::string mediaType;
    std::uint64_t size = 0;            // unpacked; taken from the store when it was present
    std::optional<StagedLayer> staged; // nullopt: the store has it (checked again under the lock)
};

/// A layer as a blob that was made here, for a registry; the bytes are not kept.
struct PackedLayerBlob {
    std::string compression; // "gzip", "zstd"
    Digest digest;
    std::uint64_t size = 0;
};

/// How to find out whether a container is well: Docker's HEALTHCHECK. Times in milliseconds, 0: the default.
struct HealthConfig {
    std::vector<std::string> command; // "CMD-SHELL", text | "CMD", word… | "NONE"; empty: there is none
    std::uint64_t interval = 0;
    std::uint64_t timeout = 0;
    std::uint64_t startPeriod = 0;
    std::uint64_t startInterval = 0;
    unsigned retries = 0;
};

/// What a container needs of an image's configuration (image-spec config.md), as typed values.
struct ImageConfig {
    std::string architecture;
    std::string os;
    std::string variant;
    std::string user;
    std::string workingDir;
    std::string stopSignal;   // "SIGTERM", "15", or empty
    std::int64_t created = 0; // Unix time, milliseconds; 0: unknown
    std::vector<std::string> entrypoint;
    std::vector<std::string> command;
    std::vector<std::string> environment;
    std::vector<std::string> exposedPorts; // "8080/tcp"
    std::vector<std::string> volumes;      // absolute paths inside that get a volume each
    std::vector<std::pair<std::string, std::string>> labels;
    HealthConfig health;
};

struct ImageTag {
    std::string repository; // "docker.io/library/debian"
    std::string tag;        // empty: by digest
    bool operator==(const ImageTag&) const = default;
};

struct NewImage {
    uid_t owner = 0;
    std::string repository; // "docker.io/library/debian"
    std::string tag;        // may be empty when pulled by digest
    std::string mediaType;
    std::string manifest; // the bytes; its digest names the image
    std::string config;   // the bytes
    Digest manifestDigest;
    Digest configDigest;
    ImageConfig settings;
    std::vector<ImageLayer> layers; // base first
    std::vector<ImageTag> moreNames{};
};

struct Image {
    Digest digest; // of the manifest
    Digest configDigest;
    ImageConfig settings;
    std::uint64_t downloadSize = 0; // compressed blobs
    std::uint64_t size = 0;         // unpacked layers
    std::vector<Layer> layers;      // base first
    std::string mediaType{};        // of the manifest
};

/// One line of a person's list of images.
struct ImageName {
    std::string repository;
    std::string tag; // empty: by digest only
    std::int64_t pulledAt = 0;
    Image image;

    /// "repository:tag", or "repository@digest".
    [[nodiscard]] std::string text() const {
        return tag.empty() ? repository + "@" + image.digest.toString() : repository + ":" + tag;
    }
};

/// Which of an owner's images go; all of it must be true of an image.
struct PruneFilter {
    bool all = false;                // also those with a tag
    std::int64_t until = 0;          // made before this moment; 0: whenever
    std::vector<std::string> labels; // "name" or "name=value"
};

struct PrunedImages {
    std::vector<std::string> names; // "repository:tag" or "repository@digest"
    std::vector<Digest> images;     // whose names they were; some of them another user names still
    std::uint64_t bytes = 0;        // that this freed
};

/// An image that stays while this object lives, even when its last name goes meanwhile: for what reads its
/// layers one after the other. It is known to this process only; when that ends, so does the keeping. Its end
/// may remove the image, so hold no lock of the store then. Must not outlive the store.
class KeptImage {
public:
    KeptImage(KeptImage&& other) noexcept;
    KeptImage& operator=(KeptImage&&) = delete;
    ~KeptImage();

private:
    friend class Store;
    KeptImage(Store& store, std::int64_t number)
        : m_store(&store)
        , m_number(number) {}
    Store* m_store; // null: moved from
    std::int64_t m_number;
};

/// Layers that stay while this object lives, whether or not an image or a build's cache names them: for a
/// build, whose layers come one by one. As KeptImage, known to this process only.
class KeptLayers {
public:
    KeptLayers(KeptLayers&& other) noexcept;
    KeptLayers& operator=(KeptLayers&&) = delete;
    ~KeptLayers();
    /// NotFound when it has gone already.
    Result<void> add(std::int64_t layer);

private:
    friend class Store;
    KeptLayers(Store& store, std::int64_t number)
        : m_store(&store)
        , m_number(number) {}
    Store* m_store; // null: moved from
    std::int64_t m_number;
};

/// A blob or a layer that is missing or not what it was.
struct StoreFault {
    bool isLayer = false;
    Digest digest; // of the blob, or the layer's diffId
    std::string problem;
    std::vector<std::string> images; // that need it: "repository:tag", "repository@digest" or a digest
};

class Store {
public:
    /// Opens or makes the store, migrates the schema and clears left-overs. One process at a time: InUse
    /// otherwise.
    static Result<std::unique_ptr<Store>> open(const std::string& stateFolder);
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store();

    [[nodiscard]] const std::string& folder() const { return m_folder; }
    [[nodiscard]] std::string layersFolder() const { return m_folder + "/layers"; }
    [[nodiscard]] std::string containerFolder(const std::string& id) const {
        return m_folder + "/containers/" + id;
    }
    /// For the modules that keep their own tables (engine/container); hold lock() around a transaction.
    [[nodiscard]] Database& database() { return *m_database; }
    [[nodiscard]] std::unique_lock<std::recursive_mutex> lock() { return std::unique_lock(m_mutex); }

    /// Runs `change` in a transaction, under the lock. For what removes rows: when the disk is full, SQLite
    /// cannot even write that something goes; then a reserve that is kept aside (<state>/reserve) is given up
    /// and `change` runs once more.
    Result<void> removeInTransaction(const std::function<Result<void>()>& change);

    // Layers and images
    /// Nothing when the store has no such layer; one whose folder or file is missing, or that verifyImages()
    /// found damaged, counts as missing, so that a pull heals it. So does one without a record of its tar.
    Result<std::optional<Layer>> findLayer(const Digest& diffId);
    Result<StagedLayer> stageLayer();
    /// A file without a name, on the store's disk, that goes when it is closed: for what is put together
    /// before it is sent, or read twice (O_RDWR).
    Result<UniqueFd> openSpool();
    /// Of the layers that are staged from now on; folders unless told otherwise. Before other threads use the
    /// store.
    void setLayerForm(LayerForm form) { m_layerForm = form; }
    /// All or nothing: blobs, layers and the name. The name moves when it pointed to another image, and that
    /// one goes when nothing else names or uses it. Layers of the same diffId that another pull committed
    /// meanwhile are used, ours dropped. Untrusted when manifest or configuration do not match their digests;
    /// WrongState when a layer that was said to be present has gone meanwhile; NoSpace.
    Result<void> commitImage(NewImage image);
    /// Gives the owner these names of an image that is in the store, whole, in the place of other images.
    /// False when there is none, and nothing has happened.
    Result<bool> nameImage(uid_t owner, const Digest& image, const std::vector<ImageTag>& names);
    /// A layer that no image has yet, into `keeper`; when the store has it already, that one. It is not on
    /// the disk before sync(), and only then may rows that are to last name it.
    Result<Layer> commitLayer(ImageLayer layer, KeptLayers& keeper);
    /// Nothing is kept by it yet.
    KeptLayers keepLayers();
    /// Everything that was written is on the disk.
    Result<void> sync();
    Result<std::vector<ImageName>> images(uid_t owner);
    /// By "repository:tag", "repository@sha256:…", a manifest digest, or at least 6 of its hex digits.
    /// Repository and tag as they were committed (image/reference.h makes them whole). Only what the owner
    /// has a name for. NotFound, or InvalidArgument when ambiguous.
    Result<Image> findImage(uid_t owner, const std::string& reference);
    Result<Image> imageByDigest(const Digest& digest);
    /// An image's layers as its manifest names them, base first; nothing is staged. NotFound.
    Result<std::vector<ImageLayer>> layersOf(const Digest& image);
    /// What a layer was packed to so far, one blob a compression.
    Result<std::vector<PackedLayerBlob>> packedLayerBlobs(std::int64_t layer);
    /// Forgotten with the layer; nothing happens when that has gone.
    Result<void> rememberPackedLayer(std::int64_t layer, const PackedLayerBlob& blob);
    /// Takes the owner's name away; an image no one names or uses goes with its layers. InUse when the
    /// owner's containers use it and this was its last name (the message names them). For an image pulled by
    /// digest only `tag` is empty, or the digest where the repository has several of them.
    /// Answers with the image whose name it was.
    Result<Digest> removeImageName(uid_t owner, const std::string& repository, const std::string& tag);
    /// Gives an image of the owner's one more name; when another image has it, the name moves, and that one
    /// goes when nothing else names or uses it. `source` as in findImage(); `tag` may be empty: by digest.
    Result<void> tagImage(uid_t owner, const std::string& source, const std::string& repository,
                          const std::string& tag);
    /// Takes all the owner's names off the images of theirs that have no tag, or off all, and that none of
    /// their containers uses. What another user names or a container uses stays.
    Result<PrunedImages> pruneImages(uid_t owner, const PruneFilter& filter);
    /// Removes images that no one names, no container uses and nobody keeps any more: after the removal of a
    /// container.
    Result<void> removeUnusedImages();
    /// Removes layers that neither an image nor a build's step nor a KeptLayers has: after rows of build_step
    /// have gone. Answers with the bytes that this freed.
    Result<std::uint64_t> removeUnusedLayers();
    /// NotFound when it has gone already.
    Result<KeptImage> keepImage(const Digest& image);
    /// A layer's root as a folder to read in (O_DIRECTORY | O_RDONLY), in whatever form the store keeps it.
    /// NotFound when it has gone.
    Result<UniqueFd> openLayer(std::int64_t number);
    /// The record of a layer's tar, to read. NotFound, with what to do about it, when there is none.
    Result<UniqueFd> openRecord(std::int64_t number);
    /// How long the layer's tar is, by its record. It cannot be packed, and why: NotFound (the layer or its
    /// record is missing), Untrusted (the record is damaged), Unsupported (it never could).
    Result<std::uint64_t> tarSizeOf(std::int64_t number);
    /// A blob (manifest or configuration) as a file to read, which a stranger may be given; not verified.
    /// NotFound.
    Result<UniqueFd> openBlob(const Digest& digest);
    /// The bytes of a blob (manifest or configuration). Untrusted when the disk has changed them.
    Result<std::string> readBlob(const Digest& digest);

    /// What is wrong with the store, one sentence each; empty when all is well: blobs against their digests,
    /// rows against folders, the database against itself. Reads every blob, not the layers' files; changes
    /// nothing.
    Result<std::vector<std::string>> verify();
    /// Reads every blob and layer of the owner's images; of the records of layers that are images, the heads.
    /// With `mend` a damaged layer counts as missing from now on, until a pull brings it again (blobs are
    /// written anew by every pull), and a damaged record goes. Commits and removals go on meanwhile.
    /// `progress` hears of the bytes, and ends it with an error.
    using VerifyProgress = std::function<Result<void>(std::uint64_t done, std::uint64_t total)>;
    /// Whether a layer that is a folder still makes the tar that it came from: Untrusted or NotFound when
    /// not, Unsupported when that cannot be told, other errors end the whole. `step` hears of the tar's bytes
    /// since the last call. Called without locks.
    using FolderCheck = std::function<Result<void>(std::int64_t number, const Digest& diffId,
                                                   const std::function<Result<void>(std::uint64_t)>& step)>;
    Result<std::vector<StoreFault>> verifyImages(uid_t owner, bool mend, const VerifyProgress& progress,
                                                 const FolderCheck& checkFolder);

    // How much is taken (image_usage.h)
    Result<ImagesUsage> imagesUsage(uid_t owner);
    /// Walks through the containers' files, until the deadline at most.
    Result<std::vector<ContainerUsage>> containersUsage(uid_t owner,
                                                        std::chrono::steady_clock::time_point deadline);

    /// First of the 65536 host ids that the owner's containers are mapped to; given once, kept for ever.
    /// Above 1879048192, which neither /etc/subuid defaults nor systemd-nspawn use. NoSpace when all are
    /// given.
    Result<std::uint32_t> idRangeOf(uid_t owner);

private:
    friend class KeptImage;
    friend class KeptLayers;
    Result<void> endKeeping(std::int64_t number);
    Result<void> keepLayer(std::int64_t keeper, std::int64_t layer);
    Result<void> endKeepingLayers(std::int64_t keeper);
    struct Placed; // what a commit has put into place so far (image_commit.cpp)

    Store() = default;
    LayerForm m_layerForm = LayerForm::Folder;
    Result<void> recover();
    Result<void> placeContent(NewImage& image, Placed& placed);
    Result<void> placeLayers(std::vector<ImageLayer>& layers, Placed& placed);
    Result<void> recordName(uid_t owner, const ImageTag& name, const std::string& image, std::int64_t now);
    Result<void> placeRecord(const StagedLayer& staged, std::int64_t layer, Placed& placed);
    Result<void> recordImage(const NewImage& image, const Placed& placed);
    /// Answers with the bytes that this freed.
    Result<std::uint64_t> removeRows(const std::function<Result<void>()>& first);
    struct RecordedLayer {
        Layer layer;
        bool isWhole = false; // it is there, and not known to be damaged
        bool hasRecord = false;
    };
    Result<std::optional<RecordedLayer>> recordedLayer(const Digest& diffId);
    Result<void> recordLayer(const Layer& layer, const std::optional<Digest>& file);
    Result<std::string> problemOfRecord(std::int64_t layer);
    std::uint64_t bytesToRead(std::int64_t layer);
    static std::uint64_t layerBytes(const std::string& path, std::uint64_t recorded);
    /// Renames layers no row names to staging/; where they are now, for clearAside() without the locks.
    std::vector<std::string> setAside(const std::vector<std::int64_t>& layers);
    static void clearAside(const std::vector<std::string>& paths);
    Result<Image> loadImage(const std::string& digest);
    void keepReserve() const;
    [[nodiscard]] std::string reservePath() const { return m_folder + "/reserve"; }
    [[nodiscard]] std::string layerFolder(std::int64_t number) const;
    [[nodiscard]] std::string recordPath(std::int64_t number) const {
        return layerFolder(number) + ".record";
    }
    [[nodiscard]] std::string blobPath(const Digest& digest) const;

    std::string m_folder;
    UniqueFd m_folderLock; // the state folder, flock(2)ed
    std::unique_ptr<Database> m_database;
    std::recursive_mutex m_mutex;            // guards m_database
    std::mutex m_changes;                    // one commit or removal at a time; taken before m_mutex
    std::int64_t m_nextLayer = 1;            // guarded by m_changes
    std::atomic<std::uint64_t> m_staged = 0; // makes names in staging/ unique
    std::atomic<std::int64_t> m_keepers = 0; // numbers of KeptLayers
};

} // namespace escale
