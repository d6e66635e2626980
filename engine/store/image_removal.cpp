// Giving names and taking them away, and clearing what no one names or uses any more.
//
// The rows go first, in one transaction; then the folders are renamed to staging/, and only after the locks
// were given up their trees are removed. A crash in between leaves folders no row names, which open()
// removes.
#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/store/crash_point.h"
#include "engine/store/store.h"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace escale {
namespace {

/// Enough for the pages that a removal writes into SQLite's log.
constexpr off_t kReserveBytes = 1 << 20;

constexpr std::string_view kUnusedImages =
    "SELECT digest, config_digest FROM image WHERE digest NOT IN "
    "(SELECT image FROM image_name UNION SELECT image_digest FROM container UNION "
    "SELECT image FROM temp.kept_image)";

const std::string kUnusedLayers =
    "FROM layer WHERE number NOT IN (SELECT layer FROM image_layer UNION SELECT layer FROM build_step "
    "WHERE layer IS NOT NULL UNION SELECT layer FROM temp.kept_layer)";

struct Garbage {
    std::vector<std::int64_t> layers;
    std::vector<std::uint64_t> sizes; // recorded, of these layers
    std::vector<Digest> blobs;
};

Result<std::vector<std::string>> firstColumn(Statement statement) {
    std::vector<std::string> texts;
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return texts;
        texts.push_back(statement.text(0));
    }
}

/// Within the caller's transaction.
Result<Garbage> deleteUnusedRows(Database& database) {
    Garbage garbage;
    std::vector<std::string> candidates;
    TRY_ASSIGN(auto unused, database.prepare(kUnusedImages));
    std::vector<std::string> digests;
    for (;;) {
        TRY_ASSIGN(const bool more, unused.step());
        if (!more)
            break;
        digests.push_back(unused.text(0));
        candidates.push_back(unused.text(0));
        candidates.push_back(unused.text(1));
    }
    for (const auto& digest : digests)
        TRY(database.run("DELETE FROM image WHERE digest = ?1", digest));
    // The same image compressed in two ways is two manifests with one configuration.
    for (const auto& blob : candidates) {
        TRY_ASSIGN(auto used,
                   database.prepare("SELECT 1 FROM image WHERE digest = ?1 OR config_digest = ?1", blob));
        TRY_ASSIGN(const bool isUsed, used.step());
        if (isUsed)
            continue;
        TRY_ASSIGN(Digest digest, Digest::parse(blob));
        garbage.blobs.push_back(std::move(digest));
    }
    TRY_ASSIGN(auto layers, database.prepare("DELETE " + kUnusedLayers + " RETURNING number, size"));
    for (;;) {
        TRY_ASSIGN(const bool more, layers.step());
        if (!more)
            return garbage;
        garbage.layers.push_back(layers.number(0));
        garbage.sizes.push_back(static_cast<std::uint64_t>(layers.number(1)));
    }
}

/// The rows are gone, so the removal has happened; what stays on the disk goes when the store is opened
/// again.
void leftForNextStart(const Error& error) {
    logWarning("left for the next start: " + error.text());
}

/// The name's image; the rules for an empty tag are in the header.
Result<std::string> imageNamed(Database& database, uid_t owner, const std::string& repository,
                               const std::string& tag) {
    const bool byDigest = tag.starts_with("sha256:");
    TRY_ASSIGN(
        auto rows,
        database.prepare("SELECT image FROM image_name WHERE owner = ?1 AND repository = ?2 AND tag = ?3 "
                         "AND (?4 = '' OR image = ?4)",
                         owner, repository, byDigest ? std::string() : tag, byDigest ? tag : std::string()));
    TRY_ASSIGN(const auto images, firstColumn(std::move(rows)));
    if (images.empty())
        return fail(ErrorCode::NotFound,
                    "no image \"" + repository + (tag.empty() ? "" : (byDigest ? "@" : ":") + tag) + "\"");
    if (images.size() > 1)
        return fail(ErrorCode::InvalidArgument,
                    "there are several images of \"" + repository + "\" without a tag",
                    "Name one by its digest.");
    return images.front();
}

Result<void> refuseWhileUsed(Database& database, uid_t owner, const std::string& image) {
    TRY_ASSIGN(auto count, database.prepare("SELECT count(*) FROM image_name WHERE owner = ?1 AND image = ?2",
                                            owner, image));
    TRY(count.step());
    if (count.number(0) > 1)
        return {};
    TRY_ASSIGN(
        auto rows,
        database.prepare("SELECT name FROM container WHERE owner = ?1 AND image_digest = ?2 ORDER BY name",
                         owner, image));
    TRY_ASSIGN(const auto names, firstColumn(std::move(rows)));
    if (names.empty())
        return {};
    std::string list;
    for (const auto& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return fail(ErrorCode::InUse,
                "the image is used by container" + std::string(names.size() > 1 ? "s " : " ") + list,
                "Remove the container first.");
}

} // namespace

std::vector<std::string> Store::setAside(const std::vector<std::int64_t>& layers) {
    std::vector<std::string> aside;
    for (const std::int64_t number : layers) {
        const std::string name = m_folder + "/staging/removed-" + std::to_string(number);
        for (const auto& [from, to] :
             {std::pair(layerFolder(number), name), std::pair(recordPath(number), name + ".record")}) {
            if (std::rename(from.c_str(), to.c_str()) == 0)
                aside.push_back(to);
            else if (errno != ENOENT)
                leftForNextStart(systemError("cannot rename " + from));
        }
    }
    return aside;
}

void Store::clearAside(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
        if (const auto removed = removeTree(path); !removed)
            leftForNextStart(removed.error());
    }
}

Result<std::uint64_t> Store::removeRows(const std::function<Result<void>()>& first) {
    std::vector<std::string> aside;
    std::uint64_t bytes = 0;
    {
        const std::lock_guard one(m_changes);
        Garbage garbage;
        TRY(removeInTransaction([&]() -> Result<void> {
            TRY(first());
            TRY_ASSIGN(garbage, deleteUnusedRows(*m_database));
            return {};
        }));
        crashPoint("rows removed");
        for (std::size_t i = 0; i < garbage.layers.size(); ++i)
            bytes += layerBytes(layerFolder(garbage.layers[i]), garbage.sizes[i]);
        aside = setAside(garbage.layers);
        for (const Digest& blob : garbage.blobs) {
            if (::unlink(blobPath(blob).c_str()) != 0 && errno != ENOENT)
                leftForNextStart(systemError("cannot remove " + blobPath(blob)));
        }
        crashPoint("moved aside");
    }
    clearAside(aside);
    return bytes;
}

Result<void> Store::removeInTransaction(const std::function<Result<void>()>& change) {
    const auto held = lock();
    const auto attempt = [&]() -> Result<void> {
        TRY_ASSIGN(auto transaction, Transaction::begin(*m_database));
        TRY(change());
        return transaction.commit();
    };
    auto done = attempt();
    if (!done && done.error().code == ErrorCode::NoSpace && ::unlink(reservePath().c_str()) == 0)
        done = attempt();
    return done;
}

void Store::keepReserve() const {
    // Left out when the disk is too full for it: then the next start tries again.
    const auto fd = openFile(reservePath(), O_WRONLY | O_CREAT | O_NOFOLLOW, 0600);
    if (!fd || ::fallocate(fd->get(), 0, 0, kReserveBytes) != 0)
        logWarning("no space is kept aside for removals on a full disk: " +
                   (fd ? systemError("cannot allocate " + reservePath()) : fd.error()).text());
}

Result<Digest> Store::removeImageName(uid_t owner, const std::string& repository, const std::string& tag) {
    std::string image;
    TRY(removeRows([&]() -> Result<void> {
        TRY_ASSIGN(image, imageNamed(*m_database, owner, repository, tag));
        TRY(refuseWhileUsed(*m_database, owner, image));
        return m_database->run(
            "DELETE FROM image_name WHERE owner = ?1 AND repository = ?2 AND tag = ?3 AND image = ?4", owner,
            repository, tag.starts_with("sha256:") ? std::string() : tag, image);
    }));
    return Digest::parse(image);
}

Result<void> Store::removeUnusedImages() {
    {
        // Mostly there is nothing to do: then do not wait for a commit that is writing to the disk.
        const auto held = lock();
        TRY_ASSIGN(auto rows, m_database->prepare(kUnusedImages));
        TRY_ASSIGN(const bool any, rows.step());
        if (!any)
            return {};
    }
    TRY(removeRows([]() -> Result<void> { return {}; }));
    return {};
}

Result<std::uint64_t> Store::removeUnusedLayers() {
    {
        const auto held = lock();
        TRY_ASSIGN(auto rows, m_database->prepare("SELECT 1 " + kUnusedLayers + " LIMIT 1"));
        TRY_ASSIGN(const bool any, rows.step());
        if (!any)
            return std::uint64_t{0};
    }
    return removeRows([]() -> Result<void> { return {}; });
}

Result<KeptImage> Store::keepImage(const Digest& image) {
    const auto held = lock();
    TRY(m_database->run("INSERT INTO temp.kept_image(image) SELECT digest FROM image WHERE digest = ?1",
                        image.toString()));
    if (m_database->changes() == 0)
        return fail(ErrorCode::NotFound, "no image " + image.toString());
    return KeptImage(*this, m_database->lastInsertId());
}

Result<void> Store::endKeeping(std::int64_t number) {
    {
        const auto held = lock();
        TRY(m_database->run("DELETE FROM temp.kept_image WHERE number = ?1", number));
    }
    return removeUnusedImages();
}

KeptImage::KeptImage(KeptImage&& other) noexcept
    : m_store(std::exchange(other.m_store, nullptr))
    , m_number(other.m_number) {}

KeptImage::~KeptImage() {
    if (m_store == nullptr)
        return;
    if (const auto ended = m_store->endKeeping(m_number); !ended)
        leftForNextStart(ended.error());
}

KeptLayers Store::keepLayers() {
    return {*this, ++m_keepers};
}

Result<void> Store::keepLayer(std::int64_t keeper, std::int64_t layer) {
    const auto held = lock();
    TRY_ASSIGN(auto row, m_database->prepare("SELECT 1 FROM layer WHERE number = ?1", layer));
    TRY_ASSIGN(const bool found, row.step());
    if (!found)
        return fail(ErrorCode::NotFound, "layer " + std::to_string(layer) + " has gone");
    return m_database->run(
        "INSERT INTO temp.kept_layer(keeper, layer) VALUES (?1, ?2) ON CONFLICT DO NOTHING", keeper, layer);
}

Result<void> Store::endKeepingLayers(std::int64_t keeper) {
    {
        const auto held = lock();
        TRY(m_database->run("DELETE FROM temp.kept_layer WHERE keeper = ?1", keeper));
    }
    TRY(removeUnusedLayers());
    return {};
}

KeptLayers::KeptLayers(KeptLayers&& other) noexcept
    : m_store(std::exchange(other.m_store, nullptr))
    , m_number(other.m_number) {}

Result<void> KeptLayers::add(std::int64_t layer) {
    return m_store->keepLayer(m_number, layer);
}

KeptLayers::~KeptLayers() {
    if (m_store == nullptr)
        return;
    if (const auto ended = m_store->endKeepingLayers(m_number); !ended)
        leftForNextStart(ended.error());
}

} // namespace escale
