// Compares a refund that a panel tells with the balance.
#pragma once

#include "kinds/smm_order/shared_run.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ulak::kinds::smm {

enum class refund_finding {
    none,        ///< none was told
    confirmed,   ///< the balance shows it
    unconfirmed, ///< the balance proves nothing: others spend from it, or it cannot be read
    contradicted ///< the balance shows less than what was told, to the last look
};

std::string_view name(refund_finding f) noexcept;

struct checked_refund {
    refund_finding finding = refund_finding::none;
    money told{};
    decimal seen{};     ///< what is booked: all that was told, unless the balance shows less
    std::string text{}; ///< the balances, for people
};

/// `told`: by the panel, of an order that is over. Of an account that nobody else spends from the balance is read until
/// it shows the refund, or as long as a provider may take to book it. Asks once where it can prove nothing.
task<checked_refund> check_refund(shared_run& run, std::optional<decimal> told);

} // namespace ulak::kinds::smm
