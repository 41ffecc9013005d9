// Marks a folder whose first store is being made. Private to the module.
#pragma once

#include "core/error.hpp"

#include <string>

namespace ulak::ledger {

/// `ulak.init`: put before the first file of a store, removed before its first commit. While it stands nothing can have
/// been lost, so a start that was cut off is begun again.
class making_note {
  public:
    explicit making_note(const std::string& folder) : folder_(folder), path_(folder + "/ulak.init") {}

    bool there() const;
    /// Both are synced. errc::unavailable.
    result<void> put() const;
    result<void> remove() const;

  private:
    error failed() const;

    std::string folder_, path_;
};

} // namespace ulak::ledger
