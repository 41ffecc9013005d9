#include "yaml/shape.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(shape_)

BOOST_AUTO_TEST_CASE(each_builder_makes_its_type)
{
    const struct {
        shape_ptr made;
        type wanted;
    } table[] = {
        {text("d"), type::text},
        {template_text("d"), type::template_text},
        {boolean("d"), type::boolean},
        {integer("d", 0, 1), type::integer},
        {duration("d"), type::duration},
        {amount("d"), type::amount},
        {rate("d"), type::rate},
        {choice("d", {"a"}), type::choice},
        {secret("d"), type::secret},
        {any("d"), type::any},
        {list("d", text("i")), type::list},
        {map("d", text("i")), type::map},
        {record("d", {}), type::record},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(describe(row.wanted))
        {
            BOOST_TEST((row.made->value_type == row.wanted));
            BOOST_TEST(row.made->doc == "d");
            BOOST_TEST(!row.made->default_value.has_value());
        }
}

BOOST_AUTO_TEST_CASE(limits_and_examples_are_kept)
{
    const auto number = integer("d", -1, 9);
    BOOST_TEST(number->least.value() == -1);
    BOOST_TEST(number->most.value() == 9);
    const auto names = list("d", text("i"), 1, 3);
    BOOST_TEST(names->least.value() == 1);
    BOOST_TEST(names->most.value() == 3);
    BOOST_TEST(list("d", text("i"))->most.value() == 100'000);
    BOOST_TEST(duration("d", "15m")->example == "15m");
    BOOST_TEST(record("d", {}, "code")->short_form == "code");
    BOOST_TEST(choice("d", {"a", "b"})->choices.size() == 2u);
}

BOOST_AUTO_TEST_CASE(keys_are_required_or_optional)
{
    BOOST_TEST(required("k", text("d")).required);
    BOOST_TEST(!optional("k", text("d")).required);
    BOOST_TEST(!optional("k", text("d"), "x").required);
    BOOST_TEST(optional("k", text("d"), "x").value->default_value.value() == "x");
}

BOOST_AUTO_TEST_CASE(a_default_does_not_touch_the_shared_shape)
{
    const auto shared = text("d");
    const auto with_default = optional("a", shared, "x");
    BOOST_TEST(!shared->default_value.has_value());
    BOOST_TEST(with_default.value != shared);
    BOOST_TEST(optional("b", shared).value == shared);
}

BOOST_AUTO_TEST_CASE(every_type_is_described_for_people)
{
    std::set<std::string_view> seen;
    for (int t = 0; t <= static_cast<int>(type::record); ++t) {
        BOOST_TEST(describe(static_cast<type>(t)) != "a value");
        seen.insert(describe(static_cast<type>(t)));
    }
    BOOST_TEST(seen.size() == 12u, "a text is a text, with or without ${name}");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
