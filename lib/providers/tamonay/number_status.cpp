#include "providers/tamonay/number_status.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/one_time_code.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace ulak::providers::tamonay::wire {
namespace {

std::string status_of(const json_value& body)
{
    for (const std::string_view pointer : {"/data/status", "/status"}) {
        const auto word = as_text(body.at_pointer(pointer));
        if (word && !trim(*word).empty())
            return std::string(trim(*word));
    }
    return {};
}

// "İPTAL" is "iptal" by Turkish rules only, "TIMEOUT" is "timeout" by English ones only.
bool same_in_any_case(std::string_view a, std::string_view b)
{
    return lower_ascii(a) == lower_ascii(b) || turkish_lower(a) == turkish_lower(b);
}

bool contains(const std::vector<std::string>& words, std::string_view word)
{
    const auto same = [word](const std::string& w) { return same_in_any_case(w, word); };
    return std::any_of(words.begin(), words.end(), same);
}

// "/data/message" may also say "SMS bekleniyor" (waiting): before the SMS is received, a text must hold digits like a
// code.
bool may_hold_code(const found_code& found, bool received)
{
    return !found.code.empty() || received || has_digit_group(found.text);
}

std::optional<found_code> code_of(const json_value& body, const status_vocabulary& words, bool received)
{
    for (const auto& pointer : words.code_fields) {
        const auto letters = pointer.ends_with("code") ? code_letters::also_letters : code_letters::digits_only;
        auto found = find_code(body.at_pointer(pointer), letters);
        if (found && may_hold_code(*found, received))
            return found;
    }
    return std::nullopt;
}

/// Fields that hold digits and are no messages.
constexpr std::array<std::string_view, 14> no_messages{
    "id",       "service_id", "phone_number", "price",       "created_at", "updated_at", "status",
    "operator", "amount",     "quantity",     "category_id", "expires_at", "user_id",    "service"};
constexpr std::size_t most_paths = 5;

void add_digits_elsewhere(const json_value& v, const std::string& path, const status_vocabulary& words,
                          std::vector<std::string>& paths)
{
    if (paths.size() == most_paths)
        return;
    const auto name = std::string_view(path).substr(path.rfind('/') + 1);
    if (std::ranges::find(no_messages, name) != no_messages.end())
        return;
    for (const auto& [key, value] : v.members)
        add_digits_elsewhere(value, path + "/" + key, words, paths);
    for (std::size_t i = 0; i < v.items.size(); ++i)
        add_digits_elsewhere(v.items[i], path + "/" + std::to_string(i), words, paths);
    const bool scalar = v.kind == json_value::type::string || v.kind == json_value::type::number;
    const bool is_read = std::ranges::find(words.code_fields, path) != words.code_fields.end();
    if (scalar && !is_read && has_digit_group(v.text))
        paths.push_back(displayable(path, 60));
}

} // namespace

number_status number_status_of(const json_value& body, const status_vocabulary& words)
{
    number_status news;
    news.provider_status = displayable(status_of(body), 40);
    const bool received = contains(words.received, news.provider_status);
    if (auto found = code_of(body, words, received)) {
        news.state = number_status::sms_state::code;
        news.code = std::move(found->code);
        news.text = std::move(found->text);
        news.numeric = found->numeric;
    } else if (contains(words.cancelled, news.provider_status)) {
        news.state = number_status::sms_state::ended;
    } else if (received) {
        news.state = number_status::sms_state::unreadable;
    }
    if (news.state != number_status::sms_state::code)
        if (const auto* data = body.find("data"))
            add_digits_elsewhere(*data, "/data", words, news.digits_elsewhere);
    news.number = as_text(body.at_pointer("/data/phone_number")).value_or("");
    return news;
}

} // namespace ulak::providers::tamonay::wire
