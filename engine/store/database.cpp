#include "engine/store/database.h"

#include <sqlite3.h>
#include <utility>

namespace escale {
namespace {

constexpr int kBusyMilliseconds = 5000;

ErrorCode codeFor(int extended) {
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return ErrorCode::AlreadyExists;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return ErrorCode::WrongState;
    default:
        break;
    }
    switch (extended & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::NoSpace;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::Timeout;
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return ErrorCode::PermissionDenied;
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        return ErrorCode::Internal;
    default:
        return ErrorCode::SystemFailure;
    }
}

Error databaseError(sqlite3* handle, int result, std::string_view what) {
    const int extended = sqlite3_extended_errcode(handle);
    const int code = (extended & 0xff) == (result & 0xff) ? extended : result;
    const int primary = code & 0xff;
    // An I/O error (of the -shm file, of a temporary file) may be a full disk in disguise: errno tells.
    const int number = sqlite3_system_errno(handle);
    Error error{codeFor(code), std::string(what) + ": " + sqlite3_errmsg(handle), {}, {}};
    if ((primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) && number != 0)
        error = systemError(number, error.message);
    if (error.code == ErrorCode::NoSpace) {
        error.causes.push_back(std::move(error.message));
        error.message = "cannot write to the database: the disk is full";
        error.hint = "Free some space on the disk and try again.";
    }
    if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
        error.hint =
            "The database is damaged. Restore it from a backup, or move the state folder away: images can be "
            "pulled again.";
    return error;
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement& Statement::bind(std::string_view text) & {
    const int done =
        sqlite3_bind_text64(m_statement.get(), ++m_bound, text.data() != nullptr ? text.data() : "",
                            text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    m_bindError = m_bindError != SQLITE_OK ? m_bindError : done;
    return *this;
}

Statement& Statement::bindNumber(std::int64_t number) & {
    const int done = sqlite3_bind_int64(m_statement.get(), ++m_bound, number);
    m_bindError = m_bindError != SQLITE_OK ? m_bindError : done;
    return *this;
}

Statement& Statement::bind(double number) & {
    const int done = sqlite3_bind_double(m_statement.get(), ++m_bound, number);
    m_bindError = m_bindError != SQLITE_OK ? m_bindError : done;
    return *this;
}

Statement& Statement::bindNull() & {
    const int done = sqlite3_bind_null(m_statement.get(), ++m_bound);
    m_bindError = m_bindError != SQLITE_OK ? m_bindError : done;
    return *this;
}

Result<bool> Statement::step() {
    sqlite3* const handle = sqlite3_db_handle(m_statement.get());
    const std::string what = std::string("database statement \"") + sqlite3_sql(m_statement.get()) + "\"";
    if (m_bindError != SQLITE_OK)
        return fail(ErrorCode::Internal, what + ": " + sqlite3_errstr(m_bindError));
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        return false;
    return fail(databaseError(handle, result, what));
}

Result<void> Statement::run() {
    for (;;) {
        TRY_ASSIGN(const bool row, step());
        if (!row)
            return {};
    }
}

std::string_view Statement::view(int column) const {
    const unsigned char* const bytes = sqlite3_column_text(m_statement.get(), column);
    if (bytes == nullptr)
        return {};
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return {reinterpret_cast<const char*>(bytes), size};
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}
double Statement::real(int column) const {
    return sqlite3_column_double(m_statement.get(), column);
}
bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

Result<Transaction> Transaction::begin(Database& database) {
    // IMMEDIATE: take the write lock now, so that a later statement cannot fail on a reader turned writer.
    TRY(database.execute(database.m_depth == 0 ? "BEGIN IMMEDIATE"
                                               : "SAVEPOINT level" + std::to_string(database.m_depth)));
    ++database.m_depth;
    return Transaction(&database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr)) {}

Transaction::~Transaction() {
    if (m_database == nullptr)
        return;
    --m_database->m_depth;
    // SQLite has rolled back by itself after some errors (a full disk); then there is nothing left to undo. A
    // ROLLBACK that fails leaves the connection in the state those errors do, and the next BEGIN reports it.
    if (sqlite3_get_autocommit(m_database->m_handle) != 0)
        return;
    const std::string level = "level" + std::to_string(m_database->m_depth);
    const std::string sql =
        m_database->m_depth == 0 ? "ROLLBACK" : "ROLLBACK TO " + level + "; RELEASE " + level;
    sqlite3_exec(m_database->m_handle, sql.c_str(), nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
    const int outer = m_database->m_depth - 1;
    TRY(m_database->execute(outer == 0 ? "COMMIT" : "RELEASE level" + std::to_string(outer)));
    m_database->m_depth = outer;
    m_database = nullptr;
    return {};
}

Unsynced::Unsynced(Database& database, bool wanted)
    : m_database(wanted && database.execute("PRAGMA synchronous=NORMAL") ? &database : nullptr) {}

// Within a transaction that has failed SQLite takes no such setting: the next commit without one is synced
// again.
Unsynced::~Unsynced() {
    if (m_database != nullptr)
        (void)m_database->execute("PRAGMA synchronous=FULL");
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
    sqlite3* handle = nullptr;
    // Serialised inside, though Store::lock() guards every use: a Statement may end its life after the lock
    // was given up.
    const int opened = sqlite3_open_v2(
        path.c_str(), &handle,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (handle == nullptr)
        return fail(ErrorCode::SystemFailure, "cannot open database " + path + ": out of memory");
    std::unique_ptr<Database> database(new Database(handle));
    if (opened != SQLITE_OK)
        return fail(databaseError(handle, opened, "cannot open database " + path));
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // FULL, not NORMAL: in WAL mode NORMAL may lose the last transactions in a power cut. Losing the removal
    // of an image whose folders are gone, or the giving of an id range that is already written into a
    // container's files, must not happen. The price is one fdatasync a transaction, and there are few
    // transactions.
    auto prepared =
        database->execute("PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF");
    if (prepared) {
        // Reads the whole file: it is small (about a kilobyte an image, under a millisecond a hundred
        // images).
        prepared = [&]() -> Result<void> {
            TRY_ASSIGN(auto check, database->prepare("PRAGMA quick_check(1)"));
            TRY_ASSIGN(const bool row, check.step());
            if (row && check.text(0) != "ok")
                return fail(
                    ErrorCode::SystemFailure, "it is damaged: " + check.text(0),
                    "Restore it from a backup, or move the state folder away: images can be pulled again.");
            return {};
        }();
    }
    if (!prepared)
        return fail(std::move(prepared).error().prefixed("cannot use database " + path));
    return database;
}

Database::~Database() {
    sqlite3_close_v2(m_handle);
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int done =
        sqlite3_prepare_v2(m_handle, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (done != SQLITE_OK)
        return fail(databaseError(m_handle, done, "database statement \"" + std::string(sql) + "\""));
    return Statement(statement);
}

Result<void> Database::execute(const std::string& sql) {
    const int done = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (done != SQLITE_OK)
        return fail(databaseError(m_handle, done, "database statement \"" + sql + "\""));
    return {};
}

std::int64_t Database::lastInsertId() const {
    return sqlite3_last_insert_rowid(m_handle);
}
std::int64_t Database::changes() const {
    return sqlite3_changes64(m_handle);
}

} // namespace escale
