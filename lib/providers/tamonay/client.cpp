#include "providers/tamonay/client.hpp"

#include "providers/calls.hpp"

namespace ulak::providers::tamonay {
namespace {

constexpr int orders_to_list = 50;

// Whether the order's own page may still know more than the refused update.
bool worth_a_look(errc code) noexcept
{
    return code == errc::not_found || code == errc::validation || code == errc::contract;
}

} // namespace

task<result<money>> client::balance(async::steady_point deadline)
{
    auto r = wire::get_user(line_->token.reveal());
    auto answer = co_await ask(line_->way, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_balance(*answer);
}

task<result<std::vector<service>>> client::services(async::steady_point deadline)
{
    auto r = wire::get_services(line_->token.reveal());
    auto answer = co_await ask(line_->way, std::move(r), deadline);
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

task<outcome<number_order>> client::order(std::string service_id, std::string operator_name, purchase how)
{
    wire::number_wish wish;
    wish.service_id = std::move(service_id);
    wish.operator_name = std::move(operator_name);
    auto r = wire::post_order(line_->token.reveal(), wish);
    if (!r)
        co_return never_sent<number_order>(r.error());
    const auto e = co_await spend(line_->way, std::move(*r), std::move(how));
    co_return concluded<number_order>(e, wire::read_order);
}

task<result<number_news>> client::poll(std::string number_id, async::steady_point deadline)
{
    auto update = wire::update_status(line_->token.reveal(), number_id);
    auto first = co_await news(std::move(update), number_id, deadline);
    const bool settled = first && (first->what == number_news::state::code || first->what == number_news::state::ended);
    if (settled || (!first && !worth_a_look(first.error().code)))
        co_return first;
    auto look = wire::get_order(line_->token.reveal(), number_id);
    auto second = co_await news(std::move(look), number_id, deadline);
    if (!second && first)
        co_return first;
    co_return second;
}

task<result<void>> client::cancel(std::string, async::steady_point)
{
    co_return error(errc::unsupported, "tamonay documents no way to give a number back");
}

task<result<std::vector<listed_number>>> client::recent(int page, async::steady_point deadline)
{
    auto r = wire::get_orders(line_->token.reveal(), orders_to_list, page);
    auto answer = co_await settle(line_->way, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_orders(*answer);
}

task<result<std::vector<wire::category>>> client::categories(async::steady_point deadline)
{
    auto r = wire::get_categories(line_->token.reveal());
    auto answer = co_await ask(line_->way, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_categories(*answer);
}

task<result<std::vector<service>>> client::services_of(std::string category_id, async::steady_point deadline)
{
    auto r = wire::get_services_of(line_->token.reveal(), category_id);
    auto answer = co_await ask(line_->way, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_services(*answer);
}

task<result<std::vector<wire::movement>>> client::history(async::steady_point deadline)
{
    auto r = wire::get_balance_history(line_->token.reveal());
    auto answer = co_await ask(line_->way, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_history(*answer);
}

task<result<number_news>> client::news(http::request r, std::string number_id, async::steady_point deadline)
{
    auto read = [l = line_, id = std::move(number_id)](const http::response& answer) {
        return wire::read_news(answer, l->words, id);
    };
    return settle_and_read(line_->way, std::move(r), deadline, std::move(read));
}

} // namespace ulak::providers::tamonay
