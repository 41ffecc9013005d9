#include "core/file_modes.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(file_modes_)

using namespace ulak;

BOOST_AUTO_TEST_CASE(a_private_group_is_the_owner_and_another_one_is_others)
{
    const struct {
        mode_t mode;
        gid_t group;
        bool written, read, entered;
    } table[] = {{0700, 5, false, false, false}, {0770, 5, false, false, false}, {0770, 6, true, true, true},
                 {0750, 6, false, true, true},   {0755, 5, false, true, true},   {0702, 5, true, false, false},
                 {0664, 5, false, true, false},  {0664, 6, true, true, false},   {0711, 5, false, false, true}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.mode << " of group " << t.group)
        {
            struct stat about = {};
            about.st_uid = 5;
            about.st_gid = t.group;
            about.st_mode = S_IFREG | t.mode;
            BOOST_TEST(others_can_write(about) == t.written);
            BOOST_TEST(others_can_read(about) == t.read);
            BOOST_TEST(others_can_enter(about) == t.entered);
        }
}

BOOST_AUTO_TEST_SUITE_END()
