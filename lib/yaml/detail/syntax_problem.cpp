#include "yaml/detail/syntax_problem.hpp"

#include "yaml/codes.hpp"

#include <array>
#include <optional>

namespace ulak::yaml {
namespace {

struct message_rewrite {
    std::string_view parser_message, text, hint;
};

constexpr std::array message_rewrites{
    message_rewrite{"illegal map value", "a `:` does not belong here",
                    "quote a text that holds `: `, or give this line the same indentation as its neighbours"},
    message_rewrite{"illegal map key", "a `?` does not belong here", "quote the text"},
    message_rewrite{"illegal block entry", "a list item `- ` does not belong here",
                    "begin the list on a line of its own, or write [a, b]"},
    message_rewrite{"illegal flow end", "this closing bracket was never opened", "delete it, or quote the text"},
    message_rewrite{"end of map not found", "this does not belong to the record above",
                    "give this line the same indentation as its neighbours; quote a text as a whole"},
    message_rewrite{"end of sequence not found", "this does not belong to the list above",
                    "give `- ` the same indentation everywhere"},
    message_rewrite{"end of map flow not found", "a `}` or `,` is missing before this",
                    "close the record that was opened with `{`"},
    message_rewrite{"end of sequence flow not found", "a `]` or `,` is missing before this",
                    "close the list that was opened with `[`"},
    message_rewrite{"unknown token", "no value begins with this character", "quote the text"},
    message_rewrite{"illegal EOF in scalar", "the quote is never closed", "close the quote"},
    message_rewrite{"illegal document indicator in scalar", "a document ends inside quotes", "close the quote"},
    message_rewrite{"the referenced anchor is not defined", "an alias (`*name`) is not allowed",
                    "write the value in place, or quote the text"},
    message_rewrite{"bad file", "the values are nested too deeply", "a job needs no more than a few levels"},
};

std::optional<std::size_t> tab_in_indentation(std::string_view text, std::size_t offset)
{
    auto line_end = text.substr(0, offset).rfind('\n');
    auto start = line_end == std::string_view::npos ? 0 : line_end + 1;
    for (auto i = start; i < text.size() && (text[i] == ' ' || text[i] == '\t'); ++i)
        if (text[i] == '\t')
            return i;
    return std::nullopt;
}

} // namespace

problem syntax_problem(const source_text& source, std::size_t offset, const std::string& message)
{
    if (auto tab = tab_in_indentation(source.text(), offset))
        return source.problem_at(*tab, codes::tab, "a tab in the indentation", "indent with blanks");
    // yaml-cpp gives a place behind the escape for these.
    if (message.starts_with("unknown escape") || message.starts_with("invalid unicode") ||
        message.starts_with("bad character found"))
        if (auto escape = source.text().substr(0, offset).rfind('\\'); escape != std::string_view::npos)
            return source.problem_at(escape, codes::syntax, "an escape that is not known",
                                     "write `\\\\` for the sign itself, or use single quotes");
    auto code = message.find("anchor is not defined") == std::string::npos ? codes::syntax : codes::alias;
    for (const auto& w : message_rewrites)
        if (message == w.parser_message)
            return source.problem_at(offset, code, std::string(w.text), std::string(w.hint));
    return source.problem_at(offset, code, message);
}

} // namespace ulak::yaml
