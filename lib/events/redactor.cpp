#include "events/redactor.hpp"

#include "events/detail/decoded_text.hpp"
#include "events/detail/secret_encodings.hpp"

#include <algorithm>
#include <cstring>

namespace ulak::events {
namespace {

constexpr std::size_t min_secret_bytes = 4;

std::uint32_t first_four_bytes(std::string_view text) noexcept
{
    std::uint32_t four = 0;
    std::memcpy(&four, text.data(), sizeof(four));
    return four;
}

} // namespace

void redactor::add_form(secret form)
{
    const auto text = form.reveal();
    first_bytes_.set(static_cast<unsigned char>(text[0]));
    auto& alike = forms_[first_four_bytes(text)];
    if (std::ranges::any_of(alike, [&](const secret& other) { return other.same_as(text); }))
        return;
    const auto shorter =
        std::ranges::find_if(alike, [&](const secret& other) { return other.reveal().size() < text.size(); });
    alike.insert(shorter, std::move(form));
}

void redactor::add_secret(std::string_view text)
{
    if (text.size() < min_secret_bytes)
        return;
    for (auto& form : encodings_of(text))
        add_form(std::move(form));
}

void redactor::find_in(std::string_view text, const decoded_text* decoded, std::vector<span>& found) const
{
    for (std::size_t at = 0; at + min_secret_bytes <= text.size(); ++at) {
        if (!first_bytes_[static_cast<unsigned char>(text[at])])
            continue;
        const auto alike = forms_.find(first_four_bytes(text.substr(at)));
        if (alike == forms_.end())
            continue;
        for (const auto& form : alike->second)
            if (text.substr(at).starts_with(form.reveal())) {
                const auto end = at + form.reveal().size();
                found.push_back(decoded ? span{decoded->source_offsets[at], decoded->source_offsets[end]}
                                        : span{at, end});
                break;
            }
    }
}

std::vector<redactor::span> redactor::find_all(std::string_view text) const
{
    std::vector<span> found;
    if (forms_.empty())
        return found;
    find_in(text, nullptr, found);
    auto find_decoded = [&](const decoded_text& decoded) { find_in(decoded.bytes, &decoded, found); };
    if (text.find('%') != std::string_view::npos || text.find('+') != std::string_view::npos) {
        find_decoded(decoded_text::from_percent(text, false));
        find_decoded(decoded_text::from_percent(text, true));
    }
    if (text.find('\\') != std::string_view::npos)
        find_decoded(decoded_text::from_json(text));
    return merged(std::move(found));
}

std::vector<redactor::span> redactor::merged(std::vector<span> found)
{
    std::ranges::sort(found, {}, &span::first);
    std::vector<span> apart;
    for (const auto& s : found) {
        if (apart.empty() || s.first >= apart.back().last)
            apart.push_back(s);
        else
            apart.back().last = std::max(apart.back().last, s.last);
    }
    return apart;
}

std::string redactor::replace_spans(std::string_view text, const std::vector<span>& secrets)
{
    std::string out;
    std::size_t done = 0;
    for (const auto& s : secrets) {
        out += text.substr(done, s.first - done);
        out += "***";
        done = s.last;
    }
    out += text.substr(done);
    return out;
}

std::string redactor::redact(std::string_view text) const
{
    std::string out(text);
    // The text around a secret may form another one once the first is replaced. A secret is longer than its
    // replacement, so this ends.
    for (auto found = find_all(out); !found.empty(); found = find_all(out))
        out = replace_spans(out, found);
    return out;
}

bool redactor::contains_secret(std::string_view text) const
{
    return !find_all(text).empty();
}

redactor& process_redactor()
{
    static redactor shared;
    return shared;
}

} // namespace ulak::events
