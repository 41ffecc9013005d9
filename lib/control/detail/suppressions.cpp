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

result<ledger::batch> read_entries(const json::object& body, wall_point now)
{
    auto numbers = read_phones(body);
    if (!numbers)
        return numbers.error();
    std::string reason;
    if (const json::value* given = body.if_contains("reason")) {
        if (!given->is_string())
            return error(errc::invalid_argument, "reason: a text is needed");
        reason = printable(given->get_string(), max_reason_length);
    }
    ledger::batch changes;
    for (const std::string& digits : *numbers) {
        ledger::suppress add;
        add.entry.phone = digits;
        add.entry.reason = reason;
        add.entry.at = now;
        changes.push_back(std::move(add));
    }
    return changes;
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

json::object suppression_view(const ledger::suppression_record& s)
{
    return {{"phone", s.phone}, {"reason", s.reason}, {"at", rfc3339(s.at)}};
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

} // namespace

task<http::reply> get_suppressions(request_context& c)
{
    auto limit = parse_page_limit(c, max_page, max_page);
    if (!limit)
        co_return problem(limit.error());
    if (c.masked() && !c.request.parameter("after").empty())
        co_return problem(403, "forbidden", "after: pages behind the first one need the operators' socket");
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
    auto body = parse_body(c.request, {"phone", "phones", "reason"});
    if (!body)
        co_return problem(body.error());
    auto changes = read_entries(*body, c.server.deps.time.wall_now());
    if (!changes)
        co_return problem(changes.error());
    const std::size_t added = changes->size();
    auto done = co_await commit_in_slices(c, std::move(*changes));
    if (!done)
        co_return problem(done.error());
    co_return json_reply(c, {{"added", added}}, 201);
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
