// Tamonay: a REST API for rented numbers with a Bearer token, Laravel behind it.
#pragma once

#include "sim/protocol_descriptor.hpp"

namespace ulak::sim::tamonay {

const protocol_descriptor& descriptor();

} // namespace ulak::sim::tamonay
