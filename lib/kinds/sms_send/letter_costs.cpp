#include "kinds/sms_send/letter_costs.hpp"

#include "core/letter_name.hpp"
#include "core/sms_substitutes.hpp"
#include "core/utf8.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace ulak::kinds::sms {
namespace {

/// Letters that are told apart, and those that are shown.
constexpr std::size_t max_letters = 1000, max_letters_shown = 20;

std::string written_for(char32_t letter)
{
    std::string out;
    for (const char32_t written : sms_substitute(letter).value_or(std::u32string_view()))
        append_utf8(out, written);
    return out;
}

} // namespace

/// nullptr: more different letters than anybody reads.
letter_costs::cost* letter_costs::cost_of(const std::string& letter)
{
    const auto found = letters_.find(letter);
    if (found != letters_.end())
        return &found->second;
    return letters_.size() < max_letters ? &letters_[letter] : nullptr;
}

void letter_costs::add(const measured_text& text, std::int64_t recipients)
{
    alphabets_[text.alphabet] += recipients;
    if (!text.forced_by.empty())
        if (auto* c = cost_of(text.forced_by)) {
            c->alphabet = alphabet_word(text.alphabet);
            c->recipients += recipients;
            c->more_segments += recipients * (text.segments - text.segments_without);
        }
    for (const char32_t letter : text.replaced)
        if (auto* c = cost_of(letter_name(letter))) {
            c->sent_as = written_for(letter);
            c->recipients += recipients;
        }
}

boost::json::object letter_costs::alphabets_json() const
{
    boost::json::object all;
    for (const auto alphabet : {sms_alphabet::gsm, sms_alphabet::gsm_turkish, sms_alphabet::ucs2}) {
        const auto found = alphabets_.find(alphabet);
        all[alphabet_word(alphabet)] = found == alphabets_.end() ? 0 : found->second;
    }
    return all;
}

boost::json::array letter_costs::letters_json() const
{
    std::vector<std::pair<std::string, cost>> dearest(letters_.begin(), letters_.end());
    std::ranges::sort(dearest, std::ranges::greater(), [](const auto& entry) {
        return std::tuple(entry.second.more_segments, entry.second.recipients, entry.first);
    });
    boost::json::array all;
    for (const auto& [letter, c] : dearest) {
        if (all.size() == max_letters_shown)
            break;
        boost::json::object o;
        o["letter"] = letter;
        o["alphabet"] = c.alphabet.empty() ? boost::json::value() : boost::json::value(c.alphabet);
        o["recipients"] = c.recipients;
        o["more_segments"] = c.more_segments;
        o["sent_as"] = c.alphabet.empty() ? boost::json::value(c.sent_as) : boost::json::value();
        all.push_back(std::move(o));
    }
    return all;
}

} // namespace ulak::kinds::sms
