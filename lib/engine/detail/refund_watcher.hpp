// Numbers that were paid and that no run drives to an end: one whose id was lost, one whose run could not go on. The
// provider ends them by itself and pays them back; whether it did is looked for in the balance.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <array>
#include <chrono>

namespace ulak::engine {

/// When to look, counted from the purchase: no provider keeps a number longer than 25 minutes, some pay back later.
inline constexpr std::array<std::chrono::minutes, 4> refund_check_times{std::chrono::minutes(5), std::chrono::minutes(20),
                                                                  std::chrono::minutes(30), std::chrono::minutes(60)};

class refund_watcher {
  public:
    explicit refund_watcher(shared_state& c) : shared_(c) {}

    /// Until the engine stops. A refund that is seen settles the number's entry in `attention`; one that is missing
    /// after the last look is told there as refund-missing. What the balance cannot tell stays as it is.
    task<> loop();

  private:
    struct unrefunded_number {
        ledger::effect_record effect;
        ledger::attention_record entry;
    };

    task<result<std::vector<unrefunded_number>>> find_unrefunded();
    task<result<std::vector<ledger::effect_record>>> purchases_of(const ledger::attention_record& entry);
    task<std::optional<wall_point>> check_all();
    task<bool> check(const unrefunded_number& s, bool last);
    task<bool> record_refund(const unrefunded_number& s, std::string evidence);
    task<bool> raise_missing(const kinds::run_context& run, const unrefunded_number& s, std::string evidence);

    shared_state& shared_;
    std::map<std::string, std::size_t> checks_done_{}; ///< by effect: how many looks were taken
};

} // namespace ulak::engine
