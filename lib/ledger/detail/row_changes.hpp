// What a statement must have changed. Private to the module.
#pragma once

#include "core/error.hpp"
#include <cstdint>
#include <string>

namespace ulak::ledger {

/// errc::not_found with `missing` as its text when a statement that has to change a row changed none.
result<void> require_change(result<std::int64_t> changed, const std::string& missing);

/// The statement's success or error, whatever the number of rows.
result<void> ignore_count(result<std::int64_t> changed);

} // namespace ulak::ledger
