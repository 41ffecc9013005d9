// The protocol's row in the registry.
#pragma once

#include "providers/registry.hpp"

namespace ulak::providers::toplusms {

protocol_descriptor descriptor();

} // namespace ulak::providers::toplusms
