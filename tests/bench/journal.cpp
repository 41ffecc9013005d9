// What a durable row costs beside what the disk can do, for some time: it prints how many a second.
//   bench_journal sync FOLDER MILLISECONDS            4 KiB over a file that is there, then fdatasync
//   bench_journal sqlite FOLDER MILLISECONDS ROWS     so many rows a transaction by the library alone, on this thread
//   bench_journal rows FOLDER MILLISECONDS AWAITED    so many coroutines, each awaiting one row after the other
#include "async/task.hpp"
#include "ledger/sqlite_ledger.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace {

using namespace ulak;
namespace asio = boost::asio;
using now = std::chrono::steady_clock;

constexpr std::size_t page = 4096;
constexpr std::size_t pages = 1024;

[[noreturn]] void give_up(const std::string& why)
{
    std::cerr << "bench_journal: " << why << '\n';
    std::exit(1);
}

std::int64_t count_syncs(const std::string& folder, now::time_point end)
{
    const int fd = ::open((folder + "/bare").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    std::array<char, page> content;
    content.fill('u');
    std::int64_t done = 0;
    for (std::size_t i = 0; i < pages; ++i)
        if (::pwrite(fd, content.data(), page, static_cast<off_t>(i * page)) != static_cast<ssize_t>(page))
            give_up("cannot write");
    ::fsync(fd);
    for (; now::now() < end; ++done)
        if (::pwrite(fd, content.data(), page, static_cast<off_t>(static_cast<std::size_t>(done) % pages * page)) < 0 ||
            ::fdatasync(fd) != 0)
            give_up("cannot sync");
    ::close(fd);
    return done;
}

std::int64_t count_transactions(const std::string& folder, now::time_point end, int rows)
{
    sqlite3* db = nullptr;
    sqlite3_stmt* insert = nullptr;
    constexpr char set_up[] = "PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                              "CREATE TABLE rows(at INTEGER PRIMARY KEY, body TEXT)";
    if (sqlite3_open((folder + "/bare.db").c_str(), &db) != SQLITE_OK ||
        sqlite3_exec(db, set_up, nullptr, nullptr, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "INSERT INTO rows(body) VALUES(?)", -1, &insert, nullptr) != SQLITE_OK)
        give_up(sqlite3_errmsg(db));
    const std::string body(100, 'u');
    sqlite3_bind_text(insert, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    std::int64_t done = 0;
    const auto must = [&](bool well) {
        if (!well)
            give_up(sqlite3_errmsg(db));
    };
    while (now::now() < end) {
        must(sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) == SQLITE_OK);
        for (int i = 0; i < rows; ++i, ++done)
            must(sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK);
        must(sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return done;
}

task<> keep_rows(ledger::ledger& store, now::time_point end, std::int64_t& done)
{
    while (now::now() < end) {
        events::event e("number.code", events::level::info, std::string(100, 'u'));
        e.time = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        ledger::batch one;
        one.push_back(ledger::append_event{std::move(e)});
        auto kept = co_await store.commit(std::move(one));
        if (!kept)
            give_up(kept.error().message);
        ++done;
    }
}

std::int64_t count_rows(const std::string& folder, now::time_point end, int awaited)
{
    asio::io_context loop(1);
    auto store = ledger::open_sqlite(loop.get_executor(), folder);
    if (!store)
        give_up(store.error().message);
    std::int64_t done = 0;
    for (int i = 0; i < awaited; ++i)
        asio::co_spawn(loop, keep_rows(**store, end, done), [](std::exception_ptr thrown) {
            if (thrown)
                std::rethrow_exception(thrown);
        });
    loop.run();
    return done;
}

} // namespace

int main(int count, char** words)
{
    if (count < 4)
        return 2;
    const std::string folder = words[2];
    const auto time = std::chrono::milliseconds(std::stoi(words[3]));
    const auto end = now::now() + time;
    const std::string what = words[1];
    std::int64_t done = 0;
    if (what == "sync")
        done = count_syncs(folder, end);
    else if (count == 5)
        done = what == "sqlite" ? count_transactions(folder, end, std::stoi(words[4]))
                                : count_rows(folder, end, std::stoi(words[4]));
    std::cout << static_cast<double>(done) * 1000 / static_cast<double>(time.count()) << '\n';
}
