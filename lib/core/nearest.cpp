#include "core/nearest.hpp"

#include "core/invisible.hpp"
#include "core/letter_case.hpp"
#include "core/utf8.hpp"

#include <algorithm>
#include <vector>

namespace ulak {
namespace {

// The table of edits grows with both lengths; nobody types a longer word by a slip.
constexpr std::size_t max_word_bytes = 64;

// Small ASCII letters as a Turkish keyboard's owner means them, without what nobody sees.
std::string plain(std::string_view word)
{
    std::string out;
    for (std::size_t i = 0; i < word.size();) {
        const auto c = decode_first(word.substr(i));
        const auto letter = word.substr(i, c ? c->length : 1);
        i += letter.size();
        if (letter == "ı" || letter == "İ")
            out += 'i';
        else if (!first_invisible(letter))
            out += letter;
    }
    return lower_ascii(out);
}

// Edits that make `b` of `a`: insert, drop, replace, swap neighbours. Keeps the last three rows of the table only.
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

} // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates)
{
    if (word.empty() || word.size() > max_word_bytes)
        return std::nullopt;
    const auto wanted = plain(word);
    auto least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    std::optional<std::string> best;
    for (const auto& candidate : candidates) {
        if (candidate.size() > max_word_bytes)
            continue;
        if (const auto n = edit_distance(wanted, lower_ascii(candidate)); n < least) {
            least = n;
            best = candidate;
        }
    }
    return best;
}

} // namespace ulak
