#include "ulakctl/progress.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak::ctl;

BOOST_AUTO_TEST_SUITE(progress_)

BOOST_AUTO_TEST_CASE(a_bulk_send_shows_how_far_it_is)
{
    const boost::json::object run{
        {"counts",
         boost::json::object{{"total", 12}, {"skipped", 2}, {"pending", 4}, {"submitting", 1}, {"delivered", 3}}}};
    BOOST_TEST(progress_of(run, 10) == "[#####     ] 5/10 sent, 3 delivered");
    BOOST_TEST(progress_of(boost::json::object{{"counts", nullptr}}, 10) == "");
    BOOST_TEST(progress_of(boost::json::object{{"counts", boost::json::object{{"total", 0}}}}, 4) ==
               "[    ] 0/0 sent, 0 delivered");
}

BOOST_AUTO_TEST_SUITE_END()
