#include "providers/detail/account_options.hpp"

#include "events/redactor.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(account_options_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;

namespace {

struct options_fixture {
    options_fixture()
    {
        s.secrets.emplace("key", secret("k3y"));
        s.secrets.emplace("empty", secret());
        s.options = {{"body", "multipart"}, {"blank", ""}, {"cancel.free_until", "9m"}, {"odd", "soon"}};
        s.lists = {{"words", {"a", "b"}}, {"none", {}}};
    }
    account_settings s{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_secret_is_copied_and_stays, options_fixture)
{
    BOOST_TEST(secret_of(s, "key").reveal() == "k3y");
    BOOST_TEST(secret_of(s, "key").reveal() == "k3y");
    BOOST_TEST(secret_of(s, "other").empty());
    BOOST_TEST(has_secret(s, "key"));
    BOOST_TEST(!has_secret(s, "empty"));
    BOOST_TEST(!has_secret(s, "other"));
}

BOOST_FIXTURE_TEST_CASE(an_empty_option_counts_as_absent, options_fixture)
{
    BOOST_TEST(option_of(s, "body", "form") == "multipart");
    BOOST_TEST(option_of(s, "blank", "form") == "form");
    BOOST_TEST(option_of(s, "other", "form") == "form");
    BOOST_TEST(option_of(s, "other").empty());
}

BOOST_FIXTURE_TEST_CASE(durations_are_read_or_refused, options_fixture)
{
    BOOST_TEST((duration_of(s, "cancel.free_until", 1s).value() == 9min));
    BOOST_TEST((duration_of(s, "cancel.not_before", 1s).value() == 1s));
    BOOST_TEST(!duration_of(s, "odd", 1s));
}

BOOST_FIXTURE_TEST_CASE(only_a_list_with_something_in_it_replaces_the_default, options_fixture)
{
    const std::vector<std::string> wanted{"a", "b"}, fallback{"x"};
    std::vector<std::string> words = fallback, none = fallback, other = fallback;
    read_list(s, "words", words);
    read_list(s, "none", none);
    read_list(s, "other", other);
    BOOST_TEST(words == wanted, boost::test_tools::per_element());
    BOOST_TEST(none == fallback, boost::test_tools::per_element());
    BOOST_TEST(other == fallback, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_computed_from_secrets_is_redacted_like_them)
{
    BOOST_TEST(register_secret("computed-canary-4711").reveal() == "computed-canary-4711");
    BOOST_TEST(events::process_redactor().contains_secret("x computed-canary-4711 y"));
}

BOOST_AUTO_TEST_SUITE_END()
