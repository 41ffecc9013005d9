#include "providers/toy/client.hpp"

#include "providers/detail/calls.hpp"
#include "providers/toy/read.hpp"

namespace ulak::providers::toy {

task<result<money>> client::balance(async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_balance(session_->token.reveal()), deadline, wire::read_balance);
}

task<outcome<sms_receipt>> client::send(sms_order order, purchase_gate how)
{
    auto r = wire::post_message(session_->token.reveal(), order);
    if (!r)
        co_return not_sent_outcome<sms_receipt>(r.error());
    co_return co_await send_purchase(session_->client, std::move(*r), std::move(how), wire::read_message);
}

task<result<sms_report>> client::report(std::string queue_id, async::steady_point deadline)
{
    return send_and_read(session_->client, wire::get_message(session_->token.reveal(), queue_id), deadline,
                         wire::read_report);
}

} // namespace ulak::providers::toy
