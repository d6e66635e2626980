// SQLite as RAII values: prepared statements, transactions that roll back unless committed. The errors name the statement.
// Not thread-safe by itself: Store::lock() guards it.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace escale {

class Statement {
public:
    // Parameters are numbered from 1 in the order of the calls.
    Statement& bind(std::string_view text) &;
    Statement& bind(std::int64_t number) &;
    Statement& bind(double number) &;
    Statement& bindNull() &;

    /// True when there is a row to read, false at the end.
    Result<bool> step();
    /// Steps to the end; for statements without rows.
    Result<void> run();

    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : m_statement(statement) {}
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_bound = 0;
    int m_bindError = 0; // the first bind that failed; step() reports it
};

class Database;

/// BEGIN IMMEDIATE … COMMIT; rolls back in the destructor unless commit() succeeded. Nests (savepoints).
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Database* database) : m_database(database) {}
    Database* m_database;
};

class Database {
public:
    static Result<std::unique_ptr<Database>> open(const std::string& path);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    Result<Statement> prepare(std::string_view sql);
    /// Several statements, no parameters.
    Result<void> execute(const std::string& sql);
    [[nodiscard]] std::int64_t lastInsertId() const;

private:
    friend class Transaction;
    explicit Database(sqlite3* handle) : m_handle(handle) {}
    sqlite3* m_handle;
    int m_depth = 0; // of nested transactions
};

} // namespace escale
