#include "providers/detail/refusal_words.hpp"

#include "core/text.hpp"

#include <array>

namespace ulak::providers {
namespace {

struct hint {
    std::string_view fragment;
    errc code;
};

// Seen in the panel family and in Turkish shops; the first that fits decides. In lower case by Turkish rules, in which
// "I" becomes "ı".
constexpr std::array hints{
    hint{"stok", errc::no_stock},
    hint{"stock", errc::no_stock},
    hint{"numara kalmad", errc::no_stock},
    hint{"numara yok", errc::no_stock},
    hint{"no number", errc::no_stock},
    hint{"no_number", errc::no_stock},
    hint{"no free", errc::no_stock},
    hint{"not_enough_funds", errc::balance},
    hint{"not enough", errc::balance},
    hint{"insufficient", errc::balance},
    hint{"yetersiz", errc::balance},
    hint{"bakiye", errc::balance},
    hint{"balance", errc::balance},
    hint{"kredi", errc::balance},
    hint{"link_duplicate", errc::duplicate},
    hint{"active order with this link", errc::duplicate},
    hint{"incorrect order", errc::not_found},
    hint{"incorrect_order", errc::not_found},
    hint{"api key", errc::auth},
    hint{"invalid key", errc::auth},
    hint{"apı key", errc::auth},
    hint{"api anahtar", errc::auth},
    hint{"apı anahtar", errc::auth},
    hint{"unauthenticated", errc::auth},
    hint{"unauthorized", errc::auth},
    hint{"doğrulanamad", errc::auth},
    hint{"yetkisiz", errc::auth},
    hint{"bad_key", errc::auth},
    hint{"no_key", errc::auth},
    hint{"wrong_key", errc::auth},
    hint{"geçersiz anahtar", errc::auth},
    hint{"aktif sipariş", errc::duplicate},
    hint{"too many", errc::rate_limited},
};

} // namespace

errc errc_of_text(std::string_view words)
{
    const std::array readings{turkish_lower(words), lower_ascii(words)};
    for (const auto& [part, code] : hints)
        for (const auto& text : readings)
            if (text.find(part) != std::string::npos)
                return code;
    return errc::validation;
}

} // namespace ulak::providers
