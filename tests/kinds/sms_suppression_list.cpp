#include "kinds/sms_send/suppression_list.hpp"
#include "kinds/sms_stage_world.hpp"

BOOST_AUTO_TEST_SUITE(sms_suppression_list_)

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

BOOST_FIXTURE_TEST_CASE(the_list_is_read_again_once_it_is_a_second_old, sms_stage_world)
{
    sms::suppression_list list(context);
    BOOST_TEST(!list.contains(number_of(1)));
    opt_out(1);
    BOOST_TEST(run(list.refresh()).has_value());
    BOOST_TEST(list.contains(number_of(1)));
    opt_out(2);
    pass(999ms);
    BOOST_TEST(run(list.refresh()).has_value());
    BOOST_TEST(!list.contains(number_of(2)));
    pass(1ms);
    BOOST_TEST(run(list.refresh()).has_value());
    BOOST_TEST(list.contains(number_of(2)));
    BOOST_TEST(!list.contains(number_of(3)));
}

BOOST_AUTO_TEST_SUITE_END()
