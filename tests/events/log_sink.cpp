#include "events/detail/target_log.hpp"

#include "events/detail/formats.hpp"
#include "events/detail/message_ids.hpp"
#include "events/event_names.hpp"
#include "events/redactor.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(log_sink_)

using namespace ulak;
using namespace ulak::events;

namespace {

event sample()
{
    event e(run_started, level::warning, "first line");
    e.seq = 7;
    e.time = parse_rfc3339("2026-11-22T12:00:01.456Z").value();
    e.job = "otp-watch";
    e.run = "01J";
    e.data = {{"price", "4.00"}, {"try-no", 2}, {"job", "forged"}};
    return e;
}

/// A folder, and a socket in it that stands for journald's.
struct fake_journal {
    fake_journal()
    {
        char name[] = "/tmp/ulak-events-XXXXXX";
        folder = ::mkdtemp(name);
        path = folder + "/socket";
        listen();
    }
    ~fake_journal()
    {
        ::close(fd);
        std::filesystem::remove_all(folder);
    }
    fake_journal(const fake_journal&) = delete;
    fake_journal& operator=(const fake_journal&) = delete;

    void listen()
    {
        sockaddr_un at = {};
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, path.data(), path.size());
        fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        BOOST_REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof(at)) == 0);
    }

    /// The next record, from its memfd when it came in one.
    std::string receive()
    {
        pollfd p = {fd, POLLIN, 0};
        BOOST_REQUIRE(::poll(&p, 1, 5'000) == 1);
        std::string bytes(1 << 16, '\0');
        alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
        iovec part = {bytes.data(), bytes.size()};
        msghdr m = {};
        m.msg_iov = &part;
        m.msg_iovlen = 1;
        m.msg_control = room;
        m.msg_controllen = sizeof(room);
        const auto size = ::recvmsg(fd, &m, 0);
        BOOST_REQUIRE(size >= 0);
        bytes.resize(static_cast<std::size_t>(size));
        if (const auto* head = CMSG_FIRSTHDR(&m))
            return from_memory(head);
        return bytes;
    }

    std::string from_memory(const cmsghdr* head)
    {
        int memory = -1;
        std::memcpy(&memory, CMSG_DATA(head), sizeof(memory));
        struct stat seen = {};
        ::fstat(memory, &seen);
        std::string bytes(static_cast<std::size_t>(seen.st_size), '\0');
        BOOST_TEST(::pread(memory, bytes.data(), bytes.size(), 0) == seen.st_size);
        constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
        BOOST_TEST(::fcntl(memory, F_GET_SEALS) == seals);
        ::close(memory);
        ++memories;
        return bytes;
    }

    std::string folder, path;
    int fd = -1, memories = 0;
};

/// Fields of a record, by a reader of the protocol of its own.
std::map<std::string, std::string> fields(std::string_view record)
{
    std::map<std::string, std::string> out;
    while (!record.empty()) {
        const auto stop = record.find_first_of("=\n");
        BOOST_REQUIRE(stop != std::string_view::npos);
        const std::string key(record.substr(0, stop));
        std::uint64_t size = record.find('\n') - stop - 1;
        std::size_t start = stop + 1;
        if (record[stop] == '\n') {
            std::memcpy(&size, record.data() + start, sizeof(size));
            start += sizeof(size);
        }
        out[key] = record.substr(start, size);
        BOOST_REQUIRE(record.at(start + size) == '\n');
        record.remove_prefix(start + size + 1);
    }
    return out;
}

struct pipe_pair {
    pipe_pair() { BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0); }
    ~pipe_pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    pipe_pair(const pipe_pair&) = delete;
    pipe_pair& operator=(const pipe_pair&) = delete;
    /// What is there within `patience` after the last byte.
    std::string read_all(int patience)
    {
        std::string out;
        char room[65536];
        for (pollfd p = {ends[0], POLLIN, 0}; ::poll(&p, 1, patience) == 1;) {
            const auto size = ::read(ends[0], room, sizeof(room));
            if (size <= 0)
                break;
            out.append(room, static_cast<std::size_t>(size));
        }
        return out;
    }
    int ends[2] = {-1, -1};
};

} // namespace

BOOST_AUTO_TEST_CASE(an_event_as_json_keeps_its_own_fields_from_passing_for_its_identity)
{
    auto e = sample();
    e.data["level"] = "debug";
    e.data["account"] = "forged";
    BOOST_TEST(boost::json::serialize(to_json(e)) ==
               R"({"seq":7,"time":"2026-11-22T12:00:01.456Z","level":"warning","event":"run.started",)"
               R"("message":"first line","job":"otp-watch","run":"01J","price":"4.00","try-no":2})");
}

BOOST_AUTO_TEST_CASE(an_event_as_text_is_one_line_whatever_it_says)
{
    auto e = sample();
    e.severity = level::info;
    BOOST_TEST(to_text(e) == "12:00:01.456 info  run.started  otp-watch 01J  first line");
    e.message = "two\nlines \x1b[31m";
    const auto line = to_text(e);
    BOOST_TEST(line.find('\n') == std::string::npos);
    BOOST_TEST(line.find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_name_has_an_id_of_its_own)
{
    std::set<std::string_view> ids;
    for (const auto& [event_name, id] : message_ids) {
        BOOST_TEST(id.size() == 32u);
        BOOST_TEST(id.find_first_not_of("0123456789abcdef") == std::string_view::npos);
        ids.insert(id);
    }
    BOOST_TEST(ids.size() == message_ids.size());
    for (const char* known : {daemon_started, run_finished, effect_ambiguous, control_command, log_dropped})
        BOOST_TEST(!message_id(known).empty(), known);
    BOOST_TEST(message_id("no.such").empty());
}

BOOST_AUTO_TEST_CASE(journald_gets_fields)
{
    fake_journal journal;
    const auto log = make_target_log(make_journal_target(journal.path), format::journald, level::info);
    auto e = sample();
    e.message = "one\ntwo=2";
    log->publish(e);
    auto got = fields(journal.receive());
    const std::map<std::string, std::string> expected = {
        {"MESSAGE", "one\ntwo=2"},      {"PRIORITY", "4"},
        {"SYSLOG_IDENTIFIER", "ulakd"}, {"MESSAGE_ID", std::string(message_id(run_started))},
        {"ULAK_EVENT", "run.started"},  {"ULAK_SEQ", "7"},
        {"ULAK_JOB", "otp-watch"},      {"ULAK_RUN", "01J"},
        {"ULAK_PRICE", "4.00"},         {"ULAK_TRY_NO", "2"},
    };
    BOOST_TEST((got == expected));
}

BOOST_AUTO_TEST_CASE(what_is_too_long_for_a_datagram_goes_as_sealed_memory)
{
    constexpr std::size_t size = 20u << 20; // beyond any send buffer that the target asks for
    fake_journal journal;
    const auto to = make_journal_target(journal.path);
    auto e = sample();
    e.data["long"] = std::string(size, 'x');
    std::size_t done = 0;
    BOOST_TEST((to->write(to_journal_record(e), done) == write_result::all));
    BOOST_TEST(fields(journal.receive())["ULAK_LONG"].size() == size);
    BOOST_TEST(journal.memories == 1);
}

BOOST_AUTO_TEST_CASE(journald_may_come_late_and_come_back)
{
    fake_journal journal;
    ::close(journal.fd);
    const auto log = make_target_log(make_journal_target(journal.path), format::journald, level::info);
    log->publish(sample());
    BOOST_TEST(log->dropped() == 1u);
    std::filesystem::remove(journal.path);
    journal.listen();
    log->publish(sample());
    BOOST_TEST(fields(journal.receive())["ULAK_EVENT"] == "run.started");
    const auto told = fields(journal.receive());
    BOOST_TEST(told.at("ULAK_EVENT") == "log.dropped");
    BOOST_TEST(told.at("ULAK_DROPPED") == "1");
}

BOOST_AUTO_TEST_CASE(a_blocked_pipe_blocks_nobody_and_its_losses_are_told)
{
    pipe_pair pipe;
    const auto flags = ::fcntl(pipe.ends[1], F_GETFL);
    const auto log = make_target_log(make_fd_target(pipe.ends[1]), format::json, level::info);
    constexpr int count = 20'000; // far more than pipe and queue take
    for (int n = 0; n < count; ++n) {
        auto e = sample();
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

BOOST_AUTO_TEST_CASE(a_reader_that_went_away_is_no_signal)
{
    pipe_pair pipe;
    const auto before = std::signal(SIGPIPE, SIG_DFL);
    {
        const auto log = make_target_log(make_fd_target(pipe.ends[1]), format::json, level::info);
        ::close(pipe.ends[0]);
        log->publish(sample());
        BOOST_TEST(log->dropped() == 1u);
    }
    std::signal(SIGPIPE, before);
}

BOOST_AUTO_TEST_CASE(levels_are_kept_and_files_are_followed)
{
    fake_journal folder;
    const auto path = folder.folder + "/log";
    const auto log = make_log_sink(format::automatic, level::warning, path);
    auto quiet = sample();
    quiet.severity = level::info;
    log->publish(quiet);
    log->publish(sample());
    std::filesystem::rename(path, path + ".1");
    log->publish(sample());
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
    auto e = sample();
    e.message = "key=canary\"of-the-log \xff";
    e.item = "canary\"of-the-log";
    e.data = {{"deep", {{"list", {"canary%22of-the-log", 87654321}}}}, {"canary\"of-the-log", 1}};
    fake_journal folder;
    for (const auto f : {format::json, format::text, format::journald})
        BOOST_TEST_CONTEXT(static_cast<int>(f))
        {
            const auto path = folder.folder + "/log" + std::to_string(static_cast<int>(f));
            make_target_log(make_file_target(path), f, level::debug)->publish(e);
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

BOOST_AUTO_TEST_SUITE_END()
