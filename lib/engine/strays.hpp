// Numbers that were paid and that no run drives to an end: one whose id was lost, one whose run could not go on. The
// provider ends them by itself and pays them back; whether it did is looked for in the balance.
#pragma once

#include "engine/core.hpp"

#include <array>
#include <chrono>

namespace ulak::engine {

/// When to look, counted from the purchase: no provider keeps a number longer than 25 minutes, some pay back later.
inline constexpr std::array<std::chrono::minutes, 4> refund_looks{std::chrono::minutes(5), std::chrono::minutes(20),
                                                                  std::chrono::minutes(30), std::chrono::minutes(60)};

class strays {
  public:
    explicit strays(core& c) : core_(c) {}

    /// Until the engine stops. A refund that is seen settles the number's entry in `attention`; one that is missing
    /// after the last look is told there as refund-missing. What the balance cannot tell stays as it is.
    task<> loop();

  private:
    struct stray {
        ledger::effect_record effect;
        ledger::attention_record entry;
    };

    task<result<std::vector<stray>>> find();
    task<result<std::vector<ledger::effect_record>>> numbers_of(const ledger::attention_record& entry);
    task<std::optional<wall_point>> look_at_all();
    task<bool> look_at(const stray& s, bool last);
    task<bool> paid_back(const stray& s, std::string evidence);
    task<bool> missing(const kinds::run_context& run, const stray& s, std::string evidence);

    core& core_;
    std::map<std::string, std::size_t> looked_{}; ///< by effect: how many looks were taken
};

} // namespace ulak::engine
