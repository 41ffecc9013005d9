// What the layers above know of panel orders.
#pragma once

#include "kinds/kind.hpp"

namespace ulak::kinds::smm {

kind declaration();

} // namespace ulak::kinds::smm
