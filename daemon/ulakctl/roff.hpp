// Pieces of manual pages in roff.
#pragma once

#include <string>
#include <string_view>

namespace ulak::ctl {

/// Escaped, so that nothing in the text is a request or an escape.
std::string roff_escaped(std::string_view text);
/// The begin of a page with its NAME section.
std::string heading(std::string_view page, std::string_view section, std::string_view title);
/// Lines as they are, indented.
std::string example(std::string_view lines);

} // namespace ulak::ctl
