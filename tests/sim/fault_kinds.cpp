#include "sim/fault_kinds.hpp"
#include "sim/fault.hpp"
#include "sim/registry.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(fault_kinds_)

BOOST_AUTO_TEST_CASE(every_word_stands_once_with_its_help)
{
    std::set<std::string_view> seen;
    for (const auto& k : sim::fault_kinds()) {
        BOOST_TEST(seen.insert(k.name).second, k.name);
        BOOST_TEST(!k.help.empty(), k.name);
        BOOST_TEST(sim::is_known_fault(k.name), k.name);
    }
    BOOST_TEST(seen.size() > 50u);
}

BOOST_AUTO_TEST_CASE(what_a_protocol_adds_is_known_and_can_be_asked_of_it)
{
    for (const auto* p : sim::protocols())
        for (const auto& k : p->faults)
            BOOST_TEST(sim::parse_fault(std::string(p->name) + ".*=" + std::string(k.name)).has_value(), k.name);
}

BOOST_AUTO_TEST_CASE(a_status_is_three_digits_from_two_hundred_on)
{
    for (auto status : {"200", "302", "404", "429", "503", "599", "503-after", "200-after"}) {
        BOOST_TEST(sim::is_status_fault(status), status);
        BOOST_TEST(sim::is_known_fault(status), status);
    }
    for (auto none : {"", "100", "199", "600", "50", "5000", "50x", "-after", "503-before", "503-after-after"})
        BOOST_TEST(!sim::is_status_fault(none), none);
}

BOOST_AUTO_TEST_CASE(short_words_stand_for_the_protocols_own_refusals)
{
    const struct {
        const char *text, *kind, *parameter;
    } table[] = {{"*=401", "auth", ""}, {"*=code-missing", "code-null", ""}, {"*=451", "code", "451"},
                 {"*=403", "403", ""},  {"*=code:451", "code", "451"},       {"*=401-after", "401-after", ""}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.text)
        {
            const auto f = sim::parse_fault(t.text).value();
            BOOST_TEST(f.kind == t.kind);
            BOOST_TEST(f.parameter == t.parameter);
        }
}

BOOST_AUTO_TEST_SUITE_END()
