// A run that ends as `attention` leaves an entry that a person can settle, and one whose entries are settled does not.
#pragma once

#include "engine/core.hpp"

namespace ulak::engine {

/// The kind of an entry about a run that could not go on, and of what it had bought.
inline constexpr char unsettled[] = "unsettled";

/// How the run really ends, and what is committed with it.
struct last_word {
    explicit last_word(kinds::ending end_) : end(std::move(end_)) {}

    kinds::ending end;
    ledger::batch also{};
};

/// `raises`: the batch that this goes into raises an entry of the run already. Where none is open: an ending in doubt
/// follows what a person has decided while the run went on; any other gets an entry, for a purchase in doubt, or with
/// the run's id and the latest purchase that took place.
task<result<last_word>> last_word_of(core& c, const kinds::run_context& run, kinds::ending e, bool raises);

/// Whether an entry that was settled so leaves its run a success. A number that was given back has no code, whatever
/// became of its refund.
bool speaks_for_success(std::string_view kind, std::string_view outcome) noexcept;

/// A message without the hint to look into `attention`, and with what a person said there.
std::string settled_text(std::string message, const std::string& outcome);

} // namespace ulak::engine
