#include "yaml/problem.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <tuple>

namespace ulak::yaml {
namespace {

struct palette {
    std::string_view bold, red, magenta, green, reset;
};
constexpr palette plain{};
constexpr palette terminal{"\x1b[1m", "\x1b[1;31m", "\x1b[1;35m", "\x1b[1;32m", "\x1b[0m"};

/// How much of a long line is shown; the caret stays in sight.
constexpr std::size_t shown_letters = 160;
constexpr std::size_t letters_before_caret = 100;

std::string_view name(severity level) noexcept
{
    return level == severity::error ? "error" : "warning";
}

std::string where(const place& at)
{
    auto text = printable(at.file, 4096);
    if (at.line != 0)
        text += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    return text;
}

/// Tabs become blanks, so that the caret stands under its letter whatever the terminal's tab stops are.
std::string excerpt(std::string_view line, std::size_t& column)
{
    auto skipped = column > letters_before_caret ? column - 1 - letters_before_caret : 0;
    column -= skipped;
    line.remove_prefix(first_code_points(line, skipped).size());
    std::string shown(first_code_points(line, shown_letters));
    std::ranges::replace(shown, '\t', ' ');
    return printable(shown, shown.size() + 1);
}

} // namespace

bool has_errors(const problems& found) noexcept
{
    return std::ranges::any_of(found, [](const problem& p) { return p.level == severity::error; });
}

void sort(problems& found)
{
    auto order = [](const problem& p) { return std::tie(p.at.file, p.at.line, p.at.column, p.code, p.text); };
    std::ranges::sort(found, [&](const problem& a, const problem& b) { return order(a) < order(b); });
    // A file that is read twice reports its problems twice.
    const auto again =
        std::ranges::unique(found, [&](const problem& a, const problem& b) { return order(a) == order(b); });
    found.erase(again.begin(), again.end());
}

std::string to_text(const problem& p, bool colour)
{
    const auto& c = colour ? terminal : plain;
    auto tone = p.level == severity::error ? c.red : c.magenta;
    std::string out;
    out.append(c.bold).append(where(p.at)).append(":").append(c.reset).append(" ");
    out.append(tone).append(name(p.level)).append("[").append(p.code).append("]:").append(c.reset).append(" ");
    out.append(printable(p.text, 4096)).append("\n");
    if (!p.source.empty() && p.at.column > 0) {
        auto column = p.at.column;
        out.append(excerpt(p.source, column)).append("\n");
        out.append(std::string(column - 1, ' ')).append(c.green).append("^").append(c.reset).append("\n");
    }
    if (!p.hint.empty())
        out.append("hint: ").append(printable(p.hint, 4096)).append("\n");
    return out;
}

boost::json::object to_json(const problem& p)
{
    return {{"file", p.at.file}, {"line", p.at.line}, {"column", p.at.column}, {"severity", name(p.level)},
            {"code", p.code},    {"text", p.text},    {"hint", p.hint}};
}

} // namespace ulak::yaml
