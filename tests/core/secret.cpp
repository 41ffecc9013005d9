#include "core/secret.hpp"
#include "core/locked_memory.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
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

BOOST_AUTO_TEST_CASE(a_text_has_one_place_in_memory_however_many_hold_it)
{
    secret from("short");
    const char* const place = from.reveal().data();
    secret to = std::move(from);
    BOOST_TEST(to.reveal() == "short");
    BOOST_TEST(from.empty());
    BOOST_TEST(to.reveal().data() == place);
    BOOST_TEST(to.duplicate().reveal().data() == place);
    BOOST_TEST(secret("short").reveal().data() == place);
    BOOST_TEST(secret::copy_of("short").reveal().data() == place);
    BOOST_TEST(secret("other").reveal().data() != place);
}

BOOST_AUTO_TEST_CASE(the_last_holder_wipes_it)
{
    const secret neighbour("keeps the page"); // what lies on it can be read afterwards
    auto one = secret("to be wiped");
    auto two = one.duplicate();
    const char* const place = one.reveal().data();
    one = secret();
    BOOST_TEST(two.reveal() == "to be wiped");
    two = secret();
    BOOST_TEST(std::string(place, 11).find("wiped") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_long_secret_is_as_good_as_a_short_one)
{
    for (const std::size_t size : {1u, 100u, 5000u, 70'000u}) {
        const std::string text(size, 'x');
        BOOST_TEST(secret(text).reveal() == text);
    }
}

BOOST_AUTO_TEST_CASE(the_memory_is_locked_and_kept_out_of_core_files_and_children)
{
    const secret s("where is this");
    const auto at = reinterpret_cast<std::uintptr_t>(s.reveal().data());
    std::ifstream maps("/proc/self/smaps");
    std::string line, flags;
    bool mine = false;
    while (flags.empty() && std::getline(maps, line)) {
        std::uintptr_t from = 0, to = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx ", &from, &to) == 2)
            mine = from <= at && at < to;
        else if (mine && line.starts_with("VmFlags:"))
            flags = line;
    }
    for (const char* flag : {" dd", " wf"}) // not dumped, wiped on fork
        BOOST_TEST(flags.find(flag) != std::string::npos, flags);
#if !defined(__SANITIZE_ADDRESS__) && !defined(ULAK_SANITIZED) // its mlock does nothing
    BOOST_TEST((flags.find(" lo") != std::string::npos) == ulak::all_memory_was_locked(), flags);
#endif
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
