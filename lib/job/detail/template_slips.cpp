#include "job/detail/template_slips.hpp"

#include "core/text.hpp"
#include "job/detail/template_walk.hpp"
#include "job/text_template.hpp"
#include "yaml/codes.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace ulak::job {
namespace {

using values = std::vector<const yaml::node*>;

bool is_word(char c) noexcept
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

struct signs {
    std::string_view before, after;
    bool blanks = true; ///< allowed around the name
};

constexpr std::array known_signs{signs{"$${", "}"}, signs{"{{", "}}"}, signs{"#{", "}"},       signs{"%{", "}"},
                                 signs{"$(", ")"},  signs{"<", ">"},   signs{"%", "%", false}, signs{"[[", "]]"}};

/// The length of `name` with the signs around it at the beginning of `text`; 0: it is not there.
std::size_t length_with(const signs& s, std::string_view text, std::string_view name)
{
    if (!text.starts_with(s.before))
        return 0;
    auto at = s.before.size();
    const auto skip = [&] { at = s.blanks ? std::min(text.find_first_not_of(' ', at), text.size()) : at; };
    skip();
    if (!text.substr(at).starts_with(name))
        return 0;
    at += name.size();
    skip();
    return text.substr(at).starts_with(s.after) ? at + s.after.size() : 0;
}

/// `{name}` that is not part of `${name}`, and `$name` at its end.
std::size_t bare_length(std::string_view text, std::size_t at, std::string_view name)
{
    if (at == 0 || (text[at - 1] != '$' && text[at - 1] != '{'))
        if (const auto length = length_with({"{", "}"}, text.substr(at), name))
            return length;
    const auto rest = text.substr(at);
    const bool dollar = rest.starts_with("$") && rest.substr(1).starts_with(name);
    return dollar && (rest.size() == name.size() + 1 || !is_word(rest[name.size() + 1])) ? name.size() + 1 : 0;
}

class slip_warnings {
  public:
    slip_warnings(const yaml::document& doc, const yaml::shape& table, yaml::problems& found)
        : source_(doc.source, doc.file),
          root_(doc.root),
          templates_(template_values(doc, table)),
          loose_(template_values(doc, table, true)),
          found_(found)
    {}

    void unused_parameters()
    {
        const yaml::node* params = root_.find("params");
        for (std::size_t i = 0; params != nullptr && i < params->members.size(); ++i) {
            const yaml::node& name = params->members[i].first;
            const auto told = [&](const yaml::problem& p) {
                return p.at.line == name.line && p.at.column >= name.column;
            };
            if (!is_used(name.text) && std::ranges::none_of(found_, told)) // one slip, one message
                report(name, yaml::codes::unused_parameter,
                       "nothing uses the parameter " + yaml::quoted(name.text) + ": no template holds it",
                       hint_for(name.text));
        }
    }

    void lookalikes()
    {
        for (const yaml::node* value : templates_) {
            const auto found = find_any_lookalike(value->text);
            if (!found || is_told(value->text.substr(found->begin, found->length)))
                continue;
            const auto seen = value->text.substr(found->begin, found->length);
            const auto name = std::string(trim(seen.substr(seen.find_first_not_of('{'))));
            report(*value, yaml::codes::template_lookalike, yaml::quoted(seen) + " is sent as it is: it is no template",
                   "write " + yaml::quoted("${" + std::string(trim(name.substr(0, name.find('}')))) + "}"));
        }
    }

    void stray_quotes()
    {
        for (const yaml::node* value : templates_)
            if (const auto& text = value->text; ends_in_stray_quote(text))
                report(*value, yaml::codes::stray_quote, "the text ends in a quote that opens nowhere",
                       "delete the " + yaml::quoted(text.substr(text.size() - 1)) + " at its end");
    }

  private:
    static bool ends_in_stray_quote(std::string_view text)
    {
        if (text.size() < 2 || (text.back() != '"' && text.back() != '\''))
            return false;
        const auto inner = text.substr(0, text.size() - 1);
        return (inner.ends_with('}') || inner.starts_with("http")) && inner.find(text.back()) == std::string_view::npos;
    }

    bool is_used(const std::string& name) const
    {
        return std::ranges::any_of(loose_, [&](const yaml::node* value) {
            const auto parsed = text_template::parse(value->text);
            if (!parsed) // told as a mistake; the name may be in it
                return value->text.find(name) != std::string::npos;
            const auto names = parsed->names();
            return std::ranges::find(names, name) != names.end();
        });
    }

    std::string hint_for(const std::string& name)
    {
        const auto wanted = yaml::quoted("${" + name + "}");
        for (const yaml::node* value : templates_)
            if (const auto seen = find_lookalike(value->text, name)) {
                told_.push_back(value->text.substr(seen->begin, seen->length));
                return yaml::quoted(told_.back()) + " in line " + std::to_string(value->line) +
                       " is sent as it is; write " + wanted;
            }
        return "write " + wanted + " where its value belongs, or leave it out";
    }

    bool is_told(const std::string& seen) const { return std::ranges::find(told_, seen) != told_.end(); }

    void report(const yaml::node& at, std::string_view code, std::string text, std::string hint)
    {
        auto p = source_.problem_at_line(at.line, at.column, code, std::move(text), std::move(hint));
        p.level = yaml::severity::warning;
        yaml::add_problem(found_, std::move(p));
    }

    yaml::source_text source_;
    const yaml::node& root_;
    values templates_, loose_;
    std::vector<std::string> told_{};
    yaml::problems& found_;
};

} // namespace

std::optional<lookalike> find_lookalike(std::string_view text, std::string_view name)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const signs& s : known_signs)
            if (const auto length = length_with(s, text.substr(at), name))
                return lookalike{at, length};
        if (const auto length = bare_length(text, at, name))
            return lookalike{at, length};
    }
    return std::nullopt;
}

std::optional<lookalike> find_any_lookalike(std::string_view text)
{
    for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        auto begin = text.find_first_not_of("{ ", at);
        auto end = begin;
        while (end < text.size() && is_word(text[end]))
            ++end;
        const bool named =
            begin < text.size() && end > begin && std::isdigit(static_cast<unsigned char>(text[begin])) == 0;
        const auto close = std::min(text.find_first_not_of(' ', end), text.size());
        const bool reference = at > 0 && text[at - 1] == '$';
        if (!reference && named && close < text.size() && text[close] == '}')
            return lookalike{at, std::min(text.find_first_not_of('}', close), text.size()) - at};
    }
    return std::nullopt;
}

void warn_of_template_slips(const yaml::document& doc, const yaml::shape& table, yaml::problems& found)
{
    slip_warnings slips(doc, table, found);
    slips.unused_parameters();
    slips.lookalikes();
    slips.stray_quotes();
}

} // namespace ulak::job
