// The protocol's row in the registry.
#pragma once

#include "providers/registry.hpp"

namespace ulak::providers::smmonayim_panel {

protocol_descriptor descriptor();

} // namespace ulak::providers::smmonayim_panel
