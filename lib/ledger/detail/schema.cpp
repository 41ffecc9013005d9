#include "ledger/detail/schema.hpp"

#include "core/failpoint.hpp"
#include "ledger/detail/schema_2_sql.hpp"
#include "ledger/detail/schema_3_sql.hpp"
#include "ledger/detail/schema_4_sql.hpp"
#include "ledger/detail/schema_5_sql.hpp"
#include "ledger/detail/schema_6_sql.hpp"
#include "ledger/detail/schema_7_sql.hpp"
#include "ledger/detail/schema_8_sql.hpp"
#include "ledger/detail/schema_sql.hpp"

#include <array>

namespace ulak::ledger {
namespace {

constexpr std::int64_t application_id = 0x554c414b; // "ULAK", in the file's header

/// migrations[n] turns version n into version n + 1.
constexpr std::array<const char*, schema_version> migrations = {schema_1, schema_2, schema_3, schema_4,
                                                                schema_5, schema_6, schema_7, schema_8};

error newer_schema(std::int64_t found)
{
    return error(errc::unsupported, "the store was written by a newer ulakd (schema " + std::to_string(found) +
                                        ", this one knows " + std::to_string(schema_version) +
                                        "): install that version again, or restore a backup from before the upgrade");
}

result<void> check_owner(database& db, std::int64_t version)
{
    auto owner = db.query_integer("PRAGMA application_id");
    if (!owner)
        return owner.error();
    auto tables = db.query_integer("SELECT count(*) FROM sqlite_schema");
    if (!tables)
        return tables.error();
    const bool fresh = version == 0 && tables->value_or(0) == 0;
    if (!fresh && owner->value_or(0) != application_id)
        return error(errc::unsupported, "ulak.db belongs to another program: move it away, or name another state_dir");
    return {};
}

result<void> upgrade(database& db, std::int64_t version)
{
    for (auto next = version; next < schema_version; ++next)
        if (auto done = db.execute_script(migrations[static_cast<std::size_t>(next)]); !done)
            return done;
    const auto seal = "PRAGMA application_id=" + std::to_string(application_id) +
                      ";PRAGMA user_version=" + std::to_string(schema_version) + ";COMMIT";
    return db.execute_script(seal.c_str());
}

} // namespace

result<void> migrate(database& db)
{
    auto version = db.query_integer("PRAGMA user_version");
    if (!version)
        return version.error();
    const auto found = version->value_or(0);
    if (found > schema_version)
        return newer_schema(found);
    if (auto ours = check_owner(db, found); !ours)
        return ours;
    if (found == schema_version)
        return {};
    if (auto begun = db.execute_script("BEGIN IMMEDIATE"); !begun)
        return begun;
    ULAK_FAILPOINT("migrate/climb");
    auto done = upgrade(db, found);
    ULAK_FAILPOINT("migrate/climbed");
    if (!done && db.in_transaction())
        (void)db.execute_script("ROLLBACK");
    return done;
}

} // namespace ulak::ledger
