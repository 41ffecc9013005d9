#include "core/secret.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <type_traits>

BOOST_AUTO_TEST_SUITE(secret_)

using ulak::secret;

namespace {

template<class T>
concept printable_type = requires(std::ostream& out, const T& t) { out << t; };

} // namespace

BOOST_AUTO_TEST_CASE(a_secret_cannot_be_printed_or_copied_by_accident)
{
    static_assert(!printable_type<secret>);
    static_assert(!std::is_copy_constructible_v<secret> && !std::is_copy_assignable_v<secret>);
    static_assert(!std::is_convertible_v<secret, std::string> && !std::is_convertible_v<std::string, secret>);
    BOOST_TEST(secret("hush").duplicate().reveal() == "hush");
}

BOOST_AUTO_TEST_CASE(moving_leaves_nothing_behind_not_even_in_a_short_buffer)
{
    secret from("short");
    const char* const buffer = from.reveal().data();
    secret to = std::move(from);
    BOOST_TEST(to.reveal() == "short");
    BOOST_TEST(from.empty());
    BOOST_TEST(std::string(buffer, 5) == std::string(5, '\0'));
}

BOOST_AUTO_TEST_CASE(assigning_wipes_what_was_there)
{
    secret one("first");
    secret two("second");
    one = std::move(two);
    BOOST_TEST(one.reveal() == "second");
    BOOST_TEST(two.empty());
    auto& same = one;
    one = std::move(same);
    BOOST_TEST(one.reveal() == "second");
}

BOOST_AUTO_TEST_CASE(wipe_clears_the_whole_buffer)
{
    std::string text(100, 'x');
    text.resize(3);
    const char* const buffer = text.data();
    ulak::wipe(text);
    BOOST_TEST(text.empty());
    BOOST_TEST(text.data() == buffer);
    text.resize(100); // the same buffer: reading it is allowed again
    BOOST_TEST(text.find('x') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(comparison_knows_equal_from_different)
{
    const secret s("abc");
    BOOST_TEST(s.same_as("abc"));
    BOOST_TEST(!s.same_as("abd"));
    BOOST_TEST(!s.same_as("ab"));
    BOOST_TEST(!s.same_as("abcd"));
    BOOST_TEST(!s.same_as(""));
    BOOST_TEST(secret().same_as(""));
}

BOOST_AUTO_TEST_SUITE_END()
