#include "events/detail/buffered_writer.hpp"

#include "fake_target.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

BOOST_AUTO_TEST_SUITE(buffered_writer_)

using namespace ulak::events;

namespace {

struct writer_fixture {
    writer_fixture()
    {
        writer.emplace(std::make_unique<fake_target>(script),
                       [](std::uint64_t count) { return "[" + std::to_string(count) + " dropped]\n"; });
    }

    /// Waits for the writer's own thread, which looks every few milliseconds.
    bool comes_to(const std::string& text) const
    {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (script.taken() != text && std::chrono::steady_clock::now() < end)
            std::this_thread::yield();
        return script.taken() == text;
    }

    target_script script;
    std::optional<buffered_writer> writer;
};

constexpr std::size_t plenty = 1u << 30;

} // namespace

BOOST_FIXTURE_TEST_CASE(a_target_with_space_gets_each_record_at_once, writer_fixture)
{
    script.space = plenty;
    writer->write("one\n");
    BOOST_TEST(script.text == "one\n");
    writer->write("two\n");
    BOOST_TEST(script.text == "one\ntwo\n");
    BOOST_TEST(writer->dropped() == 0u);
}

BOOST_FIXTURE_TEST_CASE(what_a_full_target_does_not_take_comes_later_whole_and_in_order, writer_fixture)
{
    script.space = 2;
    writer->write("one\n");
    writer->write("two\n");
    BOOST_TEST(script.taken() == "on");
    script.give_space(3);
    BOOST_TEST(comes_to("one\nt"));
    script.give_space(plenty);
    BOOST_TEST(comes_to("one\ntwo\n"));
    BOOST_TEST(writer->dropped() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_record_without_a_reader_is_lost_and_reported_with_the_next, writer_fixture)
{
    script.broken = true;
    writer->write("lost\n");
    writer->write("lost too\n");
    BOOST_TEST(writer->dropped() == 2u);
    script.broken = false;
    script.space = plenty;
    writer->write("back\n");
    BOOST_TEST(script.text == "back\n[2 dropped]\n");
    writer->write("more\n");
    BOOST_TEST(script.text == "back\n[2 dropped]\nmore\n", "losses are reported once");
    BOOST_TEST(writer->dropped() == 2u, "the count stays");
}

BOOST_FIXTURE_TEST_CASE(the_queue_is_bounded_by_records, writer_fixture)
{
    for (int i = 0; i < 5'000; ++i)
        writer->write("x");
    BOOST_TEST(writer->dropped() == 5'000u - 4'096u);
    script.give_space(plenty);
    BOOST_TEST(comes_to(std::string(4'096, 'x') + "[904 dropped]\n"));
}

BOOST_FIXTURE_TEST_CASE(the_queue_is_bounded_by_bytes, writer_fixture)
{
    const std::string megabyte(1u << 20, 'x');
    for (int i = 0; i < 6; ++i)
        writer->write(megabyte);
    BOOST_TEST(writer->dropped() == 2u);
}

BOOST_FIXTURE_TEST_CASE(the_end_gives_a_waiting_reader_its_last_records, writer_fixture)
{
    writer->write("last\n");
    script.give_space(plenty);
    writer.reset();
    BOOST_TEST(script.text == "last\n");
}

BOOST_FIXTURE_TEST_CASE(the_end_does_not_wait_for_a_reader_that_never_reads, writer_fixture)
{
    writer->write("unread\n");
    const auto begin = std::chrono::steady_clock::now();
    writer.reset();
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
    BOOST_TEST(script.text.empty());
}

BOOST_FIXTURE_TEST_CASE(reopening_reaches_the_target, writer_fixture)
{
    writer->reopen();
    BOOST_TEST(script.reopened == 1);
}

BOOST_FIXTURE_TEST_CASE(records_of_several_threads_stay_whole, writer_fixture)
{
    script.space = plenty;
    std::vector<std::thread> threads;
    for (char name : {'a', 'b', 'c'})
        threads.emplace_back([this, name] {
            for (int i = 0; i < 500; ++i)
                writer->write(std::string(20, name) + "\n");
        });
    for (auto& t : threads)
        t.join();
    BOOST_TEST(script.text.size() == 3u * 500u * 21u);
    for (std::size_t at = 0; at < script.text.size(); at += 21)
        BOOST_REQUIRE(script.text.compare(at, 21, std::string(20, script.text[at]) + "\n") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
