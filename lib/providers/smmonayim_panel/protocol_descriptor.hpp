// The SMM panel's row in the registry.
#pragma once

#include "providers/protocol_descriptor.hpp"

namespace ulak::providers::smmonayim_panel {

protocol_descriptor descriptor();

} // namespace ulak::providers::smmonayim_panel
