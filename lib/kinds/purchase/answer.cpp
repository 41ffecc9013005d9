#include "kinds/purchase/answer.hpp"

#include "core/text.hpp"

#include <utility>

namespace ulak::kinds {

purchase_answer::purchase_answer(providers::classification c, std::optional<error> failure_, std::string evidence_)
    : classified_as(c), failure(std::move(failure_)), evidence(std::move(evidence_))
{}

void purchase_answer::keep_claimed_ref(const std::string& ref)
{
    if (ref.empty())
        return;
    constexpr std::size_t shown_letters = 80;
    evidence += " ref " + printable(ref, shown_letters);
}

/// Nobody could ask the provider about a purchase without an id.
void purchase_answer::require_ref()
{
    if (!accepted() || !provider_ref.empty())
        return;
    classified_as = providers::classification::ambiguous;
    failure.emplace(errc::ambiguous, "accepted without an id", reach::answered);
}

} // namespace ulak::kinds
