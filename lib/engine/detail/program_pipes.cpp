#include "engine/detail/program_pipes.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace ulak::engine {

namespace asio = boost::asio;
using asio::posix::descriptor_base;

namespace {

/// As much as a pipe holds. Between two blocks the loop turns.
constexpr std::size_t block_size = 64 * 1024;

/// write(2) without SIGPIPE, whatever the process does with that signal.
ssize_t write_quietly(int to, std::string_view bytes)
{
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    const auto n = ::write(to, bytes.data(), bytes.size());
    const int code = errno;
    if (n < 0 && code == EPIPE && sigismember(&before, SIGPIPE) == 0) {
        const timespec now{0, 0};
        ::sigtimedwait(&pipe, nullptr, &now);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = code;
    return n;
}

bool may_come_later(int code)
{
    return code == EAGAIN || code == EINTR;
}

} // namespace

result<std::shared_ptr<program_pipes>> program_pipes::open(executor ex, std::string input)
{
    std::array<int, 2> in{}, err{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0)
        return error(errc::unavailable, "no pipe to the program: " + std::string(std::strerror(errno)));
    file_descriptor their_input(in[0]), our_input(in[1]);
    if (::pipe2(err.data(), O_CLOEXEC) != 0)
        return error(errc::unavailable, "no pipe from the program: " + std::string(std::strerror(errno)));
    auto made = std::make_shared<program_pipes>(ex, our_input.release(), err[0], std::move(input));
    made->child_input_.emplace(std::move(their_input));
    made->child_errors_.emplace(err[1]);
    return made;
}

program_pipes::program_pipes(executor ex, int input, int errors, std::string text)
    : input_(ex, input), errors_(ex, errors), text_(std::move(text))
{
    input_.native_non_blocking(true);
    errors_.native_non_blocking(true);
}

void program_pipes::start()
{
    child_input_.reset();
    child_errors_.reset();
    write_more();
    read_more();
}

/// A program that does not want all of its input is no failure.
void program_pipes::write_more()
{
    while (written_ < text_.size()) {
        const auto n = write_quietly(input_.native_handle(), std::string_view(text_).substr(written_));
        if (n > 0) {
            written_ += static_cast<std::size_t>(n);
            continue;
        }
        if (!may_come_later(errno))
            break;
        input_.async_wait(descriptor_base::wait_write, [self = shared_from_this()](boost::system::error_code failed) {
            if (!failed)
                self->write_more();
        });
        return;
    }
    input_.close();
}

void program_pipes::read_more()
{
    errors_.async_wait(descriptor_base::wait_read, [self = shared_from_this()](boost::system::error_code failed) {
        if (!failed && self->read_block())
            self->read_more();
    });
}

/// False: nothing more can come.
bool program_pipes::read_block()
{
    std::array<char, block_size> block;
    const auto n = ::read(errors_.native_handle(), block.data(), block.size());
    if (n > 0)
        said_.append(block.data(), std::min(static_cast<std::size_t>(n), max_program_output - said_.size()));
    return n > 0 || (n < 0 && may_come_later(errno));
}

std::string program_pipes::finish()
{
    if (errors_.is_open() && said_.size() < max_program_output)
        read_block(); // what it said last
    input_.close();
    errors_.close();
    return std::move(said_);
}

} // namespace ulak::engine
