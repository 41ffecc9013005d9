// The registry's row for SMMOnayim's numbers.
#pragma once

#include "providers/protocol_descriptor.hpp"

namespace ulak::providers::smmonayim_numbers {

protocol_descriptor descriptor();

} // namespace ulak::providers::smmonayim_numbers
