// The simulator's log of what the providers saw: a line for each request, and for each thing that time did to an
// account.
#pragma once

#include "core/error.hpp"
#include "core/wall_time.hpp"
#include "sim/json.hpp"
#include "sim/options.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// One line of the log. It never holds a key, a token or a password.
struct log_entry {
    log_entry() = default;

    wall_point at{};
    std::string_view protocol{}; ///< its full name, as the registry has it
    std::string operation{};     ///< the document's name for the call; begins with "_" for what time did
    std::string verb{};
    std::string path{};                  ///< with "***" where a key stood, without the query
    bool accepted = false;               ///< the provider did or showed what was asked
    json::value effect{};                ///< empty, or an object: what it cost, whom it reached
    std::vector<std::string> mistakes{}; ///< against the provider's documents, a sentence each
    std::vector<std::string> faults{};   ///< that struck this request
    int status = 0;                      ///< of the answer; 0: none was given
};

/// Kept in memory for the admin, and in a file that tests trust.
class request_log {
  public:
    explicit request_log(const options& o);
    ~request_log();
    request_log(const request_log&) = delete;
    request_log& operator=(const request_log&) = delete;

    /// Creates or continues the file. Errors: errc::unavailable with the path.
    result<void> open();

    /// Numbers the entry from 1 and writes it before it returns. A line that cannot be written ends the process,
    /// because tests take a missing line for a request that was never made.
    std::uint64_t append(const log_entry& e);

    std::uint64_t last_number() const noexcept { return last_number_; }
    std::uint64_t mistake_count() const noexcept { return mistake_count_; }

    /// The kept lines with a number over `after`, oldest first, of one protocol (by its full
    /// name; empty: of all), at most `limit`.
    std::vector<std::string_view> lines(std::uint64_t after, std::string_view only, std::size_t limit) const;

  private:
    struct kept_line {
        std::string_view protocol;
        std::string line;
    };

    void write(const std::string& line, bool sync);

    std::string path_;
    bool sync_;
    bool echo_;
    std::size_t max_lines_;
    int fd_ = -1;
    std::uint64_t last_number_ = 0;
    std::uint64_t mistake_count_ = 0;
    std::deque<kept_line> lines_{};
};

} // namespace ulak::sim
