// What goes into a program and what it says of its errors.
#pragma once

#include "async/task.hpp"
#include "core/error.hpp"
#include "core/file_descriptor.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace ulak::engine {

/// Of what a program writes to its standard error this much is kept; the rest is read and dropped.
inline constexpr std::size_t max_program_output = 4096;

/// Writes and reads beside everything else, a block at a time, so that neither a program that reads nothing nor one
/// that writes without end holds anybody up. A handler that waits keeps it alive.
class program_pipes : public std::enable_shared_from_this<program_pipes> {
  public:
    /// errc::unavailable: no pipes can be had.
    static result<std::shared_ptr<program_pipes>> open(executor ex, std::string input);

    int child_input() const { return child_input_->get(); }
    int child_errors() const { return child_errors_->get(); }

    /// After the program was started.
    void start();
    /// Closes both pipes, whoever else holds their other ends. Returns what the program said, up to the limit.
    std::string finish();

    program_pipes(executor ex, int input, int errors, std::string text);

  private:
    void write_more();
    void read_more();
    bool read_block();

    using descriptor = boost::asio::posix::basic_stream_descriptor<executor>;

    descriptor input_, errors_;
    std::optional<file_descriptor> child_input_{}, child_errors_{};
    std::string text_;
    std::size_t written_ = 0;
    std::string said_{};
};

} // namespace ulak::engine
