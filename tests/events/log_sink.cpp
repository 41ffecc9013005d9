#include "events/log_sink.hpp"

#include "events/detail/fd_target.hpp"
#include "events/detail/file_target.hpp"
#include "events/detail/journal_target.hpp"
#include "events/redactor.hpp"
#include "fake_journal.hpp"
#include "fake_target.hpp"
#include "journal_fields.hpp"
#include "pipe_pair.hpp"
#include "sample_event.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>

#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(log_sink_)

using namespace ulak;
using namespace ulak::events;

BOOST_AUTO_TEST_CASE(a_full_pipe_never_blocks_and_its_losses_are_reported)
{
    pipe_pair pipe;
    const auto flags = ::fcntl(pipe.ends[1], F_GETFL);
    const auto log = std::make_unique<log_sink>(make_fd_target(pipe.ends[1]), format::json, level::info);
    constexpr int count = 20'000; // far more than pipe and queue take
    for (int n = 0; n < count; ++n) {
        auto e = sample_event();
        e.seq = n + 1;
        log->publish(e);
    }
    const auto dropped = log->dropped();
    BOOST_TEST(dropped > 0u);
    BOOST_TEST(::fcntl(pipe.ends[1], F_GETFL) == flags); // others share it
    std::istringstream lines(pipe.read_all(1'000));
    std::int64_t whole = 0, told = 0, last = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto o = boost::json::parse(line).as_object();
        if (o.at("event") == "log.dropped") {
            told += o.at("dropped").to_number<std::int64_t>();
            continue;
        }
        ++whole;
        BOOST_TEST(o.at("seq").to_number<std::int64_t>() > last);
        last = o.at("seq").to_number<std::int64_t>();
    }
    BOOST_TEST(told == static_cast<std::int64_t>(dropped));
    BOOST_TEST(whole + told == count);
}

BOOST_AUTO_TEST_CASE(levels_are_kept_and_files_are_followed)
{
    fake_journal folder;
    const auto path = folder.folder + "/log";
    const auto log = make_log_sink(format::automatic, level::warning, path);
    auto quiet = sample_event();
    quiet.severity = level::info;
    log->publish(quiet);
    log->publish(sample_event());
    std::filesystem::rename(path, path + ".1");
    log->publish(sample_event());
    log->reopen();
    log->set_level(level::info);
    log->publish(quiet);
    auto lines_of = [](const std::string& file) {
        std::ifstream in(file);
        return std::ranges::count(std::string(std::istreambuf_iterator<char>(in), {}), '\n');
    };
    BOOST_TEST(lines_of(path + ".1") == 2);
    BOOST_TEST(lines_of(path) == 1);
}

BOOST_AUTO_TEST_CASE(no_sink_writes_a_secret_or_broken_json)
{
    process_redactor().add_secret("canary\"of-the-log");
    process_redactor().add_secret("87654321");
    auto e = sample_event();
    e.message = "key=canary\"of-the-log \xff";
    e.item = "canary\"of-the-log";
    e.data = {{"deep", {{"list", {"canary%22of-the-log", 87654321}}}}, {"canary\"of-the-log", 1}};
    fake_journal folder;
    for (const auto f : {format::json, format::text, format::journald})
        BOOST_TEST_CONTEXT(static_cast<int>(f))
        {
            const auto path = folder.folder + "/log" + std::to_string(static_cast<int>(f));
            std::make_unique<log_sink>(make_file_target(path), f, level::debug)->publish(e);
            std::ifstream in(path);
            const std::string text(std::istreambuf_iterator<char>(in), {});
            BOOST_TEST(text.find("***") != std::string::npos);
            BOOST_TEST(text.find("of-the-log") == std::string::npos, text);
            BOOST_TEST(text.find("87654321") == std::string::npos, text);
            if (f == format::json)
                BOOST_TEST(boost::json::parse(text).is_object());
        }
}

BOOST_AUTO_TEST_CASE(the_journals_stream_is_known_by_device_and_inode)
{
    pipe_pair pipe;
    struct stat seen = {};
    ::fstat(pipe.ends[1], &seen);
    const auto right = std::to_string(seen.st_dev) + ":" + std::to_string(seen.st_ino);
    BOOST_TEST(is_journal_stream(pipe.ends[1], right.c_str()));
    BOOST_TEST(!is_journal_stream(pipe.ends[1], (right + "1").c_str()));
    BOOST_TEST(!is_journal_stream(pipe.ends[1], nullptr));
}

BOOST_AUTO_TEST_CASE(journald_may_come_late_and_come_back)
{
    fake_journal journal;
    journal.stop();
    const auto log = std::make_unique<log_sink>(make_journal_target(journal.path), format::journald, level::info);
    log->publish(sample_event());
    BOOST_TEST(log->dropped() == 1u);
    journal.listen();
    log->publish(sample_event());
    BOOST_TEST(journal_fields(journal.receive())["ULAK_EVENT"] == "run.started");
    const auto report = journal_fields(journal.receive());
    BOOST_TEST(report.at("ULAK_EVENT") == "log.dropped");
    BOOST_TEST(report.at("ULAK_DROPPED") == "1");
}

BOOST_AUTO_TEST_CASE(each_format_writes_its_own_record)
{
    struct {
        format form;
        const char* start;
    } const table[] = {
        {format::json, "{\"seq\":7,"},
        {format::text, "12:00:01.456 warning run.started"},
        {format::journald, "MESSAGE=first line\n"},
    };
    for (const auto& row : table) {
        target_script script;
        script.space = 1u << 20;
        log_sink log(std::make_unique<fake_target>(script), row.form, level::info);
        log.publish(sample_event());
        BOOST_TEST(script.text.starts_with(row.start), script.text);
        BOOST_TEST(script.text.ends_with("\n"));
    }
}

BOOST_AUTO_TEST_CASE(events_below_the_level_cost_nothing)
{
    target_script script;
    script.space = 1u << 20;
    log_sink log(std::make_unique<fake_target>(script), format::text, level::warning);
    for (auto l : {level::debug, level::info, level::notice})
        log.publish(sample_event(l));
    BOOST_TEST(script.text.empty());
    log.set_level(level::notice);
    log.publish(sample_event(level::notice));
    BOOST_TEST(!script.text.empty());
}

BOOST_AUTO_TEST_CASE(losses_are_reported_in_the_logs_own_format_with_the_last_time)
{
    target_script script;
    script.broken = true;
    log_sink log(std::make_unique<fake_target>(script), format::json, level::info);
    log.publish(sample_event());
    script.broken = false;
    script.space = 1u << 20;
    log.publish(sample_event());
    const auto report = boost::json::parse(script.text.substr(script.text.find('\n') + 1)).as_object();
    BOOST_TEST(report.at("event") == "log.dropped");
    BOOST_TEST(report.at("level") == "warning");
    BOOST_TEST(report.at("dropped") == 1);
    BOOST_TEST(report.at("time") == "2026-11-22T12:00:01.456Z");
}

BOOST_AUTO_TEST_CASE(reopening_reaches_the_target)
{
    target_script script;
    log_sink log(std::make_unique<fake_target>(script), format::json, level::info);
    log.reopen();
    BOOST_TEST(script.reopened == 1);
}

BOOST_AUTO_TEST_SUITE_END()
