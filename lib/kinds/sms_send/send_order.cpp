#include "kinds/sms_send/send_order.hpp"

#include "http/auth.hpp"

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

message_rules rules_of(const settings& s, const std::vector<phone>& numbers)
{
    message_rules rules = rehearsal_rules_of(s, numbers);
    rules.sent_within = s.recipients.sent_within;
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
    return http::sha256_hex(all);
}

} // namespace ulak::kinds::sms
