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

} // namespace

task<result<money>> client::balance(async::steady_point deadline)
{
    auto r = wire::get_user(session_->token.reveal());
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_balance(*answer);
}

task<result<std::vector<service>>> client::services(async::steady_point deadline)
{
    auto r = wire::get_services(session_->token.reveal());
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_services(*answer);
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
    wire::number_request wish;
    wish.service_id = std::move(service_id);
    wish.operator_name = std::move(operator_name);
    auto r = wire::post_order(session_->token.reveal(), wish);
    if (!r)
        co_return not_sent_outcome<number_order>(r.error());
    const auto e = co_await send_purchase(session_->client, std::move(*r), std::move(how));
    co_return outcome_of<number_order>(e, wire::read_order);
}

task<result<number_status>> client::poll(std::string number_id, async::steady_point deadline)
{
    auto update = wire::update_status(session_->token.reveal(), number_id);
    auto first = co_await request_status(std::move(update), number_id, deadline);
    const bool settled = first && (first->state == number_status::sms_state::code || first->state == number_status::sms_state::ended);
    if (settled || (!first && !order_page_may_know(first.error().code)))
        co_return first;
    auto look = wire::get_order(session_->token.reveal(), number_id);
    auto second = co_await request_status(std::move(look), number_id, deadline);
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
    auto r = wire::get_categories(session_->token.reveal());
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_categories(*answer);
}

task<result<std::vector<service>>> client::services_of(std::string category_id, async::steady_point deadline)
{
    auto r = wire::get_services_of(session_->token.reveal(), category_id);
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_services(*answer);
}

task<result<std::vector<wire::balance_entry>>> client::history(async::steady_point deadline)
{
    auto r = wire::get_balance_history(session_->token.reveal());
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_history(*answer);
}

task<result<number_status>> client::request_status(http::request r, std::string number_id, async::steady_point deadline)
{
    auto read = [l = session_, id = std::move(number_id)](const http::response& answer) {
        return wire::read_number_status(answer, l->words, id);
    };
    return send_priority_and_read(session_->client, std::move(r), deadline, std::move(read));
}

} // namespace ulak::providers::tamonay
