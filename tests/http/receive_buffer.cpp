#include "http/tls/receive_buffer.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(receive_buffer_)

BOOST_AUTO_TEST_CASE(it_grows_when_a_read_filled_it_and_shrinks_when_it_is_released)
{
    receive_buffer buffer;
    const auto small = buffer.prepare().size();
    buffer.commit(small - 1);
    BOOST_TEST(buffer.prepare().size() == small);
    buffer.commit(small);
    const auto large = buffer.prepare().size();
    BOOST_TEST(large >= 16u * 1024 + 512);
    buffer.release();
    BOOST_TEST(buffer.prepare().size() == small);
}

BOOST_AUTO_TEST_CASE(what_is_committed_is_the_front_of_the_space)
{
    receive_buffer buffer;
    auto space = buffer.prepare();
    space[0] = 'a';
    space[1] = 'b';
    BOOST_TEST(buffer.commit(2) == "ab");
}

BOOST_AUTO_TEST_CASE(an_idle_connection_s_buffer_serves_another)
{
    receive_buffer first, second;
    const auto* place = first.prepare().data();
    first.release();
    BOOST_TEST((second.prepare().data() == place)); // in parentheses: the two are no texts
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
