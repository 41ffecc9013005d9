#include "ledger/detail/folder_ownership.hpp"

#include "core/failpoint.hpp"
#include "core/ids.hpp"

#include <chrono>

namespace ulak::ledger {
namespace {

constexpr char adoption_advice[] =
    "; nothing costly is done until a person has compared the providers' own lists with what"
    " `ulakctl attention` and `ulakctl runs` show, and says `ulakctl adopt`";

} // namespace

result<std::string> folder_ownership::find_doubt()
{
    auto& db = connection_.db();
    const auto& path = connection_.path();
    auto id = db.query_text("SELECT value FROM settings WHERE name='store:id'");
    if (!id)
        return id.error();
    if (!*id) {
        if (auto own = claim(); !own)
            return own.error();
        return std::string();
    }
    auto place = db.query_text("SELECT value FROM settings WHERE name='store:place'");
    if (!place)
        return place.error();
    if (place->value_or("") != file_identity(path))
        return path + " is a copy, or was moved here: another ulakd may work with the original" + adoption_advice;
    if (auto doubt = doubt_of(mark_.read(), **id); !doubt.empty())
        return doubt;
    for (auto& mark : far_marks_) {
        const auto known = mark.read();
        if (!known)
            mark.write(**id, connection_.commits());
        else if (auto doubt = doubt_of(known, **id); !doubt.empty())
            return doubt;
    }
    return std::string();
}

std::string folder_ownership::doubt_of(const std::optional<folder_mark::content>& mark, const std::string& id) const
{
    const auto& path = connection_.path();
    if (!mark || mark->id != id)
        return path + " is not the store that this folder held: it was put back, or ulak.mark was" + adoption_advice;
    if (mark->commits > connection_.commits())
        return path + " knows " + std::to_string(connection_.commits()) + " commits, and this folder has seen " +
               std::to_string(mark->commits) + ": it was put back from a backup, or ulak.db-wal is lost" +
               adoption_advice;
    return {};
}

void folder_ownership::follow() noexcept
{
    mark_.update(connection_.commits());
    for (auto& mark : far_marks_)
        mark.update(connection_.commits());
}

result<void> folder_ownership::claim()
{
    auto& db = connection_.db();
    // The mark first: a store that names another one is held, one that names none is not.
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    folder_mark::content c;
    c.id = make_ulid(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    c.commits = connection_.commits();
    if (auto marked = mark_.write(c); !marked)
        return marked;
    for (auto& mark : far_marks_)
        mark.write(c.id, c.commits);
    ULAK_FAILPOINT("store/marked");
    // Then the store, in one transaction.
    constexpr char put[] = "INSERT INTO settings(name,value) VALUES(?1,?2) ON CONFLICT DO UPDATE SET value=?2";
    if (auto begun = db.execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    auto done = db.execute(put, "store:id", c.id);
    if (done)
        done = db.execute(put, "store:place", file_identity(connection_.path()));
    if (done)
        done = db.execute("COMMIT");
    ULAK_FAILPOINT("store/taken-over");
    if (!done)
        return done.error();
    return {};
}

} // namespace ulak::ledger
