// One SQLite connection with its prepared statements. Private to the module; one thread at a time.
#pragma once

#include "core/error.hpp"
#include "core/money.hpp"
#include "core/wall_time.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

namespace ulak::ledger {

/// A row of a result, valid until the next one is fetched. Columns count from 0.
class row {
  public:
    explicit row(sqlite3_stmt* s) noexcept : statement_(s) {}

    std::int64_t integer(int column) const noexcept { return sqlite3_column_int64(statement_, column); }
    bool is_null(int column) const noexcept { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::string text(int column) const;
    decimal amount(int column) const noexcept { return decimal::from_micros(integer(column)); }
    wall_point time(int column) const noexcept { return from_unix_ms(integer(column)); }
    std::optional<wall_point> optional_time(int column) const noexcept;

  private:
    sqlite3_stmt* statement_;
};

/// Errors of every call:
///   errc::conflict          a constraint or trigger refuses the change; the text says which
///   errc::invalid_argument  a value is beyond SQLite's limits
///   errc::unavailable       the disk or the file fails: the connection must be given up
///   errc::timed_out         a report was broken off by its guard
class database {
  public:
    static result<database> open(const std::string& path);
    /// Makes no file where there is none.
    static result<database> open_existing(const std::string& path);
    /// For reading only, without its log and without locks: nobody may change the file meanwhile.
    static result<database> open_immutable(const std::string& path);

    /// Runs several statements without parameters.
    result<void> execute_script(const char* sql);

    /// Runs one statement and returns how many rows it changed. Values are bound in order and only read during the
    /// call.
    template<class... Value>
    result<std::int64_t> execute(std::string_view sql, const Value&... values);

    /// Calls `visit(row)` for every row. `visit` must not use the database.
    template<class Visit, class... Value>
    result<void> for_each_row(std::string_view sql, Visit&& visit, const Value&... values);

    /// The first column of the first row; nullopt without a row or when it is null.
    template<class... Value>
    result<std::optional<std::int64_t>> query_integer(std::string_view sql, const Value&... values);
    template<class... Value>
    result<std::optional<std::string>> query_text(std::string_view sql, const Value&... values);

    std::int64_t last_insert_key() const noexcept { return sqlite3_last_insert_rowid(handle_.get()); }
    int last_error_code() const noexcept { return sqlite3_extended_errcode(handle_.get()); }
    bool in_transaction() const noexcept { return sqlite3_get_autocommit(handle_.get()) == 0; }
    sqlite3* handle() noexcept { return handle_.get(); }

  private:
    struct closer {
        void operator()(sqlite3* h) const noexcept { sqlite3_close_v2(h); }
        void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
    };
    struct resetter {
        void operator()(sqlite3_stmt* s) const noexcept;
    };
    using statement_lease =
        std::unique_ptr<sqlite3_stmt, resetter>; ///< resets the statement and clears its values when it is done with

    struct text_hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    explicit database(sqlite3* h) noexcept : handle_(h) {}
    static result<database> open(const std::string& name, int flags);
    result<statement_lease> prepare(std::string_view sql);
    error failure(int code) const;
    result<bool> step(sqlite3_stmt* s);

    static void bind(sqlite3_stmt* s, int at, std::int64_t v) noexcept { sqlite3_bind_int64(s, at, v); }
    static void bind(sqlite3_stmt* s, int at, std::nullopt_t) noexcept { sqlite3_bind_null(s, at); }
    static void bind(sqlite3_stmt* s, int at, decimal v) noexcept { bind(s, at, v.micros()); }
    static void bind(sqlite3_stmt* s, int at, wall_point v) noexcept { bind(s, at, unix_ms(v)); }
    static void bind(sqlite3_stmt* s, int at, std::string_view v) noexcept;
    template<class T>
    static void bind(sqlite3_stmt* s, int at, const std::optional<T>& v) noexcept
    {
        if (v)
            bind(s, at, *v);
        else
            sqlite3_bind_null(s, at);
    }
    template<class... Value>
    static void bind_all([[maybe_unused]] sqlite3_stmt* s, const Value&... values) noexcept
    {
        [[maybe_unused]] int at = 0;
        (bind(s, ++at, values), ...);
    }

    std::unique_ptr<sqlite3, closer> handle_;
    /// After `handle_`, so that the statements are finalized before the connection closes.
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, closer>, text_hash, std::equal_to<>> prepared_{};
};

template<class... Value>
result<std::int64_t> database::execute(std::string_view sql, const Value&... values)
{
    auto ignore = [](const row&) {};
    if (auto done = for_each_row(sql, ignore, values...); !done)
        return done.error();
    return sqlite3_changes64(handle_.get());
}

template<class Visit, class... Value>
result<void> database::for_each_row(std::string_view sql, Visit&& visit, const Value&... values)
{
    auto statement = prepare(sql);
    if (!statement)
        return statement.error();
    bind_all(statement->get(), values...);
    for (;;) {
        auto more = step(statement->get());
        if (!more)
            return more.error();
        if (!*more)
            return {};
        visit(row(statement->get()));
    }
}

template<class... Value>
result<std::optional<std::int64_t>> database::query_integer(std::string_view sql, const Value&... values)
{
    std::optional<std::int64_t> found;
    auto keep = [&found](const row& r) {
        if (!r.is_null(0))
            found = r.integer(0);
    };
    if (auto done = for_each_row(sql, keep, values...); !done)
        return done.error();
    return found;
}

template<class... Value>
result<std::optional<std::string>> database::query_text(std::string_view sql, const Value&... values)
{
    std::optional<std::string> found;
    auto keep = [&found](const row& r) {
        if (!r.is_null(0))
            found = r.text(0);
    };
    if (auto done = for_each_row(sql, keep, values...); !done)
        return done.error();
    return found;
}

} // namespace ulak::ledger
