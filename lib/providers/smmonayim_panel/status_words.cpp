#include "providers/smmonayim_panel/status_words.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace ulak::providers::smmonayim_panel::wire {
namespace {

using stage = panel_status::order_state;

struct status_word {
    std::string_view text;
    stage means;
};

// In lower case by Turkish rules, in which "I" becomes "ı"; with single blanks.
constexpr std::array status_words{
    status_word{"pending", stage::waiting},
    status_word{"creating", stage::waiting},
    status_word{"awaiting", stage::waiting},
    status_word{"queued", stage::waiting},
    status_word{"beklemede", stage::waiting},
    status_word{"bekliyor", stage::waiting},
    status_word{"onay bekliyor", stage::waiting},
    status_word{"sırada", stage::waiting},
    status_word{"processing", stage::working},
    status_word{"in progress", stage::working},
    status_word{"inprogress", stage::working},
    status_word{"active", stage::working},
    status_word{"paused", stage::working},
    status_word{"canceling", stage::working},
    status_word{"cancelling", stage::working},
    status_word{"aktif", stage::working},
    status_word{"işleniyor", stage::working},
    status_word{"işlemde", stage::working},
    status_word{"hazırlanıyor", stage::working},
    status_word{"gönderiliyor", stage::working},
    status_word{"yükleniyor", stage::working},
    status_word{"devam ediyor", stage::working},
    status_word{"completed", stage::completed},
    status_word{"complete", stage::completed},
    status_word{"done", stage::completed},
    status_word{"finished", stage::completed},
    status_word{"tamamlandı", stage::completed},
    status_word{"tamamlanmış", stage::completed},
    status_word{"bitti", stage::completed},
    status_word{"partial", stage::partial},
    status_word{"partially completed", stage::partial},
    status_word{"partial completed", stage::partial},
    status_word{"kısmi", stage::partial},
    status_word{"kısmen", stage::partial},
    status_word{"kısmi tamamlandı", stage::partial},
    status_word{"kısmen tamamlandı", stage::partial},
    status_word{"canceled", stage::canceled},
    status_word{"cancelled", stage::canceled},
    status_word{"refunded", stage::canceled},
    status_word{"iptal", stage::canceled},
    status_word{"iptal edildi", stage::canceled},
    status_word{"iade edildi", stage::canceled},
    status_word{"error", stage::failed},
    status_word{"fail", stage::failed},
    status_word{"failed", stage::failed},
    status_word{"rejected", stage::failed},
    status_word{"hata", stage::failed},
    status_word{"başarısız", stage::failed},
    status_word{"reddedildi", stage::failed},
};

// In lower case, without Turkish letters.
constexpr std::array<std::string_view, 12> unknown_order{
    "incorrect order",      "incorrect_order", "order not found", "order_not_found",
    "order is not found",   "invalid order",   "wrong order",     "no such order",
    "order does not exist", "siparis bulunam", "hatali siparis",  "gecersiz siparis"};

std::string normal_word(std::string_view word)
{
    std::string normal(trim(word));
    std::replace_if(normal.begin(), normal.end(), [](char c) { return c == '_' || c == '-' || c == '\t'; }, ' ');
    normal.erase(std::unique(normal.begin(), normal.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
                 normal.end());
    return normal;
}

/// Turkish words are also written without the dots and tails that many keyboards lack.
std::string without_turkish_letters(std::string text)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> plain{
        {{"ı", "i"}, {"ş", "s"}, {"ğ", "g"}, {"ç", "c"}, {"ö", "o"}, {"ü", "u"}}};
    for (const auto& [letter, by] : plain)
        for (auto at = text.find(letter); at != std::string::npos; at = text.find(letter, at + by.size()))
            text.replace(at, letter.size(), by);
    return text;
}

} // namespace

panel_status::order_state state_of(std::string_view word)
{
    const auto said = without_turkish_letters(turkish_lower(normal_word(word)));
    const auto is_said = [&said](const status_word& w) { return without_turkish_letters(std::string(w.text)) == said; };
    const auto found = std::ranges::find_if(status_words, is_said);
    return found == status_words.end() ? stage::unknown : found->means;
}

bool says_unknown_order(std::string_view refusal)
{
    const std::array said{without_turkish_letters(turkish_lower(refusal)), lower_ascii(refusal)};
    return std::ranges::any_of(unknown_order, [&said](std::string_view words) {
        return std::ranges::any_of(said, [words](const std::string& s) { return s.find(words) != std::string::npos; });
    });
}

} // namespace ulak::providers::smmonayim_panel::wire
