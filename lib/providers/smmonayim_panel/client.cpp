#include "providers/smmonayim_panel/client.hpp"

#include "providers/detail/calls.hpp"

#include <algorithm>

namespace ulak::providers::smmonayim_panel {

task<result<money>> client::balance(async::steady_point deadline)
{
    auto r = wire::balance(session_->key.reveal());
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    auto amount = wire::read_balance(*answer, session_->unit);
    if (amount)
        session_->unit = amount->unit;
    co_return amount;
}

task<result<std::vector<service>>> client::services(async::steady_point deadline)
{
    auto r = wire::services(session_->key.reveal());
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_services(*answer, session_->unit);
}

task<outcome<panel_receipt>> client::add(panel_order order, purchase_gate how)
{
    auto r = wire::add(session_->key.reveal(), order);
    if (!r)
        co_return not_sent_outcome<panel_receipt>(r.error());
    const auto e = co_await send_purchase(session_->client, std::move(*r), std::move(how));
    co_return outcome_of<panel_receipt>(e, wire::read_add);
}

task<result<wire::statuses_by_order>> client::status_batch(std::vector<std::string> order_ids, async::steady_point deadline)
{
    if (order_ids.size() == 1) {
        auto one = wire::status(session_->key.reveal(), order_ids.front());
        auto answer = co_await send_read(session_->client, std::move(one), deadline);
        if (!answer)
            co_return answer.error();
        co_return wire::read_status(*answer, order_ids.front());
    }
    auto many = wire::statuses(session_->key.reveal(), order_ids);
    auto answer = co_await send_read(session_->client, std::move(many), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_statuses(*answer, order_ids);
}

task<result<std::map<std::string, result<panel_status>>>> client::status(std::vector<std::string> order_ids,
                                                                         async::steady_point deadline)
{
    wire::statuses_by_order all;
    for (std::size_t from = 0; from < order_ids.size(); from += wire::max_orders_per_status) {
        const auto to = std::min(order_ids.size(), from + wire::max_orders_per_status);
        std::vector<std::string> batch;
        for (std::size_t i = from; i < to; ++i)
            batch.push_back(order_ids[i]);
        auto news = co_await status_batch(std::move(batch), deadline);
        if (!news)
            co_return news.error();
        all.merge(*news);
    }
    co_return all;
}

} // namespace ulak::providers::smmonayim_panel
