// The containers' rows in the store's database. Every method takes the store's lock for its own statements,
// so it may be called from any thread; one row's read-then-write is serialised by the caller (Containers'
// action lock).
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace escale {

class Statement;
class Store;

class ContainerRecords {
public:
    explicit ContainerRecords(Store& store)
        : m_store(store) {}

    /// AlreadyExists when the owner has a container of that name.
    Result<void> insert(const Container& container);
    /// Writes what changes in a container's life: state, times, exit, address, error.
    Result<void> update(const Container& container);
    /// Writes name and options. AlreadyExists as insert().
    Result<void> updateOptions(const Container& container);
    Result<void> remove(const Container& container);

    // Newest first. Container::pid is not in the database.
    Result<std::vector<Container>> all();
    /// Of an older Escale, which kept no endpoints; update() makes one of the others of it.
    Result<std::vector<Container>> withoutEndpoints();
    Result<std::vector<Container>> of(uid_t owner);
    /// Hands the owner's to `see`, one by one and in that order, without a copy of what is long (a
    /// container's options): each lasts until `see` returns, which may fill in its pid and health. It is
    /// called under the store's lock, so it is quick and asks nothing of this object.
    Result<void> visit(uid_t owner, ContainerChoice choice, const std::function<void(Container&)>& see);
    Result<std::size_t> countOf(uid_t owner);
    Result<Container> byId(const std::string& id);
    /// By id, name, or the first digits (2 or more) of an id. NotFound; InvalidArgument when ambiguous.
    Result<Container> find(uid_t owner, const std::string& idOrName);

private:
    /// A row as it was read last. Most lists find the same text of options again, and parsing and copying
    /// them is what a list costs.
    struct ReadRow {
        std::string options;
        Container container;
    };
    Result<void> checkNameIsFree(const Container& container);
    /// Good until the next row is read.
    Result<Container*> readRow(const Statement& row);
    Result<ReadRow*> withOptions(std::string id, std::string_view text);
    Result<void> selectEach(const std::string& condition, const std::vector<std::string>& values,
                            const std::function<void(Container&)>& see);
    Result<std::vector<Container>> select(const std::string& condition,
                                          const std::vector<std::string>& values);
    Store& m_store;
    std::unordered_map<std::string, ReadRow> m_read; // by id; under the store's lock
};

} // namespace escale
