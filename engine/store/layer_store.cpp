// Layers: folders or images that are unpacked in staging/ and, once an image's commit took them, stay in
// layers/.
#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/store/erofs_mount.h"
#include "engine/store/store.h"
#include "engine/store/tar_record_head.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <utility>

namespace escale {

StagedLayer::StagedLayer(StagedLayer&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_content(std::move(other.m_content))
    , m_record(std::move(other.m_record)) {}

StagedLayer& StagedLayer::operator=(StagedLayer&& other) noexcept {
    if (this != &other) {
        drop();
        m_path = std::exchange(other.m_path, {});
        m_content = std::move(other.m_content);
        m_record = std::move(other.m_record);
    }
    return *this;
}

StagedLayer::~StagedLayer() {
    drop();
}

void StagedLayer::drop() {
    m_content.reset();
    m_record.reset();
    if (m_path.empty())
        return;
    for (const auto& path : {m_path, m_path + ".record"}) {
        if (const auto removed = removeTree(path); !removed)
            logWarning("left for the next start: " + removed.error().text());
    }
    m_path.clear();
}

Result<StagedLayer> Store::stageLayer() {
    const std::string path = m_folder + "/staging/layer-" + std::to_string(++m_staged);
    constexpr int kNewFile = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW;
    StagedLayer layer(path); // from here on what is made goes with it
    TRY_ASSIGN(layer.m_record, openFile(path + ".record", kNewFile, 0600));
    if (m_layerForm == LayerForm::Image) {
        TRY_ASSIGN(layer.m_content, openFile(path, kNewFile, 0600));
        return layer;
    }
    if (::mkdir(path.c_str(), 0700) != 0)
        return failErrno("cannot make folder " + path);
    TRY_ASSIGN(layer.m_content, openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    // The mode of "/" in the container when the layer does not say; mkdir(2)'s is cut by the umask.
    if (::fchmod(layer.m_content.get(), 0755) != 0)
        return failErrno("cannot change the mode of " + path);
    return layer;
}

Result<UniqueFd> Store::openSpool() {
    return openFile(m_folder + "/staging", O_RDWR | O_TMPFILE, 0600);
}

Result<std::optional<Store::RecordedLayer>> Store::recordedLayer(const Digest& diffId) {
    const auto held = lock();
    TRY_ASSIGN(auto row, m_database->prepare("SELECT number, size, damaged FROM layer WHERE diff_id = ?1",
                                             diffId.toString()));
    TRY_ASSIGN(const bool found, row.step());
    if (!found)
        return std::optional<RecordedLayer>();
    const Layer layer{row.number(0), diffId, static_cast<std::uint64_t>(row.number(1))};
    return std::optional(RecordedLayer{layer, row.number(2) == 0 && exists(layerFolder(layer.number)),
                                       exists(recordPath(layer.number))});
}

Result<UniqueFd> Store::openLayer(std::int64_t number) {
    const std::string path = layerFolder(number);
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        return failErrno("cannot look at layer " + path);
    if (S_ISDIR(info.st_mode))
        return openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    // A mount without a place: it goes with the descriptor.
    TRY_ASSIGN(const UniqueFd mount, openErofsMount(path));
    return openFileAt(mount.get(), ".", O_RDONLY | O_DIRECTORY);
}

Result<UniqueFd> Store::openRecord(std::int64_t number) {
    auto record = openFile(recordPath(number), O_RDONLY | O_NOFOLLOW);
    if (!record && record.error().code == ErrorCode::NotFound && !exists(layerFolder(number)))
        return fail(ErrorCode::NotFound, "layer " + std::to_string(number) + " has gone",
                    "Its image was removed, or pulled again, meanwhile.");
    if (!record && record.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "layer " + std::to_string(number) + " has no record of its archive",
                    "It was stored by an older version of Escale: pull the image again.");
    return record;
}

Result<std::uint64_t> Store::tarSizeOf(std::int64_t number) {
    TRY_ASSIGN(const UniqueFd record, openRecord(number));
    TRY_ASSIGN(const TarRecordHead head, readTarRecordHead(record.get()));
    return head.tarSize;
}

Result<std::optional<Layer>> Store::findLayer(const Digest& diffId) {
    TRY_ASSIGN(const auto recorded, recordedLayer(diffId));
    return recorded && recorded->isWhole && recorded->hasRecord ? std::optional(recorded->layer)
                                                                : std::nullopt;
}

Result<std::vector<PackedLayerBlob>> Store::packedLayerBlobs(std::int64_t layer) {
    const auto held = lock();
    TRY_ASSIGN(auto rows, m_database->prepare(
                              "SELECT compression, digest, size FROM packed_layer WHERE layer = ?1", layer));
    std::vector<PackedLayerBlob> blobs;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return blobs;
        TRY_ASSIGN(auto digest, Digest::parse(rows.text(1)));
        blobs.push_back({rows.text(0), std::move(digest), static_cast<std::uint64_t>(rows.number(2))});
    }
}

Result<void> Store::rememberPackedLayer(std::int64_t layer, const PackedLayerBlob& blob) {
    const auto held = lock();
    return m_database->run("INSERT INTO packed_layer(layer, compression, digest, size) "
                           "SELECT number, ?2, ?3, ?4 FROM layer WHERE number = ?1 "
                           "ON CONFLICT(layer, compression) DO UPDATE SET digest = excluded.digest, "
                           "size = excluded.size",
                           layer, blob.compression, blob.digest.toString(), blob.size);
}

} // namespace escale
