#include "ulakctl/table.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace ulak::ctl {

namespace {

constexpr std::size_t min_column = 8;
constexpr std::size_t last_resort_column = 4;
constexpr std::size_t min_last_column = 16; ///< from here on the others give way too

std::string cut(const std::string& text, std::size_t letters)
{
    if (count_code_points(text) <= letters)
        return text;
    std::string out;
    std::size_t n = 0;
    for (char c : text) {
        const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (begins && ++n >= letters)
            break;
        out += c;
    }
    return out + "…";
}

std::string padded(const std::string& text, std::size_t width)
{
    const std::size_t have = count_code_points(text);
    return have >= width ? text : text + std::string(width - have, ' ');
}

} // namespace

std::vector<std::size_t> table::widths(const screen& s) const
{
    std::vector<std::size_t> wide(headers_.size());
    std::size_t all = 2 * (wide.size() - 1);
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        wide[i] = count_code_points(headers_[i]);
        for (const auto& r : rows_)
            wide[i] = std::max(wide[i], count_code_points(r[i]));
        all += wide[i];
    }
    std::size_t over = s.width != 0 && all > s.width ? all - s.width : 0;
    auto shrink = [&](auto first, auto last, std::size_t least) {
        while (over > 0 && first != last) {
            const auto widest = std::max_element(first, last);
            if (*widest <= least)
                return;
            --*widest;
            --over;
        }
    };
    shrink(wide.end() - 1, wide.end(), min_last_column);
    // What names the row is copied into the next command, so it stays whole as long as there is any room.
    shrink(wide.begin() + 1, wide.end(), min_column);
    shrink(wide.begin() + 1, wide.end(), last_resort_column);
    shrink(wide.begin(), wide.end(), 1);
    return wide;
}

std::vector<std::string> table::lines(const screen& s) const
{
    const auto wide = widths(s);
    std::vector<std::string> out;
    auto line = [&](const std::vector<std::string>& cells, bool head) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool last = i + 1 == cells.size();
            const std::string fit = cut(cells[i], wide[i]);
            text += paint(s, head ? tone::strong : tone_of(cells[i]), last ? fit : padded(fit, wide[i]) + "  ");
        }
        out.push_back(std::move(text));
    };
    line(headers_, true);
    for (const auto& r : rows_)
        line(r, false);
    return out;
}

std::string table::text(const screen& s) const
{
    std::string out;
    for (const std::string& line : lines(s))
        out += line + "\n";
    return out;
}

} // namespace ulak::ctl
