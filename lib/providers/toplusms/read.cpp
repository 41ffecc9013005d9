#include "providers/toplusms/read.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/refusal_words.hpp"
#include "providers/detail/report_entries.hpp"

#include <algorithm>

namespace ulak::providers::toplusms::wire {
namespace {

constexpr std::string_view not_authenticated = "3"; // the only code that the document shows

constexpr std::size_t longest_status = 40;

// Words by which a refusal is about numbers. The document names no code but that of a refused login.
constexpr std::string_view words_about_numbers[] = {"numara", "alıcı",     "alici", "gsm",   "telefon",
                                                    "number", "recipient", "phone", "msisdn"};

// An absent, null, empty or zero code says nothing.
std::string error_code_of(const json_value& body)
{
    const auto code = as_text(body.find("errorCode")).value_or("");
    return code == "0" ? "" : code;
}

std::string status_of(const json_value& body)
{
    return lower_ascii(trim(as_text(body.find("status")).value_or("")));
}

bool is_refusal(const json_value& body)
{
    return status_of(body) == "error" || !error_code_of(body).empty();
}

error refusal_error(const http::response& r, const json_value& body)
{
    const auto code = error_code_of(body);
    const auto words = as_text(body.find("errorMessage")).value_or("");
    auto why = code == not_authenticated ? errc::auth : errc_of_text(words);
    if (const auto by_status = errc_of_status(r.status); by_status && why == errc::validation)
        why = *by_status;
    auto e = answered_error(why, r, provider_name, words, code);
    if (!code.empty())
        e.message += ", code " + e.provider_code;
    return e;
}

result<json_value> parse_body(const http::response& r)
{
    auto body = read_json(r, provider_name);
    if (!body)
        return body;
    if (is_refusal(*body))
        return refusal_error(r, *body);
    if (r.status >= 300)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    return body;
}

sms_report::delivery_state state_of(std::string_view word)
{
    const auto low = lower_ascii(trim(word));
    if (low == "delivered")
        return sms_report::delivery_state::delivered;
    // Guessed from the counter "not_delivered_cnt": the document shows only "delivered".
    if (low == "not_delivered" || low == "undelivered" || low == "not delivered")
        return sms_report::delivery_state::undelivered;
    return sms_report::delivery_state::waiting;
}

// "completed" alone may only mean that all has been handed to the operators.
bool is_finished(const json_value& queue, const sms_report& report)
{
    const auto waiting = as_int(queue.find("waiting_cnt"));
    const auto sent = as_int(queue.find("sent_cnt"));
    if (lower_ascii(trim(as_text(queue.find("queue_status")).value_or(""))) != "completed")
        return false;
    if (waiting || sent)
        return waiting.value_or(0) == 0 && sent.value_or(0) == 0;
    return count_waiting(report) == 0;
}

} // namespace

result<sms_receipt> read_send(const http::response& r)
{
    const auto body = read_json(r, provider_name);
    if (!body)
        return body.error();
    const auto* id = body->find("queueId");
    const bool has_id = id && id->kind != json_value::type::null;
    if (is_refusal(*body) && !has_id)
        return refusal_error(r, *body);
    const auto queue = as_number_id(id);
    const bool praised = !body->find("status") || status_of(*body) == "success";
    if (r.status >= 300 && !has_id)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    if (!queue || !praised || is_refusal(*body) || r.status >= 300)
        return unsound_purchase_error(r, provider_name, queue);
    return sms_receipt{*queue};
}

result<sms_report> read_report(const http::response& r, std::string_view queue_id)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const json_value* queue = body->find("queue");
    if (!queue || !queue->is_object())
        return undocumented_error(r, provider_name, "no queue in the answer");
    if (const auto id = as_id(queue->find("queue_id")); id && *id != queue_id)
        return answered_error(errc::contract, r, provider_name, "the answer is about another queue");
    sms_report report;
    add_report_entries(report, body->find("numbers"), state_of);
    report.total = as_int(queue->find("total_numbers"));
    report.delivered = as_int(queue->find("delivered_cnt"));
    report.undelivered = as_int(queue->find("not_delivered_cnt"));
    report.cost = read_cost(queue->find("q_total_credit"));
    report.status = displayable(as_text(queue->find("queue_status")).value_or(""), longest_status);
    report.finished = is_finished(*queue, report);
    return report;
}

result<money> read_balance(const http::response& r, balance_field which)
{
    const auto body = parse_body(r);
    if (!body)
        return body.error();
    const bool in_money = which == balance_field::money;
    const json_value* field = body->find(in_money ? "balance_money" : "balance_credit");
    const auto amount = as_decimal(field);
    if (!amount)
        return undocumented_error(r, provider_name, unread(field, "balance"));
    return money(*amount, in_money ? "TRY" : "credits");
}

bool blames_recipients(const error& refusal)
{
    if (refusal.http_status == 413 || refusal.http_status == 414)
        return true;
    if (refusal.code != errc::validation)
        return false;
    const auto words = lower_ascii(refusal.message);
    return std::ranges::any_of(words_about_numbers, [&](auto word) { return words.find(word) != words.npos; });
}

bool rejects_method(const http::response& r)
{
    return r.status == 404 || r.status == 405;
}

} // namespace ulak::providers::toplusms::wire
