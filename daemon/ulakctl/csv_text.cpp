#include "ulakctl/csv_text.hpp"

#include "core/text.hpp"

namespace ulak::ctl {
namespace {

std::string csv_cell(const std::string& text)
{
    const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    std::string out = formula ? "'" + text : text;
    if (out.find_first_of("\",;\r\n") == std::string::npos && trim(out).size() == out.size())
        return out;
    for (auto at = out.find('"'); at != std::string::npos; at = out.find('"', at + 2))
        out.insert(at, 1, '"');
    return '"' + out + '"';
}

} // namespace

std::string csv_row(const std::vector<std::string>& cells)
{
    std::string row;
    for (const std::string& cell : cells)
        row += (&cell == cells.data() ? "" : ",") + csv_cell(cell);
    return row + "\n";
}

} // namespace ulak::ctl
