// Keeps space on the disk in reserve for the outcomes of calls that were made. Private to the module.
#pragma once

#include "core/error.hpp"

#include <string>

namespace ulak::ledger {

/// A file that takes up space while all is well and is emptied when the disk is full, so that the outcomes of calls in
/// flight can still be written.
class ballast {
  public:
    explicit ballast(const std::string& folder) : path_(folder + "/ulak.ballast") {}

    /// Allocates the file, or keeps it. errc::unavailable unless the disk has as much again left free.
    result<void> fill() const;
    /// Empties the file. False when it held nothing.
    bool release() const;

  private:
    std::string path_;
};

} // namespace ulak::ledger
