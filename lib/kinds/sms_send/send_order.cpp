#include "kinds/sms_send/send_order.hpp"

#include "http/auth.hpp"
#include "kinds/sms_send/call_items.hpp"
#include "kinds/sms_send/chunk_builder.hpp"

#include <utility>

namespace ulak::kinds::sms {

providers::sms_order order_of(const settings& s, const measured_text& text, std::vector<phone> numbers)
{
    providers::sms_order order;
    order.sender = s.message.sender;
    order.text = text.text;
    order.encoding = text.turkish ? providers::sms_encoding::turkish : providers::sms_encoding::english;
    order.commercial = s.message.commercial;
    order.recipient_type = s.message.recipient_type;
    order.validity = s.message.validity;
    order.numbers = std::move(numbers);
    return order;
}

result<providers::sms_order> order_of_chunk(const settings& s, const std::vector<ledger::item_record>& chunk,
                                            const std::optional<measured_text>& common, const text_limits& limits)
{
    std::optional<providers::sms_order> order;
    for (const auto& alike : by_text(chunk)) {
        const measured_text text = text_of(alike.front().text, common, limits);
        if (text.text.empty())
            return error(errc::contract, "the text of the run is lost");
        if (!order) {
            order = order_of(s, text, numbers_of(alike));
            continue;
        }
        order->further.emplace_back();
        order->further.back().text = text.text;
        order->further.back().numbers = numbers_of(alike);
    }
    if (!order)
        return error(errc::contract, "a call to nobody");
    return std::move(*order);
}

message_rules rules_of(const settings& s, const ledger::run_record& run, const std::vector<phone>& numbers)
{
    message_rules rules = rehearsal_rules_of(s, numbers);
    rules.sent_within = s.recipients.sent_within;
    if (!run.of.empty()) {
        rules.reached_job = run.job;
        rules.reached_after = run.of;
    }
    return rules;
}

message_rules rehearsal_rules_of(const settings& s, const std::vector<phone>& numbers)
{
    message_rules rules;
    rules.window = s.window;
    for (const phone& p : numbers)
        rules.phones.push_back(p.digits());
    return rules;
}

std::string digest_of(const providers::sms_order& order)
{
    std::string all = "sms.send\n" + order.sender + "\n" + order.text;
    for (const phone& p : order.numbers)
        all += "\n" + p.digits();
    for (const providers::sms_text& t : order.further) {
        all += "\n\n" + t.text;
        for (const phone& p : t.numbers)
            all += "\n" + p.digits();
    }
    return http::sha256_hex(all);
}

} // namespace ulak::kinds::sms
