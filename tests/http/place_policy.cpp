#include "http/server/place_policy.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(place_policy_)

BOOST_AUTO_TEST_CASE(who_has_a_place_and_whose_is_taken)
{
    struct row {
        std::string_view what;
        bool owner, local;
        std::size_t of_user, active;
        place expected;
    };
    server_limits limits;
    limits.max_connections = 10;
    limits.max_per_user = 4;
    limits.reserved = 2;
    const row rows[] = {
        {"the first one", false, true, 0, 0, place::free},
        {"the last that a user may have", false, true, 3, 7, place::free},
        {"one user has its share", false, true, 4, 4, place::own},
        {"its share and the listener is full", false, true, 4, 10, place::own},
        {"the rest is kept for owners", false, true, 0, 8, place::any},
        {"an owner takes what is kept", true, true, 9, 9, place::free},
        {"an owner at the very end", true, true, 0, 10, place::any},
        {"over TCP nobody has a name", false, false, 7, 7, place::free},
        {"TCP is bound by what is kept", false, false, 8, 8, place::any},
    };
    for (const auto& r : rows)
        BOOST_TEST_CONTEXT(r.what)
    BOOST_TEST(static_cast<int>(find_place(limits, r.owner, r.local, r.of_user, r.active)) ==
               static_cast<int>(r.expected));
}

BOOST_AUTO_TEST_CASE(without_limits_a_user_may_take_all)
{
    server_limits limits;
    BOOST_TEST((find_place(limits, false, true, 63, 63) == place::free));
    limits.reserved = 100; // more than there are
    BOOST_TEST((find_place(limits, false, true, 0, 0) == place::any));
    BOOST_TEST((find_place(limits, true, true, 0, 0) == place::free));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
