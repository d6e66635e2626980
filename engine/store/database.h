// SQLite as RAII values: prepared statements, transactions that roll back unless committed. The errors name
// the statement. Not thread-safe by itself: Store::lock() guards it.
//
// Codes: AlreadyExists for a UNIQUE or PRIMARY KEY that is taken, WrongState for a foreign key that would
// dangle, NoSpace for a full disk, Timeout when another process holds the database, SystemFailure for a
// damaged file.
#pragma once

#include "engine/base/result.h"

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace escale {

class Statement {
public:
    // Parameters are numbered from 1 in the order of the calls.
    Statement& bind(std::string_view text) &;
    Statement& bind(std::integral auto number) & { return bindNumber(static_cast<std::int64_t>(number)); }
    Statement& bind(double number) &;
    Statement& bindNull() &;
    /// NULL for nullopt.
    template <class T>
    Statement& bind(const std::optional<T>& value) & {
        return value ? bind(*value) : bindNull();
    }

    /// True when there is a row to read, false at the end.
    Result<bool> step();
    /// Steps to the end; for statements without rows.
    Result<void> run();

    [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
    /// The same without a copy: until the next step(), and while the statement lives.
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement)
        : m_statement(statement) {}
    Statement& bindNumber(std::int64_t number) &;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_bound = 0;
    int m_bindError = 0; // the first bind that failed; step() reports it
};

class Database;

/// While it lives, commits do not wait for the disk: after a power cut the last of them may be missing, in
/// their order. For what a restart of the machine ends anyway. Outside of transactions.
class Unsynced {
public:
    explicit Unsynced(Database& database, bool wanted = true);
    Unsynced(const Unsynced&) = delete;
    Unsynced& operator=(const Unsynced&) = delete;
    ~Unsynced();

private:
    Database* m_database; // null: nothing was changed
};

/// BEGIN IMMEDIATE … COMMIT; rolls back in the destructor unless commit() succeeded. Nests (savepoints).
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Database* database)
        : m_database(database) {}
    Database* m_database;
};

class Database {
public:
    /// Opens or makes the file. SystemFailure when it is damaged or no database.
    static Result<std::unique_ptr<Database>> open(const std::string& path);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    Result<Statement> prepare(std::string_view sql);
    /// With its parameters bound: `TRY_ASSIGN(auto row, database.prepare("SELECT … WHERE a = ?1 AND b = ?2",
    /// a, b));`
    template <class... Values>
    Result<Statement> prepare(std::string_view sql, const Values&... values) {
        TRY_ASSIGN(Statement statement, prepare(sql));
        (statement.bind(values), ...);
        return statement;
    }
    /// prepare() and run() in one, for statements without rows.
    template <class... Values>
    Result<void> run(std::string_view sql, const Values&... values) {
        TRY_ASSIGN(Statement statement, prepare(sql, values...));
        return statement.run();
    }
    /// Several statements, no parameters.
    Result<void> execute(const std::string& sql);
    [[nodiscard]] std::int64_t lastInsertId() const;
    /// Rows the last INSERT, UPDATE or DELETE touched.
    [[nodiscard]] std::int64_t changes() const;

private:
    friend class Transaction;
    explicit Database(sqlite3* handle)
        : m_handle(handle) {}
    sqlite3* m_handle;
    int m_depth = 0; // of nested transactions
};

} // namespace escale
