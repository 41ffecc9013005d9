// Problems of a file, in the form of compiler messages.
#pragma once

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::yaml {

/// Lines and columns count from 1; a column is a letter, not a byte. Line 0: the file as a whole.
struct place {
    std::string file{};
    std::size_t line = 0;
    std::size_t column = 0;
};

enum class severity { warning, error };

/// `code` is "U0312": stable, so that a search finds its explanation. `hint` says what to do.
struct problem {
    place at{};
    severity level = severity::error;
    std::string code{};
    std::string text{};
    std::string hint{};
    std::string source{}; ///< the line of the file, for the caret; empty for the file as a whole
};

using problems = std::vector<problem>;

/// Whether one of them is more than a warning.
bool has_errors(const problems& found) noexcept;
/// By file, line and column; a problem that was reported twice stays once.
void sort(problems& found);

/// "jobs.d/x.yaml:11:75: error[U0312]: text", the line, a caret, a hint; each followed by a line end.
std::string to_text(const problem& p, bool colour = false);
/// {"file","line","column","severity","code","text","hint"}
boost::json::object to_json(const problem& p);

} // namespace ulak::yaml
