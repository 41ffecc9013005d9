// The opt-out list of the store: numbers that must not be messaged.
#pragma once

#include "kinds/run_context.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace ulak::kinds::sms {

/// Numbers as integers: a list of millions fits into memory.
using phone_set = boost::unordered_flat_set<std::uint64_t>;

/// The ten digits of a normalised number; what is no number becomes 0.
std::uint64_t phone_key(const std::string& ten_digits) noexcept;

/// The list as it is now. Errors are those of the store.
task<result<phone_set>> read_suppressed(run_context& c);

/// The list as a run sees it while it sends: at most a second old after each refresh, so that somebody who opts out
/// while the run waits is left alone. The context must outlive it.
class suppression_list {
  public:
    explicit suppression_list(run_context& c) : context_(c) {}

    /// Reads the list again unless it is fresh. On an error the earlier list stays.
    task<result<void>> refresh();
    bool contains(const std::string& ten_digits) const { return numbers_.contains(phone_key(ten_digits)); }

  private:
    run_context& context_;
    phone_set numbers_{};
    std::optional<async::steady_point> read_at_{};
};

} // namespace ulak::kinds::sms
