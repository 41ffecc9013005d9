#include "engine/detail/subprocess.hpp"

#include "async/deadline.hpp"
#include "async/shielded.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "engine/detail/child_process.hpp"
#include "engine/detail/left_children.hpp"
#include "engine/detail/program_pipes.hpp"
#include "engine/detail/spawn_program.hpp"

namespace ulak::engine {
namespace {

/// Of what a program says this much stands in the message of its failure.
constexpr std::size_t shown_output = 400;

/// Each attempt to notify starts another one: without a limit they would fill the machine.
result<void> check_left_children()
{
    auto& left = left_children::of_process();
    if (left.count() < max_left_children)
        return {};
    return error(errc::unavailable, "earlier programs still run and cannot be killed (processes " + left.pids() +
                                        "); end them, then programs are started again");
}

error with_output(error failed, const std::string& said)
{
    if (const auto shown = trim(said); !shown.empty())
        failed.message += ": " + mask_long_numbers(printable(shown, shown_output));
    return failed;
}

/// Its time is over, or the caller's. What cannot be killed is told whatever the reason was.
task<error> end(child_process& c, error why)
{
    if (why.code == errc::timed_out)
        why.message = "the program did not end in time and was killed";
    const bool dead = co_await async::shielded(c.kill());
    if (!dead)
        why = error(errc::unavailable, "the program did not end and cannot be killed, such as one that runs as another "
                                       "user; it goes on as process " +
                                           std::to_string(c.pid()));
    co_return why;
}

} // namespace

task<result<void>> run_program(executor ex, async::clock& time, std::vector<std::string> arguments, std::string input,
                               async::steady_point deadline)
{
    if (arguments.empty())
        co_return error(errc::unavailable, "there is no program to start");
    if (auto bearable = check_left_children(); !bearable)
        co_return bearable;
    auto pipes = program_pipes::open(ex, std::move(input));
    if (!pipes)
        co_return pipes.error();
    const auto pid = spawn_program(arguments, (*pipes)->child_input(), (*pipes)->child_errors());
    if (!pid)
        co_return pid.error();
    child_process c(ex, *pid);
    (*pipes)->start();
    auto ended = co_await async::with_deadline(time, deadline, c.wait());
    const auto said = (*pipes)->finish();
    if (ended)
        co_return ended;
    auto failed = ended.error();
    if (failed.code != errc::transient)
        failed = co_await end(c, std::move(failed));
    co_return with_output(std::move(failed), said);
}

} // namespace ulak::engine
