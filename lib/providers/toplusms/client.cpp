#include "providers/toplusms/client.hpp"

#include "providers/detail/calls.hpp"

namespace ulak::providers::toplusms {

std::size_t client::max_recipients() const
{
    return session_->by_url() ? wire::max_recipients_in_url : wire::max_recipients;
}

std::size_t client::max_encoded_text() const
{
    return session_->by_url() ? wire::max_text_in_url : 0;
}

std::size_t client::max_recipients_beside(const std::string& text) const
{
    return session_->by_url() ? wire::max_recipients_beside(text) : wire::max_recipients;
}

bool client::blames_recipients(const error& refusal) const
{
    return wire::blames_recipients(refusal);
}

task<result<http::response>> client::send_read_by_either_method(http::request r, async::steady_point deadline)
{
    if (session_->by_url()) // only GET is documented there
        co_return co_await send_read(session_->client, std::move(r), deadline);
    auto by_post = wire::as_empty_post(r);
    if (session_->reads_use_post)
        co_return co_await send_read(session_->client, std::move(by_post), deadline);
    auto first = co_await send_read(session_->client, std::move(r), deadline);
    if (!first || !wire::rejects_method(*first))
        co_return first;
    auto second = co_await send_read(session_->client, std::move(by_post), deadline);
    if (!second || wire::rejects_method(*second))
        co_return first;
    session_->reads_use_post = true;
    co_return second;
}

task<result<money>> client::balance(async::steady_point deadline)
{
    auto r = session_->by_url() ? wire::profile_by_url(session_->api_key.reveal()) : wire::profile(session_->login());
    auto answer = co_await send_read_by_either_method(std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    auto amount = wire::read_balance(*answer, session_->balance);
    wipe(answer->body); // it names the customer and, by URL, holds the key
    co_return amount;
}

task<outcome<sms_receipt>> client::send(sms_order order, purchase_gate how)
{
    if (auto fits = wire::check_order(order, max_recipients()); !fits)
        co_return not_sent_outcome<sms_receipt>(fits.error());
    const auto turn = co_await session_->pace.wait_for_turn(order, how);
    if (!turn)
        co_return not_sent_outcome<sms_receipt>(turn.error());
    auto r = session_->by_url() ? wire::send_by_url(session_->api_key.reveal(), order)
                                : wire::send(session_->login(), order, session_->send_form);
    co_return co_await send_purchase(session_->client, std::move(r), std::move(how), wire::read_send);
}

task<result<sms_report>> client::report(std::string queue_id, async::steady_point deadline)
{
    auto r = session_->by_url() ? wire::report_by_url(session_->api_key.reveal(), queue_id)
                                : wire::report(session_->login(), queue_id);
    auto answer = co_await send_read_by_either_method(std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_report(*answer, queue_id);
}

} // namespace ulak::providers::toplusms
