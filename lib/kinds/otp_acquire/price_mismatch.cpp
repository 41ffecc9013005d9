#include "kinds/otp_acquire/price_mismatch.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;

ledger::raise_attention dear_entry(run_context& c, const held_number& n, const std::string& text)
{
    ledger::raise_attention raise;
    raise.entry.id = n.effect.text() + "-charge";
    raise.entry.effect = n.effect;
    raise.entry.run = c.run().id;
    raise.entry.job = c.run().job;
    raise.entry.account = n.account;
    raise.entry.kind = "charge";
    raise.entry.amount = n.price;
    raise.entry.at = c.clock().wall_now();
    raise.entry.evidence = text;
    return raise;
}

ledger::append_event told(const run_context& c, const held_number& n, const char* name, events::level severity,
                          const std::string& text, const json::object& data)
{
    const auto account = c.account(n.account);
    return account ? c.event(*account, name, severity, text, data) : c.event(name, severity, text, data);
}

/// Of the candidate that the number was bought from; a job file may have lost it since.
std::optional<money> max_price_of(const settings& s, const held_number& n)
{
    return n.candidate < s.candidates.size() ? s.candidates[n.candidate].max_price : std::nullopt;
}

} // namespace

ledger::batch mismatch_changes(run_context& c, const held_number& n, const std::optional<money>& listed,
                               const settings& s)
{
    const auto above = [&n](const std::optional<money>& limit) {
        return limit && limit->unit == n.price.unit && n.price.amount > limit->amount;
    };
    const auto most = max_price_of(s, n);
    if (n.price.unit.empty() || (!above(listed) && !above(most)))
        return {};
    const std::string text = "number " + n.number_id + " at " + n.account + " was charged " + n.price.text() +
                             (listed ? ", but the list said " + listed->text() : std::string()) +
                             (above(most) ? "; max_price is " + most->text() : std::string());
    json::object data;
    data["number_id"] = n.number_id;
    data["charge"] = ulak::json_of(n.price);
    if (listed)
        data["reckoned"] = ulak::json_of(*listed);
    ledger::batch all = c.notices("charge-mismatch", c.run().job + ": " + text, data);
    all.push_back(told(c, n, events::charge_mismatch, events::level::warning, text, data));
    if (above(most)) {
        all.push_back(dear_entry(c, n, text));
        all.push_back(told(c, n, events::attention_raised, events::level::error, text, data));
    }
    return all;
}

} // namespace ulak::kinds::otp
