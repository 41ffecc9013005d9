#include "engine/detail/subprocess.hpp"

#include "engine/world.hpp"

#include <fcntl.h>
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
        for (int i = 0; i < 2000 && !ended; ++i)
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
    bool gone = false;
    for (int i = 0; i < 1000 && !gone; ++i) {
        std::ifstream stat("/proc/" + std::to_string(grandchild) + "/stat");
        std::string id, command, state;
        gone = !(stat >> id >> command >> state) || state == "Z"; // a zombie waits for the machine's init, not for us
        io.run_one_for(1ms);
    }
    BOOST_TEST(gone);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
