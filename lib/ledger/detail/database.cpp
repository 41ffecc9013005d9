#include "ledger/detail/database.hpp"

#include <cassert>
#include <cstring>

namespace ulak::ledger {

std::string row::text(int column) const
{
    const auto* bytes = sqlite3_column_blob(statement_, column);
    if (bytes == nullptr)
        return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<wall_point> row::optional_time(int column) const noexcept
{
    if (is_null(column))
        return std::nullopt;
    return time(column);
}

void database::resetter::operator()(sqlite3_stmt* s) const noexcept
{
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
}

namespace {

/// Escapes what would end the path of a URI.
std::string uri_escaped(const std::string& path)
{
    std::string out;
    for (const char c : path)
        out += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
    return out;
}

} // namespace

result<database> database::open(const std::string& path)
{
    return open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

result<database> database::open_existing(const std::string& path)
{
    return open(path, SQLITE_OPEN_READWRITE);
}

result<database> database::open_immutable(const std::string& path)
{
    return open("file:" + uri_escaped(path) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

result<database> database::open(const std::string& name, int flags)
{
    // Otherwise SQLite counts every allocation under one lock, for figures that nobody reads. It takes the setting only
    // before its first use.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)uncounted;
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (handle == nullptr)
        return error(errc::unavailable, "no memory to open " + name);
    database made(handle);
    if (code != SQLITE_OK)
        return made.failure(code);
    return made;
}

result<void> database::execute_script(const char* sql)
{
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return failure(code);
    return {};
}

result<database::statement_lease> database::prepare(std::string_view sql)
{
    if (auto known = prepared_.find(sql); known != prepared_.end()) {
        assert(!sqlite3_stmt_busy(known->second.get()) && "a statement is used while it is read");
        return statement_lease(known->second.get());
    }
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK)
        return failure(code);
    prepared_.emplace(std::string(sql), made);
    return statement_lease(made);
}

result<bool> database::step(sqlite3_stmt* s)
{
    const int code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return failure(code);
}

void database::bind(sqlite3_stmt* s, int at, std::string_view v) noexcept
{
    // A null pointer would bind NULL, and an empty view may hold one.
    sqlite3_bind_text64(s, at, v.empty() ? "" : v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
}

error database::failure(int code) const
{
    const std::string message = sqlite3_errmsg(handle_.get());
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT: return error(errc::conflict, message);
    case SQLITE_INTERRUPT:
        return error(errc::timed_out, "the store has more urgent work than so large a report; ask for less");
    case SQLITE_TOOBIG: return error(errc::invalid_argument, "a value is too big for the store");
    case SQLITE_FULL: return error(errc::unavailable, "the store cannot be written: the disk is full; free some space");
    default: break;
    }
    std::string text = "the store does not work: " + message;
    if (const int system = sqlite3_system_errno(handle_.get()); system != 0)
        text += std::string(" (") + std::strerror(system) + ")";
    return error(errc::unavailable, std::move(text));
}

} // namespace ulak::ledger
