#include "kinds/otp_acquire/code_words.hpp"

#include <algorithm>
#include <array>

namespace ulak::kinds::otp {
namespace {

template<std::size_t N>
bool any_contained(const std::array<std::wstring_view, N>& parts, std::wstring_view word)
{
    return std::ranges::any_of(parts, [word](std::wstring_view p) { return word.find(p) != word.npos; });
}

template<std::size_t N>
bool any_equal(const std::array<std::wstring_view, N>& words, std::wstring_view word)
{
    return std::ranges::find(words, word) != words.end();
}

template<std::size_t N>
bool any_begins(const std::array<std::wstring_view, N>& heads, std::wstring_view word)
{
    return std::ranges::any_of(heads, [word](std::wstring_view h) { return word.starts_with(h); });
}

constexpr std::array<std::wstring_view, 44> code_parts{
    L"code",   L"codig",      L"codic",   L"kodu",   L"kodi",    L"kods",      L"kode",     L"koodi",      L"kood",
    L"sifre",  L"parol",      L"passwor", L"passwd", L"passcod", L"kennwor",   L"password", L"contras",    L"haslo",
    L"heslo",  L"лозинк",     L"парол",   L"код",    L"passord", L"losenord",  L"salasana", L"wachtwoord", L"senha",
    L"קוד",    L"סיסמ",       L"کد",      L"رمز",    L"كود",     L"کلمه عبور", L"인증번호", L"비밀번호",   L"認証番号",
    L"コード", L"パスワード", L"验证码",  L"驗證碼", L"校验码",  L"校驗碼",    L"密码",     L"密碼"};
constexpr std::array<std::wstring_view, 22> code_words{
    L"kod",   L"kodum", L"otp",  L"pin",  L"pini", L"pininiz", L"tan", L"mtan",    L"token",    L"pw",     L"p/w",
    L"clave", L"koda",  L"kody", L"onay", L"motp", L"passe",   L"2fa", L"sms-kod", L"password", L"parola", L"kód"};
constexpr std::array<std::wstring_view, 8> code_heads{L"otp",   L"kod",     L"clave",   L"token",
                                                      L"verif", L"authent", L"dogrula", L"einmal"};
/// Words that hold a part above and mean another thing.
constexpr std::array<std::wstring_view, 9> no_code{L"barkod", L"barcode", L"postcode", L"postakod", L"zipcode",
                                                   L"encode", L"decode",  L"codec",    L"kodak"};

constexpr std::array<std::wstring_view, 71> references{
    L"siparis",  L"order",  L"ref",      L"referans",  L"reference", L"no",       L"no.",      L"nr",
    L"nr.",      L"numara", L"numarali", L"numarasi",  L"numaraniz", L"number",   L"seri",     L"serial",
    L"kart",     L"karta",  L"karti",    L"card",      L"karte",     L"karten",   L"tarjeta",  L"carte",
    L"hesap",    L"hesabi", L"account",  L"konto",     L"cuenta",    L"tel",      L"telefon",  L"phone",
    L"call",     L"ara",    L"arayin",   L"lh",        L"musteri",   L"customer", L"abone",    L"takip",
    L"tracking", L"kargo",  L"indirim",  L"kampanya",  L"promosyon", L"promo",    L"discount", L"coupon",
    L"kupon",    L"sonu",   L"ending",   L"endziffer", L"son",       L"kimlik",   L"t.c.",     L"tckn",
    L"iban",     L"plaka",  L"poliçe",   L"police",    L"fatura",    L"invoice",  L"islem",    L"transaction",
    L"dich",     L"gd",     L"ip",       L"stop",      L"id",        L"uye",      L"urun"};
constexpr std::array<std::wstring_view, 8> reference_parts{L"مبلغ", L"کارت",   L"شماره", L"金額",
                                                           L"金额", L"後四碼", L"尾号",  L"尾號"};
/// Before a code word they make it that of something else.
constexpr std::array<std::wstring_view, 26> modifiers{
    L"siparis",  L"order",       L"ref",    L"referans", L"reference", L"takip",   L"tracking", L"kargo",    L"indirim",
    L"kampanya", L"promosyon",   L"promo",  L"discount", L"coupon",    L"kupon",   L"musteri",  L"customer", L"urun",
    L"islem",    L"transaction", L"postal", L"posta",    L"ulke",      L"country", L"fatura",   L"davet"};
constexpr std::array<std::wstring_view, 13> old_words{L"eski",   L"onceki",  L"old",    L"previous", L"alter",
                                                      L"altes",  L"alte",    L"ancien", L"anterior", L"staryj",
                                                      L"старый", L"прежний", L"vecchio"};
constexpr std::array<std::wstring_view, 26> copulas{
    L"is",  L"ist", L"es", L"est",    L"e",    L"la",   L"to",  L"on", L"er", L"ar", L"были", L"это", L"هو",
    L"הוא", L"היא", L"är", L"lautet", L"sunt", L"jest", L"are", L"be", L"은", L"는", L"です", L"是",  L"为"};
constexpr std::array<std::wstring_view, 15> conjunctions{L"ve", L"and", L"veya", L"or", L"und", L"oder", L"et", L"ou",
                                                         L"y",  L"o",   L"&",    L"i",  L"e",   L"ya",   L"или"};

} // namespace

bool is_code_word(std::wstring_view word)
{
    if (any_contained(no_code, word))
        return false;
    return any_contained(code_parts, word) || any_equal(code_words, word) || any_begins(code_heads, word);
}

bool is_reference_word(std::wstring_view word)
{
    return any_equal(references, word) || any_contained(reference_parts, word);
}

bool is_modifier(std::wstring_view word)
{
    return any_equal(modifiers, word);
}

bool is_old_word(std::wstring_view word)
{
    return any_equal(old_words, word);
}

bool is_copula(std::wstring_view word)
{
    return any_equal(copulas, word);
}

bool is_conjunction(std::wstring_view word)
{
    return any_equal(conjunctions, word);
}

} // namespace ulak::kinds::otp
