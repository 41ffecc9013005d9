#include "kinds/sms_send/phone_set.hpp"
#include "kinds/sms_stage_world.hpp"

BOOST_AUTO_TEST_SUITE(sms_phone_set_)

namespace {

using namespace ulak;
using namespace ulak::tests;

} // namespace

BOOST_AUTO_TEST_CASE(a_number_is_its_own_key)
{
    BOOST_TEST(sms::phone_key("5551112233") == 5551112233u);
    BOOST_TEST(sms::phone_key("5551112233") != sms::phone_key("5551112234"));
    BOOST_TEST(sms::phone_key("") == 0u);
    BOOST_TEST(sms::phone_key("abc") == 0u);
}

BOOST_FIXTURE_TEST_CASE(the_list_is_that_of_the_store_at_every_read, sms_stage_world)
{
    BOOST_TEST(run(sms::read_suppressed(context)).value().empty());
    opt_out(1);
    const auto now = run(sms::read_suppressed(context)).value();
    BOOST_TEST(now.contains(sms::phone_key(number_of(1))));
    BOOST_TEST(!now.contains(sms::phone_key(number_of(2))));
}

BOOST_AUTO_TEST_SUITE_END()
