#include "control/detail/suppressions.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/list_page.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t most_at_once = 10'000;

constexpr std::ptrdiff_t most_per_commit = 250;
/// As many as a page of full size holds: a script that reads one page has most lists whole.
constexpr std::size_t max_page = 20'000;

constexpr std::size_t max_reason_length = 200;

result<phone> parse_phone(const json::value& v)
{
    if (!v.is_string())
        return error(errc::invalid_argument, "a phone number is a text: \"5551112233\"");
    auto number = phone::parse(v.get_string());
    if (!number)
        return error(errc::invalid_argument, printable(v.get_string(), 40) + ": " + number.error().message);
    return number;
}

result<json::array> listed_phones(const json::object& body)
{
    json::array all;
    if (const json::value* one = body.if_contains("phone"))
        all.push_back(*one);
    if (const json::value* many = body.if_contains("phones")) {
        if (!many->is_array())
            return error(errc::invalid_argument, "phones: a list is needed");
        all.insert(all.end(), many->get_array().begin(), many->get_array().end());
    }
    if (all.empty() || all.size() > most_at_once)
        return error(errc::invalid_argument, "phone or phones: from 1 to 10000 numbers are needed");
    return all;
}

/// All of them as digits.
result<std::set<std::string>> read_phones(const json::object& body)
{
    auto numbers = listed_phones(body);
    if (!numbers)
        return numbers.error();
    std::set<std::string> all;
    for (const json::value& v : *numbers) {
        auto number = parse_phone(v);
        if (!number)
            return number.error();
        all.insert(number->digits());
    }
    return all;
}

result<std::string> read_reason(const json::object& body)
{
    const json::value* given = body.if_contains("reason");
    if (given && !given->is_string())
        return error(errc::invalid_argument, "reason: a text is needed");
    const json::value* from = body.if_contains("from");
    if (!given && from)
        return "on the list of " + std::string(from->get_string());
    return given ? printable(given->get_string(), max_reason_length) : std::string();
}

ledger::batch entries_of(const std::set<std::string>& numbers, const std::string& reason, wall_point now)
{
    ledger::batch changes;
    for (const std::string& digits : numbers) {
        ledger::suppress add;
        add.entry.phone = digits;
        add.entry.reason = reason;
        add.entry.at = now;
        changes.push_back(std::move(add));
    }
    return changes;
}

json::object suppression_view(const ledger::suppression_record& s)
{
    return {{"phone", s.phone}, {"reason", s.reason}, {"at", rfc3339(s.at)}};
}

/// Whether one number is on the list: that record, or nothing.
task<result<std::vector<ledger::suppression_record>>> find_one(request_context& c, const std::string& digits)
{
    // The page behind whatever sorts right before it.
    ledger::suppression_query q;
    q.after = digits.substr(0, digits.size() - 1);
    if (digits.back() != '0')
        q.after.push_back(static_cast<char>(digits.back() - 1));
    q.limit = 1;
    auto found = co_await c.store().suppressions_page(std::move(q));
    if (found && !found->empty() && found->front().phone != digits)
        found->clear();
    co_return found;
}

task<http::reply> get_one(request_context& c)
{
    auto number = phone::parse(c.request.parameter("phone"));
    if (!number)
        co_return problem(error(errc::invalid_argument, "phone: " + number.error().message));
    auto found = co_await find_one(c, number->digits());
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::suppression_record& s : *found)
        all.push_back(suppression_view(s));
    co_return json_reply(c, {{"suppressions", std::move(all)}, {"next", nullptr}});
}

/// A number in any spelling, or nothing.
result<std::string> parse_after(const http::incoming_request& request)
{
    const auto text = request.parameter("after");
    if (text.empty())
        return std::string();
    auto number = phone::parse(text);
    if (!number)
        return error(errc::invalid_argument, "after: the last number of the page before, its `next`");
    return number->digits();
}

/// A long list is no single commit, which money would have to wait for. What a failure leaves is right as far as it
/// got: the same request again completes it.
task<result<void>> commit_in_slices(request_context& c, ledger::batch changes)
{
    for (auto at = changes.begin(); at != changes.end();) {
        const auto size = std::min<std::ptrdiff_t>(changes.end() - at, most_per_commit);
        ledger::batch slice(std::make_move_iterator(at), std::make_move_iterator(at + size));
        auto done = co_await c.server.deps.recorder.commit(std::move(slice));
        if (!done)
            co_return done.error();
        at += size;
    }
    co_return result<void>();
}

/// Those of the body, or those that a provider lists: {"from": ACCOUNT}.
task<result<std::set<std::string>>> wanted_phones(request_context& c, const json::object& body)
{
    const json::value* from = body.if_contains("from");
    if (!from)
        co_return read_phones(body);
    if (!from->is_string() || body.contains("phone") || body.contains("phones"))
        co_return error(errc::invalid_argument, "from: an account's name, in place of phone and phones");
    const http::scoped_wait patient(c.request);
    auto numbers = co_await c.engine().opt_outs(std::string(from->get_string()));
    if (!numbers)
        co_return numbers.error();
    co_return std::set<std::string>(numbers->begin(), numbers->end());
}

} // namespace

task<http::reply> get_suppressions(request_context& c)
{
    auto limit = parse_page_limit(c, max_page, max_page);
    if (!limit)
        co_return problem(limit.error());
    if (c.masked() && !(c.request.parameter("after").empty() && c.request.parameter("phone").empty()))
        co_return problem(403, "forbidden", "pages behind the first one, and phone, need the operators' socket");
    if (!c.request.parameter("phone").empty())
        co_return co_await get_one(c);
    auto after = parse_after(c.request);
    if (!after)
        co_return problem(after.error());
    list_page page(c, "suppressions", *limit);
    ledger::suppression_query q;
    q.after = std::move(*after);
    q.limit = page.wanted();
    q.is_report = true;
    auto found = co_await c.store().suppressions_page(std::move(q));
    if (!found)
        co_return problem(found.error());
    auto as_json = [](const ledger::suppression_record& s) { return suppression_view(s); };
    auto cursor_of = [&c](const ledger::suppression_record& s) { return c.masked() ? std::string() : s.phone; };
    co_await fill_page(page, *found, as_json, cursor_of);
    co_return std::move(page).reply();
}

task<http::reply> post_suppressions(request_context& c)
{
    auto body = parse_body(c.request, {"phone", "phones", "reason", "from"});
    if (!body)
        co_return problem(body.error());
    auto numbers = co_await wanted_phones(c, *body);
    if (!numbers)
        co_return problem(numbers.error());
    auto reason = read_reason(*body);
    if (!reason)
        co_return problem(reason.error());
    std::vector<std::string> phones(numbers->begin(), numbers->end());
    const auto given = static_cast<std::int64_t>(phones.size());
    auto known = co_await c.store().count_suppressed(std::move(phones));
    if (!known)
        co_return problem(known.error());
    auto done = co_await commit_in_slices(c, entries_of(*numbers, *reason, c.server.deps.time.wall_now()));
    if (!done)
        co_return problem(done.error());
    co_return json_reply(c, {{"added", given - *known}, {"known", *known}}, 201);
}

task<http::reply> delete_suppressions(request_context& c)
{
    auto body = parse_body(c.request, {"phone", "phones"});
    if (!body)
        co_return problem(body.error());
    const auto named = c.path_params.find("phone");
    if (named != c.path_params.end())
        body->insert_or_assign("phone", named->second);
    else if (const auto asked = c.request.parameter("phone"); !asked.empty())
        body->insert_or_assign("phone", asked);
    auto gone = read_phones(*body);
    if (!gone)
        co_return problem(gone.error());
    std::vector<std::string> phones(gone->begin(), gone->end());
    auto known = co_await c.store().count_suppressed(std::move(phones));
    if (!known)
        co_return problem(known.error());
    ledger::batch changes;
    for (const std::string& digits : *gone)
        changes.push_back(ledger::unsuppress{digits});
    auto done = co_await commit_in_slices(c, std::move(changes));
    if (!done)
        co_return problem(done.error());
    co_return json_reply(c, {{"removed", *known}});
}

} // namespace ulak::control
