#include "engine/detail/subprocess.hpp"

#include "engine/world.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(subprocess_)

namespace {

/// A loop with real children and a manual clock. Waiting for a child is bounded by real time.
struct nursery {
    asio::io_context io{1};
    async::manual_clock time{io.get_executor(), parse_rfc3339("2026-03-02T06:00:00Z").value()};
    std::optional<result<void>> ended{};
    std::string folder = make_folder();

    static std::string make_folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "ulak-child-XXXXXX").string();
        BOOST_TEST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        return name;
    }
    ~nursery() { std::filesystem::remove_all(folder); }

    void start(std::vector<std::string> arguments, std::string input = {})
    {
        ended.reset();
        auto work =
            engine::run_program(io.get_executor(), time, std::move(arguments), std::move(input), time.now() + 30s);
        asio::co_spawn(io, keep(std::move(work), ended), [](std::exception_ptr e) { BOOST_TEST(!e); });
        time.run_until_idle();
    }
    result<void> finish()
    {
        const auto limit = std::chrono::steady_clock::now() + 30s;
        while (!ended && std::chrono::steady_clock::now() < limit)
            io.run_one_for(10ms);
        BOOST_TEST_REQUIRE(ended.has_value());
        return *ended;
    }
    std::string path(const std::string& name) const { return folder + "/" + name; }
    std::string read(const std::string& name) const
    {
        std::ifstream in(path(name));
        std::stringstream all;
        all << in.rdbuf();
        return all.str();
    }
    /// Whether it ends within seconds; a zombie waits for the machine's init, not for us.
    bool dies(pid_t pid)
    {
        bool gone = false;
        for (int i = 0; i < 1000 && !gone; ++i) {
            std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
            std::string id, command, state;
            gone = !(stat >> id >> command >> state) || state == "Z";
            ::poll(nullptr, 0, 5);
        }
        return gone;
    }
    /// No child is left, neither alive nor as a zombie.
    static bool childless() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }
};

struct failure {
    std::vector<std::string> arguments;
    errc code;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_text_arrives_whole_on_standard_input, nursery)
{
    const std::string text(300'000, 'x'); // more than a pipe holds
    start({"/usr/bin/tee", path("out")}, text);
    const auto r = finish();
    BOOST_TEST(r.has_value());
    BOOST_TEST((read("out") == text));
    BOOST_TEST(childless());
}

BOOST_FIXTURE_TEST_CASE(a_program_that_reads_nothing_is_no_failure, nursery)
{
    start({"/bin/true"}, std::string(300'000, 'x'));
    BOOST_TEST(finish().has_value());
    BOOST_TEST(childless());
}

BOOST_FIXTURE_TEST_CASE(failures_are_told_apart, nursery)
{
    std::ofstream(path("plain")) << "not a program";
    const failure table[] = {{{"/bin/false"}, errc::transient},
                             {{"/bin/sh", "-c", "kill -9 $$"}, errc::transient},
                             {{path("missing")}, errc::not_found},
                             {{path("plain")}, errc::forbidden},
                             {{}, errc::unavailable}};
    for (const auto& row : table)
        BOOST_TEST_CONTEXT((row.arguments.empty() ? "nothing" : row.arguments[0]))
        {
            start(row.arguments);
            const auto r = finish();
            BOOST_TEST_REQUIRE(!r.has_value());
            BOOST_TEST(name(r.error().code) == name(row.code));
            BOOST_TEST(childless());
        }
}

BOOST_FIXTURE_TEST_CASE(no_shell_no_environment_and_no_open_files_are_handed_on, nursery)
{
    ::setenv("ULAK_TEST_SECRET", "hunter2", 1);
    const int leak = ::open("/dev/null", O_RDONLY); // without O_CLOEXEC
    start({"/bin/sh", "-c", "env > \"$0\"; ls /proc/self/fd > \"$1\"", path("env"), path("fds")});
    BOOST_TEST(finish().has_value());
    ::close(leak);
    BOOST_TEST(read("env").find("hunter2") == std::string::npos);
    BOOST_TEST(read("env").find("PATH=") != std::string::npos);
    BOOST_TEST(read("fds") == "0\n1\n2\n3\n"); // 3: ls reads the folder
    start({"/bin/echo", "$(touch " + path("made") + ")", "; touch " + path("made")});
    BOOST_TEST(finish().has_value());
    BOOST_TEST(!std::filesystem::exists(path("made")));
}

BOOST_FIXTURE_TEST_CASE(after_its_time_the_program_and_its_children_are_killed_and_reaped, nursery)
{
    start({"/bin/sh", "-c", "sleep 1000 & echo $! > \"$0\"; wait", path("pid")});
    for (int i = 0; i < 1000 && read("pid").empty(); ++i)
        io.run_one_for(10ms);
    const pid_t grandchild = std::stoi(read("pid"));
    time.advance(29s);
    BOOST_TEST(!ended.has_value());
    time.advance(2s);
    const auto r = finish();
    BOOST_TEST_REQUIRE(!r.has_value());
    BOOST_TEST(name(r.error().code) == "timed_out");
    BOOST_TEST(childless());
    BOOST_TEST(dies(grandchild));
}

BOOST_FIXTURE_TEST_CASE(what_a_program_says_of_its_failure_is_told_and_capped, nursery)
{
    start({"/bin/sh", "-c", "echo no route to 905551112233 >&2; exit 3"});
    auto r = finish();
    BOOST_TEST_REQUIRE(!r.has_value());
    BOOST_TEST(r.error().message.starts_with("the program left with status 3: no route to "), r.error().message);
    BOOST_TEST(r.error().message.find("905551112233") == std::string::npos, r.error().message);
    // A flood on both descriptors, of which nothing is kept but the beginning.
    start({"/bin/sh", "-c", "head -c 20000000 /dev/zero | tr '\\0' x >&2; head -c 20000000 /dev/zero; exit 4"});
    r = finish();
    BOOST_TEST_REQUIRE(!r.has_value());
    BOOST_TEST(r.error().message.starts_with("the program left with status 4: xxx"));
    BOOST_TEST(r.error().message.size() < 600u);
    start({"/bin/sh", "-c", "head -c 20000000 /dev/zero >&2"});
    BOOST_TEST(finish().has_value());
    BOOST_TEST(childless());
}

BOOST_FIXTURE_TEST_CASE(who_holds_the_pipes_open_does_not_hold_the_notice, nursery)
{
    // The grandchild keeps standard input and errors, and never reads.
    start({"/bin/sh", "-c", "sleep 1000 & echo $! > \"$0\"", path("pid")}, std::string(300'000, 'x'));
    BOOST_TEST(finish().has_value());
    const pid_t grandchild = std::stoi(read("pid"));
    BOOST_TEST(::kill(grandchild, SIGKILL) == 0); // what it started goes on without it
}

BOOST_FIXTURE_TEST_CASE(without_a_descriptor_left_a_program_is_killed_all_the_same, nursery)
{
    for (const bool none_left : {false, true}) { // the sanitizer itself needs some, for types that it sees first
        start({"/bin/sleep", "1000"});
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        rlimit tight = before;
        const int next = ::dup(0);
        ::close(next);
        if (none_left)
            tight.rlim_cur = static_cast<rlim_t>(next);
        ::setrlimit(RLIMIT_NOFILE, &tight);
        time.advance(31s);
        time.run_until_idle();
        const auto limit = std::chrono::steady_clock::now() + 30s;
        while (!ended && std::chrono::steady_clock::now() < limit)
            io.run_one_for(10ms);
        ::setrlimit(RLIMIT_NOFILE, &before);
        BOOST_TEST_REQUIRE(ended.has_value());
        BOOST_TEST_REQUIRE(!ended->has_value());
        BOOST_TEST(name(ended->error().code) == "timed_out");
        BOOST_TEST(childless());
    }
}

BOOST_FIXTURE_TEST_CASE(a_program_that_ignores_signals_and_forks_is_killed, nursery)
{
    start({"/bin/sh", "-c",
           "trap '' TERM INT HUP PIPE; (trap '' TERM; while :; do sleep 1; done) & echo $! > \"$0\"; "
           "while :; do echo flood >&2; done",
           path("pid")});
    for (int i = 0; i < 1000 && read("pid").empty(); ++i)
        io.run_one_for(10ms);
    const pid_t grandchild = std::stoi(read("pid"));
    time.advance(31s);
    const auto r = finish();
    BOOST_TEST_REQUIRE(!r.has_value());
    BOOST_TEST(name(r.error().code) == "timed_out");
    BOOST_TEST(childless());
    BOOST_TEST(dies(grandchild));
}

namespace {

/// As nobody, whose signals root's processes do not get: a program with the set-user-ID bit that becomes root
/// altogether. It goes on; the result says what became of the attempts.
int notify_as_nobody(const std::string& program)
{
    if (::setgid(65534) != 0 || ::setuid(65534) != 0)
        return 10;
    asio::io_context io{1};
    async::manual_clock time(io.get_executor(), parse_rfc3339("2026-03-02T06:00:00Z").value());
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i <= engine::max_left_children; ++i) {
        std::optional<result<void>> ended;
        auto work =
            engine::run_program(io.get_executor(), time, {program, "--reuid=0", "--clear-groups", "/bin/sleep", "30"},
                                {}, time.now() + 30s);
        asio::co_spawn(io, keep(std::move(work), ended), [](std::exception_ptr) {});
        time.run_until_idle();
        for (int turn = 0; turn < 20; ++turn) // until it has become root
            io.run_one_for(10ms);
        time.advance(31s);
        for (int turn = 0; turn < 200 && !ended; ++turn)
            io.run_one_for(10ms);
        if (!ended || ended->has_value() || ended->error().code != errc::unavailable)
            return 11;
        const bool refused = ended->error().message.find("earlier programs still run") != std::string::npos;
        if (refused != (i == engine::max_left_children))
            return 12;
    }
    return std::chrono::steady_clock::now() - began < 20s ? 0 : 13; // they sleep for 30 s
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_program_that_cannot_be_killed_is_given_up_and_told, nursery)
{
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("needs root, who alone can make a program of another user");
        return;
    }
    const std::string program = path("setpriv");
    std::filesystem::copy_file("/usr/bin/setpriv", program);
    BOOST_TEST_REQUIRE(::chmod(folder.c_str(), 0755) == 0);
    BOOST_TEST_REQUIRE(::chmod(program.c_str(), 04755) == 0);
    const pid_t nobody = ::fork();
    if (nobody == 0)
        ::_exit(notify_as_nobody(program));
    int status = 0;
    BOOST_TEST_REQUIRE(::waitpid(nobody, &status, 0) == nobody);
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
