#include "control/detail/view_filter.hpp"

#include "core/phone.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_unit = 8;

void hide(json::value& v)
{
    if (v.is_string() && !v.get_string().empty())
        v = hidden_text;
    else if (v.is_object())
        v = json::object();
    else if (v.is_array())
        v = json::array();
    else if (!v.is_string())
        v = nullptr;
}

bool consists_of(std::string_view text, std::string_view letters)
{
    return !text.empty() && text.find_first_not_of(letters) == text.npos;
}

/// A number, whole or masked already.
bool is_number(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    return consists_of(text, "0123456789*");
}

bool is_unit(std::string_view text)
{
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    return text.size() <= longest_unit && std::ranges::all_of(text, letter);
}

void mask_phone(json::value& v)
{
    if (!v.is_string() || !is_number(v.get_string()))
        return hide(v);
    if (const std::string_view number = v.get_string(); number.find('*') == number.npos)
        v = mask_number(number);
}

/// Applies `each` to a value that is no array, and to the elements of one.
template<class F>
void for_each_value(json::value& v, const F& each)
{
    if (json::array* all = v.if_array())
        std::ranges::for_each(*all, [&each](json::value& one) { for_each_value(one, each); });
    else
        each(v);
}

void keep_plain(json::value& v)
{
    for_each_value(v, [](json::value& one) {
        if (one.is_object())
            hide(one);
    });
}

void mask_text(json::value& v)
{
    for_each_value(v, [](json::value& one) {
        if (one.is_string())
            one = mask_long_numbers(one.get_string());
        else if (one.is_object())
            hide(one);
    });
}

void keep_figures(json::value& v)
{
    for_each_value(v, [](json::value& one) {
        if (json::object* o = one.if_object())
            for (auto& member : *o)
                keep_figures(member.value());
        else if (one.is_string())
            hide(one);
    });
}

void keep_names(json::value& v)
{
    json::object* o = v.if_object();
    if (!o)
        return hide(v);
    for (auto& member : *o)
        hide(member.value());
}

void keep_fields(json::value& v, shown_fields shown)
{
    for_each_value(v, [shown](json::value& one) {
        if (json::object* o = one.if_object())
            hide_all_but(*o, shown);
        else
            hide(one);
    });
}

void show(json::value& v, const shown_field& field)
{
    switch (field.how) {
    case visibility::as_is: return keep_plain(v);
    case visibility::text: return mask_text(v);
    case visibility::phone: return mask_phone(v);
    case visibility::unit:
        if (!v.is_string() || !is_unit(v.get_string()))
            hide(v);
        return;
    case visibility::figures: return keep_figures(v);
    case visibility::names: return keep_names(v);
    case visibility::fields: return keep_fields(v, field.inner);
    case visibility::whole: return;
    }
}

} // namespace

void hide_all_but(json::object& answer, shown_fields shown)
{
    for (auto& member : answer) {
        const auto field = std::ranges::find(shown, std::string_view(member.key()), &shown_field::key);
        if (field == shown.end())
            hide(member.value());
        else
            show(member.value(), *field);
    }
}

} // namespace ulak::control
