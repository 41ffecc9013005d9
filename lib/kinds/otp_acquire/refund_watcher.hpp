// Watches for refunds of numbers that were paid and that no run follows: the provider's id was lost, or the run could
// not go on. The provider ends such a number by itself and pays it back; the balance shows whether it did.
#pragma once

#include "kinds/background_task.hpp"

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

/// When the balance is checked, counted from the purchase: no provider keeps a number longer than 25 minutes, some pay
/// back later.
inline constexpr std::array<std::chrono::minutes, 4> refund_check_times{
    std::chrono::minutes(5), std::chrono::minutes(20), std::chrono::minutes(30), std::chrono::minutes(60)};

/// The kind of an attention entry about a refund that did not come.
inline constexpr char refund_missing_entry[] = "refund-missing";

/// A refund that is seen resolves the number's attention entry. One that is missing after the last check turns the
/// entry into refund-missing, once; a refund that comes later still resolves it after a restart. What the balance
/// cannot prove stays with the operator, as does an account that others use, too.
class refund_watcher : public background_task {
  public:
    explicit refund_watcher(background_services services) : services_(std::move(services)) {}

    /// Checks every open number whose next time has come. What could not be read or written is tried again in a minute.
    task<std::optional<wall_point>> run_due() override;

  private:
    struct unrefunded_number {
        ledger::effect_record effect;
        ledger::attention_record entry;
    };

    ledger::ledger& store() const { return services_.environment.recorder.store(); }
    wall_point now() const { return services_.environment.clock.wall_now(); }

    task<result<std::vector<unrefunded_number>>> find_unrefunded();
    task<result<std::vector<ledger::effect_record>>> purchases_of(const ledger::attention_record& entry);
    task<bool> check(const unrefunded_number& number, bool last);
    task<bool> record_refund(const unrefunded_number& number, std::string evidence);
    task<bool> raise_missing(const run_context& run, const unrefunded_number& number, std::string evidence);

    background_services services_;
    std::map<std::string, std::size_t> checks_done_{}; ///< by effect
};

} // namespace ulak::kinds::otp
