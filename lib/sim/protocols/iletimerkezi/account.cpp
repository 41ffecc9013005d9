#include "sim/protocols/iletimerkezi/account.hpp"

#include "sim/detail/recipients.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/iletimerkezi/page.hpp"
#include "sim/protocols/iletimerkezi/replies.hpp"

namespace ulak::sim::iletimerkezi {
namespace {

const boost::json::object* blacklist_of(call& c)
{
    strict::allow_only_keys(c, c.json_body, "request", {"authentication", "blacklist"});
    auto* v = c.json_body.if_contains("blacklist");
    return v && v->is_object() ? &v->as_object() : nullptr;
}

/// The number that add and delete name; nullopt for none that makes sense.
std::optional<std::string> blacklist_number(call& c)
{
    const auto* list = blacklist_of(c);
    if (!list)
        return std::nullopt;
    strict::allow_only_keys(c, *list, "blacklist", {"number"});
    auto text = strict::text_of(c, *list, "number");
    auto n = parse_loose_number(text.value_or(""));
    return n ? std::optional(std::to_string(*n)) : std::nullopt;
}

} // namespace

http::reply get_balance(call& c)
{
    strict::allow_only_keys(c, c.json_body, "request", {"authentication"});
    auto balance = json::object({{"amount", json::text("0")}, {"sms", json::text(c.account.money.balance().text())}});
    c.accept();
    return respond(c, 200, {{"balance", balance}});
}

http::reply get_sender(call& c)
{
    strict::allow_only_keys(c, c.json_body, "request", {"authentication"});
    auto senders = c.world.settings().senders;
    if (senders.empty())
        senders = {"eMarka", "MARKA", "APITEST"};
    c.accept();
    return respond(c, 200, {{"senders", json::object({{"sender", json::texts(senders)}})}});
}

http::reply get_blacklist(call& c)
{
    static const boost::json::object none;
    const auto* list = blacklist_of(c);
    strict::allow_only_keys(c, list ? *list : none, "blacklist", {"filter", "page", "rowCount"});
    auto p = read_page(c, list ? *list : none, max_rows);
    if (!p)
        return respond(c, 464);
    std::vector<std::string> numbers;
    std::size_t i = 0;
    for (const auto& [digits, since] : c.account.messages->blacklist)
        if (i++ / p->rows + 1 == p->number)
            numbers.push_back("+90" + digits);
    auto total = json::numeral(static_cast<std::int64_t>(c.account.messages->blacklist.size()), true);
    c.accept();
    return respond(c, 200, {{"blacklist", json::object({{"count", total}, {"number", json::texts(numbers)}})}});
}

http::reply add_blacklist(call& c)
{
    auto number = blacklist_number(c);
    if (!number)
        return respond(c, 466);
    c.account.messages->blacklist.emplace(*number, c.now());
    c.accept();
    return respond(c, 200);
}

http::reply delete_blacklist(call& c)
{
    auto number = blacklist_number(c);
    if (!number || c.account.messages->blacklist.erase(*number) == 0)
        return respond(c, 466);
    c.accept();
    return respond(c, 200);
}

} // namespace ulak::sim::iletimerkezi
