#include "job/detail/template_check.hpp"

#include "core/text.hpp"
#include "job/detail/template_walk.hpp"
#include "job/text_template.hpp"
#include "yaml/codes.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ulak::job {
namespace {

class template_checker {
  public:
    template_checker(const yaml::document& doc, yaml::problems& found) : doc_(doc), found_(found) {}

    void report_mistakes(const yaml::node& value)
    {
        for (const auto& wrong : find_template_mistakes(value.text)) {
            if (!source_)
                source_.emplace(doc_.source, doc_.file);
            auto text = "template, " + mistake_text(wrong, value.text);
            auto place = place_of(value, wrong);
            yaml::add_problem(found_,
                              place ? source_->problem_at(*place, yaml::codes::template_syntax, std::move(text), hint)
                                    : source_->problem_at_line(value.line, value.column, yaml::codes::template_syntax,
                                                               std::move(text), hint));
        }
    }

  private:
    /// The offset of the mistake in the file. Folding and escapes move the characters of a value, but each `$` of it is
    /// a `$` of the file. nullopt: it is not, as where `$` is written as an escape.
    std::optional<std::size_t> place_of(const yaml::node& value, const template_mistake& wrong) const
    {
        const std::string_view all = doc_.source;
        auto before = std::ranges::count(std::string_view(value.text).substr(0, wrong.reference_begin), '$');
        auto at = all.find('$', start_of(value));
        for (; before > 0 && at != all.npos; --before)
            at = all.find('$', at + 1);
        if (at == all.npos || !all.substr(at).starts_with("${"))
            return std::nullopt;
        const auto head = std::string_view(value.text).substr(wrong.reference_begin, wrong.at - wrong.reference_begin);
        return at + (all.substr(at).starts_with(head) ? head.size() : 0);
    }

    /// The offset at which a value begins; of a block the end of its first line, since a comment may follow the `|`.
    std::size_t start_of(const yaml::node& value) const
    {
        const std::string_view all = doc_.source;
        const auto line = source_->offset(value.line - 1, 0);
        const auto at = line + first_code_points(all.substr(line), value.column - 1).size();
        const bool block = at < all.size() && (all[at] == '|' || all[at] == '>');
        return block ? all.find('\n', at) : at;
    }

    static constexpr const char* hint = "${name}, ${name|default(\"x\")}, or $${ for the characters themselves";
    const yaml::document& doc_;
    yaml::problems& found_;
    std::optional<yaml::source_text> source_; ///< made for the first mistake
};

} // namespace

void check_templates(const yaml::document& doc, const yaml::shape& table, yaml::problems& found)
{
    template_checker checker(doc, found);
    for (const yaml::node* value : template_values(doc, table))
        checker.report_mistakes(*value);
}

} // namespace ulak::job
