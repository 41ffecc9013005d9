#include "kinds/otp_acquire/message_code.hpp"

#include "kinds/otp_acquire/code_words.hpp"
#include "kinds/otp_acquire/message_tokens.hpp"
#include "kinds/otp_acquire/not_codes.hpp"

#include <boost/regex.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace ulak::kinds::otp {
namespace {

/// A longer run of digits without a word for a code is more likely a number of something.
constexpr std::size_t most_alone = 8;
constexpr std::size_t farthest_reference = 2; ///< words between a reference word and its number, and itself
constexpr std::size_t farthest_old = 3;       ///< words between "old" and the code's own word
constexpr int no_word = 4, elsewhere = 3;

using view = std::wstring_view;

class reading {
  public:
    explicit reading(message_text m) : m_(std::move(m)), tokens_(find_tokens(m_.text)) {}

    message_code best()
    {
        if (auto whole = whole_message())
            return {narrow(*whole), {}};
        add_words_beside_code_words();
        int lowest = no_word + 1;
        std::vector<std::wstring> values;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (!tokens_[i].candidate || is_reference(i) || is_old(i))
                continue;
            const int rank = rank_of(i);
            if (!fits(tokens_[i], rank) || rank > lowest)
                continue;
            if (rank < lowest)
                values.clear();
            lowest = rank;
            if (std::ranges::find(values, tokens_[i].value) == values.end())
                values.push_back(tokens_[i].value);
        }
        message_code found;
        if (values.size() == 1)
            found.code = narrow(values.front());
        for (std::size_t i = 0; values.size() > 1 && i < values.size(); ++i)
            found.unsure.push_back(narrow(values[i]));
        return found;
    }

  private:
    static std::string narrow(const std::wstring& value) { return {value.begin(), value.end()}; }

    view folded(const token& t) const { return view(m_.folded).substr(t.begin, t.end - t.begin); }
    view between(std::size_t from, std::size_t to) const { return view(m_.text).substr(from, to - from); }

    /// The message is nothing but a code of letters, such as a provider that has already looked gives.
    std::optional<std::wstring> whole_message() const
    {
        static const boost::wregex word(L"[A-Z0-9]{4,10}|[a-z0-9]{4,10}");
        static const std::array<view, 9> none{L"WAIT",   L"WAITING", L"PENDING", L"NULL", L"NONE",
                                              L"CANCEL", L"TIMEOUT", L"EXPIRED", L"ERROR"};
        if (!boost::regex_match(m_.text, word) || std::ranges::find(none, view(m_.text)) != none.end())
            return std::nullopt;
        const bool digits = std::ranges::all_of(m_.text, is_digit), letters = std::ranges::none_of(m_.text, is_digit);
        const bool capitals = std::ranges::none_of(m_.text, [](wchar_t c) { return c >= L'a' && c <= L'z'; });
        if (digits || (letters && !capitals))
            return std::nullopt;
        return longest_run() >= fewest_digits ? std::nullopt : std::optional(m_.text);
    }

    std::size_t longest_run() const
    {
        std::size_t longest = 0, run = 0;
        for (const wchar_t c : m_.text)
            longest = std::max(longest, run = is_digit(c) ? run + 1 : 0);
        return longest;
    }

    bool is_word(std::size_t i) const { return i < tokens_.size() && !tokens_[i].candidate; }

    /// A word for a one-time code; not for that of an order.
    bool is_code(std::size_t i) const
    {
        return is_word(i) && is_code_word(folded(tokens_[i])) &&
               !(i > 0 && is_word(i - 1) && is_modifier(folded(tokens_[i - 1])) &&
                 !sentence_ends(tokens_[i - 1].end, tokens_[i].begin));
    }

    bool sentence_ends(std::size_t from, std::size_t to) const
    {
        const view gap = between(from, to);
        for (std::size_t i = 0; i < gap.size(); ++i) {
            const bool stop = gap[i] == L'.' || gap[i] == L'!' || gap[i] == L'?' || gap[i] == L';';
            if (gap[i] == L'\n' || gap[i] == 0x3002 || gap[i] == 0xFF01 || gap[i] == 0xFF1F || gap[i] == 0x61F ||
                (stop && (i + 1 == gap.size() || gap[i + 1] == L' ' || gap[i + 1] == L'\n')))
                return true;
        }
        return false;
    }

    /// Of the words right before: "Ref no: 88204417". A word for a code before it takes that back: "kod no 1234".
    bool is_reference(std::size_t i) const
    {
        for (std::size_t back = 1; back <= farthest_reference && back <= i; ++back) {
            const std::size_t w = i - back;
            if (!is_word(w) || sentence_ends(tokens_[w].end, tokens_[w + 1].begin) || is_code(w))
                return false;
            if (is_code_word(folded(tokens_[w]))) // that of an order
                return true;
            if (is_copula(folded(tokens_[w])) && rank_by_words_before(i) == 0)
                return false; // "the password of your account is 731904", but "your order number is 88213"
            if (is_reference_word(folded(tokens_[w])))
                return !(w > 0 && is_code(w - 1));
        }
        return false;
    }

    /// "Eski kodunuz 111111".
    bool is_old(std::size_t i) const
    {
        for (std::size_t back = 1; back <= farthest_old && back <= i && is_word(i - back); ++back) {
            if (sentence_ends(tokens_[i - back].end, tokens_[i - back + 1].begin))
                return false;
            if (is_old_word(folded(tokens_[i - back])))
                return true;
        }
        return false;
    }

    bool fits(const token& t, int rank) const
    {
        if (rank > 1 && t.value.size() > most_alone)
            return false;
        const bool year = t.value.size() == fewest_digits && (t.value.starts_with(L"19") || t.value.starts_with(L"20"));
        return !year || rank == 0;
    }

    int rank_of(std::size_t i) const
    {
        int rank = has_code_word() ? elsewhere : no_word;
        rank = std::min(rank, rank_by_words_before(i));
        rank = std::min(rank, rank_by_words_after(i));
        const bool one_more = i >= 1 && joins_to_number_before(i);
        return one_more ? std::min(rank, rank_of(number_before(i))) : rank;
    }

    bool has_code_word() const
    {
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            if (is_code(i))
                return true;
        return false;
    }

    /// "7319 ve 8820", "7319, 8820".
    bool joins_to_number_before(std::size_t i) const
    {
        if (tokens_[i - 1].candidate)
            return between(tokens_[i - 1].end, tokens_[i].begin).find_first_not_of(L" ,/") == view::npos;
        return i >= 2 && tokens_[i - 2].candidate && is_conjunction(folded(tokens_[i - 1]));
    }
    std::size_t number_before(std::size_t i) const { return tokens_[i - 1].candidate ? i - 1 : i - 2; }

    int rank_by_words_before(std::size_t i) const
    {
        if (i == 0)
            return no_word;
        const view gap = between(tokens_[i - 1].end, tokens_[i].begin);
        if (is_code(i - 1) && !sentence_ends_but_line(gap))
            return 0;
        const auto sign = gap.find_last_not_of(L" \n");
        const bool pointed = sign != view::npos && view(L":=[(\"'>").find(gap[sign]) != view::npos;
        const bool said = is_word(i - 1) && is_copula(folded(tokens_[i - 1])); // "the OTP of card 21312 is 7319"
        const bool strong = pointed || said;
        if (!is_word(i - 1) || (!strong && sentence_ends(tokens_[i - 1].end, tokens_[i].begin)))
            return no_word;
        for (std::size_t w = i; w-- > 0 && (is_word(w) || said);) {
            if (w + 1 < i && sentence_ends(tokens_[w].end, tokens_[w + 1].begin))
                return no_word;
            if (is_code(w))
                return strong ? 0 : 1;
        }
        return no_word;
    }

    /// Between a word and its number a line may end, a sentence may not.
    static bool sentence_ends_but_line(view gap)
    {
        return gap.find_first_of(L".!?;") != view::npos && gap.find(L':') == view::npos;
    }

    int rank_by_words_after(std::size_t i) const
    {
        const std::size_t next = i + 1;
        if (!is_word(next) || sentence_ends(tokens_[i].end, tokens_[next].begin))
            return no_word;
        const view gap = between(tokens_[i].end, tokens_[next].begin);
        const bool begins = i == 0 || sentence_ends(tokens_[i - 1].end, tokens_[i].begin);
        const bool strong = is_copula(folded(tokens_[next])) || gap.find(L'-') != view::npos || begins;
        for (std::size_t w = next; is_word(w); ++w) {
            if (w > next && sentence_ends(tokens_[w - 1].end, tokens_[w].begin))
                return no_word;
            if (is_code(w))
                return w == next || strong ? 0 : 2;
        }
        return no_word;
    }

    /// "Bestätigungscode K4T9", "Password:\nKTRWBNMZ", "TAN\n k 4 t r 9 b": what is no number is a code there alone.
    void add_words_beside_code_words()
    {
        static const boost::wregex mixed(L"[ :=\\n\\[\"'-]*([A-Z0-9]{4,10})(?![A-Za-z0-9])"),
            spaced(L"[ :=]*\\n[ ]*([A-Za-z0-9](?: [A-Za-z0-9]){3,9})[ ]*(?:\\n|$)"),
            letters(L"[ ]*[:=\\n][ :=\\n]*([A-Z]{4,10})[ .]*(?:\\n|$)");
        std::vector<token> more;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (!is_code(i))
                continue;
            for (const auto* form : {&mixed, &spaced, &letters})
                if (auto t = match_behind(tokens_[i].end, *form, form == &letters))
                    more.push_back(*std::move(t));
        }
        for (token& t : more) {
            std::erase_if(tokens_, [&](const token& old) { return old.begin < t.end && old.end > t.begin; });
            tokens_.push_back(std::move(t));
        }
        std::ranges::sort(tokens_, {}, &token::begin);
    }

    std::optional<token> match_behind(std::size_t from, const boost::wregex& form, bool letters_alone) const
    {
        boost::wsmatch found;
        const auto begin = m_.text.begin() + static_cast<std::ptrdiff_t>(from);
        if (!boost::regex_search(begin, m_.text.end(), found, form, boost::match_continuous))
            return std::nullopt;
        token t;
        t.begin = static_cast<std::size_t>(found[1].first - m_.text.begin());
        t.end = static_cast<std::size_t>(found[1].second - m_.text.begin());
        t.candidate = true;
        std::size_t digits = 0, run = 0, longest = 0;
        for (auto c = found[1].first; c != found[1].second; ++c) {
            if (*c == L' ')
                continue;
            t.value.push_back(*c);
            digits += is_digit(*c) ? 1 : 0;
            longest = std::max(longest, run = is_digit(*c) ? run + 1 : 0);
        }
        const bool has_letters = digits < t.value.size();
        const bool mixed =
            has_letters && digits > 0 && (longest < fewest_digits || found[1].str().find(L' ') != std::wstring::npos);
        return mixed || (letters_alone && digits == 0) ? std::optional(std::move(t)) : std::nullopt;
    }

    message_text m_;
    std::vector<token> tokens_;
};

} // namespace

message_code find_message_code(std::string_view utf8)
{
    return reading(blot_out_others(normalize_message(utf8))).best();
}

} // namespace ulak::kinds::otp
