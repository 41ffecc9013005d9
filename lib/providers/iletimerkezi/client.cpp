#include "providers/iletimerkezi/client.hpp"

#include "core/wall_time.hpp"
#include "providers/detail/calls.hpp"

#include <algorithm>

namespace ulak::providers::iletimerkezi {
namespace {

// The pages of the largest order; a provider that goes on for ever is not followed.
constexpr int max_report_pages = static_cast<int>(wire::max_recipients) / wire::report_page_size;

bool is_last_page(const sms_report& page, std::size_t entries_so_far, std::optional<std::int64_t> total)
{
    const bool short_page = page.entries.size() < static_cast<std::size_t>(wire::report_page_size);
    const bool all_there = total && entries_so_far >= static_cast<std::size_t>(std::max<std::int64_t>(*total, 0));
    return page.entries.empty() || all_there || (short_page && !total);
}

constexpr std::chrono::hours utc_offset(3); // all year, since 2016
constexpr std::size_t list_page_size = 30;
constexpr int max_list_pages = 100;
// For all pages together. After longer the first pages are out of date.
constexpr std::chrono::minutes list_time_limit(5);

std::string day_of(wall_point t)
{
    return rfc3339(t + utc_offset).substr(0, 10);
}

// Reads "2026-11-22 09:00:00", Turkish time.
std::optional<wall_point> time_of(std::string text)
{
    if (text.size() != 19 || text[10] != ' ')
        return std::nullopt;
    text[10] = 'T';
    auto t = parse_rfc3339(text + "+03:00");
    return t ? std::optional(*t) : std::nullopt;
}

listed_sms listed_sms_of(wire::listed_order&& o)
{
    listed_sms one;
    one.id = std::move(o.id);
    one.sender = std::move(o.sender);
    one.total = o.total;
    one.submitted = time_of(std::move(o.submitted));
    return one;
}

} // namespace

bool client::blames_recipients(const error& refusal) const
{
    return wire::blames_recipients(refusal);
}

task<result<money>> client::balance(async::steady_point deadline)
{
    auto read = [which = session_->balance](const http::response& r) { return wire::read_balance(r, which); };
    return send_and_read(session_->client, wire::get_balance(session_->login()), deadline, std::move(read));
}

task<outcome<sms_receipt>> client::send(sms_order order, purchase_gate how)
{
    if (auto fits = wire::check_order(order); !fits)
        co_return not_sent_outcome<sms_receipt>(fits.error());
    const auto turn = co_await session_->pace.wait_for_turn(order, how);
    if (!turn)
        co_return not_sent_outcome<sms_receipt>(turn.error());
    auto r = wire::send_sms(session_->login(), order);
    co_return co_await send_purchase(session_->client, std::move(r), std::move(how), wire::read_send);
}

task<result<sms_report>> client::fetch_report_page(std::string order_id, int number, async::steady_point deadline)
{
    auto r = wire::get_report(session_->login(), order_id, number);
    auto read = [id = std::move(order_id)](const http::response& answer) { return wire::read_report(answer, id); };
    return send_and_read(session_->client, std::move(r), deadline, std::move(read));
}

task<result<sms_report>> client::report(std::string queue_id, async::steady_point deadline)
{
    auto whole = co_await fetch_report_page(queue_id, 1, deadline);
    if (!whole || is_last_page(*whole, whole->entries.size(), whole->total))
        co_return whole;
    for (int number = 2; number <= max_report_pages; ++number) {
        auto next = co_await fetch_report_page(queue_id, number, deadline);
        if (!next)
            co_return next;
        for (auto& l : next->entries)
            whole->entries.push_back(std::move(l));
        whole->finished = whole->finished && next->finished;
        if (is_last_page(*next, whole->entries.size(), whole->total))
            break;
    }
    co_return whole;
}

task<result<void>> client::cancel_order(std::string order_id, async::steady_point deadline)
{
    return send_and_read(session_->client, wire::cancel_order(session_->login(), order_id), deadline,
                         wire::read_acknowledgement);
}

task<result<std::vector<wire::listed_order>>> client::orders(std::string start, std::string end, int page,
                                                             async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_reports(session_->login(), start, end, page), deadline,
                         wire::read_reports);
}

task<result<std::vector<listed_sms>>> client::recent_orders(std::chrono::milliseconds page_timeout)
{
    const auto now = session_->clock.wall_now();
    const auto end = session_->clock.now() + list_time_limit;
    std::vector<listed_sms> all;
    for (int number = 1; number <= max_list_pages; ++number) {
        const auto deadline = std::min(end, session_->clock.now() + page_timeout);
        auto page = co_await orders(day_of(now - std::chrono::hours(1)), day_of(now), number, deadline);
        if (!page)
            co_return page.error();
        for (auto& o : *page)
            all.push_back(listed_sms_of(std::move(o)));
        if (page->size() < list_page_size)
            co_return all;
    }
    // A part of the list may show an order to the same people and miss the one that is looked for.
    co_return error(errc::unsupported,
                    "today's list is longer than " + std::to_string(max_list_pages * list_page_size) + " orders",
                    reach::answered);
}

task<result<std::vector<std::string>>> client::senders(async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_sender(session_->login()), deadline, wire::read_senders);
}

task<result<wire::blacklist>> client::blacklist(std::string start, std::string end, int page,
                                                async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_blacklist(session_->login(), start, end, page), deadline,
                         wire::read_blacklist);
}

task<result<std::vector<std::string>>> client::opt_outs(int page, async::steady_point deadline)
{
    std::string any_start, any_end;
    auto list = co_await blacklist(std::move(any_start), std::move(any_end), page, deadline);
    if (!list)
        co_return list.error();
    co_return std::move(list->numbers);
}

task<result<void>> client::add_to_blacklist(phone number, async::steady_point deadline)
{
    return send_and_read(session_->client, wire::add_blacklist(session_->login(), number), deadline,
                         wire::read_acknowledgement);
}

task<result<void>> client::remove_from_blacklist(phone number, async::steady_point deadline)
{
    return send_and_read(session_->client, wire::delete_blacklist(session_->login(), number), deadline,
                         wire::read_acknowledgement);
}

} // namespace ulak::providers::iletimerkezi
