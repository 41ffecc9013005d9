// The protocol's row in the registry.
#pragma once

#include "providers/registry.hpp"

namespace ulak::providers::iletimerkezi {

protocol_descriptor descriptor();

} // namespace ulak::providers::iletimerkezi
