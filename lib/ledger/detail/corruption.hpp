// Recognises a damaged database file and says what to do about it. Private to the module.
#pragma once

#include "core/error.hpp"

#include <string>

namespace ulak::ledger {

/// Whether this code of SQLite means that the file is damaged, or not a database.
bool is_corruption(int code) noexcept;

/// errc::unavailable with the path, the reason and the ways to restore the file.
error corruption_error(const std::string& path, const std::string& why);

} // namespace ulak::ledger
