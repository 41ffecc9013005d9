#include "ulakctl/roff.hpp"

#include <fmt/core.h>

namespace ulak::ctl {

std::string roff_escaped(std::string_view text)
{
    std::string out;
    for (char c : text) {
        if ((out.empty() || out.back() == '\n') && (c == '.' || c == '\''))
            out += "\\&";
        out += c == '\\' ? std::string("\\e") : c == '-' ? std::string("\\-") : std::string(1, c);
    }
    return out;
}

std::string heading(std::string_view page, std::string_view section, std::string_view title)
{
    return fmt::format(".TH {} {} \"\" \"Ulak {}\"\n.SH NAME\n{} \\- {}\n", roff_escaped(page), section, ULAK_VERSION,
                       roff_escaped(page), roff_escaped(title));
}

std::string example(std::string_view lines)
{
    return ".PP\n.RS\n.nf\n" + roff_escaped(lines) + "\n.fi\n.RE\n";
}

} // namespace ulak::ctl
