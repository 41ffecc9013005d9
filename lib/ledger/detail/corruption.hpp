// What is said of a file that is not as SQLite wrote it. Private to the room.
#pragma once

#include "core/error.hpp"

#include <string>

namespace ulak::ledger {

/// Whether SQLite says by this code that the file is damaged, or none of its own.
bool is_corruption(int code) noexcept;

/// With what a person can do about it.
error corruption_error(const std::string& path, const std::string& why);

} // namespace ulak::ledger
