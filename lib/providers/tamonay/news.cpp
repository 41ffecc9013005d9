#include "providers/tamonay/news.hpp"

#include "core/text.hpp"
#include "providers/answer.hpp"
#include "providers/code_text.hpp"

#include <algorithm>

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

bool holds(const std::vector<std::string>& words, std::string_view word)
{
    const auto same = [word](const std::string& w) { return same_in_any_case(w, word); };
    return std::any_of(words.begin(), words.end(), same);
}

// "/data/message" may as well say "SMS bekleniyor": before the order is done, a text must hold something like a code.
bool is_worth(const found_code& found, bool received)
{
    return !found.code.empty() || received || has_digit_group(found.text);
}

std::optional<found_code> code_of(const json_value& body, const vocabulary& words, bool received)
{
    for (const auto& pointer : words.code_fields) {
        const auto letters = pointer.ends_with("code") ? code_letters::also_letters : code_letters::digits_only;
        auto found = code_in(body.at_pointer(pointer), letters);
        if (found && is_worth(*found, received))
            return found;
    }
    return std::nullopt;
}

} // namespace

number_news news_of(const json_value& body, const vocabulary& words)
{
    number_news news;
    news.word = shown(status_of(body), 40);
    const bool received = holds(words.received, news.word);
    if (auto found = code_of(body, words, received)) {
        news.what = number_news::state::code;
        news.code = std::move(found->code);
        news.text = std::move(found->text);
        news.numeric = found->numeric;
    } else if (holds(words.cancelled, news.word)) {
        news.what = number_news::state::ended;
    } else if (received) {
        news.what = number_news::state::unreadable;
    }
    return news;
}

} // namespace ulak::providers::tamonay::wire
