#include "kinds/otp_acquire/not_codes.hpp"

#include <boost/regex.hpp>

#include <algorithm>
#include <vector>

namespace ulak::kinds::otp {
namespace {

constexpr std::size_t fewest_phone_digits = 9;

/// On the folded text, one after the other. A group that matched is what is blotted, else the whole.
const std::vector<boost::wregex>& others()
{
    static const std::vector<boost::wregex> all = [] {
        const wchar_t* patterns[] = {
            // links and addresses
            L"[a-z][a-z0-9+.-]*://[^ \\n]+",
            L"\\bwww\\.[^ \\n]+",
            L"\\b[a-z0-9-]+(?:\\.[a-z0-9-]+)+/[^ \\n]*",
            L"[^ \\n]+@[a-z0-9-]+\\.[^ \\n]+",
            L"\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b",
            // dates and times
            L"(?<!\\d)\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}(?!\\d)",
            L"(?<!\\d)(?:0?[1-9]|[12]\\d|3[01])[./-](?:0?[1-9]|[12]\\d|3[01])[./-](?:\\d{4}|\\d{2})(?!\\d)",
            L"(?<!\\d)\\d{1,2}:\\d{2}(?::\\d{2})?(?!\\d)",
            // numbers of which a part is hidden
            L"[a-z0-9]*\\d\\*+\\d*",
            L"\\*{2,}\\d+",
            L"\\b[a-z]{0,3}[x]{2,}\\d+",
            L"\\d+[x]{2,}\\d*",
            // IBANs
            L"\\b[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,4})?\\b",
            // amounts: by their currency, by the word before them, by how they are written
            L"(?:€|\\$|£|₺|¥|₽|\\b(?:twd|usd|eur|try|tl|jpy|rub|inr|rs|irt|gbp|cny|krw)\\$?)[ .]?\\d[\\d.,]*",
            (L"(?<!\\d)\\d[\\d.,]*[ "
             L"]?(?:(?:tl|try|lira|eur|euro|usd|dolar|dollars?|gbp|rub|vnd|irt|kr|zl|inr|rs|puan|points?|kurus|"
             L"gb|mb|kg|km|adet|taksit)(?![a-z])|₺|€|\\$|£|₽|руб|ريال|ریال|تومان|元|円|원|%)"),
            L"(?:tutari?|amount|so "
            L"tien|مبلغ|مقدار|金額|金额|сумма|summa|betrag|importe|montant|bakiye[a-z]*)[^0-9\\n]{0,3}(\\d[\\d.,]*)",
            L"%[ ]?\\d+",
            L"(?<!\\d)\\d{1,3}(?:[.,]\\d{3})+(?:[.,]\\d{1,2})?(?!\\d)",
            L"(?<!\\d)\\d{1,5}[.,]\\d{2}(?!\\d)",
            // phone numbers
            L"\\+\\d[\\d ().-]{6,18}\\d",
            L"\\(\\d{3}\\)[ -]?\\d{3}[ -]?\\d{2}[ -]?\\d{2}",
            L"(?<!\\d)1[38]00[ -]?\\d{2,3}[ -]?\\d{3,4}(?!\\d)",
            L"(?<!\\d)(?:90|0)5\\d{9}(?!\\d)",
            L"(?<!\\d)444[ ]?\\d[ ]?\\d{3}(?!\\d)",
            L"(?<!\\d)(\\d{4,10})[^0-9a-z]{0,3}(?:nolu |numarali |numarasindan )?(?:arayin|arayabilir|ariyor)",
            L"(?<!\\d)0?8[05]0[ -]?\\d{3}[ -]?\\d{2}[ -]?\\d{2}(?!\\d)",
        };
        std::vector<boost::wregex> made;
        for (const wchar_t* p : patterns)
            made.emplace_back(p);
        return made;
    }();
    return all;
}

void blot(message_text& m, std::size_t at, std::size_t length)
{
    m.text.replace(at, length, length, blotted);
    m.folded.replace(at, length, length, blotted);
}

void blot_all(message_text& m, const boost::wregex& pattern)
{
    const std::wstring folded = m.folded;
    for (boost::wsregex_iterator it(folded.begin(), folded.end(), pattern), end; it != end; ++it) {
        const int group = it->size() > 1 && (*it)[1].matched ? 1 : 0;
        blot(m, static_cast<std::size_t>(it->position(group)), static_cast<std::size_t>(it->length(group)));
    }
}

/// Three groups and more with many digits are a phone or a card, whatever the country: "1300 10 1234".
void blot_long_groups(message_text& m)
{
    static const boost::wregex groups(L"(?<!\\d)\\d{1,4}(?:[ .-]\\d{2,4}){2,6}(?!\\d)");
    const std::wstring folded = m.folded;
    for (boost::wsregex_iterator it(folded.begin(), folded.end(), groups), end; it != end; ++it) {
        const std::wstring found = it->str();
        const auto digits = std::count_if(found.begin(), found.end(), [](wchar_t c) { return c >= L'0' && c <= L'9'; });
        if (static_cast<std::size_t>(digits) >= fewest_phone_digits)
            blot(m, static_cast<std::size_t>(it->position()), found.size());
    }
}

/// "34 ABC 1907", in capitals.
void blot_plates(message_text& m)
{
    static const boost::wregex plate(L"(?<![\\dA-Za-z])(?:0[1-9]|[1-7]\\d|8[01]) [A-Z]{1,3} \\d{2,4}(?!\\d)");
    const std::wstring text = m.text;
    for (boost::wsregex_iterator it(text.begin(), text.end(), plate), end; it != end; ++it)
        blot(m, static_cast<std::size_t>(it->position()), static_cast<std::size_t>(it->length()));
}

} // namespace

message_text blot_out_others(message_text message)
{
    blot_plates(message);
    for (const boost::wregex& pattern : others())
        blot_all(message, pattern);
    blot_long_groups(message);
    return message;
}

} // namespace ulak::kinds::otp
