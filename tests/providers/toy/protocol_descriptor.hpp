// The toy provider's row in a registry.
#pragma once

#include "providers/protocol_descriptor.hpp"

namespace ulak::providers::toy {

protocol_descriptor descriptor();

} // namespace ulak::providers::toy
