// Volumes and their uses in the store's database. Each method takes the store's lock; several join a
// transaction of the caller's who holds it.
#pragma once

#include "engine/base/result.h"
#include "engine/volume/volume.h"

namespace escale {

class Statement;
class Store;

/// Of one owner: a list of them must fit into one message of the bus.
constexpr std::int64_t kMostVolumes = 1000;

class VolumeRecords {
public:
    explicit VolumeRecords(Store& store)
        : m_store(store) {}

    /// With the number that it has. AlreadyExists: the owner has one of that name; WrongState: they have
    /// kMostVolumes.
    Result<void> insert(const VolumeRecord& record);
    /// InUse: a container has it. NotFound: it has gone already.
    Result<void> remove(std::int64_t number);
    Result<void> saveNamed(std::int64_t number); // anonymous no more
    Result<void> saveUsed(std::int64_t number, std::int64_t time);
    Result<void> saveMeasure(std::int64_t number, std::uint64_t size, std::uint64_t files, std::int64_t time);
    /// The highest number that was ever given; 0: none.
    Result<std::int64_t> lastNumber();
    /// `number` counts as given from now on, whether or not a volume gets it.
    Result<void> give(std::int64_t number);

    Result<std::vector<VolumeRecord>> all();
    /// By name.
    Result<std::vector<VolumeRecord>> of(uid_t owner);
    /// NotFound, also for what is another's.
    Result<VolumeRecord> find(uid_t owner, const std::string& name);

    Result<void> insertUse(const VolumeUse& use);
    Result<std::vector<VolumeUse>> usesOf(const std::string& container);
    Result<std::vector<VolumeUse>> usesOfOwner(uid_t owner);

private:
    Result<std::vector<VolumeRecord>> select(const std::string& condition,
                                             const std::vector<std::string>& values);
    Result<std::vector<VolumeUse>> selectUses(const std::string& condition, const std::string& value);

    Store& m_store;
};

} // namespace escale
