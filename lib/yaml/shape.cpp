#include "yaml/shape.hpp"

#include <utility>

namespace ulak::yaml {
namespace {

shape make_shape(type value_type, std::string doc, std::string example = {})
{
    shape made;
    made.value_type = value_type;
    made.doc = std::move(doc);
    made.example = std::move(example);
    return made;
}

shape_ptr share(shape made)
{
    return std::make_shared<const shape>(std::move(made));
}

} // namespace

shape_ptr text(std::string doc, std::string example)
{
    return share(make_shape(type::text, std::move(doc), std::move(example)));
}

shape_ptr template_text(std::string doc, std::string example)
{
    return share(make_shape(type::template_text, std::move(doc), std::move(example)));
}

shape_ptr boolean(std::string doc)
{
    return share(make_shape(type::boolean, std::move(doc)));
}

shape_ptr integer(std::string doc, std::int64_t least, std::int64_t most)
{
    auto made = make_shape(type::integer, std::move(doc));
    made.least = least;
    made.most = most;
    return share(std::move(made));
}

shape_ptr duration(std::string doc, std::string example)
{
    return share(make_shape(type::duration, std::move(doc), std::move(example)));
}

shape_ptr amount(std::string doc, std::string example)
{
    return share(make_shape(type::amount, std::move(doc), std::move(example)));
}

shape_ptr rate(std::string doc, std::string example)
{
    return share(make_shape(type::rate, std::move(doc), std::move(example)));
}

shape_ptr choice(std::string doc, std::vector<std::string> choices)
{
    auto made = make_shape(type::choice, std::move(doc));
    made.choices = std::move(choices);
    return share(std::move(made));
}

shape_ptr secret(std::string doc)
{
    return share(make_shape(type::secret, std::move(doc)));
}

shape_ptr any(std::string doc)
{
    return share(make_shape(type::any, std::move(doc)));
}

shape_ptr list(std::string doc, shape_ptr item, std::int64_t least, std::int64_t most)
{
    auto made = make_shape(type::list, std::move(doc));
    made.item = std::move(item);
    made.least = least;
    made.most = most;
    return share(std::move(made));
}

shape_ptr map(std::string doc, shape_ptr item)
{
    auto made = make_shape(type::map, std::move(doc));
    made.item = std::move(item);
    return share(std::move(made));
}

shape_ptr record(std::string doc, std::vector<key> keys, std::string short_form)
{
    auto made = make_shape(type::record, std::move(doc));
    made.keys = std::move(keys);
    made.short_form = std::move(short_form);
    return share(std::move(made));
}

key required(std::string name, shape_ptr value)
{
    return {std::move(name), std::move(value), true};
}

key optional(std::string name, shape_ptr value)
{
    return {std::move(name), std::move(value), false};
}

key optional(std::string name, shape_ptr value, std::string fallback)
{
    auto made = *value;
    made.default_value = std::move(fallback);
    return {std::move(name), share(std::move(made)), false};
}

std::string_view describe(type t) noexcept
{
    switch (t) {
    case type::text: return "a text";
    case type::template_text: return "a text";
    case type::boolean: return "true or false";
    case type::integer: return "a whole number";
    case type::duration: return "a duration";
    case type::amount: return "an amount of money";
    case type::rate: return "a rate";
    case type::choice: return "one word";
    case type::secret: return "a reference to a secret";
    case type::any: return "any value";
    case type::list: return "a list";
    case type::map: return "a record with names of your own";
    case type::record: return "a record of keys";
    }
    return "a value";
}

} // namespace ulak::yaml
