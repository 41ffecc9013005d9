#include "events/detail/journal_target.hpp"

#include "fake_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(journal_target_)

using namespace ulak::events;

namespace {

write_result write(log_target& to, std::string_view record)
{
    std::size_t done = 0;
    return to.write(record, done);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_record_is_one_datagram)
{
    fake_journal journal;
    const auto to = make_journal_target(journal.path);
    BOOST_TEST((write(*to, "MESSAGE=one\n") == write_result::all));
    BOOST_TEST((write(*to, "MESSAGE=two\n") == write_result::all));
    BOOST_TEST(journal.receive() == "MESSAGE=one\n");
    BOOST_TEST(journal.receive() == "MESSAGE=two\n");
    BOOST_TEST(journal.memories == 0);
}

BOOST_AUTO_TEST_CASE(what_is_too_long_for_a_datagram_goes_as_sealed_memory)
{
    constexpr std::size_t size = 20u << 20; // beyond any send buffer that the target asks for
    fake_journal journal;
    const auto to = make_journal_target(journal.path);
    const std::string record = "LONG=" + std::string(size, 'x') + "\n";
    BOOST_TEST((write(*to, record) == write_result::all));
    BOOST_TEST((journal.receive() == record));
    BOOST_TEST(journal.memories == 1);
}

BOOST_AUTO_TEST_CASE(a_journal_that_is_not_there_is_asked_again_with_each_record)
{
    fake_journal journal;
    const auto to = make_journal_target(journal.path);
    journal.stop();
    BOOST_TEST((write(*to, "MESSAGE=lost\n") == write_result::broken));
    journal.listen();
    BOOST_TEST((write(*to, "MESSAGE=back\n") == write_result::all));
    BOOST_TEST(journal.receive() == "MESSAGE=back\n");
}

BOOST_AUTO_TEST_CASE(a_journal_that_was_started_anew_is_connected_to_anew)
{
    fake_journal journal;
    const auto to = make_journal_target(journal.path);
    BOOST_TEST((write(*to, "MESSAGE=one\n") == write_result::all));
    journal.stop();
    journal.listen();
    BOOST_TEST((write(*to, "MESSAGE=lost\n") == write_result::broken), "the old socket is gone");
    BOOST_TEST((write(*to, "MESSAGE=two\n") == write_result::all));
    BOOST_TEST(journal.receive() == "MESSAGE=two\n");
}

BOOST_AUTO_TEST_CASE(a_journal_that_does_not_read_never_blocks)
{
    fake_journal journal;
    const auto to = make_journal_target(journal.path);
    const std::string record = "MESSAGE=" + std::string(1'000, 'x') + "\n";
    int taken = 0;
    while (taken < 100'000 && write(*to, record) == write_result::all)
        ++taken;
    BOOST_TEST((write(*to, record) == write_result::would_block));
    BOOST_TEST(to->fd() >= 0);
    BOOST_TEST(journal.receive() == record);
    BOOST_TEST((write(*to, record) == write_result::all));
}

BOOST_AUTO_TEST_CASE(a_path_that_no_socket_can_have_is_no_journal)
{
    const auto to = make_journal_target(std::string(200, 'x'));
    BOOST_TEST((write(*to, "MESSAGE=lost\n") == write_result::broken));
    BOOST_TEST(!to->coloured());
}

BOOST_AUTO_TEST_SUITE_END()
