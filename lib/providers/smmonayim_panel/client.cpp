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
        session_->told = amount->unit;
    co_return amount;
}

task<result<std::vector<service>>> client::services(async::steady_point deadline)
{
    if (!session_->told) {
        auto told = co_await balance(deadline);
        if (!told)
            co_return told.error();
    }
    // Uses the unit of the moment of the answer: a balance read may have learned another one meanwhile.
    auto read = [session = session_](const http::response& r) {
        return wire::read_services(r, session->unit_of_prices());
    };
    co_return co_await send_and_read(session_->client, wire::services(session_->key.reveal()), deadline,
                                     std::move(read));
}

task<outcome<panel_receipt>> client::add(panel_order order, purchase_gate how)
{
    auto r = wire::add(session_->key.reveal(), order);
    if (!r)
        co_return not_sent_outcome<panel_receipt>(r.error());
    co_return co_await send_purchase(session_->client, std::move(*r), std::move(how), wire::read_add);
}

task<result<wire::statuses_by_order>> client::status_batch(std::vector<std::string> order_ids,
                                                           async::steady_point deadline)
{
    if (order_ids.size() == 1) {
        auto r = wire::status(session_->key.reveal(), order_ids.front());
        auto read = [id = order_ids.front()](const http::response& answer) { return wire::read_status(answer, id); };
        return send_and_read(session_->client, std::move(r), deadline, std::move(read));
    }
    auto r = wire::statuses(session_->key.reveal(), order_ids);
    auto read = [ids = std::move(order_ids)](const http::response& answer) { return wire::read_statuses(answer, ids); };
    return send_and_read(session_->client, std::move(r), deadline, std::move(read));
}

task<result<std::map<std::string, result<panel_status>>>> client::status(std::vector<std::string> order_ids,
                                                                         async::steady_point deadline)
{
    wire::statuses_by_order all;
    for (std::size_t from = 0; from < order_ids.size(); from += wire::max_orders_per_status) {
        const auto to = std::min(order_ids.size(), from + wire::max_orders_per_status);
        const auto first = order_ids.begin();
        std::vector<std::string> batch(first + static_cast<std::ptrdiff_t>(from),
                                       first + static_cast<std::ptrdiff_t>(to));
        auto statuses = co_await status_batch(std::move(batch), deadline);
        if (!statuses)
            co_return statuses.error();
        all.merge(*statuses);
    }
    co_return all;
}

} // namespace ulak::providers::smmonayim_panel
