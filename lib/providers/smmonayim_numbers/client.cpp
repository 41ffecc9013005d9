#include "providers/smmonayim_numbers/client.hpp"

#include "providers/detail/calls.hpp"

#include <algorithm>
#include <iterator>

namespace ulak::providers::smmonayim_numbers {
namespace {

// A list without prices is filled in by one call for each service; more calls than these take too long.
constexpr std::size_t max_detail_calls = 100;

} // namespace

// A poll or a cancel may wait for the detection, so it goes with priority.
task<result<http::response>> client::detect_method(async::steady_point deadline)
{
    auto by_post = wire::get_balance(http::method::post, session_->key.reveal());
    auto answer = co_await send_priority(session_->client, std::move(by_post), deadline);
    if (!answer)
        co_return answer;
    if (!wire::rejects_method(*answer)) {
        session_->method = http::method::post;
        co_return answer;
    }
    auto by_get = wire::get_balance(http::method::get, session_->key.reveal());
    auto second = co_await send_priority(session_->client, std::move(by_get), deadline);
    if (second && wire::read_balance(*second))
        session_->method = http::method::get;
    co_return second;
}

task<result<http::method>> client::known_method(async::steady_point deadline)
{
    if (session_->method)
        co_return *session_->method;
    auto answer = co_await detect_method(deadline);
    if (session_->method)
        co_return *session_->method;
    if (!answer)
        co_return answer.error();
    co_return wire::read_balance(*answer).error();
}

task<result<money>> client::balance(async::steady_point deadline)
{
    if (!session_->method) {
        auto first = co_await detect_method(deadline);
        if (!first)
            co_return first.error();
        co_return wire::read_balance(*first);
    }
    auto r = wire::get_balance(*session_->method, session_->key.reveal());
    co_return co_await send_and_read(session_->client, std::move(r), deadline, wire::read_balance);
}

task<result<std::vector<wire::category>>> client::categories(async::steady_point deadline)
{
    const auto method = co_await known_method(deadline);
    if (!method)
        co_return method.error();
    auto r = wire::get_categories(*method);
    co_return co_await send_and_read(session_->client, std::move(r), deadline, wire::read_categories);
}

task<result<std::vector<service>>> client::services_of(wire::category group, async::steady_point deadline)
{
    const auto method = co_await known_method(deadline);
    if (!method)
        co_return method.error();
    auto r = wire::get_services(*method, group.id);
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_services(*answer, group.name);
}

task<result<std::vector<service>>> client::services(async::steady_point deadline)
{
    auto groups = co_await categories(deadline);
    if (!groups)
        co_return groups.error();
    std::vector<service> all;
    for (auto& group : *groups) {
        auto services = co_await services_of(std::move(group), deadline);
        if (!services)
            co_return services.error();
        std::move(services->begin(), services->end(), std::back_inserter(all));
    }
    co_await add_prices(all, deadline);
    co_return all;
}

task<> client::add_prices(std::vector<service>& all, async::steady_point deadline)
{
    std::size_t asked = 0;
    for (auto& s : all) {
        if (s.price)
            continue;
        if (++asked > max_detail_calls)
            co_return;
        auto details = co_await offer(s.id, deadline);
        if (!details && details.error().how_far != reach::answered)
            co_return;
        if (details) {
            s.price = details->price;
            s.stock = details->stock;
        }
    }
}

task<result<service>> client::offer(std::string service_id, async::steady_point deadline)
{
    const auto method = co_await known_method(deadline);
    if (!method)
        co_return method.error();
    auto r = wire::get_service_details(*method, service_id);
    auto answer = co_await send_read(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_details(*answer, service_id);
}

task<outcome<number_order>> client::order(std::string service_id, std::string, purchase_gate how)
{
    const auto method = co_await known_method(how.deadline);
    if (!method)
        co_return not_sent_outcome<number_order>(method.error());
    auto r = wire::get_number(*method, session_->key.reveal(), service_id);
    co_return co_await send_purchase(session_->client, std::move(r), std::move(how), wire::read_number);
}

// No coroutine of its own once the method is known: this is the call that is made again and again.
task<result<number_status>> client::poll(std::string number_id, async::steady_point deadline)
{
    if (!session_->method)
        return poll_after_detection(std::move(number_id), deadline);
    auto r = wire::get_message(*session_->method, session_->key.reveal(), number_id);
    auto read = [id = std::move(number_id)](const http::response& answer) { return wire::read_message(answer, id); };
    return send_priority_and_read(session_->client, std::move(r), deadline, std::move(read));
}

task<result<number_status>> client::poll_after_detection(std::string number_id, async::steady_point deadline)
{
    const auto method = co_await known_method(deadline);
    if (!method)
        co_return method.error();
    co_return co_await poll(std::move(number_id), deadline);
}

task<result<void>> client::cancel(std::string number_id, async::steady_point deadline)
{
    const auto method = co_await known_method(deadline);
    if (!method)
        co_return method.error();
    auto r = wire::cancel_number(*method, session_->key.reveal(), number_id);
    auto answer = co_await send_priority(session_->client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return wire::read_cancel(*answer);
}

task<result<std::vector<listed_number>>> client::recent_orders(int, async::steady_point)
{
    co_return error(errc::unsupported, "smmonayim has no list of orders");
}

} // namespace ulak::providers::smmonayim_numbers
