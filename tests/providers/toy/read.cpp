#include "providers/toy/read.hpp"

#include "providers/detail/answer.hpp"
#include "providers/detail/refusal_words.hpp"
#include "providers/detail/report_entries.hpp"

namespace ulak::providers::toy::wire {
namespace {

result<json_value> parse_body(const http::response& r)
{
    auto body = read_json(r, provider_name);
    if (!body)
        return body;
    if (const auto words = as_text(body->find("error")))
        return answered_error(errc_of_text(*words), r, provider_name, *words);
    if (r.status >= 300)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    return body;
}

sms_report::delivery_state state_of(std::string_view word)
{
    using state = sms_report::delivery_state;
    return word == "ok" ? state::delivered : word == "lost" ? state::undelivered : state::waiting;
}

} // namespace

result<money> read_balance(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const auto coins = as_decimal(body->find("coins"));
    if (!coins)
        return undocumented_error(r, provider_name, "no balance in the answer");
    return money(*coins, "coins");
}

result<sms_receipt> read_message(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const auto id = as_number_id(body->find("id"));
    if (!id)
        return answered_error(errc::contract, r, provider_name, "the answer is neither a message nor a refusal");
    return sms_receipt{*id};
}

result<sms_report> read_report(const http::response& r)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    sms_report report;
    add_report_entries(report, body->find("to"), state_of);
    report.finished = as_bool(body->find("done")) == true;
    return report;
}

} // namespace ulak::providers::toy::wire
