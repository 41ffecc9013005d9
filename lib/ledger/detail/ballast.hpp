// Room on the disk that is kept for what has happened already. Private to the room.
#pragma once

#include "core/error.hpp"

#include <string>

namespace ulak::ledger {

/// A file that takes up space while all is well and is emptied when the disk is full, so that the outcomes of calls
/// which are under way still find their place.
class ballast {
  public:
    explicit ballast(const std::string& folder) : path_(folder + "/ulak.ballast") {}

    /// Takes the room, or keeps what is there. errc::unavailable when the disk has not as much again left free.
    result<void> fill() const;
    /// Gives the room back. False when there was none.
    bool release() const;

  private:
    std::string path_;
};

} // namespace ulak::ledger
