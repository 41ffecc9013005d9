#include "control/detail/account_views.hpp"

#include "control/detail/view_parts.hpp"
#include "core/json_text.hpp"
#include "providers/account.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

json::array capabilities_of(const providers::account& account)
{
    json::array all;
    if (account.sms)
        all.push_back("sms");
    if (account.numbers)
        all.push_back("numbers");
    if (account.numbers && account.numbers->can_cancel())
        all.push_back("cancel");
    if (account.panel)
        all.push_back("panel");
    all.push_back("balance");
    return all;
}

json::value number_or_null(const std::optional<std::int64_t>& n)
{
    return n ? json::value(*n) : json::value(nullptr);
}

/// Top-ups are left out. Readings of a few minutes say nothing about an hour.
std::optional<money> loss_per_hour(const std::vector<ledger::balance_record>& read)
{
    if (read.size() < 2)
        return std::nullopt;
    decimal lost;
    std::size_t oldest = 0;
    for (std::size_t i = 1; i < read.size() && read.front().at - read[i].at <= std::chrono::hours(24); oldest = i++)
        if (read[i].balance.unit == read[i - 1].balance.unit && read[i].balance.amount > read[i - 1].balance.amount)
            lost = lost + (read[i].balance.amount - read[i - 1].balance.amount);
    const auto span = std::chrono::duration_cast<std::chrono::seconds>(read.front().at - read[oldest].at);
    if (span < std::chrono::minutes(5))
        return std::nullopt;
    const decimal exact = lost.times(3600, span.count());
    const auto cents = decimal::scale / 100;
    return money(decimal::from_micros(exact.micros() / cents * cents), read.front().balance.unit);
}

} // namespace

json::object view(const providers::service& s)
{
    json::object o;
    o["id"] = s.id;
    o["name"] = s.name;
    o["category"] = text_or_null(s.category);
    o["price"] = s.price ? json::value(json_of(*s.price)) : json::value(nullptr);
    o["stock"] = number_or_null(s.stock);
    o["min"] = number_or_null(s.min_quantity);
    o["max"] = number_or_null(s.max_quantity);
    o["type"] = text_or_null(s.type);
    return o;
}

json::object view(const providers::account& account, const std::vector<ledger::balance_record>& read)
{
    const ledger::balance_record* last = read.empty() ? nullptr : &read.front();
    const auto loss = loss_per_hour(read);
    json::object o;
    o["account"] = account.name;
    o["provider"] = account.provider;
    o["can"] = capabilities_of(account);
    o["shared"] = account.shared;
    const providers::account_health& state = *account.health;
    const bool ready = state.state() == providers::breaker_state::ready;
    o["state"] = name(state.state());
    o["reason"] = ready ? json::value(nullptr) : text_or_null(state.reason());
    o["since"] = ready ? json::value(nullptr) : json::value(rfc3339(state.since()));
    o["balance"] = last ? json::value(last->balance.amount_text()) : json::value(nullptr);
    o["unit"] = last ? json::value(last->balance.unit) : text_or_null(account.unit);
    o["at"] = last ? json::value(rfc3339(last->at)) : json::value(nullptr);
    o["per_hour"] = loss ? json::value(loss->amount_text()) : json::value(nullptr);
    return o;
}

} // namespace ulak::control
