#include "ledger/detail/older_schema_copy.hpp"

#include "ledger/detail/schema.hpp"
#include "ledger/detail/store_copy.hpp"

#include <chrono>
#include <filesystem>

#include <unistd.h>

namespace ulak::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kept_for(30 * 24);

std::string copy_name(const std::string& path, std::int64_t version)
{
    return path + ".schema-" + std::to_string(version);
}

void remove_expired(const std::string& path)
{
    for (std::int64_t version = 1; version < schema_version; ++version) {
        std::error_code none;
        const auto name = copy_name(path, version);
        const auto made = fs::last_write_time(name, none);
        if (!none && fs::file_time_type::clock::now() - made > kept_for)
            ::unlink(name.c_str());
    }
}

result<void> copy_whole(database& db, const std::string& to)
{
    ::unlink(to.c_str());
    auto copy = store_copy::begin(db, to);
    if (!copy)
        return copy.error();
    for (bool whole = false; !whole;) {
        auto copied = (*copy)->copy_piece();
        if (!copied)
            return copied.error();
        whole = *copied;
    }
    return (*copy)->publish();
}

} // namespace

result<void> keep_older_schema(database& db, const std::string& path)
{
    remove_expired(path);
    auto version = db.query_integer("PRAGMA user_version");
    if (!version)
        return version.error();
    const auto found = version->value_or(0);
    if (found == 0 || found >= schema_version)
        return {};
    std::error_code no_folder;
    return copy_whole(db, copy_name(fs::absolute(path, no_folder).string(), found));
}

} // namespace ulak::ledger
