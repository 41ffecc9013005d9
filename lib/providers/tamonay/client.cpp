#include "providers/tamonay/client.hpp"

#include "providers/detail/calls.hpp"

namespace ulak::providers::tamonay {
namespace {

constexpr int orders_page_size = 50;

// Whether the order's own page may still know more than the refused update.
bool order_page_may_know(errc code) noexcept
{
    return code == errc::not_found || code == errc::validation || code == errc::contract;
}

bool is_conclusive(const number_status& s) noexcept
{
    return s.state == number_status::sms_state::code || s.state == number_status::sms_state::ended;
}

} // namespace

task<result<money>> client::balance(async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_user(session_->token.reveal()), deadline, wire::read_balance);
}

task<result<std::vector<service>>> client::services(async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_services(session_->token.reveal()), deadline, wire::read_services);
}

task<result<service>> client::offer(std::string service_id, async::steady_point deadline)
{
    auto all = co_await services(deadline);
    if (!all)
        co_return all.error();
    for (auto& s : *all)
        if (s.id == service_id)
            co_return std::move(s);
    co_return error(errc::not_found, "tamonay: no such service", reach::answered);
}

task<outcome<number_order>> client::order(std::string service_id, std::string operator_name, purchase_gate how)
{
    wire::number_request wanted;
    wanted.service_id = std::move(service_id);
    wanted.operator_name = std::move(operator_name);
    auto r = wire::post_order(session_->token.reveal(), wanted);
    if (!r)
        co_return not_sent_outcome<number_order>(r.error());
    co_return co_await send_purchase(session_->client, std::move(*r), std::move(how), wire::read_order);
}

task<result<number_status>> client::poll(std::string number_id, async::steady_point deadline)
{
    // First the update, which makes the provider look for the SMS.
    auto update = wire::update_status(session_->token.reveal(), number_id);
    auto first = co_await request_status(std::move(update), number_id, deadline);
    if ((first && is_conclusive(*first)) || (!first && !order_page_may_know(first.error().code)))
        co_return first;
    // Then the order's page, unless the update has settled it.
    auto page = wire::get_order(session_->token.reveal(), number_id);
    auto second = co_await request_status(std::move(page), number_id, deadline);
    if (!second && first)
        co_return first;
    co_return second;
}

task<result<void>> client::cancel(std::string, async::steady_point)
{
    co_return error(errc::unsupported, "tamonay documents no way to give a number back");
}

task<result<std::vector<listed_number>>> client::recent_orders(int page, async::steady_point deadline)
{
    auto r = wire::get_orders(session_->token.reveal(), orders_page_size, page);
    auto answer = co_await send_priority(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_orders(*answer);
}

task<result<std::vector<wire::category>>> client::categories(async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_categories(session_->token.reveal()), deadline,
                         wire::read_categories);
}

task<result<std::vector<service>>> client::services_of(std::string category_id, async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_services_of(session_->token.reveal(), category_id), deadline,
                         wire::read_services);
}

task<result<std::vector<wire::balance_entry>>> client::history(async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_balance_history(session_->token.reveal()), deadline,
                         wire::read_history);
}

task<result<number_status>> client::request_status(http::request r, std::string number_id, async::steady_point deadline)
{
    // The reader outlives this function, so it shares the session.
    auto read = [session = session_, id = std::move(number_id)](const http::response& answer) {
        return wire::read_number_status(answer, session->words, id);
    };
    return send_priority_and_read(session_->client, std::move(r), deadline, std::move(read));
}

} // namespace ulak::providers::tamonay
