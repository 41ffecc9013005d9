// When the file of a store is checked, and how thoroughly: what a start reads before it, the rest beside the work.
// Private to the module; one thread at a time.
#pragma once

#include "ledger/detail/admission.hpp"
#include "ledger/detail/store_connection.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace ulak::ledger {

/// | file and start               | checked before the start returns | checked in the background     |
/// | ---------------------------- | -------------------------------- | ----------------------------- |
/// | small                        | all of it, with every index      | every seven days              |
/// | large, after a loss of power | every page                       | soon, then every seven days   |
/// | large                        | the tables that a start reads    | soon, then every seven days   |
class file_checks {
  public:
    /// Both references must outlive the object.
    file_checks(store_connection& connection, admission& gatekeeper) noexcept
        : connection_(connection), admission_(gatekeeper)
    {}

    /// `had_log`: the last process left a write-ahead log behind. Errors: errc::unavailable for a damaged file.
    result<void> check_at_start(bool had_log);

    /// Begins a background check that is due, or takes the report of one that is over. `idle`: nobody waits for the
    /// store. A file that is found damaged is marked in the admission.
    void background_check(bool idle);

    /// Begins a check of all there is now, in place of one that is under way; its report is `last_report` once it is
    /// over.
    result<void> check_now();
    /// Of the last background check that came to an end: "ok" or what is wrong; nullopt while the one of `check_now`
    /// goes on. A check that the growing log cut short is errc::timed_out.
    result<std::optional<std::string>> report_of_now();

    /// How often to ask whether a check is due or over, whether the files are in their place, and whether a disk that
    /// refused takes anything again.
    static constexpr std::chrono::seconds poll_interval{1};

  private:
    bool is_small();
    result<bool> lost_power(bool had_log);
    bool full_check_due();
    void start(check_depth depth);
    void finish();
    void write_setting(const char* name, const std::string& value);

    store_connection& connection_;
    admission& admission_;
    std::chrono::steady_clock::time_point next_check_{};
    std::optional<std::string> report_{}; ///< of the last check that came to an end since `check_now`
};

} // namespace ulak::ledger
