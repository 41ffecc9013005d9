#include "job/detail/template_walk.hpp"

#include <algorithm>
#include <string_view>

namespace ulak::job {
namespace {

/// Walks tree and table side by side.
class template_walk {
  public:
    explicit template_walk(bool loose) : loose_(loose) {}

    void visit(const yaml::shape& table, const yaml::node& value)
    {
        if (table.value_type == yaml::type::any)
            return loosely(value);
        if (table.value_type == yaml::type::template_text && value.node_kind == yaml::node::kind::scalar)
            found.push_back(&value);
        for (const auto& item : value.items)
            if (table.value_type == yaml::type::list)
                visit(*table.item, item);
        for (const auto& [key, inner] : value.members)
            member(table, key.text, inner);
        if (table.value_type == yaml::type::record && value.node_kind == yaml::node::kind::scalar)
            member(table, table.short_form, value);
    }

    std::vector<const yaml::node*> found{};

  private:
    void member(const yaml::shape& table, std::string_view name, const yaml::node& value)
    {
        if (table.value_type == yaml::type::map)
            return visit(*table.item, value);
        auto key = std::ranges::find(table.keys, name, &yaml::key::name);
        if (key != table.keys.end())
            visit(*key->value, value);
    }

    void loosely(const yaml::node& value)
    {
        if (loose_ && value.node_kind == yaml::node::kind::scalar)
            found.push_back(&value);
        for (const auto& item : value.items)
            loosely(item);
        for (const auto& [key, inner] : value.members)
            loosely(inner);
    }

    bool loose_;
};

} // namespace

std::vector<const yaml::node*> template_values(const yaml::document& doc, const yaml::shape& table, bool loose)
{
    template_walk walk(loose);
    walk.visit(table, doc.root);
    return std::move(walk.found);
}

} // namespace ulak::job
