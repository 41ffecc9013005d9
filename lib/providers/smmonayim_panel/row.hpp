// The protocol's row in the registry.
#pragma once

#include "providers/registry.hpp"

namespace ulak::providers::smmonayim_panel {

protocol row();

} // namespace ulak::providers::smmonayim_panel
