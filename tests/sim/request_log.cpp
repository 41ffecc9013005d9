#include "sim/fixture.hpp"

#include "sim/detail/request_log.hpp"

#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace sim_test;

BOOST_AUTO_TEST_SUITE(request_log_)

namespace {

sim::log_entry an_entry(std::string_view protocol, const std::string& operation)
{
    sim::log_entry e;
    e.at = noon();
    e.protocol = protocol;
    e.operation = operation;
    e.verb = "GET";
    e.path = "/x";
    e.status = 200;
    return e;
}

struct log_file {
    ~log_file() { std::filesystem::remove(path); }

    std::vector<std::string> lines() const
    {
        std::ifstream in(path);
        std::vector<std::string> out;
        for (std::string line; std::getline(in, line);)
            out.push_back(line);
        return out;
    }

    std::string path =
        (std::filesystem::temp_directory_path() / ("ulak-sim-log-" + std::to_string(::getpid()))).string();
};

} // namespace

BOOST_AUTO_TEST_CASE(a_line_holds_everything_in_a_fixed_order)
{
    sim::request_log log{sim::options()};
    auto e = an_entry("tamonay", "order");
    e.accepted = true;
    e.effect = R"({"kind":"number"})";
    e.mistakes = {"one \"mistake\""};
    e.faults = {"delay:1s"};
    BOOST_TEST(log.append(e) == 1u);
    BOOST_TEST(log.lines(0, {}, 10).at(0) ==
               R"({"seq":1,"at":"2026-11-22T09:00:00.000Z","protocol":"tamonay","operation":"order","method":"GET",)"
               R"("path":"/x","accepted":true,"effect":{"kind":"number"},"mistakes":["one \"mistake\""],)"
               R"("faults":["delay:1s"],"status":200})");
}

BOOST_AUTO_TEST_CASE(lines_are_read_from_a_number_on_for_one_protocol_and_up_to_a_limit)
{
    sim::request_log log{sim::options()};
    for (auto protocol : {"tamonay", "toplusms", "tamonay", "toplusms", "tamonay"})
        log.append(an_entry(protocol, "x"));
    BOOST_TEST(log.last_number() == 5u);
    BOOST_TEST(log.lines(0, {}, 10).size() == 5u);
    BOOST_TEST(log.lines(0, {}, 2).size() == 2u);
    BOOST_TEST(log.lines(3, {}, 10).size() == 2u);
    BOOST_TEST(log.lines(5, {}, 10).empty());
    BOOST_TEST(log.lines(99, {}, 10).empty());
    BOOST_TEST(log.lines(0, "tamonay", 10).size() == 3u);
    BOOST_TEST(log.lines(1, "tamonay", 10).size() == 2u);
    BOOST_TEST(log.lines(0, "other", 10).empty());
}

BOOST_AUTO_TEST_CASE(only_the_newest_lines_are_kept_and_numbers_go_on)
{
    sim::options o;
    o.log_lines_kept = 3;
    sim::request_log log(o);
    for (int i = 0; i < 7; ++i)
        log.append(an_entry("tamonay", std::to_string(i)));
    const auto kept = log.lines(0, {}, 10);
    BOOST_REQUIRE_EQUAL(kept.size(), 3u);
    BOOST_TEST(kept[0].starts_with("{\"seq\":5,"));
    BOOST_TEST(log.lines(6, {}, 10).size() == 1u);
}

BOOST_AUTO_TEST_CASE(mistakes_are_counted_over_all_lines)
{
    sim::request_log log{sim::options()};
    auto e = an_entry("tamonay", "x");
    BOOST_TEST(log.mistake_count() == 0u);
    e.mistakes = {"a", "b"};
    log.append(e);
    e.mistakes = {"c"};
    log.append(e);
    BOOST_TEST(log.mistake_count() == 3u);
}

BOOST_AUTO_TEST_CASE(a_file_is_continued_and_holds_each_line_as_soon_as_it_is_appended)
{
    const log_file file;
    sim::options o;
    o.log_file = file.path;
    for (int life = 0; life < 2; ++life) {
        sim::request_log log(o);
        BOOST_REQUIRE(log.open().has_value());
        auto e = an_entry("tamonay", "order");
        e.effect = "{}"; // synced
        log.append(e);
        BOOST_TEST(file.lines().size() == static_cast<std::size_t>(life + 1));
    }
    BOOST_TEST(file.lines().at(1).starts_with("{\"seq\":1,"));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_is_an_error_with_its_path)
{
    sim::options o;
    o.log_file = "/nonexistent/log";
    const auto opened = sim::request_log(o).open();
    BOOST_REQUIRE(opened.has_error());
    BOOST_TEST(opened.error().message.starts_with("/nonexistent/log: "));
    BOOST_TEST(sim::request_log(sim::options()).open().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
