// SMMOnayim v1: numbers for rent, with the key as a segment of the path. GET and POST are both taken.
#pragma once

#include "sim/protocol_descriptor.hpp"

namespace ulak::sim::smmonayim_numbers {

const protocol_descriptor& descriptor();

} // namespace ulak::sim::smmonayim_numbers
