#include "kinds/balance_watch/settings.hpp"

#include "kinds/balance_watch/watch_job.hpp"
#include "kinds/loading.hpp"

#include <set>

namespace ulak::kinds::balance {
namespace {

yaml::shape_ptr watch_keys()
{
    using namespace yaml;
    return record(
        "An account with its limits; at least one of below, above and runway_below.",
        {required("account", text("An account with a balance.", "bulk")),
         optional("below", amount("Fires below this balance.", "500 credits")),
         optional("clear_above",
                  amount("Is clear again from this balance on; absent: from `below` on.", "800 credits")),
         optional("above", amount("Fires above this balance.", "10000 TRY")),
         optional("runway_below",
                  duration("Fires when the balance lasts less than this at the pace of the last week.", "3d"))});
}

std::optional<decimal> amount_of(checker& check, const yaml::reader& r, std::string_view key,
                                 const providers::account& account, std::string& unit)
{
    if (!r.has(key))
        return std::nullopt;
    const money m = r.amount(key);
    check.check_unit(r, key, m, account);
    if (!unit.empty() && unit != m.unit)
        check.error(r, key, codes::wrong_unit, "the limits of one account are in " + unit + " and in " + m.unit);
    unit = m.unit;
    return m.amount;
}

watched_account read_watched(checker& check, const yaml::reader& r)
{
    watched_account w;
    w.account = r.text("account");
    const auto account = check.account(r, "account");
    if (!account)
        return w;
    if (!account->balances)
        check.error(r, "account", codes::unsupported_capability,
                    account->name + " (" + account->provider + ") has no balance to read");
    w.limits.below = amount_of(check, r, "below", *account, w.unit);
    w.limits.clear_above = amount_of(check, r, "clear_above", *account, w.unit);
    w.limits.above = amount_of(check, r, "above", *account, w.unit);
    if (r.has("runway_below"))
        w.limits.runway_below = r.duration("runway_below");
    if (!w.limits.below && !w.limits.above && !w.limits.runway_below)
        check.error_at(r, r.place_of_record(), codes::bad_limits, "no limit is given", "below: 500 credits");
    if (w.limits.clear_above && !w.limits.below)
        check.error(r, "clear_above", codes::bad_limits, "clear_above goes with below");
    if (w.limits.clear_above && w.limits.below && *w.limits.clear_above < *w.limits.below)
        check.error(r, "clear_above", codes::bad_limits, "clear_above is not less than below");
    if (w.limits.below && w.limits.above && *w.limits.above <= *w.limits.below)
        check.error(r, "above", codes::bad_limits, "above is more than below");
    if (w.limits.clear_above && w.limits.above && *w.limits.clear_above > *w.limits.above)
        check.error(r, "clear_above", codes::bad_limits,
                    "clear_above is not more than above, or it could never be clear");
    return w;
}

} // namespace

job::kind_definition table()
{
    using namespace yaml;
    job::kind_definition t;
    t.name = "balance.watch";
    t.moments = {"firing", "reminder", "cleared", "unreadable"};
    t.keys = record("Reads balances and tells when they pass a limit, once, and when they are back.",
                    {required("watch", list("The accounts.", watch_keys(), 1, 100)),
                     optional("confirm", integer("Readings in a row that must be out of bounds.", 1, 100), "1"),
                     optional("remind", duration("Tells again after this time while it fires; absent: never.", "12h")),
                     optional("unreadable_for",
                              duration("How long a balance may be unreadable before it is told.", "15m"), "15m")});
    return t;
}

std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found)
{
    checker check(file, around, found);
    const yaml::reader& own = *file.kind_keys;
    std::vector<watched_account> accounts;
    std::set<std::string> seen;
    for (const yaml::reader& r : own.records("watch")) {
        watched_account w = read_watched(check, r);
        w.limits.confirm = static_cast<int>(own.integer("confirm"));
        if (own.has("remind"))
            w.limits.remind = own.duration("remind");
        w.limits.unreadable_for = own.duration("unreadable_for");
        if (!seen.insert(w.account).second)
            check.error(r, "account", codes::duplicate_account, w.account + " is watched twice",
                        "give it one entry with all its limits");
        accounts.push_back(std::move(w));
    }
    if (check.failed())
        return nullptr;
    return std::make_shared<const watch_job>(std::move(accounts));
}

} // namespace ulak::kinds::balance
