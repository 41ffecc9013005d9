#include "events/detail/secret_encodings.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(secret_encodings_)

using namespace ulak::events;

namespace {

bool holds(const std::vector<ulak::secret>& all, const std::string& one)
{
    return std::ranges::any_of(all, [&](const ulak::secret& form) { return form.same_as(one); });
}

} // namespace

BOOST_AUTO_TEST_CASE(base64_matches_the_vectors_of_its_rfc_without_padding)
{
    struct {
        const char *bytes, *base64;
    } const table[] = {
        {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"}, {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"", ""},        {"\xff\xff\xff", "////"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.bytes)
        {
            BOOST_TEST(base64(row.bytes, '+', '/') == row.base64);
        }
    BOOST_TEST(base64("\xfb\xef\xbe", '+', '/') == "++++");
    BOOST_TEST(base64("\xfb\xef\xbe", '-', '_') == "----", "the alphabet for addresses");
}

BOOST_AUTO_TEST_CASE(a_secret_is_known_in_the_forms_in_which_it_travels)
{
    const auto all = encodings_of("hunter2?>");
    for (const auto* form : {"hunter2?>", "68756e746572323f3e", "68756E746572323F3E", "aHVudGVyMj8+", "aHVudGVyMj8-"})
        BOOST_TEST(holds(all, form), form);
    BOOST_TEST(all.size() == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
