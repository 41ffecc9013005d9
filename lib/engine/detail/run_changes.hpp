// What is said and stored when a run begins and ends. Pure.
#pragma once

#include "engine/detail/runner.hpp"

namespace ulak::engine {

/// The stored form of bound parameters: integers as numbers, all else as text; and back.
std::string params_json(const std::vector<job::parameter>& declared, const std::map<std::string, std::string>& bound);
std::map<std::string, std::string> bound_params(const std::string& json);

/// A stored run as its kind would see it: its parameters, and the notify rules of its definition; without a budget.
kinds::run_context stored_run_context(shared_state& shared, const ledger::run_record& run);

/// Event and notices of a beginning.
ledger::batch reports_at_start(const kinds::run_context& c);

/// The state that ends a run and everything told with it. `broke`: the text of an exception, else empty.
struct run_end_changes {
    ledger::update_run state{};
    ledger::batch reports{};
};
run_end_changes changes_at_end(const kinds::run_context& c, const kinds::ending& e, const std::string& broke,
                               wall_point now);

/// "internal": not one of errc, since the world did not cause it.
inline constexpr char internal_code[] = "internal";

} // namespace ulak::engine
