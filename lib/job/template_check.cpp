#include "job/meaning.hpp"

#include "yaml/codes.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>

namespace ulak::job {
namespace {

class walker {
  public:
    walker(const yaml::document& doc, yaml::problems& found) : doc_(doc), found_(found) {}

    void visit(const yaml::shape& table, const yaml::node& value)
    {
        if (table.what == yaml::type::template_text && value.what == yaml::node::kind::scalar)
            check(value);
        for (const auto& item : value.items)
            if (table.what == yaml::type::list)
                visit(*table.item, item);
        for (const auto& [key, inner] : value.members)
            member(table, key.text, inner);
        if (table.what == yaml::type::record && value.what == yaml::node::kind::scalar)
            member(table, table.short_form, value);
    }

  private:
    void member(const yaml::shape& table, std::string_view name, const yaml::node& value)
    {
        if (table.what == yaml::type::map)
            return visit(*table.item, value);
        auto key = std::ranges::find(table.keys, name, &yaml::key::name);
        if (key != table.keys.end())
            visit(*key->value, value);
    }

    void check(const yaml::node& value)
    {
        auto parsed = text_template::parse(value.text);
        if (parsed)
            return;
        yaml::add(found_, {{doc_.file, value.line, value.column},
                           yaml::severity::error,
                           std::string(yaml::codes::template_syntax),
                           "template, " + parsed.error().message,
                           "${name}, ${name|default(\"x\")}, or $${ for the characters themselves",
                           yaml::shown_line(doc_.source, value.line)});
    }

    const yaml::document& doc_;
    yaml::problems& found_;
};

} // namespace

void check_templates(const yaml::document& doc, const yaml::shape& table, yaml::problems& found)
{
    walker(doc, found).visit(table, doc.root);
}

} // namespace ulak::job
