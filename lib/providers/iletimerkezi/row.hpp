// The protocol's row in the registry.
#pragma once

#include "providers/registry.hpp"

namespace ulak::providers::iletimerkezi {

protocol row();

} // namespace ulak::providers::iletimerkezi
