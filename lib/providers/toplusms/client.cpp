#include "providers/toplusms/client.hpp"

#include "providers/calls.hpp"

namespace ulak::providers::toplusms {

std::size_t client::most_numbers() const
{
    return line_->by_url() ? wire::most_numbers_in_url : wire::most_numbers;
}

// The document says GET, its sample sends POST: one that is refused is tried the other way, once for the account.
task<result<http::response>> client::read(http::request r, async::steady_point deadline)
{
    if (line_->reads_by_post && !line_->by_url()) {
        auto posted = wire::as_empty_post(std::move(r));
        auto answer = co_await ask(line_->way, std::move(posted), deadline);
        co_return answer;
    }
    auto again = wire::as_empty_post(r);
    auto answer = co_await ask(line_->way, std::move(r), deadline);
    if (line_->by_url() || !answer || !wire::wrong_method(*answer))
        co_return answer;
    auto second = co_await ask(line_->way, std::move(again), deadline);
    if (!second || wire::wrong_method(*second))
        co_return answer;
    line_->reads_by_post = true;
    co_return second;
}

task<result<money>> client::balance(async::steady_point deadline)
{
    auto r = line_->by_url() ? wire::profile_by_url(line_->api_key.reveal()) : wire::profile(line_->user());
    auto answer = co_await read(std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    auto amount = wire::read_balance(*answer, line_->field);
    wipe(answer->body); // it names the customer and, by URL, holds the key
    co_return amount;
}

task<outcome<sms_receipt>> client::send(sms_order order, purchase how)
{
    if (auto fits = wire::check(order, most_numbers()); !fits)
        co_return never_sent<sms_receipt>(fits.error());
    const auto turn = co_await line_->pace.wait(order, how);
    if (!turn)
        co_return never_sent<sms_receipt>(turn.error());
    auto r = line_->by_url() ? wire::send_by_url(line_->api_key.reveal(), order)
                             : wire::send(line_->user(), order, line_->form);
    const auto e = co_await spend(line_->way, std::move(r), std::move(how));
    co_return concluded<sms_receipt>(e, wire::read_send);
}

task<result<sms_report>> client::report(std::string queue_id, async::steady_point deadline)
{
    auto r = line_->by_url() ? wire::report_by_url(line_->api_key.reveal(), queue_id)
                             : wire::report(line_->user(), queue_id);
    auto answer = co_await read(std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_report(*answer, queue_id);
}

} // namespace ulak::providers::toplusms
