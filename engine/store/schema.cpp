#include "engine/store/schema.h"

#include <array>
#include <string>

namespace escale {
namespace {

// Never edit a step that was released: add the next one. Times are Unix time in milliseconds, sizes bytes.
constexpr std::array<const char*, 7> kSteps{// 1: images, layers, names, id ranges, containers, networks
                                            R"(
CREATE TABLE image (
    digest TEXT PRIMARY KEY,            -- of the manifest
    config_digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    manifest_size INTEGER NOT NULL,
    config_size INTEGER NOT NULL,
    settings TEXT NOT NULL,             -- JSON, see image_config.h
    added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE layer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    diff_id TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL
) STRICT;

CREATE TABLE image_layer (
    image TEXT NOT NULL REFERENCES image(digest) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- 0 is the base
    layer INTEGER NOT NULL REFERENCES layer(number),
    blob_digest TEXT NOT NULL,
    blob_size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    PRIMARY KEY (image, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_layer_layer ON image_layer(layer);

CREATE TABLE image_name (
    owner INTEGER NOT NULL,
    repository TEXT NOT NULL,
    tag TEXT NOT NULL,                  -- '' when pulled by digest only: then there may be several in a repository
    image TEXT NOT NULL REFERENCES image(digest),
    pulled_at INTEGER NOT NULL,
    PRIMARY KEY (owner, repository, tag, image)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX image_name_tag ON image_name(owner, repository, tag) WHERE tag <> '';
CREATE INDEX image_name_image ON image_name(image);

CREATE TABLE id_range (
    owner INTEGER PRIMARY KEY,
    base INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE container (
    id TEXT PRIMARY KEY,
    owner INTEGER NOT NULL,
    name TEXT NOT NULL,
    image_digest TEXT NOT NULL REFERENCES image(digest),
    image_reference TEXT NOT NULL,      -- as the owner wrote it
    options TEXT NOT NULL,              -- JSON of ContainerOptions
    created_at INTEGER,
    started_at INTEGER,
    finished_at INTEGER,
    state TEXT NOT NULL,
    exit_code INTEGER,
    oom_killed INTEGER,
    address TEXT,
    error TEXT,
    UNIQUE (owner, name)
) STRICT;
CREATE INDEX container_image ON container(image_digest);

CREATE TABLE network (
    name TEXT PRIMARY KEY,
    subnet TEXT NOT NULL,
    last_address TEXT                   -- given last; the next search starts after it
) STRICT;
)",
                                            // 2: restart policies; options under their names on the bus
                                            R"(
ALTER TABLE container ADD COLUMN restart_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE container ADD COLUMN stopped_by_user INTEGER NOT NULL DEFAULT 0;
UPDATE container SET options = json_remove(
    json_set(options, '$.memory', json_extract(options, '$.memoryBytes'),
             '$.pids', json_extract(options, '$.pidsLimit'),
             '$."stop-timeout"', json_extract(options, '$.stopTimeoutSeconds'),
             '$.remove', json(CASE json_extract(options, '$.removeWhenStopped') WHEN 1 THEN 'true' ELSE 'false' END)),
    '$.memoryBytes', '$.pidsLimit', '$.stopTimeoutSeconds', '$.removeWhenStopped')
WHERE json_type(options, '$.memoryBytes') IS NOT NULL;
)",
                                            // 3: what a layer's file must hold, and which one is known not to
                                            R"(
ALTER TABLE layer ADD COLUMN digest TEXT;   -- of the file; NULL for a folder, and for what an older Escale wrote
ALTER TABLE layer ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0;
)",
                                            // 4: what layers were packed to for a registry, so that the next
                                            // push knows what to look for there
                                            R"(
CREATE TABLE packed_layer (
    layer INTEGER NOT NULL REFERENCES layer(number) ON DELETE CASCADE,
    compression TEXT NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (layer, compression)
) STRICT, WITHOUT ROWID;
)",
                                            // 5: networks that people make, and containers' places in them
                                            R"(
DROP TABLE network;
CREATE TABLE network (
    id TEXT PRIMARY KEY,
    owner INTEGER NOT NULL,
    name TEXT NOT NULL,
    driver TEXT NOT NULL,
    interface TEXT NOT NULL,            -- '' where the driver makes none
    settings TEXT NOT NULL,             -- JSON, see network_records.cpp
    created_at INTEGER NOT NULL,
    UNIQUE (owner, name)
) STRICT;

CREATE TABLE network_pool (
    network TEXT NOT NULL REFERENCES network(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    subnet TEXT NOT NULL,
    ip_range TEXT,
    gateway TEXT NOT NULL,
    last_address TEXT NOT NULL,         -- given last; the next search starts after it
    PRIMARY KEY (network, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE endpoint (
    container TEXT NOT NULL REFERENCES container(id) ON DELETE CASCADE,
    network TEXT NOT NULL REFERENCES network(id),
    position INTEGER NOT NULL,          -- of its interface: eth0 is 0
    request TEXT NOT NULL,              -- JSON: aliases, ip, ip6, mac
    addresses TEXT,                     -- while the container runs, as the next
    mac TEXT,
    PRIMARY KEY (container, network)
) STRICT, WITHOUT ROWID;
CREATE INDEX endpoint_network ON endpoint(network);

ALTER TABLE container ADD COLUMN ports TEXT; -- published, with those that were chosen; NULL: an older Escale's
)",
                                            // 6: volumes, and containers' uses of them
                                            R"(
CREATE TABLE volume (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- of its folder
    owner INTEGER NOT NULL,
    name TEXT NOT NULL,
    options TEXT NOT NULL,              -- JSON: what mount(8) calls type, device, o; {} when it is in the store
    labels TEXT NOT NULL,               -- JSON
    anonymous INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,           -- when a container began or ended to use it; 0: never
    size INTEGER NOT NULL DEFAULT 0,    -- bytes on the disk, when it was measured
    files INTEGER NOT NULL DEFAULT 0,
    measured_at INTEGER NOT NULL DEFAULT 0,
    UNIQUE (owner, name)
) STRICT;

CREATE TABLE volume_use (
    container TEXT NOT NULL REFERENCES container(id) ON DELETE CASCADE,
    target TEXT NOT NULL,               -- path inside
    volume INTEGER NOT NULL REFERENCES volume(number),
    read_only INTEGER NOT NULL,
    PRIMARY KEY (container, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX volume_use_volume ON volume_use(volume);
)",
                                            // 7: builds, and what they keep for the next ones
                                            R"(
CREATE TABLE build (
    id TEXT PRIMARY KEY,
    owner INTEGER NOT NULL,
    options TEXT NOT NULL,              -- JSON: what was asked for, without secrets
    state TEXT NOT NULL,                -- "running", "done", "failed", "cancelled"
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,          -- 0: not yet
    image TEXT NOT NULL,                -- digest of the manifest; empty: none was made
    size INTEGER NOT NULL,              -- of the image
    steps INTEGER NOT NULL,
    cached INTEGER NOT NULL,            -- of these
    error TEXT NOT NULL
) STRICT;
CREATE INDEX build_owner ON build(owner, started_at);

-- What an instruction has made: found by its key, which says what went into it.
CREATE TABLE build_step (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL,                 -- the instruction
    layer INTEGER REFERENCES layer(number), -- NULL: it has changed no file
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    UNIQUE (owner, key)
) STRICT;
CREATE INDEX build_step_layer ON build_step(layer);

-- Folders beside the layers: contexts that were sent, and cache mounts.
CREATE TABLE build_folder (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- of the folder
    owner INTEGER NOT NULL,
    kind TEXT NOT NULL,                 -- "context", "mount"
    name TEXT NOT NULL,                 -- the context's folder as the client calls it; the mount's id
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    UNIQUE (owner, kind, name)
) STRICT;

-- What sources of COPY --from hold: steps do not change, so neither does this.
CREATE TABLE build_digest (
    owner INTEGER NOT NULL,
    source TEXT NOT NULL,               -- layers of the root that it was read in
    selection TEXT NOT NULL,            -- what was asked for, as a digest
    digest TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (owner, source, selection)
) STRICT, WITHOUT ROWID;
)"};

Result<int> versionOf(Database& database) {
    TRY_ASSIGN(auto statement, database.prepare("PRAGMA user_version"));
    TRY(statement.step());
    return static_cast<int>(statement.number(0));
}

} // namespace

int newestVersion() {
    return static_cast<int>(kSteps.size());
}

Result<void> migrate(Database& database) {
    TRY_ASSIGN(int version, versionOf(database));
    if (version < 0 || version > newestVersion())
        return fail(ErrorCode::Unsupported,
                    "the database has version " + std::to_string(version) + ", this program knows up to " +
                        std::to_string(newestVersion()),
                    "It was made by a newer Escale: start that one, or use another state folder.");
    // Only now, and not when opening: the mode is written into the file.
    TRY(database.execute("PRAGMA journal_mode=WAL"));
    while (version < newestVersion()) {
        TRY_ASSIGN(auto transaction, Transaction::begin(database));
        TRY(database.execute(kSteps.at(static_cast<std::size_t>(version))));
        ++version;
        TRY(database.execute("PRAGMA user_version=" + std::to_string(version)));
        TRY(transaction.commit());
    }
    return {};
}

} // namespace escale
