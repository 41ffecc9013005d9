#include "ulakctl/csv_output.hpp"

namespace ulak::ctl {

std::string csv_cell(std::string_view text)
{
    std::string cell;
    if (!text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos)
        cell = "'";
    cell += text;
    const bool plain = cell.find_first_of(",;\"\r\n\t") == std::string::npos &&
                       (cell.empty() || (cell.front() != ' ' && cell.back() != ' '));
    if (plain)
        return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells)
{
    std::string line;
    for (const std::string& c : cells) {
        if (&c != &cells.front())
            line += ',';
        line += csv_cell(c);
    }
    return line + '\n';
}

} // namespace ulak::ctl
