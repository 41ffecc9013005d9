#include "sim/civil_time.hpp"
#include "sim/iletimerkezi.hpp"
#include "sim/recipients.hpp"
#include "sim/strict.hpp"

namespace ulak::sim::iletimerkezi {
namespace {

constexpr std::size_t max_rows = 1'000;

/// A whole number or its text; nullopt if it is neither.
std::optional<std::uint64_t> read_whole_number(const boost::json::object& o, std::string_view key, std::uint64_t fallback)
{
    auto* v = o.if_contains(key);
    if (!v || v->is_null() || (v->is_string() && v->as_string().empty()))
        return fallback;
    if (v->is_string())
        return parse_id(std::string_view(v->as_string()));
    if (v->is_int64() && v->as_int64() >= 0)
        return static_cast<std::uint64_t>(v->as_int64());
    return std::nullopt;
}

const boost::json::object* blacklist_of(call& c, const boost::json::object& request)
{
    strict::allow_only_keys(c, request, "request", {"authentication", "blacklist"});
    auto* v = request.if_contains("blacklist");
    return v && v->is_object() ? &v->as_object() : nullptr;
}

/// The one number of add and delete; 0 with the answer to give is an error.
std::optional<std::string> blacklist_number(call& c, const boost::json::object& request)
{
    const auto* list = blacklist_of(c, request);
    if (!list)
        return std::nullopt;
    strict::allow_only_keys(c, *list, "blacklist", {"number"});
    auto text = strict::text_of(c, *list, "number");
    auto n = parse_loose_number(text.value_or(""));
    return n ? std::optional(std::to_string(*n)) : std::nullopt;
}

} // namespace

std::optional<page> read_page(call& c, const boost::json::object& in, std::size_t rows)
{
    auto number = read_whole_number(in, "page", 1);
    auto count = read_whole_number(in, "rowCount", rows);
    if (!number || *number == 0)
        c.add_mistake("\"page\" is no whole number from 1");
    if (!count || *count == 0 || *count > max_rows)
        c.add_mistake("\"rowCount\" is no whole number from 1 to 1000");
    if (!number || *number == 0 || !count || *count == 0)
        return std::nullopt;
    return page{static_cast<std::size_t>(*number), static_cast<std::size_t>(*count)};
}

http::reply get_balance(call& c, const boost::json::object& request)
{
    strict::allow_only_keys(c, request, "request", {"authentication"});
    auto balance = json::object({{"amount", json::text("0")}, {"sms", json::text(c.account_wallet().balance().text())}});
    c.accept();
    return respond(c, 200, {{"balance", balance}});
}

http::reply get_sender(call& c, const boost::json::object& request)
{
    strict::allow_only_keys(c, request, "request", {"authentication"});
    auto senders = c.world.settings().senders;
    if (senders.empty())
        senders = {"eMarka", "MARKA", "APITEST"};
    c.accept();
    return respond(c, 200, {{"senders", json::object({{"sender", json::texts(senders)}})}});
}

http::reply get_blacklist(call& c, const boost::json::object& request)
{
    static const boost::json::object none;
    const auto* list = blacklist_of(c, request);
    strict::allow_only_keys(c, list ? *list : none, "blacklist", {"filter", "page", "rowCount"});
    auto p = read_page(c, list ? *list : none, max_rows);
    if (!p)
        return respond(c, 464);
    std::vector<std::string> numbers;
    std::size_t i = 0;
    for (const auto& [digits, since] : c.world.blacklist)
        if (i++ / p->rows + 1 == p->number)
            numbers.push_back("+90" + digits);
    auto total = json::numeral(static_cast<std::int64_t>(c.world.blacklist.size()), true);
    c.accept();
    return respond(c, 200, {{"blacklist", json::object({{"count", total}, {"number", json::texts(numbers)}})}});
}

http::reply add_blacklist(call& c, const boost::json::object& request)
{
    auto number = blacklist_number(c, request);
    if (!number)
        return respond(c, 466);
    c.world.blacklist.emplace(*number, c.now());
    c.accept();
    return respond(c, 200);
}

http::reply delete_blacklist(call& c, const boost::json::object& request)
{
    auto number = blacklist_number(c, request);
    if (!number || c.world.blacklist.erase(*number) == 0)
        return respond(c, 466);
    c.accept();
    return respond(c, 200);
}

} // namespace ulak::sim::iletimerkezi
