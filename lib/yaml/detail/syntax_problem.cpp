#include "yaml/detail/syntax_problem.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"
#include "yaml/detail/raw_scalar.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// A line of the file without what is behind it.
struct text_line {
    std::size_t begin = 0;
    std::string_view text{};

    std::size_t indentation() const { return std::min(text.find_first_not_of(' '), text.size()); }
    bool says_nothing() const { return indentation() == text.size() || text[indentation()] == '#'; }
};

std::optional<text_line> line_above(std::string_view all, std::size_t offset)
{
    auto line_begin = [&](std::size_t at) {
        const auto end = at == 0 ? std::string_view::npos : all.rfind('\n', at - 1);
        return end == std::string_view::npos ? 0 : end + 1;
    };
    for (auto begin = line_begin(offset); begin > 0;) {
        const auto above = line_begin(begin - 1);
        const text_line line{above, all.substr(above, begin - 1 - above)};
        if (!line.says_nothing())
            return line;
        begin = above;
    }
    return std::nullopt;
}

/// `confirm:1` above `watch: …` is the beginning of one text to YAML, and the second line's colon one too many. The
/// slip is in the line above, if that is a name which nothing ends.
std::optional<problem> line_without_colon(const source_text& source, std::size_t offset)
{
    const auto line = line_above(source.text(), offset);
    if (!line)
        return std::nullopt;
    const auto begin = line->indentation();
    const auto text = trim(line->text.substr(begin));
    const auto name =
        text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"));
    const auto rest = text.substr(name.size());
    const bool glued = rest.starts_with(':');
    if (name.empty() || (glued && (rest.size() == 1 || rest[1] == ' ')) ||
        (!glued && !rest.empty() && rest[0] != ' ') || rest.find(": ") != std::string_view::npos)
        return std::nullopt;
    const auto value = trim(rest.substr(glued ? 1 : 0));
    const auto meant = std::string(name) + ": " + (value.empty() ? "value" : std::string(value));
    return source.problem_at(line->begin + begin, codes::no_colon,
                             quoted(name) + (glued ? " has no blank after its colon" : " has no colon"),
                             "write " + quoted(meant));
}

/// The `{` or `[` that is open at `offset`, the innermost; quotes and comments passed over.
std::optional<std::size_t> open_bracket(std::string_view text, std::size_t offset)
{
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
        const char before = i == 0 ? '\n' : text[i - 1];
        const bool fresh = before == ' ' || before == '\n' || before == '\t' || before == '[' || before == '{' ||
                           before == ',' || before == ':' || before == '-';
        if ((text[i] == '"' || text[i] == '\'') && fresh)
            i = end_of_quoted(text, i).value_or(text.size()) - 1;
        else if (text[i] == '#' && (before == ' ' || before == '\n' || before == '\t'))
            i = std::min(text.find('\n', i), text.size()) - 1;
        else if ((text[i] == '{' || text[i] == '[') && (fresh || !open.empty()))
            open.push_back(i);
        else if ((text[i] == '}' || text[i] == ']') && !open.empty()) {
            if ((text[i] == '}') != (text[open.back()] == '{'))
                return open.back(); // closed by the other's sign
            open.pop_back();
        }
    }
    return open.empty() ? std::nullopt : std::optional(open.back());
}

/// Told where the bracket stands; where reading gave up may be the end of the file. nullopt: no bracket is open, or
/// only a comma is missing, on the bracket's own line.
std::optional<problem> never_closed(const source_text& source, std::size_t offset)
{
    const auto bracket = open_bracket(source.text(), offset);
    const auto text = source.text();
    const bool at_a_value = offset < text.size() && text.find_first_of("]}\n", offset) != offset;
    if (!bracket || (at_a_value && text.substr(*bracket, offset - *bracket).find('\n') == std::string_view::npos))
        return std::nullopt;
    const bool record = text[*bracket] == '{';
    return source.problem_at(*bracket, codes::syntax,
                             std::string("this `") + (record ? '{' : '[') + "` is never closed: a `" +
                                 (record ? '}' : ']') + "` or `,` is missing before line " +
                                 std::to_string(source.at(offset).line) + ", column " +
                                 std::to_string(source.at(offset).column),
                             "close what was opened here; quote texts that hold brackets");
}

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
    if (message == "illegal map value")
        if (auto above = line_without_colon(source, offset))
            return *std::move(above);
    if (message == "illegal flow end" || (message.starts_with("end of ") && message.ends_with(" flow not found")))
        if (auto open = never_closed(source, offset))
            return *std::move(open);
    auto code = message.find("anchor is not defined") == std::string::npos ? codes::syntax : codes::alias;
    for (const auto& w : message_rewrites)
        if (message == w.parser_message)
            return source.problem_at(offset, code, std::string(w.text), std::string(w.hint));
    return source.problem_at(offset, code, message);
}

} // namespace ulak::yaml
