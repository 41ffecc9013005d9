#include "yaml/syntax.hpp"

#include "yaml/codes.hpp"

#include <array>
#include <optional>

namespace ulak::yaml {
namespace {

struct wording {
    std::string_view theirs, ours, hint;
};

constexpr std::array wordings{
    wording{"illegal map value", "a `:` does not belong here",
            "quote a text that holds `: `, or give this line the same indentation as its neighbours"},
    wording{"illegal map key", "a `?` does not belong here", "quote the text"},
    wording{"illegal block entry", "a list item `- ` does not belong here",
            "begin the list on a line of its own, or write [a, b]"},
    wording{"illegal flow end", "this closing bracket was never opened", "delete it, or quote the text"},
    wording{"end of map not found", "this does not belong to the record above",
            "give this line the same indentation as its neighbours; quote a text as a whole"},
    wording{"end of sequence not found", "this does not belong to the list above",
            "give `- ` the same indentation everywhere"},
    wording{"end of map flow not found", "a `}` or `,` is missing before this",
            "close the record that was opened with `{`"},
    wording{"end of sequence flow not found", "a `]` or `,` is missing before this",
            "close the list that was opened with `[`"},
    wording{"unknown token", "no value begins with this character", "quote the text"},
    wording{"illegal EOF in scalar", "the quote is never closed", "close the quote"},
    wording{"illegal document indicator in scalar", "a document ends inside quotes", "close the quote"},
    wording{"the referenced anchor is not defined", "an alias (`*name`) is not allowed",
            "write the value in place, or quote the text"},
    wording{"bad file", "the values are nested too deeply", "a job needs no more than a few levels"},
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
        return source.tell(*tab, codes::tab, "a tab in the indentation", "indent with blanks");
    // These are noticed behind the escape.
    if (message.starts_with("unknown escape") || message.starts_with("invalid unicode") ||
        message.starts_with("bad character found"))
        if (auto escape = source.text().substr(0, offset).rfind('\\'); escape != std::string_view::npos)
            return source.tell(escape, codes::syntax, "an escape that is not known",
                               "write `\\\\` for the sign itself, or use single quotes");
    auto code = message.find("anchor is not defined") == std::string::npos ? codes::syntax : codes::alias;
    for (const auto& w : wordings)
        if (message == w.theirs)
            return source.tell(offset, code, std::string(w.ours), std::string(w.hint));
    return source.tell(offset, code, message);
}

} // namespace ulak::yaml
