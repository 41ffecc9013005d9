// The classified answer of a costly call, as far as its settlement needs it.
#pragma once

#include "core/money.hpp"
#include "providers/outcome.hpp"

#include <optional>
#include <string>

namespace ulak::kinds {

/// Made only from what a provider's client returns: there is no settlement without a call.
class purchase_answer {
  public:
    /// `ref` names the member that holds the provider's id. An accepted answer without an id is ambiguous. The id of a
    /// purchase that an ambiguous answer only claims is kept in the evidence, for whoever settles it.
    template<class T>
    purchase_answer(const providers::outcome<T>& outcome, std::string T::* ref)
        : purchase_answer(outcome.classified_as, outcome.failure, outcome.evidence)
    {
        if (outcome.value)
            provider_ref = (*outcome.value).*ref;
        if (outcome.claimed)
            keep_claimed_ref((*outcome.claimed).*ref);
        require_ref();
    }

    bool accepted() const noexcept { return classified_as == providers::classification::accepted; }

    providers::classification classified_as;
    std::optional<error> failure;
    std::string evidence;
    std::string provider_ref{};
    std::optional<money> charged{}; ///< of an accepted one; nullopt: what was expected

  private:
    purchase_answer(providers::classification c, std::optional<error> failure_, std::string evidence_);
    void keep_claimed_ref(const std::string& ref);
    void require_ref();
};

} // namespace ulak::kinds
