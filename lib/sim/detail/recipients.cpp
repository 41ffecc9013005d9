#include "sim/detail/recipients.hpp"

#include "core/phone.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace ulak::sim {
namespace {

constexpr std::size_t national_digits = 10;
constexpr std::size_t shortest_sender = 3;
constexpr std::size_t longest_sender = 11;

} // namespace

std::optional<std::uint64_t> parse_strict_number(std::string_view text)
{
    if (text.size() != national_digits || text.front() != '5')
        return std::nullopt;
    return parse_id(text);
}

std::optional<std::uint64_t> parse_loose_number(std::string_view text)
{
    std::string digits;
    for (char c : text)
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view("+ ()-./").find(c) == std::string_view::npos)
            return std::nullopt;
    std::string_view rest = digits;
    for (std::string_view prefix : {"0090", "90", "0"})
        if (rest.size() == national_digits + prefix.size() && rest.starts_with(prefix))
            rest.remove_prefix(prefix.size());
    return parse_strict_number(rest);
}

void check_duplicates(call& c, const std::vector<std::uint64_t>& numbers)
{
    auto sorted = numbers;
    std::sort(sorted.begin(), sorted.end());
    if (auto at = std::adjacent_find(sorted.begin(), sorted.end()); at != sorted.end())
        c.add_mistake("the number " + masked_number(std::to_string(*at)) + " stands twice in one send");
}

json::value number_texts(const std::vector<std::uint64_t>& numbers)
{
    json::value out = "[";
    out.reserve(numbers.size() * (national_digits + 3) + 2);
    for (auto n : numbers)
        out += (out.size() > 1 ? ",\"" : "\"") + std::to_string(n) + '"';
    return out + ']';
}

std::string masked_number(std::string_view text)
{
    return printable(mask_number(text), 40);
}

bool is_sender_well_formed(std::string_view sender)
{
    auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view(" *-.").find(c) != std::string_view::npos;
    };
    return sender.size() >= shortest_sender && sender.size() <= longest_sender &&
           std::all_of(sender.begin(), sender.end(), allowed);
}

bool is_sender_approved(const call& c, std::string_view sender)
{
    const auto& approved = c.world.settings().senders;
    return approved.empty() ? is_sender_well_formed(sender)
                            : std::find(approved.begin(), approved.end(), sender) != approved.end();
}

} // namespace ulak::sim
