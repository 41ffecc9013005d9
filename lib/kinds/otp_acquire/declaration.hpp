// The row of `otp.acquire` in the registry of kinds.
#pragma once

#include "kinds/kind.hpp"

namespace ulak::kinds::otp {

kind declaration();

} // namespace ulak::kinds::otp
